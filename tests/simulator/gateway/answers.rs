//! What a job answers: what was asked for, when it was created and every time that it is retrieved.

use cashflows_codec::gateway::call::RetrieveJob;
use cashflows_codec::gateway::request::{
    Browser, HostedPage, JobCard, Order, OrderAddress, OrderLine, PaymentJob, UnitPrice,
};
use cashflows_codec::gateway::response::{Job, Response};
use cashflows_codec::gateway::{JobReference, Money, PaymentMethod, PaymentReference};
use cashflows_codec::simulator::{Effect, When};
use cashflows_codec::value::{Amount, CardToken};

use super::{CONFIGURATION, job, luke, moto, of_order, page, shop, three_ds, v};

const PAID: &str = "Paid taken; Paid taken";

#[test]
fn a_job_answers_what_was_asked_for() {
    let mut shop = shop();
    let address = OrderAddress {
        line_1: Some(v("12 Mos Eisley Road")),
        postcode: Some(v("TA1 1AA")),
        ..OrderAddress::default()
    };
    let mut order = Order::new(v("cart-1"))
        .with_billing_address(address)
        .with_line(OrderLine::new(v("Lamp"), UnitPrice::WithVat(v("24.99"))));
    order.note = Some(v("by hand"));
    let browser = Browser {
        ip_address: Some(v("203.0.113.77")),
        origin: Some(v("https://shop.test")),
        user_agent: Some(v("Mozilla/5.0")),
        ..Browser::default()
    };
    let mut asked = PaymentJob::new(Money::eur(24_99).unwrap(), order, luke())
        .with_locale("nl_NL".into())
        .with_expires(v("2027-02-01T12:00:00Z"))
        .with_browser(browser);
    asked.time_zone = Some(v("Europe/Amsterdam"));
    asked.display_url = Some(v("https://shop.test/orders/1"));
    let created = shop.create(asked);
    let job = created.data();
    assert_eq!((created.status(), job.job_type.as_deref()), (201, Some("Payment")));
    assert_eq!(job.configuration_id.as_deref(), Some(CONFIGURATION));
    assert_eq!((job.locale.as_deref(), job.time_zone.as_deref()), (Some("nl_NL"), Some("Europe/Amsterdam")));
    assert_eq!(job.display_url.as_ref().map(|url| url.as_str()), Some("https://shop.test/orders/1"));
    assert_eq!(job.currency.as_ref().map(|currency| currency.as_str()), Some("EUR"));
    assert_eq!(job.amount_to_collect, Some(v("24.99")));
    assert_eq!(job.amount_collected, job.amount_to_collect);
    assert_eq!(job.payment_methods_to_use, [PaymentMethod::CreditCard]);
    let time = |time: &Option<cashflows_codec::gateway::response::TimeText>| {
        time.as_ref().unwrap().as_str().to_owned()
    };
    assert_eq!(time(&job.created), "2027-01-15T08:00:00.000Z");
    assert_eq!(time(&job.due), "2027-01-15T08:10:00.000Z");
    assert_eq!(time(&job.expires), "2027-02-01T12:00:00.000Z");
    let order = job.order.as_ref().unwrap();
    assert_eq!((order.number(), order.note()), (Some("cart-1"), Some("by hand")));
    assert_eq!(order.billing_address().unwrap().secret_text("addressLine1"), Some("12 Mos Eisley Road"));
    let attributes = &job.payments[0].attributes;
    assert_eq!(attributes.originating_ip_address(), Some("203.0.113.77"));
    assert_eq!(attributes.origin_header(), Some("https://shop.test"));
    assert_eq!(attributes.user_agent(), Some("Mozilla/5.0"));
    // Address and postcode reach the issuer.
    let checks = attributes.acquiring_details().unwrap().unwrap().checks();
    assert_eq!(checks.map(|checks| checks.to_string()).as_deref(), Some("222"));

    let retrieved: Response<Job> = shop.ask(RetrieveJob::new(job.reference)).unwrap();
    assert_eq!(retrieved.data(), job);
    assert_eq!(shop.payment((job.reference, job.payments[0].reference)), job.payments[0]);
    let data = retrieved.links().data.as_ref().unwrap().url.as_str();
    assert_eq!(data, format!("https://gateway.test/api/gateway/payment-jobs/{}", job.reference));
    assert!(retrieved.links().action.is_none());
    assert_eq!(shop.acquirer.job(shop.now, job.reference).as_ref(), Some(job));
    assert_eq!(shop.acquirer.jobs().collect::<Vec<_>>(), [job.reference]);
}

/// References have 18 digits, and the first says what they are of: none is taken for another.
#[test]
fn references_are_of_what_they_name() {
    let mut shop = shop();
    let (first, payment) = shop.made(job(luke()));
    let (second, other) = shop.made(of_order("cart-2", luke()));
    assert_eq!((first.to_string().len(), payment.to_string().len()), (18, 18));
    assert_ne!(first, second);
    let as_job: JobReference = v(&payment.to_string());
    let as_payment: PaymentReference = v(&first.to_string());
    for (job, payment) in [(first, other), (second, payment), (as_job, as_payment), (first, as_payment)] {
        let call = cashflows_codec::gateway::call::RetrievePayment::new(job, payment);
        assert_eq!(shop.refused(call), "404 RecordNotFound");
    }
    assert_eq!(shop.refused(RetrieveJob::new(as_job)), "404 RecordNotFound");
    assert!(shop.acquirer.job(shop.now, as_job).is_none());
}

#[test]
fn only_direct_jobs_are_due_within_ten_minutes() {
    let mut shop = shop();
    let by_page = shop.create(page());
    assert_eq!(by_page.data().due, None);
    assert_eq!(by_page.data().payments[0].attributes.transaction_id(), None);
    assert!(by_page.data().payments[0].attributes.acquiring_details().is_none());
    let methods = HostedPage::new().with_payment_method(PaymentMethod::Card);
    let named = shop.create(of_order("cart-2", methods));
    assert_eq!(named.data().payment_methods_to_use, [PaymentMethod::Card]);
}

/// A card that was kept is charged by its token too.
#[test]
fn a_stored_card_pays_by_its_token() {
    let mut shop = shop();
    let made = shop.made(job(luke()).with_stored_card_details().returning_token());
    let token: CardToken = shop.payment(made).attributes.token().unwrap();
    let stored = JobCard::stored(token.clone(), v("1130"), v("Luke Skywalker"), three_ds("05"));
    let (second, _) = shop.made(of_order("cart-2", stored));
    assert_eq!(shop.says(second), PAID);
    let moto = JobCard::moto(token, v("1130"), v("123"));
    let (third, _) = shop.made(of_order("cart-3", moto));
    assert_eq!(shop.says(third), PAID);
    let cards: Vec<_> = shop.acquirer.ledger().entries().iter().map(|entry| entry.card()).collect();
    assert!(cards.iter().all(|card| *card == cards[0]) && cards[0].is_some());
}

/// The script of card transactions names those of the gateway by what Remote Auth would say of them.
#[test]
fn card_transactions_are_named_by_amount_name_and_payment() {
    let declined = || Effect::Refuse("D102".parse().unwrap());
    let says = "Declined open; Declined not_taken PaymentDeclined";
    for (when, fits) in [
        (When::any().amount(Amount::from_hundredths(24_99)), true),
        (When::any().amount(Amount::from_hundredths(24_98)), false),
        (When::any().name(v("Luke Skywalker")), true),
        (When::any().name(v("Han Solo")), false),
        (When::any().reference(v("200000000000000001")), true),
        (When::any().reference(v("cart-1")), false),
    ] {
        let mut shop = shop();
        shop.acquirer.script(when.clone(), declined());
        let (made, _) = shop.made(job(luke()));
        assert_eq!(shop.says(made) == says, fits, "{when:?}");
    }
}

/// An amount that Remote Auth cannot say is not charged.
#[test]
fn amounts_are_as_large_as_the_acquirer_takes() {
    for (minor, currency, says) in
        [(u64::MAX, "GBP", PAID), (u64::MAX, "JPY", "Rejected not_taken; Rejected not_taken PaymentRejected")]
    {
        let mut shop = shop();
        let money = Money::new(minor, v(currency)).unwrap();
        let (made, _) = shop.made(PaymentJob::new(money, Order::new(v("cart-1")), moto()));
        assert_eq!(shop.says(made), says, "{currency}");
    }
}
