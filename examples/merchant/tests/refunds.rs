//! Refunds: never more than was paid, and never twice for one request.
#![cfg(feature = "loopback")]

mod support;

use cashflows_codec::simulator::{Effect, Symptom};
use merchant::acquirer::loopback::Mishap;
use serde_json::{Value, json};
use support::{Shop, purchase};

fn refund(order: &str, amount: Option<&str>) -> Value {
    match amount {
        Some(amount) => json!({ "order": order, "money": { "amount": amount, "currency": "GBP" } }),
        None => json!({ "order": order }),
    }
}

#[test]
fn refund_without_an_amount_refunds_the_whole_payment_once() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    let given = service.post("/refund", "r-1", &refund(paid.id(), None));
    assert_eq!(given.gist(), (200, "authorised"));
    assert_eq!(given.body["order"], paid.id());
    assert_eq!(given.body["money"]["amount"], "24.99");
    assert_eq!(service.post("/refund", "r-1", &refund(paid.id(), None)).body, given.body);
    assert_eq!(service.post("/refund", "r-2", &refund(paid.id(), None)).gist(), (409, "too_much"));
    assert_eq!(shop.authorised("refund"), 1);
}

#[test]
fn refund_with_a_lost_response_is_made_once() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    shop.script([Some(Mishap::Effect(Effect::LoseAnswer(Symptom::HalfLine)))]);
    let given = service.post("/refund", "r-1", &refund(paid.id(), None));
    assert_eq!(given.gist(), (200, "authorised"));
    assert_eq!(shop.authorised("refund"), 1);
}

#[test]
fn refund_of_an_unpaid_order_is_refused() {
    let shop = Shop::new();
    let service = shop.start();
    shop.script([Some(Mishap::Effect(Effect::Refuse("D102".parse().unwrap())))]);
    let refused = service.pay("cart-1");
    let subscribed = service.post("/subscribe", "s-1", &purchase("9.99"));
    let paid = service.pay("cart-2");
    for (order, amount, gist) in [
        (refused.id(), None, (409, "nothing_paid")),
        (subscribed.id(), None, (409, "not_a_payment")),
        (paid.id(), Some("25.00"), (409, "too_much")),
        ("0198c0de-0000-7000-8000-000000000000", None, (422, "no_such_order")),
        ("4000000000000002", None, (422, "invalid_fields")),
        (paid.id(), Some("0.00"), (422, "invalid_fields")),
    ] {
        assert_eq!(service.post("/refund", "r-1", &refund(order, amount)).gist(), gist, "{order} {amount:?}");
    }
    let euros = json!({ "order": paid.id(), "money": { "amount": "1.00", "currency": "EUR" } });
    assert_eq!(service.post("/refund", "r-1", &euros).gist(), (409, "other_currency"));
    assert_eq!(shop.authorised("refund"), 0);
}

#[test]
fn open_refund_counts_as_refunded() {
    let shop = Shop::with(support::FASTER, &["--answer-within", "1s"]);
    let service = shop.start();
    let paid = service.pay("cart-1");
    shop.script([Some(Mishap::Effect(Effect::LoseAnswer(Symptom::Silence)))]);
    let open = service.post("/refund", "r-1", &refund(paid.id(), None));
    assert_eq!(open.gist(), (202, "processing"));
    assert_eq!(service.post("/refund", "r-2", &refund(paid.id(), Some("0.01"))).gist(), (409, "too_much"));
    service.wait_for(open.id(), "authorised");
}

/// The acquirer refunds a part only after the day of the payment. It could not tell apart two equal parts within five
/// minutes.
#[test]
fn equal_refunds_after_five_minutes_are_both_made() {
    const A_DAY_IN_HALF_A_SECOND: u32 = 24 * 60 * 60 * 2;
    let shop = Shop::with(A_DAY_IN_HALF_A_SECOND, &["--answer-within", "24h", "--reply-within", "24h"]);
    let service = shop.start();
    let paid = service.pay("cart-1");
    std::thread::sleep(std::time::Duration::from_millis(600));
    let part = refund(paid.id(), Some("5.00"));
    assert_eq!(service.post("/refund", "r-1", &part).gist(), (200, "authorised"));
    // Five minutes take two milliseconds.
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(service.post("/refund", "r-2", &part).gist(), (200, "authorised"));
    assert_eq!(shop.authorised("refund"), 2);
}

#[test]
fn equal_refund_within_five_minutes_is_refused() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    // It is refused, so the whole is left: the acquirer refunds no part on the same day.
    let part = refund(paid.id(), Some("5.00"));
    assert_eq!(service.post("/refund", "r-1", &part).gist(), (402, "refused"));
    let equal = service.post("/refund", "r-2", &part);
    assert_eq!(equal.gist(), (409, "equal_refund"));
    let other = refund(paid.id(), Some("5.01"));
    assert_eq!(service.post("/refund", "r-3", &other).gist(), (402, "refused"));
}
