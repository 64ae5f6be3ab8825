//! Statuses that a test asks for, expiry, currencies without two decimals.

use cashflows_codec::gateway::call::{CreateJob, RefundPayment};
use cashflows_codec::gateway::request::{
    CaptureRequest, Child, HostedPage, JobCard, JobCredit, JobKind, Order, Parent, PaymentJob,
    RecurrenceCriteria, RefundRequest,
};
use cashflows_codec::gateway::{JobMeaning, Money, PaymentMeaning, PaymentStatus};
use cashflows_codec::simulator::gateway::{Next, Page, PageEnd};
use cashflows_codec::simulator::{Effect, Symptom, When};
use cashflows_codec::value::{CardNumber, Currency};

use super::{VISA, card, configuration, entered, job, luke, money, moto, page, shop, v};
use crate::shop::Shop;

/// The words, and one that nobody listed.
fn words() -> Vec<PaymentStatus> {
    PaymentStatus::ALL.iter().cloned().chain(["PaidInFull".into()]).collect()
}

fn simulating(job: PaymentJob, status: &PaymentStatus) -> PaymentJob {
    job.with_simulated_status(v(status.as_str()))
}

#[test]
fn a_simulated_status_is_what_a_payment_comes_to() {
    for status in words() {
        let good = matches!(
            status.meaning(),
            PaymentMeaning::Taken | PaymentMeaning::Reserved | PaymentMeaning::Verified
        );
        let ledger = match status {
            PaymentStatus::Paid => "sale ecom 24.99 200 pending = 2499",
            PaymentStatus::Reserved => "sale ecom 24.99 200 on_hold = 2499",
            PaymentStatus::Verified => "verify ecom 0.00 200 done = 0",
            _ => " = 0",
        };
        // Whatever the name says, and whatever the switch of automatic capture.
        for holder in ["Luke Skywalker", "Han Solo", "Darth Maul", "Ben Kenobi"] {
            for configuration in [configuration(), configuration().capturing_by_call()] {
                let mut shop = Shop::with(configuration);
                let (made, _) = shop.made(simulating(job(card(VISA, holder)), &status));
                let payment = shop.job(made).payments.remove(0);
                assert_eq!((&payment.status, payment.meaning()), (&status, status.meaning()), "{holder}");
                assert_eq!(shop.ledger(), ledger, "{status} {holder}");
                assert_eq!(payment.attributes.transaction_id().is_some(), good);
            }
        }
    }
}

#[test]
fn a_simulated_status_is_for_every_kind_of_job() {
    for status in words() {
        let mut shop = shop();
        let parent = Parent::new(luke(), RecurrenceCriteria::unscheduled());
        let (parent, _) = shop.made(PaymentJob::new(money(1), Order::new(v("parent")), parent));
        let takes = matches!(status, PaymentStatus::Paid | PaymentStatus::Reserved);
        let credit = JobCredit::new(v::<CardNumber>(VISA), v("1130"), v("Luke Skywalker"));
        for (number, kind) in
            [("child", JobKind::from(Child::new(parent))), ("moto", moto().into()), ("credit", credit.into())]
        {
            // There is nothing to hold of a credit.
            let expected = match (number, &status) {
                ("credit", PaymentStatus::Reserved) => PaymentStatus::Paid,
                _ => status.clone(),
            };
            let before = shop.acquirer.ledger().entries().len();
            let job = PaymentJob::new(money(24_99), Order::new(v(number)), kind);
            let (made, _) = shop.made(simulating(job, &status));
            assert_eq!(shop.job(made).payments[0].status, expected, "{number}");
            let entries = &shop.acquirer.ledger().entries()[before..];
            // Without a security code nothing can be verified.
            let verifies = number == "moto" && status == PaymentStatus::Verified;
            assert_eq!(!entries.is_empty(), takes || verifies, "{number} {status}");
            assert_eq!(entries.iter().any(|entry| entry.is_charge()), takes && number != "credit");
        }
    }
}

#[test]
fn the_page_comes_to_a_simulated_status_when_it_is_paid() {
    for status in words() {
        let mut shop = shop();
        let (made, _) = shop.made(simulating(page(), &status));
        assert_eq!(shop.says(made), "Pending open; Pending open");
        let page = shop.page_of(made);
        let next = shop.acquirer.pay(shop.now, &page, entered("Darth Maul"));
        let job = shop.job(made);
        assert_eq!(job.payments[0].status, status);
        // After a payment without money the page takes another card; of all else it knows no more than that.
        assert_eq!(next == Next::Page, status.meaning() == PaymentMeaning::NotTaken, "{status}");
        if status.meaning() == PaymentMeaning::Unknown {
            let Page::Closed(shown) = shop.acquirer.page(shop.now, &page) else { panic!("{status}") };
            assert_eq!(shown.end(), PageEnd::Processing, "a word that nobody listed is no refusal");
        }
        let again = shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker"));
        let payments = shop.job(made).payments.len();
        let open = status.meaning() == PaymentMeaning::NotTaken;
        assert_eq!((payments, again == Next::Page), (if open { 2 } else { 1 }, open), "{status}");
    }
}

#[test]
fn what_a_job_means_is_said_by_its_payments() {
    for (status, meaning) in [
        ("Paid", JobMeaning::Taken),
        ("Reserved", JobMeaning::Reserved),
        ("Verified", JobMeaning::Verified),
        ("Pending", JobMeaning::Open),
        ("Commissioned", JobMeaning::Open),
        ("Failed", JobMeaning::Open),
        ("Rejected", JobMeaning::Open),
        ("Blocked", JobMeaning::Open),
        ("Declined", JobMeaning::Open),
        ("Cancelled", JobMeaning::Open),
        ("Expired", JobMeaning::Open),
        ("paid", JobMeaning::Unknown),
    ] {
        let mut shop = shop();
        let (made, _) = shop.made(simulating(job(luke()), &status.into()));
        assert_eq!(shop.job(made).meaning(), meaning, "{status}");
        let charged = matches!(meaning, JobMeaning::Taken | JobMeaning::Reserved);
        assert_eq!(shop.charges(), usize::from(charged), "{status}");
    }
}

#[test]
fn what_nobody_paid_expires_after_six_months() {
    for (made, says) in [
        (page(), "Expired not_taken; Expired not_taken"),
        (job(card(VISA, "Ben Kenobi")), "Expired not_taken; Declined not_taken PaymentDeclined"),
        (job(luke()), "Paid taken; Paid taken"),
        (simulating(job(luke()), &PaymentStatus::Pending), "Pending open; Pending open"),
    ] {
        let mut shop = shop();
        let (made, _) = shop.made(made);
        let expires = shop.job(made).expires.unwrap();
        assert_eq!(expires.as_str(), "2027-07-14T08:00:00.000Z");
        shop.wait_days(180);
        shop.now -= std::time::Duration::from_secs(1);
        assert_ne!(shop.job(made).payment_status, PaymentStatus::Expired);
        shop.wait(1);
        assert_eq!(shop.says(made), says);
    }
}

#[test]
fn a_job_expires_when_it_says_so() {
    let until = |time: &str| page().with_expires(v(time));
    let mut shop = shop();
    let (made, _) = shop.made(until("2027-01-15T08:00:01Z"));
    assert_eq!(shop.says(made), "Pending open; Pending open");
    shop.wait(1);
    assert_eq!(shop.says(made), "Expired not_taken; Expired not_taken");
    assert_eq!(shop.cancel_job(made).unwrap_err(), "400 PaymentJobAlreadyFinal");
    assert_eq!(shop.refused(CreateJob::new(until("2027-01-15T08:00:01Z"))), "400 InvalidExpirationDateTime");
    // A card is not charged for a job that was over before it began.
    let over = job(luke()).with_expires(v("2020-01-01T00:00:00Z"));
    let mut shop = super::shop();
    assert_eq!(shop.refused(CreateJob::new(over)), "400 InvalidExpirationDateTime");
    assert_eq!((shop.charges(), shop.acquirer.jobs().len()), (0, 0));
}

/// What is under way when a job expires comes to its end; then the job takes no other payment.
#[test]
fn a_job_that_expired_takes_no_other_payment() {
    let soon = |job: PaymentJob| job.with_expires(v("2027-01-15T08:00:30Z"));
    let mut shop = shop();
    shop.acquirer.script(When::any(), Effect::LoseAnswer(Symptom::Silence));
    shop.acquirer.script(When::any(), Effect::Refuse("D102".parse().unwrap()));
    let (made, _) = shop.made(soon(page()));
    let at = shop.page_of(made);
    shop.acquirer.pay(shop.now, &at, entered("Ben Kenobi"));
    shop.wait(30);
    assert_eq!(shop.says(made), "Commissioned open; Commissioned open");
    shop.wait(30);
    assert_eq!(shop.says(made), "Expired not_taken; Declined not_taken PaymentDeclined");
    assert_eq!(shop.acquirer.pay(shop.now, &at, entered("Luke Skywalker")), Next::Page);
    assert_eq!((shop.job(made).payments.len(), shop.charges()), (1, 0));

    // A payment that is cancelled after its job expired, or reserved for nothing.
    let mut shop = super::shop();
    let made = shop.made(soon(job(luke())));
    shop.wait(60);
    assert_eq!(shop.says(made.0), "Paid taken; Paid taken");
    shop.cancel(made).unwrap();
    assert_eq!(shop.says(made.0), "Expired not_taken; Cancelled not_taken");
    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(soon(page()));
    let at = shop.page_of(made.0);
    shop.acquirer.pay(shop.now, &at, entered("Luke Skywalker"));
    shop.wait(60);
    assert_eq!(shop.says(made.0), "Reserved reserved; Reserved reserved");
    shop.wait_days(8);
    assert_eq!(shop.says(made.0), "Expired not_taken; Expired not_taken");
    assert_eq!(shop.acquirer.pay(shop.now, &at, entered("Luke Skywalker")), Next::Page);
    assert_eq!(shop.charges(), 1);
}

#[test]
fn yen_are_whole_and_dinars_have_no_third_decimal_at_the_acquirer() {
    let of = |minor: u64, currency: &str| {
        let number = format!("{currency}-{minor}");
        PaymentJob::new(Money::new(minor, v(currency)).unwrap(), Order::new(v(&number)), luke())
    };
    let mut shop = shop();
    let yen = shop.made(of(500, "JPY"));
    assert_eq!(shop.says(yen.0), "Paid taken; Paid taken");
    let record = shop.job(yen.0);
    assert_eq!(record.amount_to_collect.map(|amount| amount.to_string()).as_deref(), Some("500"));
    assert_eq!(record.paid_amount.map(|amount| amount.to_string()).as_deref(), Some("500"));
    assert_eq!(shop.acquirer.ledger().balance(v("JPY")), 50_000);
    shop.wait_days(1);
    let refund = |minor: u64, currency: &str| {
        RefundRequest::new(Money::new(minor, v(currency)).unwrap(), v(&format!("refund-{minor}")))
    };
    let call = RefundPayment::new(yen.0, yen.1, refund(120, "JPY"));
    let refunded = shop.ask(call).unwrap().into_data();
    assert_eq!(refunded.amount.map(|amount| amount.to_string()).as_deref(), Some("120"));
    // Half a yen, which the wire can say, is none of the currency.
    let half = RefundPayment::new(yen.0, yen.1, refund(50, "GBP"));
    assert_eq!(shop.refused(half), "400 GenericRejectionOfRefund");
    assert_eq!(shop.acquirer.ledger().balance(v("JPY")), 38_000);

    let dinars = shop.made(of(1_230, "KWD"));
    assert_eq!(shop.says(dinars.0), "Paid taken; Paid taken");
    let record = shop.payment(dinars);
    assert_eq!(record.paid_amount.map(|amount| amount.to_string()).as_deref(), Some("1.230"));
    assert_eq!(shop.acquirer.ledger().balance(v("KWD")), 1_23);
    let fils = shop.made(of(1_234, "KWD"));
    assert_eq!(shop.says(fils.0), "Rejected open; Rejected not_taken PaymentRejected");
    shop.wait_days(1);
    let call = RefundPayment::new(dinars.0, dinars.1, refund(1_001, "KWD"));
    assert_eq!(shop.refused(call), "400 GenericRejectionOfRefund");

    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(of(500, "JPY"));
    let part = CaptureRequest::part(Money::new(200, v("JPY")).unwrap());
    assert_eq!(shop.capture(made, part).unwrap().amount.map(|a| a.to_string()).as_deref(), Some("200"));
}

/// The profile decides about currencies; pages are of the profile too.
#[test]
fn currencies_are_those_of_the_profile() {
    let profile = crate::shop::profile().with_currencies([Currency::GBP]);
    let mut shop = Shop::with_profile(profile, configuration());
    let euros = PaymentJob::new(Money::eur(10_00).unwrap(), Order::new(v("cart-1")), luke());
    let (made, _) = shop.made(euros);
    assert_eq!(shop.says(made), "Rejected open; Rejected not_taken PaymentRejected");
    let by_page = PaymentJob::new(Money::gbp(10_00).unwrap(), Order::new(v("cart-2")), HostedPage::new());
    let (made, _) = shop.made(by_page);
    let page = shop.page_of(made);
    assert!(matches!(shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker")), Next::Return(_)));
    let amex = JobCard::new(v::<CardNumber>(super::AMEX), v("1130"), v("1234"), v("Luke Skywalker"));
    let parent = Parent::new(amex, RecurrenceCriteria::unscheduled());
    let nothing = PaymentJob::verification(Currency::GBP, Order::new(v("cart-3")), parent);
    let (made, _) = shop.made(nothing);
    assert_eq!(shop.says(made), "Rejected open; Rejected not_taken PaymentRejected");
}
