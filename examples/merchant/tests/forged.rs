//! Forged notifications and returns: they cause few calls of the gateway, however many come.
#![cfg(feature = "loopback")]

#[path = "support/shopper.rs"]
mod shopper;
mod support;

use std::time::{Duration, Instant};

use cashflows_codec::gateway::Operation;
use merchant::acquirer::loopback::Mishap;
use merchant::shop::order::State;
use merchant::wanted::OrderId;
use support::{Running, Shop};

const POSTS: usize = 2_000;

fn notification(job: &str) -> String {
    format!(r#"{{"paymentJobReference":"{job}","paymentReference":"2"}}"#)
}

/// Posts as many notifications and returns as a quick forger does. Returns the number of calls that they caused, and
/// their time.
fn forge(shop: &Shop, service: &Running, job: impl Fn(usize) -> String + Sync) -> (usize, Duration) {
    let (before, began) = (shop.calls.count(Operation::RetrieveJob), Instant::now());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let job = &job;
            scope.spawn(move || {
                for post in (thread..POSTS).step_by(4) {
                    service.notify(&notification(&job(post)));
                }
            });
        }
        scope.spawn(|| {
            for post in 0..3 {
                service.open(&format!("/return?paymentjobref={}&paymentref=2", job(post)));
            }
        });
    });
    (shop.calls.count(Operation::RetrieveJob) - before, began.elapsed())
}

fn strange(post: usize) -> String {
    (10_000_000_000_000_099 + post).to_string()
}

fn lost_order(shop: &Shop, service: &Running) -> OrderId {
    shop.calls.script(Operation::CreateJob, Mishap::CutAfter);
    let order = service.buy("lost").order();
    service.wait_for_order(shop, order, State::Lost);
    order
}

#[test]
fn unknown_jobs_are_retrieved_rarely_and_a_true_notification_still_works() {
    let shop = Shop::with(1, &[]);
    let service = shop.start();
    let order = lost_order(&shop, &service);
    let (calls, took) = forge(&shop, &service, strange);
    let most = 8 + 1 + took.as_secs() as usize / 10;
    assert!((1..=most).contains(&calls), "{calls} calls in {took:?}");
    // It comes again until it is acknowledged.
    let job = shop.acquirer.simulator().jobs().next().unwrap().to_string();
    shop.wait_until("its turn", |_| {
        std::thread::sleep(Duration::from_millis(500));
        service.notify(&notification(&job)).status == 200
    });
    service.wait_for_order(&shop, order, State::Closed);
}

#[test]
fn unknown_jobs_are_not_retrieved_unless_a_young_order_lost_its_job() {
    let shop = Shop::with(1, &[]);
    let service = shop.start();
    service.buy("click-1");
    assert_eq!(forge(&shop, &service, strange).0, 0);
    let order = lost_order(&shop, &service);
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    let two_days = 2 * 24 * 60 * 60 * 1_000;
    let older = "UPDATE shop_orders SET made = made - ? WHERE number = ?";
    assert_eq!(books.execute(older, rusqlite::params![two_days, order.to_string()]).unwrap(), 1);
    assert_eq!(forge(&shop, &service, strange).0, 0);
    // A person who looked into the portal can still name it.
    let job = shop.acquirer.simulator().jobs().last().unwrap().to_string();
    assert_eq!(service.submit(&format!("/office/{order}/job"), &[("job", &job)]).status, 303);
    assert_eq!(shop.shop_order(order).0, "closed");
}

#[test]
fn known_job_is_retrieved_every_two_seconds_at_most() {
    let shop = Shop::with(1, &[]);
    let service = shop.start();
    let page = service.buy("click-1").payment_page();
    let order = shop.newest_order();
    let job = shop.shop_order(order).1.unwrap().to_string();
    let (calls, took) = forge(&shop, &service, |_| job.clone());
    let most = 2 + took.as_secs() as usize / 2;
    assert!((1..=most).contains(&calls), "{calls} calls in {took:?}");
    // It is paid as soon as its payment is.
    shop.pay_page(&page, "Luke Skywalker");
    service.wait_for_order(&shop, order, State::Paid);
}
