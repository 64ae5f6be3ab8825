//! Refunds of the shop: as much as was paid, once, despite lost responses.
#![cfg(feature = "loopback")]

#[path = "support/shopper.rs"]
mod shopper;
mod support;

use cashflows_codec::gateway::Operation;
use cashflows_codec::simulator::gateway::{Effect, Next, Symptom};
use merchant::acquirer::loopback::Mishap;
use merchant::shop::order::State;
use merchant::wanted::OrderId;
use shopper::Seen;
use support::{Running, Shop};

fn paid(shop: &Shop, service: &Running, click: &str) -> OrderId {
    let page = service.buy(click).payment_page();
    let order = shop.newest_order();
    assert!(matches!(shop.pay_page(&page, "Luke Skywalker"), Next::Return(_)));
    service.wait_for_order(shop, order, State::Paid);
    order
}

fn refund(service: &Running, order: OrderId, key: &str, amount: &str) -> Seen {
    service.submit(&format!("/office/{order}/refund"), &[("key", key), ("amount", amount)])
}

fn refunds(shop: &Shop, state: &str) -> i64 {
    shop.count(&format!("SELECT count(*) FROM shop_refunds WHERE state = '{state}'"))
}

#[test]
fn refund_of_all_is_made_once() {
    let shop = Shop::new();
    let service = shop.start();
    let order = paid(&shop, &service, "click-1");
    assert_eq!(refund(&service, order, "r-1", "12.51").status, 409, "more than was paid");
    assert_eq!(refund(&service, order, "r-1", "12.5").status, 400);
    assert_eq!(refund(&service, order, "r-1", "").status, 303);
    // The same click again, and another one.
    assert_eq!(refund(&service, order, "r-1", "").status, 303);
    assert_eq!(refund(&service, order, "r-2", "").status, 409);
    assert_eq!((refunds(&shop, "completed"), shop.authorised("refund")), (1, 1));
    assert_eq!(shop.calls.count(Operation::RefundPayment), 1);
    let page = service.open(&format!("/office/{order}")).body;
    assert!(page.contains("£12.50 – completed"), "{page}");
    assert_eq!(service.submit(&format!("/office/{order}/cancel"), &[]).status, 409, "it is refunded");
}

#[test]
fn key_of_another_refund_is_refused() {
    let shop = Shop::new();
    let service = shop.start();
    let (one, other) = (paid(&shop, &service, "click-1"), paid(&shop, &service, "click-2"));
    assert_eq!(refund(&service, one, "r-1", "1.00").status, 303);
    for (order, amount, status) in
        [(one, "1.00", 303), (one, "2.00", 409), (one, "", 409), (other, "1.00", 409), (other, "", 409)]
    {
        let answer = refund(&service, order, "r-1", amount);
        assert_eq!(answer.status, status, "{amount:?}");
        assert!(status == 303 || answer.body.contains("sent before, for something else"), "{}", answer.body);
    }
    assert_eq!(refund(&service, other, "r-2", "").status, 303);
    assert_eq!(refund(&service, other, "r-2", "").status, 303);
    assert_eq!(refund(&service, other, "r-2", "12.50").status, 409, "its request was for all that was left");
    // A refund without the stored request is compared by its amount.
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    assert_eq!(books.execute("UPDATE shop_refunds SET asked = NULL", []).unwrap(), 2);
    for (order, key, amount, status) in [
        (one, "r-1", "1.00", 303),
        (one, "r-1", "2.00", 409),
        (other, "r-1", "1.00", 409),
        (other, "r-2", "", 303),
    ] {
        assert_eq!(refund(&service, order, key, amount).status, status, "{key} {amount:?}");
    }
    let asked = shop.count("SELECT count(*) FROM shop_refunds");
    assert_eq!((asked, shop.calls.count(Operation::RefundPayment)), (2, 2));
}

#[test]
fn refund_with_a_lost_response_is_found_by_its_number_and_not_repeated() {
    let lost: [fn() -> Mishap; 3] = [
        || Mishap::Call(Effect::LoseAnswer(Symptom::HtmlPage)),
        || Mishap::Call(Effect::LoseAnswer(Symptom::Silence)),
        || Mishap::CutAfter,
    ];
    for lost in lost {
        let shop = Shop::with(20, &["--look-every", "5s"]);
        let service = shop.start();
        let order = paid(&shop, &service, "click-1");
        shop.calls.script(Operation::RefundPayment, lost());
        assert_eq!(refund(&service, order, "r-1", "").status, 303);
        assert_eq!(refunds(&shop, "completed"), 1);
        assert_eq!((shop.authorised("refund"), shop.calls.count(Operation::RefundPayment)), (1, 1));
    }
}

#[test]
fn refund_that_certainly_never_arrived_allows_another() {
    let shop = Shop::with(200, &["--look-every", "5s"]);
    let service = shop.start();
    let order = paid(&shop, &service, "click-1");
    shop.calls.script(Operation::RefundPayment, Mishap::Call(Effect::LoseRequest(Symptom::Unavailable)));
    assert_eq!(refund(&service, order, "r-1", "").status, 303);
    assert_eq!(refunds(&shop, "unknown"), 1);
    assert_eq!(refund(&service, order, "r-2", "").status, 409, "it may have been refunded");
    shop.wait_until("certainty", |shop| refunds(shop, "not_arrived") == 1);
    assert_eq!(refund(&service, order, "r-3", "").status, 303);
    assert_eq!((refunds(&shop, "completed"), shop.authorised("refund")), (1, 1));
}

#[test]
fn refund_is_searched_for_after_a_crash() {
    let shop = Shop::with(20, &["--look-every", "5s"]);
    let service = shop.start();
    let order = paid(&shop, &service, "click-1");
    shop.calls.script(Operation::RefundPayment, Mishap::Late(std::time::Duration::from_secs(600)));
    std::thread::scope(|scope| {
        scope.spawn(|| shop.post_and_be_cut_off(&format!("/office/{order}/refund"), "key=r-1&amount="));
        shop.wait_until("the refund", |shop| shop.authorised("refund") == 1);
        service.crash();
    });
    assert_eq!(refunds(&shop, "sending"), 1);
    let _service = shop.start();
    shop.wait_until("its end", |shop| refunds(shop, "completed") == 1);
    assert_eq!((shop.authorised("refund"), shop.calls.count(Operation::RefundPayment)), (1, 1));
}

#[test]
fn cancel_of_a_paid_order_works_despite_a_lost_response() {
    for mishap in
        [None, Some(Mishap::CutAfter), Some(Mishap::Call(Effect::LoseAnswer(Symptom::InternalError)))]
    {
        let shop = Shop::with(20, &["--look-every", "5s"]);
        let service = shop.start();
        let order = paid(&shop, &service, "click-1");
        if let Some(mishap) = mishap {
            shop.calls.script(Operation::CancelPayment, mishap);
        }
        assert_eq!(service.submit(&format!("/office/{order}/cancel"), &[]).status, 303);
        service.wait_for_order(&shop, order, State::Returned);
        assert_eq!(shop.authorised("void"), 1);
        assert!(service.open(&format!("/order/{order}")).body.contains("your money goes back"));
        assert_eq!(refund(&service, order, "r-1", "").status, 409);
    }
}

#[test]
fn cancelled_open_order_cannot_be_paid() {
    let shop = Shop::new();
    let service = shop.start();
    let page = service.buy("click-1").payment_page();
    let order = shop.newest_order();
    assert_eq!(refund(&service, order, "r-1", "").status, 409, "the order is unpaid");
    assert_eq!(service.submit(&format!("/office/{order}/cancel"), &[]).status, 303);
    assert_eq!(shop.shop_order(order).0, "closed");
    shop.pay_page(&page, "Luke Skywalker");
    assert_eq!(shop.charges(), 0);
    assert_eq!(service.submit(&format!("/office/{order}/cancel"), &[]).status, 409);
}
