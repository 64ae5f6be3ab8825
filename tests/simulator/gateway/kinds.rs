//! Every kind of payment job, from both sides.

use cashflows_codec::gateway::request::{JobCard, JobCredit, JobKind, Parent, RecurrenceCriteria};
use cashflows_codec::gateway::response::{AcquirerResponse, Flag};
use cashflows_codec::simulator::Profile;
use cashflows_codec::simulator::gateway::{Authentication, Next};
use cashflows_codec::value::{CardNumber, CardToken, Status};

use super::{
    AMEX, MASTERCARD, VISA, card, configuration, entered, external, job, luke, moto, of_order, page, shop,
    three_ds, v, wallet,
};
use crate::shop::{Shop, credentials, profile};

const PAID: &str = "Paid taken; Paid taken";

#[test]
fn kinds_that_need_no_shopper_have_a_result_at_once() {
    let rows: [(JobKind, &str, &str); 9] = [
        (luke().into(), PAID, "sale ecom 24.99 200 pending = 2499"),
        (card(MASTERCARD, "Luke Skywalker").into(), PAID, "sale ecom 24.99 200 pending = 2499"),
        (card(AMEX, "Luke Skywalker").into(), PAID, "sale ecom 24.99 200 pending = 2499"),
        (moto().into(), PAID, "sale moto 24.99 200 pending = 2499"),
        (external("Han Solo", "05").into(), PAID, "sale ecom 24.99 200 pending = 2499"),
        (
            external("Han Solo", "06").into(),
            "Declined open; Declined not_taken PaymentDeclined",
            "sale ecom 24.99 200 refused = 0",
        ),
        (wallet("05").into(), PAID, "sale ecom 24.99 000 pending = 2499"),
        (
            Parent::new(luke(), RecurrenceCriteria::unscheduled()).into(),
            PAID,
            "sale ecom 24.99 200 pending = 2499",
        ),
        (
            Parent::new(moto(), RecurrenceCriteria::customer_initiated()).into(),
            PAID,
            "sale moto 24.99 200 pending = 2499",
        ),
    ];
    for (kind, says, ledger) in rows {
        let (mut shop, name) = (shop(), kind.as_str());
        let created = shop.create(job(kind));
        let reference = created.data().reference;
        assert_eq!(shop.says(reference), says, "{name}");
        assert_eq!(shop.ledger(), ledger, "{name}");
        // Who is approved at once is sent to the success URL; a job that is retrieved has no action.
        let sent = created.links().action.as_ref().map(|action| action.url.as_str().to_owned());
        assert_eq!(
            sent.is_some_and(|url| url.starts_with("https://gateway.test/payment/result?")),
            says == PAID
        );
    }
}

#[test]
fn the_hosted_page_asks_for_the_card() {
    let mut shop = shop();
    let created = shop.create(page());
    let reference = created.data().reference;
    let action = created.links().action.as_ref().unwrap();
    assert!(action.url.as_str().starts_with("https://gateway.test/payment?ref="), "{action:?}");
    assert_eq!(action.media_type.as_deref(), Some("text/html"));
    assert_eq!(shop.says(reference), "Pending open; Pending open");
    assert_eq!(shop.ledger(), " = 0");

    let page = shop.page_of(reference);
    assert_eq!(shop.acquirer.pay(shop.now, &page, entered("Han Solo")), Next::ThreeDs);
    assert_eq!(shop.says(reference), "Pending open; Pending open");
    assert_eq!(shop.ledger(), " = 0");
    let next = shop.authenticate(&page, Authentication::Passed);
    assert!(matches!(next, Next::Return(_)));
    assert_eq!(shop.says(reference), PAID);
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 pending = 2499");
    assert_eq!(shop.acquirer.job_charges("cart-1").count(), 1);
}

#[test]
fn a_payment_meets_its_transaction() {
    let mut shop = shop();
    let (reference, payment) = shop.made(job(luke()).returning_token().with_descriptor(v("Tatooine")));
    let record = shop.payment((reference, payment));
    let id = record.attributes.transaction_id().unwrap();
    let entry = shop.acquirer.ledger().get(&id).unwrap();
    assert_eq!(entry.reference(), Some(&*payment.to_string()));
    assert_eq!(entry.money(), cashflows_codec::value::Money::gbp(24_99));
    assert_eq!(shop.acquirer.payment_of(&id), Some((reference, payment)));

    let details = record.attributes.acquiring_details().unwrap().unwrap();
    assert_eq!(details.checks(), Some(entry.checks()));
    assert_eq!(details.acquirer_response(), Some(AcquirerResponse::Status(Status::Authorised)));
    assert_eq!(details.authorisation_code(), Some(v("000001")));
    assert_eq!(details.arn(), Some(v("74698690000000000000001")));
    assert_eq!(details.issuer_response_code(), Some("00"));
    assert_eq!(details.truncated_card_number(), Some(v("400000******0002")));
    assert_eq!(details.three_ds_version(), Some("2.2.0"));
    assert_eq!((details.eci(), details.authentication_status()), (Some("05"), Some("Y")));
    assert_eq!(record.attributes.descriptor(), Some("Tatooine"));
    assert_eq!(record.attributes.token(), Some(v("1000000000000001")));
    assert_eq!(record.paid_amount, Some(v("24.99")));
    let actions: Vec<_> = record.steps.iter().flat_map(|step| &step.action).map(|a| a.as_str()).collect();
    assert_eq!(actions, ["Start", "Process"]);
}

/// What is shown of 3-D Secure is what the card was charged with: nothing where nobody was asked.
#[test]
fn acquiring_details_tell_of_the_authentication_that_there_was() {
    let rows: [(JobKind, _, _, _); 6] = [
        (card(MASTERCARD, "Luke Skywalker").into(), Some("2.2.0"), Some("02"), Some("Y")),
        (external("Luke Skywalker", "06").into(), Some("2.1.0"), Some("06"), Some("A")),
        (external("Luke Skywalker", "07").into(), Some("2.1.0"), Some("07"), Some("N")),
        (moto().into(), None, None, None),
        (wallet("05").into(), None, Some("05"), None),
        (JobCredit::new(v::<CardNumber>(VISA), v("1130"), v("Luke")).into(), None, None, None),
    ];
    for (kind, version, eci, status) in rows {
        let (mut shop, name) = (shop(), kind.as_str());
        let made = shop.made(job(kind));
        let details = shop.payment(made).attributes.acquiring_details().unwrap().unwrap();
        let shown = (details.three_ds_version(), details.eci(), details.authentication_status());
        assert_eq!(shown, (version, eci, status), "{name}");
    }
}

#[test]
fn a_refused_card_has_its_reason() {
    let mut shop = shop();
    let wrong = JobCard::new(v::<CardNumber>(VISA), v("1130"), v("124"), v("Luke Skywalker"));
    let made = shop.made(job(wrong));
    assert_eq!(shop.says(made.0), "Declined open; Declined not_taken PaymentDeclined");
    assert_eq!(shop.ledger(), "sale ecom 24.99 400 refused = 0");
    let record = shop.payment(made);
    let details = record.attributes.acquiring_details().unwrap().unwrap();
    assert_eq!(details.acquirer_response(), Some(AcquirerResponse::Code(v("D101"))));
    assert_eq!(
        (details.authorisation_code(), record.paid_amount, record.attributes.token()),
        (None, None, None)
    );
}

#[test]
fn a_token_pays_like_its_card() {
    let mut shop = shop();
    let made = shop.made(job(luke()).returning_token());
    let token: CardToken = shop.payment(made).attributes.token().unwrap();
    let by_token = JobCard::new(token, v("1130"), v("123"), v("Luke Skywalker"));
    let (second, _) = shop.made(of_order("cart-2", by_token));
    assert_eq!(shop.says(second), PAID);
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 pending; sale ecom 10.00 200 pending = 3499");

    let unknown = JobCard::new(v::<CardToken>("1000000000009999"), v("1130"), v("123"), v("Luke Skywalker"));
    let (third, _) = shop.made(of_order("cart-3", unknown));
    assert_eq!(shop.says(third), "Rejected open; Rejected not_taken PaymentRejected");
}

/// Without "External MPI" the gateway asks the cardholder, and what counts is what it found itself.
#[test]
fn whoever_brings_three_ds_along_may_be_asked_all_the_same() {
    for (eci, version) in [("05", "2.2.0"), ("07", "2.2.0"), ("99", "2.2.0")] {
        let mut shop = Shop::with(configuration().without_external_three_ds());
        let created = shop.create(job(external("Han Solo", eci)));
        let reference = created.data().reference;
        assert_eq!(shop.says(reference), "Pending open; Pending open");
        assert_eq!(shop.charges(), 0);
        let page = shop.page_of(reference);
        shop.authenticate(&page, Authentication::Passed);
        assert_eq!(shop.says(reference), PAID, "{eci}");
        let details = shop.job(reference).payments[0].attributes.acquiring_details().unwrap().unwrap();
        assert_eq!((details.three_ds_version(), details.eci()), (Some(version), Some("05")));
    }
    // With it, an indicator of no scheme is none.
    let mut shop = shop();
    let (made, _) = shop.made(job(external("Luke Skywalker", "99")));
    assert_eq!(shop.says(made), "Rejected open; Rejected not_taken PaymentRejected");
}

#[test]
fn a_stored_card_pays_without_its_security_code() {
    let stored = || JobCard::stored(v::<CardNumber>(VISA), v("1130"), v("Luke Skywalker"), three_ds("05"));
    let mut shop = shop();
    let (never, _) = shop.made(of_order("cart-0", stored()));
    assert_eq!(shop.says(never), "Rejected open; Rejected not_taken PaymentRejected");

    let (first, _) = shop.made(job(luke()).with_stored_card_details());
    assert_eq!(shop.says(first), PAID);
    let (second, _) = shop.made(of_order("cart-2", stored()));
    assert_eq!(shop.says(second), PAID);
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 pending; sale ecom 10.00 000 pending = 3499");
}

#[test]
fn credits_are_for_profiles_that_have_them() {
    let credit = || job(JobCredit::new(v::<CardNumber>(VISA), v("1130"), v("Luke Skywalker")));
    let refused = "Rejected not_taken; Rejected not_taken InvalidPaymentForCredit";
    let rows: [(Profile, &str, &str); 3] = [
        (profile(), "Paid paid_out; Paid taken", "credit cred 24.99 000 pending = -2499"),
        (Profile::new(credentials()), refused, " = 0"),
        (profile().with_category(5411), refused, " = 0"),
    ];
    for (profile, says, ledger) in rows {
        let mut shop = Shop::with_profile(profile, configuration());
        let (reference, _) = shop.made(credit());
        assert_eq!(shop.says(reference), says);
        assert_eq!(shop.ledger(), ledger);
        assert_eq!(shop.job(reference).job_type.as_deref(), Some("Credit"));
    }
}

/// What a job is marked with, and its payment too.
#[test]
fn flags_tell_the_kind() {
    use Flag::{Direct, Frictionless, GenerateToken, Moto, RecurringParent, StoreCardDetails};
    let unscheduled = RecurrenceCriteria::unscheduled;
    for (made, flags) in [
        (page(), vec![]),
        (job(luke()), vec![Direct]),
        (job(moto()), vec![Moto, Direct]),
        (job(Parent::new(luke(), unscheduled())), vec![Direct, RecurringParent]),
        (job(Parent::new(moto(), unscheduled())), vec![Moto, Direct, RecurringParent]),
        (page().returning_token(), vec![GenerateToken]),
        (page().with_stored_card_details().with_frictionless(), vec![StoreCardDetails, Frictionless]),
    ] {
        let mut shop = shop();
        let (made, _) = shop.made(made);
        let record = shop.job(made);
        for flag in Flag::ALL {
            let expected = flags.contains(flag);
            assert_eq!(record.flags.has(flag), expected, "{flag}");
            assert_eq!(record.payments[0].flags.has(flag), expected, "{flag}");
        }
    }
}
