//! Repeated requests are one order.
#![cfg(feature = "loopback")]

mod support;

use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom};
use merchant::acquirer::loopback::Mishap;
use serde_json::json;
use support::{Shop, purchase};

#[test]
fn same_key_and_same_body_are_one_order() {
    let shop = Shop::new();
    let service = shop.start();
    let first = service.pay("cart-1");
    assert_eq!(first.gist(), (200, "authorised"));
    let again = service.pay("cart-1");
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(service.order(first.id()).body, first.body);
    assert_eq!(shop.charges(), 1);
}

#[test]
fn same_key_and_another_body_are_a_conflict() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    let mut other_card = purchase("24.99");
    other_card["card"]["number"] = json!("4510400400099005");
    let mut other_expiry = purchase("24.99");
    other_expiry["card"]["expiry"] = json!("1230");
    let mut named = purchase("24.99");
    named["customer"] = json!({ "name": "Luke Skywalker" });
    for (path, body) in [
        ("/pay", purchase("24.98")),
        ("/pay", other_card),
        ("/pay", other_expiry),
        ("/pay", named),
        ("/subscribe", purchase("24.99")),
        ("/refund", json!({ "order": paid.id() })),
        ("/charge-month", json!({ "subscription": paid.id(), "month": "2026-11" })),
    ] {
        assert_eq!(service.post(path, "cart-1", &body).gist(), (409, "other_body"), "{path} {body}");
    }
    assert_eq!(shop.charges(), 1);
}

#[test]
fn same_key_and_another_security_code_are_one_order() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    let mut body = purchase("24.99");
    body["card"]["cvv"] = json!("321");
    assert_eq!(service.post("/pay", "cart-1", &body).body, paid.body);
    assert_eq!(shop.charges(), 1);
}

#[test]
fn another_key_is_another_order() {
    let shop = Shop::new();
    let service = shop.start();
    assert_ne!(service.pay("cart-1").id(), service.pay("cart-2").id());
    assert_eq!(shop.charges(), 2);
}

#[test]
fn double_click_is_one_charge() {
    let shop = Shop::new();
    let service = shop.start();
    // The acquirer is slow, so that all clicks are on their way at once.
    shop.script([Some(Mishap::Late(Duration::from_secs(3)))]);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..10).map(|_| scope.spawn(|| service.pay("cart-1"))).collect();
        clicks.into_iter().map(|click| click.join().unwrap()).collect()
    });
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (200, &answers[0].body));
    }
    assert_eq!(shop.charges(), 1);
}

#[test]
fn refusal_is_final_for_its_key_and_another_key_can_pay() {
    let shop = Shop::new();
    let service = shop.start();
    shop.script([Some(Mishap::Effect(Effect::Refuse("D102".parse().unwrap())))]);
    let refused = service.pay("cart-1");
    assert_eq!(refused.gist(), (402, "refused"));
    assert_eq!(refused.body["code"], "D102");
    assert_eq!(service.pay("cart-1").body, refused.body);
    assert_eq!(service.pay("cart-1-again").gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn repeated_request_gets_processing_and_later_the_outcome() {
    let shop = Shop::with(support::FASTER, &["--answer-within", "1s"]);
    let service = shop.start();
    shop.script([Some(Mishap::Effect(Effect::LoseAnswer(Symptom::Timeout)))]);
    let open = service.pay("cart-1");
    assert_eq!(open.gist(), (202, "processing"));
    let settled = service.wait_for(open.id(), "authorised");
    assert_eq!(service.pay("cart-1").body, settled.body);
    assert_eq!(shop.charges(), 1);
}

#[test]
fn invalid_keys_are_refused_before_sending() {
    let shop = Shop::new();
    let service = shop.start();
    for key in ["", "cart 1", "4000000000000002"] {
        assert_eq!(service.pay(key).gist(), (400, "invalid_key"), "{key}");
    }
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut none = agent.post(format!("{}/pay", service.url)).send(purchase("24.99").to_string()).unwrap();
    assert_eq!(none.status(), 400);
    assert!(none.body_mut().read_to_string().unwrap().contains("Idempotency-Key is missing"));
    assert_eq!(shop.charges(), 0);
}
