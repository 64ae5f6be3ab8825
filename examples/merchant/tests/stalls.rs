//! A slow database: a request stored too late is not sent, and no card is charged twice.
#![cfg(feature = "loopback")]

#[path = "support/shopper.rs"]
mod shopper;
mod support;

use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom};
use merchant::acquirer::loopback::Mishap;
use serde_json::json;
use support::{Running, Shop};

/// Factor of the faster time: five minutes take seven and a half seconds.
const FASTER: u32 = 40;

/// Number of responses lost before the stall, so that the pause before the next retry is long enough to begin in.
const LOST: usize = 4;

fn lost() -> Option<Mishap> {
    Some(Mishap::Effect(Effect::LoseAnswer(Symptom::HalfLine)))
}

fn steps(shop: &Shop, like: &str) -> i64 {
    shop.count(&format!("SELECT count(*) FROM steps WHERE step LIKE '{like}'"))
}

fn books(shop: &Shop) -> rusqlite::Connection {
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    books.busy_timeout(Duration::from_secs(5)).unwrap();
    books
}

/// Blocks the storing of sendings, until the lock is released.
const STALL: &str = "CREATE TABLE stall (is_on INTEGER);
    CREATE TRIGGER stalled BEFORE INSERT ON steps WHEN NEW.step LIKE 'sending%' AND EXISTS (SELECT 1 FROM stall)
    BEGIN SELECT raise(ABORT, 'the disk takes its time'); END;";

/// Waits until the last response is lost and no request is on its way, then stalls the database until the window is
/// over.
fn stalled_between_two_retries(shop: &Shop, service: &Running, stall: impl FnOnce(&dyn Fn())) {
    shop.script(std::iter::repeat_n(lost(), LOST));
    std::thread::scope(|scope| {
        let paying = scope.spawn(|| service.pay("cart-1"));
        shop.wait_until("the last lost response", |shop| steps(shop, "no response%") == LOST as i64);
        stall(&|| {
            assert_eq!(steps(shop, "sending%"), LOST as i64, "the stall came too late");
            // Five and a half minutes of the service's time.
            std::thread::sleep(Duration::from_secs(5 * 60 + 30) / FASTER);
        });
        paying.join().unwrap();
    });
    service.wait_for(&shop.order_of("cart-1"), "reconcile");
    assert_eq!((shop.charges(), shop.requests()), (1, LOST));
}

#[test]
fn retry_delayed_past_the_window_by_a_locked_database_is_not_sent() {
    let shop = Shop::with(FASTER, &[]);
    let service = shop.start();
    stalled_between_two_retries(&shop, &service, |until_it_is_over| {
        let books = books(&shop);
        books.execute_batch("BEGIN IMMEDIATE").unwrap();
        until_it_is_over();
        books.execute_batch("ROLLBACK").unwrap();
    });
    assert_eq!(steps(&shop, "not sent%"), 1);
}

#[test]
fn retry_delayed_past_the_window_by_a_full_disk_is_not_sent() {
    let shop = Shop::with(FASTER, &[]);
    let disk = support::Disk::at(shop.folder.path(), 2);
    let service = shop.start();
    stalled_between_two_retries(&shop, &service, |until_it_is_over| {
        let filler = disk.fill();
        until_it_is_over();
        std::fs::remove_file(filler).unwrap();
    });
    assert_eq!(steps(&shop, "not sent%"), 1);
    drop(service);
}

#[test]
fn refund_stored_past_the_window_is_not_sent() {
    let shop = Shop::with(FASTER, &[]);
    let service = shop.start();
    let paid = service.pay("cart-1");
    let books = books(&shop);
    books.execute_batch(STALL).unwrap();
    shop.script(std::iter::repeat_n(lost(), LOST));
    std::thread::scope(|scope| {
        let refunding = scope.spawn(|| service.post("/refund", "r-1", &json!({ "order": paid.id() })));
        shop.wait_until("the last lost response", |shop| steps(shop, "no response%") == LOST as i64);
        books.execute_batch("INSERT INTO stall VALUES (1)").unwrap();
        assert_eq!(steps(&shop, "sending%"), 1 + LOST as i64, "the stall came too late");
        std::thread::sleep(Duration::from_secs(5 * 60 + 30) / FASTER);
        books.execute_batch("DELETE FROM stall").unwrap();
        refunding.join().unwrap();
    });
    service.wait_for(&shop.order_of("r-1"), "reconcile");
    assert_eq!((shop.authorised("refund"), shop.requests()), (1, 1 + LOST));
}

#[test]
fn first_sending_stored_too_late_is_stored_and_sent_again() {
    let shop = Shop::with(FASTER, &[]);
    let service = shop.start();
    let books = books(&shop);
    books.execute_batch(STALL).unwrap();
    books.execute_batch("INSERT INTO stall VALUES (1)").unwrap();
    std::thread::scope(|scope| {
        let paying = scope.spawn(|| service.pay("cart-1"));
        std::thread::sleep(Duration::from_secs(2));
        assert_eq!(shop.requests(), 0, "a request is sent only after it is stored");
        books.execute_batch("DELETE FROM stall").unwrap();
        paying.join().unwrap();
    });
    service.wait_for(&shop.order_of("cart-1"), "authorised");
    assert_eq!((steps(&shop, "not sent%"), steps(&shop, "sending, retry number 0")), (1, 2));
    assert_eq!((shop.charges(), shop.requests()), (1, 1));
}

#[test]
fn refunds_have_a_reference_of_their_own() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    let given = service.post("/refund", "r-1", &json!({ "order": paid.id() }));
    let simulator = shop.acquirer.simulator();
    let references: Vec<_> =
        simulator.ledger().entries().iter().map(|entry| entry.reference().map(ToString::to_string)).collect();
    assert_eq!(references, [Some(paid.id().to_owned()), Some(given.id().to_owned())]);
}
