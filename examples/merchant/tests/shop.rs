//! The shop from the view of its shoppers: paid on the gateway's page, and only the gateway's word counts.
#![cfg(feature = "loopback")]

#[path = "support/shopper.rs"]
mod shopper;
mod support;

use cashflows_codec::gateway::{Operation, ShopperReturn};
use cashflows_codec::simulator::gateway::{Authentication, Next, NotificationEffect};
use merchant::shop::order::State;
use shopper::page_reference;
use support::Shop;

/// The browser's next address after the payment page.
fn returns(next: Next) -> String {
    match next {
        Next::Return(url) => url.into(),
        next => panic!("does not come back: {next:?}"),
    }
}

#[test]
fn catalogue_has_three_items_and_needs_no_script() {
    let shop = Shop::new();
    let service = shop.start();
    let page = service.open("/");
    assert_eq!(page.status, 200);
    for said in ["Notebook", "£12.50", "Fountain pen", "£34.00", "Bottle of ink", "£8.99"] {
        assert!(page.body.contains(said), "{said} in {}", page.body);
    }
    assert!(!page.body.contains("<script") && !page.body.contains("style="), "{}", page.body);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains(&shop.acquirer.base()), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(service.open("/style.css").headers["content-type"], "text/css; charset=utf-8");
}

#[test]
fn pages_of_the_shop_are_missing_without_a_gateway() {
    let shop = Shop::new();
    let mut options = shop.options();
    options.gateway = None;
    let service = shop.start_with(options);
    assert_eq!(service.open("/").status, 404);
    assert_eq!(service.notify("{}").status, 404);
    assert_eq!(service.pay("cart-1").gist(), (200, "authorised"));
}

#[test]
fn order_paid_on_the_page_is_delivered_once() {
    let shop = Shop::new();
    let service = shop.start();
    let bought = service.buy("click-1");
    assert_eq!(bought.status, 303);
    let order = bought_order(&shop);
    assert_eq!(shop.shop_order(order).0, "open");

    let back = returns(shop.pay_page(&bought.payment_page(), "Luke Skywalker"));
    let returned = service.open(&back);
    assert_eq!((returned.status, returned.order()), (303, order));
    assert!(service.open(returned.location()).body.contains("Your order is paid"));
    // The notification comes too, twice.
    service.wait_for_order(&shop, order, State::Paid);
    service.open(&back);
    assert_eq!(shop.count("SELECT count(*) FROM shop_deliveries"), 1);
    assert_eq!(shop.charged(order), 1);
}

/// The only order.
fn bought_order(shop: &Shop) -> merchant::wanted::OrderId {
    assert_eq!(shop.count("SELECT count(*) FROM shop_orders"), 1);
    shop.newest_order()
}

#[test]
fn order_is_paid_without_the_shoppers_return() {
    let shop = Shop::new();
    let service = shop.start();
    let bought = service.buy("click-1");
    returns(shop.pay_page(&bought.payment_page(), "Luke Skywalker"));
    service.wait_for_order(&shop, bought_order(&shop), State::Paid);
}

#[test]
fn order_is_paid_without_return_and_notification() {
    let shop = Shop::with(support::FASTER, &["--look-every", "5s"]);
    let service = shop.start();
    let bought = service.buy("click-1");
    shop.acquirer.simulator().script_notifications(None, NotificationEffect::Late(A_DAY));
    returns(shop.pay_page(&bought.payment_page(), "Luke Skywalker"));
    service.wait_for_order(&shop, bought_order(&shop), State::Paid);
}

const A_DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

#[test]
fn failed_payment_leaves_the_order_open() {
    let shop = Shop::new();
    let service = shop.start();
    let page = service.buy("click-1").payment_page();
    let order = bought_order(&shop);
    assert_eq!(shop.pay_page(&page, "Ben Kenobi"), Next::Page);
    assert_eq!(shop.pay_page(&page, "Han Solo"), Next::ThreeDs);
    assert_eq!(shop.authenticate(&page, Authentication::Failed), Next::Page);
    service.submit(&format!("/office/{order}/look"), &[]);
    assert_eq!(shop.shop_order(order).0, "open");
    assert_eq!(shop.pay_page(&page, "Han Solo"), Next::ThreeDs);
    returns(shop.authenticate(&page, Authentication::Passed));
    service.wait_for_order(&shop, order, State::Paid);
    assert_eq!(shop.charged(order), 1);
}

#[test]
fn returns_and_notifications_alone_pay_no_order() {
    let shop = Shop::new();
    let service = shop.start();
    service.buy("click-1");
    let order = bought_order(&shop);
    let job = shop.shop_order(order).1.unwrap().to_string();
    let forged = ShopperReturn::new(job.parse().unwrap(), "2".parse().unwrap());
    let forged = forged.with_order_number(&order.to_string()).append_to("/return");
    assert_eq!(service.open(&forged).order(), order);
    let notified = service.notify(&format!(r#"{{"PaymentJobReference":{job},"PaymentReference":2}}"#));
    assert_eq!(notified.status, 200);
    assert_eq!(notified.body, format!(r#"{{"PaymentJobReference":"{job}","PaymentReference":"2"}}"#));
    shop.wait_until("the gateway was asked", |shop| shop.calls.count(Operation::RetrieveJob) >= 2);
    shop.wait_until("its response", |_| {
        service.open(&format!("/order/{order}")).body.contains("Not paid yet")
    });
    assert_eq!(shop.shop_order(order).0, "open");
}

#[test]
fn notifications_of_unknown_orders_are_not_acknowledged_and_cause_no_call() {
    let shop = Shop::new();
    let service = shop.start();
    service.buy("click-1");
    let job = shop.shop_order(bought_order(&shop)).1.unwrap().to_string();
    let strange = r#"{"paymentJobReference":"99","paymentReference":"2"}"#;
    assert_eq!(service.notify(strange).status, 404);
    // A notification without a payment is valid.
    assert_eq!(service.notify(r#"{"paymentJobReference":"4000000000000002"}"#).status, 404);
    for wrong in ["", "{}", r#"{"paymentReference":"2"}"#] {
        assert_eq!(service.notify(wrong).status, 400, "{wrong}");
    }
    let other = format!("/return?paymentjobref={job}&paymentref=2&ordernumber=another");
    for wrong in ["/return", "/return?paymentjobref=99&paymentref=2", &other] {
        assert_eq!(service.open(wrong).status, 404, "{wrong}");
    }
    assert_eq!(shop.calls.count(Operation::RetrieveJob), 0);
}

#[test]
fn repeated_click_is_one_order() {
    let shop = Shop::new();
    let service = shop.start();
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| service.buy("click-1"));
        (service.buy("click-1"), second.join().unwrap())
    });
    assert_eq!(first.location(), second.location());
    assert_eq!(service.buy("click-1").location(), first.location());
    assert_eq!(shop.calls.count(Operation::CreateJob), 1);
    bought_order(&shop);
    // The other button, and another item, by the same click.
    assert!(service.open(service.buy_by("click-1", "link").location()).body.contains("Not paid yet"));
    let other = service.submit("/buy", &[("key", "click-1"), ("item", "ink"), ("way", "page")]);
    assert_eq!((other.status, shop.calls.count(Operation::CreateJob)), (409, 1));
    // Opened from the browser's history after the payment, it is still the same order.
    returns(shop.pay_page(&first.payment_page(), "Luke Skywalker"));
    service.wait_for_order(&shop, bought_order(&shop), State::Paid);
    let back = service.buy("click-1");
    assert!(service.open(back.location()).body.contains("Your order is paid"));
}

#[test]
fn payment_link_is_shown_as_text_and_as_a_picture() {
    let shop = Shop::new();
    let service = shop.start();
    let bought = service.buy_by("click-1", "link");
    let order = bought.order();
    let page = service.open(bought.location());
    let (_, link) = page.body.split_once("class=\"url\"><a href=\"").unwrap();
    let link = link.split_once('"').unwrap().0;
    let picture = format!("/order/{order}/link.svg");
    assert!(page.body.contains(&picture));
    let picture = service.open(&picture);
    assert_eq!(picture.headers["content-type"], "image/svg+xml");
    assert!(picture.body.contains("<svg"));

    returns(shop.pay_page(&page_reference(link), "Luke Skywalker"));
    service.wait_for_order(&shop, order, State::Paid);
    let page = service.open(bought.location()).body;
    assert!(page.contains("Your order is paid") && !page.contains(link), "{page}");
    assert_eq!(service.open(&format!("/order/{order}/link.svg")).status, 404);
}

#[test]
fn forms_of_other_sites_and_invalid_forms_are_refused() {
    let shop = Shop::new();
    let service = shop.start();
    let fields = [("key", "click-1"), ("item", "notebook"), ("way", "page")];
    assert_eq!(service.submit_from("cross-site", "/buy", &fields).status, 403);
    for (place, wrong) in [(0, "4000000000000002"), (0, ""), (1, "yacht"), (2, "<script>alert(1)</script>")] {
        let mut fields = fields;
        fields[place].1 = wrong;
        let answer = service.submit("/buy", &fields);
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(wrong.is_empty() || !answer.body.contains(wrong), "{}", answer.body);
    }
    assert_eq!(shop.count("SELECT count(*) FROM shop_orders"), 0);
    assert_eq!(service.submit_from("same-origin", "/buy", &fields).status, 303);
    let local = service.url.replace("http://127.0.0.1", "localhost");
    assert_eq!(service.open_as(&local, "/office").status, 200);
    for host in ["evil.test", "evil.test:8090", "127.0.0.1"] {
        assert_eq!(service.open_as(host, "/office").status, 421, "{host}");
    }
    for path in ["/order/4000000000000002", "/order/0198c0de-0000-7000-8000-000000000000", "/office/x"] {
        let nothing = service.open(path);
        assert_eq!(nothing.status, 404, "{path}");
        assert!(nothing.body.contains("Not found") && !nothing.body.contains("4000"), "{}", nothing.body);
    }
}
