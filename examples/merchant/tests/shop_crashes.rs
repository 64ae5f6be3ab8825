//! Lost responses, and crashes of the shop: it pays no order twice, and loses none.
#![cfg(feature = "loopback")]

#[path = "support/shopper.rs"]
mod shopper;
mod support;

use std::time::Duration;

use cashflows_codec::gateway::Operation;
use cashflows_codec::gateway::response::ErrorWord;
use cashflows_codec::simulator::gateway::{Effect, Next, NotificationEffect, Symptom};
use merchant::acquirer::loopback::Mishap;
use merchant::shop::order::State;
use shopper::Seen;
use support::{Running, Shop};

const LOST: [fn() -> Mishap; 5] = [
    || Mishap::Call(Effect::LoseAnswer(Symptom::InternalError)),
    || Mishap::Call(Effect::LoseAnswer(Symptom::HtmlPage)),
    || Mishap::Call(Effect::LoseAnswer(Symptom::HalfBody)),
    || Mishap::Call(Effect::LoseAnswer(Symptom::Silence)),
    || Mishap::CutAfter,
];

/// Time runs so fast that a silence is soon over.
fn quick() -> Shop {
    Shop::with(20, &["--look-every", "5s"])
}

fn try_again(service: &Running, order: &Seen) -> Seen {
    let path = format!("/order/{}/again", order.order());
    service.submit(&path, &[])
}

#[test]
fn create_with_a_lost_response_is_not_repeated_and_the_shopper_orders_again() {
    for lost in LOST {
        let shop = quick();
        let service = shop.start();
        shop.calls.script(Operation::CreateJob, lost());
        let bought = service.buy("click-1");
        let page = service.open(bought.location());
        assert!(page.body.contains("Nothing has been taken. You can safely try again."), "{}", page.body);
        assert_eq!(shop.shop_order(bought.order()), ("lost".to_owned(), None));
        assert_eq!(shop.calls.count(Operation::CreateJob), 1);
        assert_eq!(shop.calls.count(Operation::FindOrder), 1);

        // A second click on it is the same new order.
        let again = try_again(&service, &bought);
        assert_eq!(again.location(), try_again(&service, &bought).location());
        assert_eq!(shop.calls.count(Operation::CreateJob), 2);
        assert!(matches!(shop.pay_page(&again.payment_page(), "Luke Skywalker"), Next::Return(_)));
        service.wait_for_order(&shop, shop.newest_order(), State::Paid);
        assert_eq!(shop.shop_order(bought.order()).0, "lost");
        assert_eq!(shop.charges(), 1);
    }
}

#[test]
fn create_that_never_arrived_is_certain_only_once_another_order_is_found() {
    let shop = quick();
    let service = shop.start();
    let never = || Mishap::Call(Effect::LoseRequest(Symptom::Unavailable));
    shop.calls.script(Operation::CreateJob, never());
    // No order of this configuration was ever found, so the absence of this one proves nothing.
    let first = service.buy("click-1");
    assert_eq!(shop.shop_order(first.order()).0, "lost");
    service.buy("click-2");
    shop.calls.script(Operation::CreateJob, never());
    let third = service.buy("click-3");
    assert_eq!(shop.shop_order(third.order()).0, "not_created");
    // The first one is not there either, when it is looked for again.
    service.wait_for_order(&shop, first.order(), State::NotCreated);
}

#[test]
fn create_at_an_unreachable_gateway_ends_as_not_created() {
    let shop = quick();
    let mut options = shop.options();
    options.gateway = Some("http://127.0.0.1:9".parse().unwrap());
    let service = shop.start_with(options);
    let bought = service.buy("click-1");
    assert_eq!(shop.shop_order(bought.order()).0, "not_created");
    assert!(service.open(bought.location()).body.contains("We could not reach the payment page"));
}

#[test]
fn refused_key_is_not_used_again() {
    let shop = quick();
    let secrets =
        merchant::service::Secrets { gateway_key: Some("another".to_owned()), ..support::secrets() };
    let service = shop.start_by(shop.options(), secrets);
    for click in ["click-1", "click-2", "click-3", "click-4", "click-5", "click-6"] {
        let bought = service.buy(click);
        assert!(service.open(bought.location()).body.contains("You can safely try again"));
    }
    assert_eq!(shop.calls.count(Operation::CreateJob), 1);
    assert!(!shop.acquirer.simulator().is_locked());
}

#[test]
fn crash_while_a_job_is_created_is_recovered() {
    let shop = quick();
    let service = shop.start();
    shop.calls.script(Operation::CreateJob, Mishap::Late(Duration::from_secs(600)));
    std::thread::scope(|scope| {
        // Its shopper finds the service down.
        scope.spawn(|| shop.post_and_be_cut_off("/buy", "key=click-1&item=notebook&way=page"));
        shop.wait_until("the call", |shop| shop.calls.count(Operation::CreateJob) == 1);
        service.crash();
    });
    let order = shop.newest_order();
    assert_eq!(shop.shop_order(order).0, "creating");

    let service = shop.start();
    service.wait_for_order(&shop, order, State::Lost);
    assert_eq!(shop.calls.count(Operation::CreateJob), 1);
    let again = service.buy("click-1");
    assert_eq!(again.order(), order);
    assert!(matches!(
        shop.pay_page(&try_again(&service, &again).payment_page(), "Luke Skywalker"),
        Next::Return(_)
    ));
    service.wait_for_order(&shop, shop.newest_order(), State::Paid);
    assert_eq!(shop.charges(), 1);
}

#[test]
fn order_paid_while_the_shop_is_down_is_found_at_the_start() {
    let shop = Shop::with(20, &["--look-every", "1h"]);
    let service = shop.start();
    let page = service.buy("click-1").payment_page();
    service.crash();
    shop.acquirer
        .simulator()
        .script_notifications(None, NotificationEffect::Late(Duration::from_secs(86_400)));
    assert!(matches!(shop.pay_page(&page, "Luke Skywalker"), Next::Return(_)));
    let service = shop.start();
    service.wait_for_order(&shop, shop.newest_order(), State::Paid);
    service.crash();
    // A second start changes no state.
    let service = shop.start();
    service.open("/office");
    assert_eq!(shop.count("SELECT count(*) FROM shop_deliveries"), 1);
}

#[test]
fn retrievals_with_lost_responses_are_repeated() {
    let shop = quick();
    let service = shop.start();
    let page = service.buy("click-1").payment_page();
    for lost in LOST {
        shop.calls.script(Operation::RetrieveJob, lost());
    }
    assert!(matches!(shop.pay_page(&page, "Luke Skywalker"), Next::Return(_)));
    service.wait_for_order(&shop, shop.newest_order(), State::Paid);
}

#[test]
fn unpaid_order_is_closed_when_it_expires() {
    let shop = Shop::with(200, &["--look-every", "5s", "--pay-within", "10min"]);
    let service = shop.start();
    let page = service.buy("click-1").payment_page();
    let order = shop.newest_order();
    service.wait_for_order(&shop, order, State::Closed);
    assert_ne!(shop.calls.count(Operation::CancelJob), 0);
    shop.pay_page(&page, "Luke Skywalker");
    assert_eq!(shop.charges(), 0);
    assert!(service.open(&format!("/order/{order}")).body.contains("Order it again"));
}

#[test]
fn cancel_on_the_page_closes_the_order_despite_a_lost_response() {
    for lost in LOST {
        let shop = quick();
        let service = shop.start();
        let page = service.buy("click-1").payment_page();
        let order = shop.newest_order();
        shop.calls.script(Operation::CancelJob, lost());
        assert!(matches!(shop.cancel_page(&page), Next::Return(_)));
        service.wait_for_order(&shop, order, State::Closed);
        // The job cannot be paid any more.
        shop.pay_page(&page, "Luke Skywalker");
        assert_eq!(shop.charges(), 0);
    }
}

#[test]
fn order_whose_cancel_is_forbidden_stays_closing() {
    let shop = quick();
    let service = shop.start();
    let page = service.buy("click-1").payment_page();
    let order = shop.newest_order();
    for _ in 0..2 {
        let forbidden = Effect::Reject(403, ErrorWord::InvalidPaymentStatus.into());
        shop.calls.script(Operation::CancelJob, Mishap::Call(forbidden));
    }
    assert!(matches!(shop.cancel_page(&page), Next::Return(_)));
    shop.wait_until("the second", |shop| shop.calls.count(Operation::CancelJob) == 2);
    assert_eq!(shop.shop_order(order).0, "closing");
    assert!(service.open(&format!("/order/{order}")).body.contains("being closed"));
    service.wait_for_order(&shop, order, State::Closed);
}

#[test]
fn lost_job_named_by_a_notification_is_found_by_its_number() {
    let shop = quick();
    let service = shop.start();
    shop.calls.script(Operation::CreateJob, Mishap::CutAfter);
    let bought = service.buy("click-1");
    let order = bought.order();
    service.wait_for_order(&shop, order, State::Lost);
    let job = shop.acquirer.simulator().jobs().next().unwrap();
    // A foreign job is not taken for it.
    let body = |job: &str| format!(r#"{{"paymentJobReference":"{job}","paymentReference":"2"}}"#);
    assert_eq!(service.notify(&body("10000000000000099")).status, 404);
    assert_eq!(service.notify(&body(&job.to_string())).status, 200);
    // Its page was never seen, so it is closed, and the shopper orders again.
    service.wait_for_order(&shop, order, State::Closed);
    assert_eq!(try_again(&service, &bought).status, 303);
}

#[test]
fn lost_job_named_by_a_person_is_found() {
    let shop = quick();
    let service = shop.start();
    shop.calls.script(Operation::CreateJob, Mishap::CutAfter);
    let order = service.buy("click-1").order();
    let job = shop.acquirer.simulator().jobs().next().unwrap().to_string();
    let path = format!("/office/{order}/job");
    assert_eq!(service.submit(&path, &[("job", "x")]).status, 400);
    assert_eq!(service.submit(&path, &[("job", "99")]).status, 404);
    assert_eq!(service.submit(&path, &[("job", &job)]).status, 303);
    assert_eq!(shop.shop_order(order).0, "closed");
}
