//! The shopper's pages in each state: they claim no unknown fact about money, and never lead to a second payment.
#![cfg(feature = "loopback")]

#[path = "support/shopper.rs"]
mod shopper;
mod support;

use std::time::Duration;

use cashflows_codec::gateway::Operation;
use cashflows_codec::simulator::gateway::{Effect, Next, NotificationEffect, Symptom};
use merchant::acquirer::loopback::Mishap;
use merchant::shop::order::State;
use merchant::wanted::OrderId;
use support::{Running, Shop};

const NOTHING_TAKEN: &str = "Nothing has been taken";
const DO_NOT_PAY: &str = "do not pay again";

/// Texts and links of a page that could lead to a second payment.
const PAYS: [&str; 4] = ["/payment?ref=", "/again\"", "link.svg", "try again"];

/// A link to a payment page, kept by its shopper.
fn open_order(shop: &Shop, service: &Running, click: &str) -> (OrderId, String) {
    let number = service.buy_by(click, "link").order();
    let page = service.open(&format!("/order/{number}")).body;
    let link = page.split_once("class=\"url\"><a href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    assert_eq!(shop.shop_order(number).0, "open");
    (number, link)
}

fn page(service: &Running, order: OrderId) -> String {
    service.open(&format!("/order/{order}")).body
}

/// Puts an order into a state.
fn put(shop: &Shop, order: OrderId, state: State, in_doubt: bool) {
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    let query = "UPDATE shop_orders SET state = ?, in_doubt = ?, look_at = NULL, payment = coalesce(payment, 2) WHERE number = ?";
    let changed = books.execute(query, rusqlite::params![state.as_str(), in_doubt, order.to_string()]);
    assert_eq!(changed.unwrap(), 1);
}

#[test]
fn page_says_nothing_is_taken_only_where_no_payment_is_possible() {
    let shop = Shop::with(1, &[]);
    let service = shop.start();
    let (order, link) = open_order(&shop, &service, "click-1");
    for state in State::ALL {
        for in_doubt in [false, true] {
            put(&shop, order, state, in_doubt);
            let shown = page(&service, order);
            let says_nothing_is_taken = shown.contains(NOTHING_TAKEN) || shown.contains("No money");
            let offers: Vec<_> = PAYS.iter().filter(|pays| shown.contains(**pays)).collect();
            let told = format!("{state:?}, in doubt: {in_doubt}: {shown}");
            match state {
                State::Closed => {
                    assert!(says_nothing_is_taken && offers == [&"/again\""], "{told}");
                }
                State::NotCreated | State::Lost => {
                    assert!(says_nothing_is_taken && offers == [&"/again\"", &"try again"], "{told}");
                }
                // Its own page, which takes money once.
                State::Open if !in_doubt => {
                    assert!(!says_nothing_is_taken && shown.contains(&link), "{told}");
                    assert!(shown.contains("If you have just paid, please look again"), "{told}");
                }
                State::Open | State::Closing | State::Review => {
                    assert!(shown.contains(DO_NOT_PAY), "{told}");
                    assert!(!says_nothing_is_taken && offers.is_empty(), "{told}");
                }
                State::Creating | State::Reserved | State::Paid | State::Returned => {
                    assert!(!says_nothing_is_taken && offers.is_empty(), "{told}");
                }
            }
            // The QR code goes away with the link.
            let picture = service.open(&format!("/order/{order}/link.svg")).status;
            assert_eq!(picture == 200, state == State::Open && !in_doubt, "{told}");
        }
    }
}

#[test]
fn return_during_an_outage_of_the_gateway_shows_no_payment_link() {
    let shop = Shop::with(20, &[]);
    let service = shop.start();
    let (order, link) = open_order(&shop, &service, "click-1");
    shop.acquirer
        .simulator()
        .script_notifications(None, NotificationEffect::Late(Duration::from_secs(86_400)));
    let Next::Return(back) = shop.pay_page(&shopper::page_reference(&link), "Luke Skywalker") else {
        panic!("does not come back")
    };
    shop.calls.script(Operation::RetrieveJob, Mishap::Call(Effect::LoseAnswer(Symptom::InternalError)));
    let returned = service.open(&String::from(back));
    let shown = service.open(returned.location()).body;
    assert!(
        shown.contains(DO_NOT_PAY) && !shown.contains(&link) && !shown.contains(NOTHING_TAKEN),
        "{shown}"
    );
    // The same after another click on the item.
    let again = service.buy_by("click-1", "page");
    assert_eq!(again.location(), format!("/order/{order}"));
    service.wait_for_order(&shop, order, State::Paid);
    assert_eq!(shop.charged(order), 1);
}

#[test]
fn return_without_a_payment_shows_the_link_again_after_the_gateways_response() {
    let shop = Shop::new();
    let service = shop.start();
    let (order, link) = open_order(&shop, &service, "click-1");
    let job = shop.shop_order(order).1.unwrap();
    service.open(&format!("/return?paymentjobref={job}&paymentref=2&ordernumber={order}"));
    let shown = page(&service, order);
    assert!(
        shown.contains(&link),
        "{:?} {shown}",
        shop.acquirer.simulator().job(shop.acquirer.now(), job.to_string().parse().unwrap())
    );
}

#[test]
fn payment_waiting_for_its_cardholder_hides_the_link() {
    let shop = Shop::new();
    let service = shop.start();
    let (order, link) = open_order(&shop, &service, "click-1");
    // The bank asks the cardholder, in another window.
    assert_eq!(shop.pay_page(&shopper::page_reference(&link), "Han Solo"), Next::ThreeDs);
    service.submit(&format!("/office/{order}/look"), &[]);
    let shown = page(&service, order);
    assert!(
        shown.contains(DO_NOT_PAY) && !shown.contains(&link) && !shown.contains(NOTHING_TAKEN),
        "{shown}"
    );
}

#[test]
fn refund_is_called_done_once_completed() {
    let shop = Shop::with(1, &[]);
    let service = shop.start();
    let (order, link) = open_order(&shop, &service, "click-1");
    assert!(matches!(shop.pay_page(&shopper::page_reference(&link), "Luke Skywalker"), Next::Return(_)));
    service.wait_for_order(&shop, order, State::Paid);
    service.submit(&format!("/office/{order}/refund"), &[("key", "r-1"), ("amount", "")]);
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    for (state, heading, facts) in [
        ("completed", "<h1>Refunded</h1>", &["<dt>Refunded</dt>"][..]),
        ("sending", "<h1>A refund is under way</h1>", &["<dt>Refund under way</dt>"]),
        ("unknown", "<h1>A refund is under way</h1>", &["<dt>Refund under way</dt>"]),
        ("pending", "<h1>A refund is under way</h1>", &["<dt>Refund under way</dt>"]),
        ("failed", "<h1>Thank you</h1>", &[]),
        ("refused", "<h1>Thank you</h1>", &[]),
        ("not_arrived", "<h1>Thank you</h1>", &[]),
    ] {
        assert_eq!(books.execute("UPDATE shop_refunds SET state = ?, look_at = NULL", [state]).unwrap(), 1);
        let shown = page(&service, order);
        assert!(shown.contains(heading), "{state}: {shown}");
        for fact in ["<dt>Refunded</dt>", "<dt>Refund under way</dt>"] {
            assert_eq!(shown.contains(fact), facts.contains(&fact), "{state}: {shown}");
        }
    }
}

#[test]
fn pages_say_no_word_of_money_while_the_database_fails() {
    let shop = Shop::with(1, &[]);
    let service = shop.start();
    let (order, _) = open_order(&shop, &service, "click-1");
    let job = shop.shop_order(order).1.unwrap();
    let books = rusqlite::Connection::open(shop.database()).unwrap();
    books.execute_batch("ALTER TABLE shop_orders RENAME TO away").unwrap();
    let back = format!("/return?paymentjobref={job}&paymentref=2");
    for shown in [service.open(&back), service.open(&format!("/order/{order}")), service.buy("click-2")] {
        assert_eq!(shown.status, 500);
        assert!(shown.body.contains(DO_NOT_PAY), "{}", shown.body);
        assert!(
            !shown.body.contains("othing has been taken") && !shown.body.contains("nothing was"),
            "{}",
            shown.body
        );
    }
}
