//! The state of the database at the start: full, locked, linked, damaged.
#![cfg(feature = "loopback")]

#[path = "support/shopper.rs"]
mod shopper;
mod support;

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use merchant::service::Service;
use merchant::shop::order::State;
use merchant::store::Store;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use support::{Shop, purchase};

fn program(shop: &Shop, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_merchant"));
    command
        .args(["--listen", &shop.listen, "--acquirer", &shop.acquirer.url()])
        .args(arguments)
        .env("MERCHANT_PASSWORD", support::PASSWORD)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The text on a program's standard error until it ends, which must be in time.
fn end(mut child: Child) -> (bool, String) {
    let mut said = String::new();
    let mut error = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        error.read_to_string(&mut said).unwrap();
        said
    });
    let began = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if began.elapsed() > Duration::from_secs(30) => {
                child.kill().unwrap();
                panic!("it neither comes up nor ends: {}", reader.join().unwrap());
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    (status.success(), reader.join().unwrap())
}

#[test]
fn start_on_a_full_disk_ends_with_an_error_and_works_with_room() {
    let shop = Shop::new();
    let disk = support::Disk::at(shop.folder.path(), 2);
    let database = shop.database();
    let database = database.to_str().unwrap();
    drop(Store::open(database.as_ref()).unwrap());
    let filler = disk.fill();
    let (good, said) = end(program(&shop, &["--database", database]).spawn().unwrap());
    assert!(!good && said.contains("the database") && said.contains("full"), "{said}");
    std::fs::remove_file(filler).unwrap();
    let service = program(&shop, &["--database", database]).spawn().unwrap();
    stop_when_up(service);
}

#[test]
fn start_with_a_database_locked_for_writing_ends_with_an_error() {
    let shop = Shop::new();
    shop.start().stop();
    let writer = rusqlite::Connection::open(shop.database()).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let database = shop.database();
    let (good, said) = end(program(&shop, &["--database", database.to_str().unwrap()]).spawn().unwrap());
    assert!(!good && said.contains("the database cannot be written"), "{said}");
}

#[test]
fn start_that_cannot_write_open_orders_accepts_no_client_and_can_be_ended() {
    use cashflows_codec::simulator::{Effect, Symptom};
    use merchant::acquirer::loopback::Mishap;

    let shop = Shop::new();
    let service = shop.start();
    shop.script([Some(Mishap::Effect(Effect::LoseAnswer(Symptom::Silence)))]);
    service.post_and_hang_up("/pay", "cart-1", &purchase("24.99"));
    shop.wait_until("the payment", |shop| shop.requests() == 1);
    service.crash();
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    let stall = "CREATE TRIGGER stalled BEFORE INSERT ON steps BEGIN SELECT raise(ABORT, 'no room'); END";
    books.execute_batch(stall).unwrap();

    let database = shop.database();
    let service = program(&shop, &["--database", database.to_str().unwrap()]).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(7));
    let refused = std::net::TcpStream::connect(&shop.listen).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
    kill_process(Pid::from_child(&service), Signal::TERM).unwrap();
    let (good, said) = end(service);
    assert!(good && said.contains("not up yet") && said.contains("before it was up"), "{said}");
    // Once there is room, the order is taken up.
    books.execute_batch("DROP TRIGGER stalled").unwrap();
    let service = shop.start();
    assert_eq!(service.pay("cart-1").gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

/// Ends a service by SIGTERM as soon as it prints its address.
fn stop_when_up(mut service: Child) {
    let mut first = [0; 1];
    service.stdout.take().unwrap().read_exact(&mut first).unwrap();
    kill_process(Pid::from_child(&service), Signal::TERM).unwrap();
    let (good, said) = end(service);
    assert!(good, "{said}");
}

#[test]
fn second_service_is_refused_under_every_name_of_the_database() {
    let shop = Shop::new();
    let _service = shop.start();
    let folder = shop.folder.path();
    let linked = folder.join("linked.db");
    std::os::unix::fs::symlink("merchant.db", &linked).unwrap();
    let hard = folder.join("hard.db");
    std::fs::hard_link(shop.database(), &hard).unwrap();
    let through = folder.join("through");
    std::os::unix::fs::symlink(folder, &through).unwrap();
    for name in [shop.database(), linked, hard, through.join("merchant.db")] {
        // Any clean-up may remove files beside the database.
        let _not_there = std::fs::remove_file(folder.join("merchant.db.lock"));
        let name = name.to_str().unwrap().to_owned();
        let (good, said) = end(program(&shop, &["--database", &name]).spawn().unwrap());
        assert!(!good && said.contains("is used by another service"), "{name}: {said}");
    }
}

#[test]
fn database_named_like_an_option_of_sqlite_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:merchant.db?mode=memory", ":memory:"] {
        let path = folder.path().join(name);
        drop(Store::open(&path).unwrap());
        assert_ne!(std::fs::metadata(&path).unwrap().len(), 0, "{name}");
    }
}

#[test]
fn damaged_order_is_reported_and_others_are_served() {
    let shop = Shop::with(20, &["--look-every", "5s"]);
    let service = shop.start();
    let (good, bad) = (service.pay("cart-1"), service.pay("cart-2"));
    let page = service.buy("click-1").payment_page();
    let bought = shop.newest_order();
    let damaged = service.buy("click-2");
    let damaged_order = shop.newest_order();
    assert_eq!(damaged.status, 303);
    service.crash();
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    for change in [
        "UPDATE orders SET attempt = '{}' WHERE key = 'cart-2'",
        "UPDATE orders SET state = 'open' WHERE key = 'cart-2'",
        "UPDATE shop_orders SET currency = 'xxx' WHERE key = 'click-2'",
    ] {
        assert_eq!(books.execute(change, []).unwrap(), 1, "{change}");
    }
    drop(books);

    let service = shop.start();
    assert_eq!(service.order(good.id()).gist(), (200, "authorised"));
    assert_eq!(service.order(bad.id()).gist(), (500, "database"));
    assert_eq!(service.post("/refund", "r-1", &json!({ "order": bad.id() })).gist(), (500, "database"));
    assert_eq!(service.post("/pay", "cart-2", &purchase("24.99")).gist(), (500, "database"));
    assert_eq!(service.post("/refund", "r-2", &json!({ "order": good.id() })).gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 2);
    // The same in the shop.
    assert_eq!(service.open(&format!("/order/{damaged_order}")).status, 500);
    shop.pay_page(&page, "Luke Skywalker");
    service.wait_for_order(&shop, bought, State::Paid);
    assert!(service.open("/office").body.contains(&bought.to_string()));
}

#[test]
fn repeated_ids_of_a_restarted_acquirer_leave_new_orders_to_reconcile() {
    let shop = Shop::with(200, &[]);
    let service = shop.start();
    let first = service.pay("cart-1");
    assert_eq!(first.gist(), (200, "authorised"));
    service.stop();
    // Another acquirer, which numbers its transactions from one again.
    let anew = Shop::with(200, &[]);
    let mut options = shop.options();
    options.acquirer = Some(anew.acquirer.url().parse().unwrap());
    options.gateway = None;
    let service = shop.start_with(options);
    let second = service.pay("cart-2");
    service.wait_for(second.id(), "reconcile");
    assert_eq!(service.order(first.id()).body, first.body);
}

#[test]
fn second_service_in_one_process_is_refused() {
    let shop = Shop::new();
    let _service = shop.start();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let second = runtime.block_on(Service::start(shop.options(), support::secrets()));
    let error = second.unwrap_err().to_string();
    assert!(error.contains("is used by another service: stop that one first"), "{error}");
}
