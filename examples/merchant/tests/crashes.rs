//! The orders left by a crash, and their way on.
#![cfg(feature = "loopback")]

mod support;

use cashflows_codec::remote_auth::attempt::{Journal, RetryPolicy};
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::simulator::{Effect, Symptom};
use cashflows_codec::value::{CardNumber, Customer, Money};
use merchant::acquirer::loopback::Mishap;
use merchant::recovery::Recovered;
use merchant::store::{NewOrder, Store};
use merchant::wanted::{CardDetails, Operation, OrderId, Purchase, Wanted};
use serde_json::json;
use support::{CARD, Shop, purchase};

const SILENT: Option<Mishap> = Some(Mishap::Effect(Effect::LoseAnswer(Symptom::Silence)));
const NOTHING_ARRIVED: Option<Mishap> = Some(Mishap::Effect(Effect::LoseRequest(Symptom::Silence)));

/// Kills the service while a payment is on its way to the acquirer. The client gets no response.
fn crash_while_paying(shop: &Shop, key: &str) {
    let service = shop.start();
    let before = shop.requests();
    service.post_and_hang_up("/pay", key, &purchase("24.99"));
    shop.wait_until("the payment", |shop| shop.requests() > before);
    service.crash();
}

#[test]
fn payment_after_a_crash_waits_for_its_card_and_is_charged_once() {
    let shop = Shop::new();
    shop.script([SILENT]);
    crash_while_paying(&shop, "cart-1");
    assert_eq!(shop.charges(), 1, "it was charged, and the response is lost");

    let service = shop.start();
    assert_eq!(service.recovered(), Recovered { resumed: 0, waiting: 1, reconcile: 0 });
    let paid = service.pay("cart-1");
    assert_eq!(paid.gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn payment_that_did_not_arrive_is_charged_when_the_card_comes() {
    let shop = Shop::new();
    shop.script([NOTHING_ARRIVED]);
    crash_while_paying(&shop, "cart-1");
    assert_eq!(shop.charges(), 0);

    let service = shop.start();
    assert_eq!(service.pay("cart-1").gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn get_of_a_waiting_payment_tells_the_deadline_of_its_card() {
    let shop = Shop::new();
    shop.script([SILENT]);
    crash_while_paying(&shop, "cart-1");

    let service = shop.start();
    let waiting = service.order(&shop.order_of("cart-1"));
    assert_eq!(waiting.gist(), (200, "card_needed"));
    let next = waiting.body["next"].as_str().unwrap();
    assert!(next.contains("the same key, before 20"), "{next}");
    assert_eq!(service.pay("cart-1").gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn payment_whose_card_does_not_come_ends_as_reconcile() {
    let shop = Shop::with(200, &[]);
    shop.script([SILENT]);
    crash_while_paying(&shop, "cart-1");

    let service = shop.start();
    let id = shop.order_of("cart-1");
    service.wait_for(&id, "reconcile");
    // Now it is too late for the card: another sending could charge again.
    let late = service.pay("cart-1");
    assert_eq!(late.gist(), (202, "reconcile"));
    assert!(late.body["next"].as_str().unwrap().contains("do not order again"));
    assert_eq!(shop.charges(), 1);
}

/// Kills the service after an order is stored, and before it is sent.
fn die_before_sending(shop: &Shop, key: &str) {
    let (id, money) = (OrderId::new(), Money::gbp(24_99));
    let card =
        Card::new(CARD.parse::<CardNumber>().unwrap(), "1130".parse().unwrap(), "123".parse().unwrap());
    let sale = Sale::ecom(card, money, id.to_string().parse().unwrap()).into();
    let now = shop.options().clock().now();
    let attempt = Journal::new(RetryPolicy::default()).plan(id, &sale, now).unwrap().clone();
    let wanted = Wanted::Pay(Purchase {
        money,
        card: CardDetails {
            number: CARD.parse().unwrap(),
            expiry: "1130".parse().unwrap(),
            cvv: "123".parse().unwrap(),
        },
        customer: Customer::default(),
    });
    let order = NewOrder {
        id,
        key: key.parse().unwrap(),
        fingerprint: wanted.fingerprint(),
        operation: Operation::Pay,
        money,
        card: Some("400000******0002".to_owned()),
        parent: None,
        month: None,
        attempt,
    };
    let store = Store::open(&shop.database()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.insert(order, now)).unwrap();
}

#[test]
fn payment_stored_but_not_sent_is_charged_when_the_card_comes() {
    let shop = Shop::new();
    die_before_sending(&shop, "cart-1");
    let service = shop.start();
    assert_eq!(service.recovered(), Recovered { resumed: 0, waiting: 1, reconcile: 0 });
    assert_eq!(service.pay("cart-1").gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn payment_stored_but_not_sent_ends_as_not_sent_without_its_card() {
    let shop = Shop::with(200, &[]);
    die_before_sending(&shop, "cart-1");
    let service = shop.start();
    let ended = service.wait_for(&shop.order_of("cart-1"), "not_sent");
    assert!(ended.body["next"].as_str().unwrap().contains("no money moves"));
    // No look-up is needed, and the buyer can order again.
    assert_eq!(service.pay("cart-1").gist(), (502, "not_sent"));
    assert_eq!(service.pay("cart-2").gist(), (200, "authorised"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn waiting_payment_refuses_another_card() {
    let shop = Shop::new();
    shop.script([SILENT]);
    crash_while_paying(&shop, "cart-1");

    let service = shop.start();
    let mut body = purchase("24.99");
    body["card"]["number"] = json!("4510400400099005");
    assert_eq!(service.post("/pay", "cart-1", &body).gist(), (409, "other_body"));
    assert_eq!(shop.charges(), 1);
}

#[test]
fn refunds_and_months_continue_after_a_crash_without_a_card() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    let subscribed = service.post("/subscribe", "s-1", &purchase("9.99"));
    assert_eq!(subscribed.gist(), (200, "authorised"));

    shop.script([SILENT, SILENT]);
    let month = json!({ "subscription": subscribed.id(), "month": "2026-11" });
    service.post_and_hang_up("/refund", "r-1", &json!({ "order": paid.id() }));
    service.post_and_hang_up("/charge-month", "m-1", &month);
    shop.wait_until("both at the acquirer", |shop| shop.authorised("refund") == 1 && shop.charges() == 2);
    service.crash();

    let service = shop.start();
    assert_eq!(service.recovered(), Recovered { resumed: 2, waiting: 0, reconcile: 0 });
    for key in ["r-1", "m-1"] {
        service.wait_for(&shop.order_of(key), "authorised");
    }
    assert_eq!((shop.authorised("refund"), shop.charges()), (1, 2));
}

#[test]
fn settled_orders_stay_unchanged_after_repeated_crashes() {
    let shop = Shop::new();
    let service = shop.start();
    let paid = service.pay("cart-1");
    service.crash();
    for _ in 0..3 {
        shop.start().crash();
    }
    let service = shop.start();
    assert_eq!(service.recovered(), Recovered::default());
    assert_eq!(service.pay("cart-1").body, paid.body);
    assert_eq!(shop.charges(), 1);
}
