//! The service from the view of its operator and its clients.
#![cfg(feature = "loopback")]

mod support;

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom};
use merchant::acquirer::loopback::Mishap;
use merchant::config::Options;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use support::{Shop, purchase};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_merchant"))
}

#[test]
fn sending_continues_when_the_client_hangs_up() {
    let shop = Shop::new();
    let service = shop.start();
    shop.script([
        Some(Mishap::Effect(Effect::LoseRequest(Symptom::Timeout))),
        Some(Mishap::Effect(Effect::LoseAnswer(Symptom::HalfLine))),
        Some(Mishap::CutAfter),
    ]);
    service.post_and_hang_up("/pay", "cart-1", &purchase("24.99"));
    shop.wait_until("the order", |shop| shop.requests() > 0);
    let id = shop.order_of("cart-1");
    service.wait_for(&id, "authorised");
    assert_eq!((shop.requests(), shop.charges()), (4, 1));
}

#[test]
fn endless_response_is_cut_and_counts_as_lost() {
    let shop = Shop::new();
    let service = shop.start();
    shop.script([Some(Mishap::Flood)]);
    assert_eq!(service.pay("cart-1").gist(), (200, "authorised"));
    assert_eq!((shop.requests(), shop.charges()), (2, 1));
}

#[test]
fn payment_without_a_reachable_acquirer_ends_soon_as_not_sent() {
    let shop = Shop::new();
    let service = shop.start();
    shop.script(std::iter::repeat_n(Some(Mishap::Effect(Effect::Refuse("S001".parse().unwrap()))), 20));
    let answer = service.pay("cart-1");
    assert_eq!(answer.gist(), (502, "not_sent"));
    assert!(answer.body["next"].as_str().unwrap().contains("no money moves"));
    shop.script([]);
    assert_eq!(service.pay("cart-2").gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn stop_finishes_open_orders_and_responds_to_waiting_clients() {
    let shop = Shop::new();
    let service = shop.start();
    shop.script([Some(Mishap::Late(Duration::from_secs(5)))]);
    let (url, body) = (service.url.clone(), purchase("24.99").to_string());
    let caller = std::thread::spawn(move || {
        let request = ureq::post(format!("{url}/pay")).header("Idempotency-Key", "cart-1");
        request.send(body).unwrap().body_mut().read_to_string().unwrap()
    });
    shop.wait_until("the payment", |shop| shop.requests() == 1);
    assert_eq!(service.stop(), 0);
    assert!(caller.join().unwrap().contains(r#""state":"authorised""#));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn stop_ends_in_time_and_the_next_start_continues() {
    let shop = Shop::with(support::FASTER, &["--stop-within", "1s"]);
    let service = shop.start();
    let paid = service.pay("cart-1");
    shop.script([Some(Mishap::Effect(Effect::LoseAnswer(Symptom::Silence)))]);
    service.post_and_hang_up("/refund", "r-1", &json!({ "order": paid.id() }));
    shop.wait_until("the refund", |shop| shop.requests() == 2);
    assert_eq!(service.stop(), 1);
    let service = shop.start();
    assert_eq!(service.recovered().resumed, 1);
    service.wait_for(&shop.order_of("r-1"), "authorised");
    assert_eq!(shop.authorised("refund"), 1);
}

#[test]
fn settle_enters_the_outcome_of_a_reconcile_order() {
    let shop = Shop::with(200, &[]);
    let service = shop.start();
    // Every response is lost, as long as retries last.
    shop.script(std::iter::repeat_n(Some(Mishap::Effect(Effect::LoseAnswer(Symptom::HtmlPage))), 20));
    let first = service.pay("cart-1");
    let first = service.wait_for(first.id(), "reconcile");
    shop.script(std::iter::repeat_n(Some(Mishap::Effect(Effect::LoseRequest(Symptom::HtmlPage))), 20));
    let second = service.pay("cart-2");
    let second = service.wait_for(second.id(), "reconcile");
    shop.script([]);
    assert_eq!(shop.charges(), 1);

    let settle = |id: &str, body| service.post(&format!("/orders/{id}/settle"), "unused", &body);
    for wrong in [json!({ "found": true }), json!({ "found": false, "transaction_id": "01S00000001" })] {
        assert_eq!(settle(first.id(), wrong).gist(), (422, "invalid_fields"));
    }
    let found = json!({ "found": true, "transaction_id": "01S00000001" });
    assert_eq!(settle(first.id(), found.clone()).gist(), (200, "authorised"));
    assert_eq!(settle(second.id(), found.clone()).gist(), (409, "not_settled"), "it belongs to the first");
    assert_eq!(settle(second.id(), json!({ "found": false })).gist(), (200, "refused"));
    assert_eq!(settle(first.id(), found).gist(), (409, "not_settled"), "it is settled already");
    // A result found by a person counts like a response.
    let given = service.post("/refund", "r-1", &json!({ "order": first.id() }));
    assert_eq!(given.gist(), (200, "authorised"));
    assert_eq!(
        service.post("/refund", "r-2", &json!({ "order": second.id() })).gist(),
        (409, "nothing_paid")
    );
}

#[test]
fn start_without_options_prints_its_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = program()
        .current_dir(&folder)
        .args(["--listen", "127.0.0.1:0", "--log", "warn"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(service.stdout.take().unwrap()).lines();
    let merchant = lines.next().unwrap().unwrap();
    let acquirer = lines.next().unwrap().unwrap();
    let url = merchant.strip_prefix("merchant: ").unwrap();
    assert!(acquirer.starts_with("acquirer: http://127.0.0.1:"), "{acquirer}");
    let (dashboard, shop) = (lines.next().unwrap().unwrap(), lines.next().unwrap().unwrap());
    for (line, name) in [(dashboard, "dashboard: "), (shop, "shop: ")] {
        let page = line.strip_prefix(name).unwrap().split(' ').next().unwrap();
        let page = ureq::get(page).call().unwrap().body_mut().read_to_string().unwrap();
        assert!(page.contains("<h1"), "{page}");
    }
    let request = ureq::post(format!("{url}/pay")).header("Idempotency-Key", "cart-1");
    let paid = request.send(purchase("24.99").to_string()).unwrap().body_mut().read_to_string().unwrap();
    assert!(paid.contains(r#""state":"authorised""#), "{paid}");

    kill_process(Pid::from_child(&service), Signal::TERM).unwrap();
    assert!(service.wait().unwrap().success());
    // The acquirer's ledger ends with it, and so does the database kept beside it.
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn start_refuses_a_new_simulated_acquirer_for_stored_orders() {
    let shop = Shop::new();
    let service = shop.start();
    service.pay("cart-1");
    service.stop();
    let output = program().arg("--database").arg(shop.database()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("cargo run --bin acquirer"), "{said}");
}

#[test]
fn abort_leaves_no_core_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = program()
        .current_dir(&folder)
        .args(["--listen", "127.0.0.1:0", "--log", "off"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = [0; 1];
    service.stdout.take().unwrap().read_exact(&mut address).unwrap();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", service.id()));
    if let Ok(limits) = limits {
        let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[4..6], ["0", "0"], "{line}");
    }
    kill_process(Pid::from_child(&service), Signal::ABORT).unwrap();
    service.wait().unwrap();
    let names = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.into_iter().any(|name| name.to_string_lossy().starts_with("core")));
}

#[test]
fn command_line_prints_help_and_names_errors() {
    let said = |arguments: &[&str]| {
        let output = program().env_remove("MERCHANT_PASSWORD").args(arguments).output().unwrap();
        let (out, error) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        (output.status.success(), out + &error)
    };
    let (good, help) = said(&["--help"]);
    assert!(good);
    for option in ["--listen", "--database", "--acquirer", "--profile", "--log", "MERCHANT_PASSWORD"] {
        assert!(help.contains(option), "{option} in {help}");
    }
    let real = "https://secure-int.cashflows.com/gateway/remote_auth";
    for (arguments, expected) in [
        (&["--acquirer", real][..], "set the environment variable MERCHANT_PASSWORD"),
        (&["--acquirer", "http://secure-int.cashflows.com/x"], "card numbers and keys would travel in clear"),
        (&["--acquirer", "/gateway"], "--acquirer must be a whole URL"),
        (&["--gateway", "https://gateway-int.cashflows.com"], "--gateway needs --acquirer too"),
        (&["--acquirer", real, "--faster", "2"], "--faster is for tests"),
        (&["--profile", "x"], "profile"),
        (&["--reply-within", "soon"], "--reply-within"),
        (&["--database", "/nowhere/merchant.db"], "/nowhere/merchant.db"),
        (&["--bogus"], "--bogus"),
    ] {
        let (good, said) = said(arguments);
        assert!(!good && said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn debug_shows_no_password() {
    let shop = Shop::new();
    let options: Options = shop.options();
    let credentials = options.credentials(Some(support::PASSWORD.to_owned())).unwrap();
    let service = shop.start();
    assert!(!format!("{options:?} {credentials:?} {:?}", shop.acquirer).contains(support::PASSWORD));
    service.stop();
}

#[test]
fn unknown_orders_and_pages_are_not_found() {
    let shop = Shop::new();
    let service = shop.start();
    assert_eq!(service.get("/orders/0198c0de-0000-7000-8000-000000000000").gist(), (404, "no_such_order"));
    assert_eq!(service.get("/orders/4000000000000002").gist(), (404, "no_such_order"));
    assert_eq!(service.get("/nothing").status, 404);
    assert_eq!(service.get("/pay").status, 405);
    assert_eq!(service.post("/pay", "k", &json!("x".repeat(20_000))).status, 413);
}
