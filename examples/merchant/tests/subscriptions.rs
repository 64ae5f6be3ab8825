//! A month is charged once, and only if the cardholder's card gave the right to.
#![cfg(feature = "loopback")]

mod support;

use cashflows_codec::simulator::{Effect, Symptom};
use merchant::acquirer::loopback::Mishap;
use serde_json::{Value, json};
use support::{Response, Running, Shop, purchase};

fn subscribe(service: &Running) -> Response {
    service.post("/subscribe", "s-1", &purchase("9.99"))
}

fn month(subscription: &str, month: &str) -> Value {
    json!({ "subscription": subscription, "month": month })
}

#[test]
fn subscription_charges_no_money_at_first_and_each_month_once() {
    let shop = Shop::new();
    let service = shop.start();
    let subscribed = subscribe(&service);
    assert_eq!(subscribed.gist(), (200, "authorised"));
    assert_eq!((shop.charges(), shop.authorised("verify")), (0, 1));

    let november = service.post("/charge-month", "m-1", &month(subscribed.id(), "2026-11"));
    assert_eq!(november.gist(), (200, "authorised"));
    assert_eq!(november.body["money"]["amount"], "9.99");
    assert_eq!(november.body["month"], "2026-11");
    // Neither the same key nor another one charges it again.
    assert_eq!(service.post("/charge-month", "m-1", &month(subscribed.id(), "2026-11")).body, november.body);
    let again = service.post("/charge-month", "m-2", &month(subscribed.id(), "2026-11"));
    assert_eq!(again.gist(), (409, "month_taken"));
    assert_eq!(
        service.post("/charge-month", "m-2", &month(subscribed.id(), "2026-12")).gist(),
        (200, "authorised")
    );
    assert_eq!(shop.charges(), 2);
}

#[test]
fn refused_month_can_be_charged_again_but_an_open_one_cannot() {
    let shop = Shop::with(support::FASTER, &["--answer-within", "1s"]);
    let service = shop.start();
    let subscribed = subscribe(&service);
    shop.script([
        Some(Mishap::Effect(Effect::Refuse("D102".parse().unwrap()))),
        Some(Mishap::Effect(Effect::LoseAnswer(Symptom::Silence))),
    ]);
    let november = month(subscribed.id(), "2026-11");
    assert_eq!(service.post("/charge-month", "m-1", &november).gist(), (402, "refused"));
    let open = service.post("/charge-month", "m-2", &november);
    assert_eq!(open.gist(), (202, "processing"));
    assert_eq!(service.post("/charge-month", "m-3", &november).gist(), (409, "month_taken"));
    service.wait_for(open.id(), "authorised");
    assert_eq!(shop.charges(), 1);
}

#[test]
fn charged_month_can_be_refunded() {
    let shop = Shop::new();
    let service = shop.start();
    let subscribed = subscribe(&service);
    let november = service.post("/charge-month", "m-1", &month(subscribed.id(), "2026-11"));
    let given = service.post("/refund", "r-1", &json!({ "order": november.id() }));
    assert_eq!(given.gist(), (200, "authorised"));
    // It was charged and refunded: it is not charged again.
    assert_eq!(
        service.post("/charge-month", "m-2", &month(subscribed.id(), "2026-11")).gist(),
        (409, "month_taken")
    );
}

#[test]
fn month_is_refused_without_an_authorised_and_checked_subscription() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    shop.script([
        Some(Mishap::Effect(Effect::Check("100".parse().unwrap()))),
        Some(Mishap::Effect(Effect::Refuse("D102".parse().unwrap()))),
    ]);
    let unchecked = service.post("/subscribe", "s-1", &purchase("9.99"));
    assert_eq!(unchecked.gist(), (200, "authorised"));
    assert!(unchecked.body["next"].as_str().unwrap().contains("subscribe again"));
    let refused = service.post("/subscribe", "s-2", &purchase("9.99"));
    for (subscription, gist) in [
        (unchecked.id(), (409, "not_recurring")),
        (refused.id(), (409, "not_subscribed")),
        (paid.id(), (422, "no_such_subscription")),
        ("0198c0de-0000-7000-8000-000000000000", (422, "no_such_subscription")),
    ] {
        assert_eq!(service.post("/charge-month", "m-1", &month(subscription, "2026-11")).gist(), gist);
    }
    assert_eq!(
        service.post("/charge-month", "m-1", &month(paid.id(), "2026-13")).gist(),
        (422, "invalid_fields")
    );
    assert_eq!(shop.charges(), 1);
}
