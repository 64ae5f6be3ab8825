//! Payments that recur: parents of every kind, and the children that go on from them.

use cashflows_codec::gateway::PaymentMeaning;
use cashflows_codec::gateway::call::CreateJob;
use cashflows_codec::gateway::request::{Child, HostedPage, Order, Parent, PaymentJob, RecurrenceCriteria};
use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::simulator::gateway::{Authentication, Next};
use cashflows_codec::simulator::{Effect, When};
use cashflows_codec::value::Currency;

use super::{
    VISA, card, configuration, entered, external, job, luke, money, moto, of_order, shop, v, wallet,
};
use crate::shop::{Shop, profile};

const PAID: &str = "Paid taken; Paid taken";

#[test]
fn children_go_on_from_a_parent_of_any_kind() {
    let criteria = RecurrenceCriteria::unscheduled;
    let parents = [
        (Parent::new(luke(), criteria()), "sale ecom 24.99 200", "continuous cont 10.00 000"),
        (Parent::new(moto(), criteria()), "sale moto 24.99 200", "continuous cont 10.00 000"),
        (Parent::new(wallet("05"), criteria()), "sale ecom 24.99 000", "continuous cont 10.00 000"),
        (
            Parent::new(external("Han Solo", "05"), criteria()),
            "sale ecom 24.99 200",
            "continuous cont 10.00 000",
        ),
    ];
    for (parent, first, second) in parents {
        let mut shop = shop();
        let (parent, _) = shop.made(job(parent));
        let made = shop.made(of_order("month-2", Child::new(parent)));
        assert_eq!(shop.says(made.0), PAID);
        assert_eq!(shop.ledger(), format!("{first} pending; {second} pending = 3499"));
        let child = shop.job(made.0);
        assert_eq!(child.parent_reference, Some(parent));
        let id = child.payments[0].attributes.transaction_id().unwrap();
        assert_eq!(shop.acquirer.payment_of(&id), Some(made));
    }
}

#[test]
fn a_parent_with_nothing_to_pay_verifies_the_card() {
    let mut shop = shop();
    let parent = Parent::new(luke(), RecurrenceCriteria::subscription(v("2034-11-08"), 30));
    let parent = shop.create(PaymentJob::verification(Currency::GBP, Order::new(v("cart-1")), parent));
    let reference = parent.data().reference;
    assert_eq!(parent.data().payments[0].meaning(), PaymentMeaning::Verified);
    assert_eq!(shop.says(reference), "Verified verified; Verified verified");
    assert_eq!(shop.ledger(), "verify ecom 0.00 200 done = 0");
    let (child, _) = shop.made(of_order("month-2", Child::new(reference)));
    assert_eq!(shop.says(child), PAID);
    assert_eq!(shop.ledger(), "verify ecom 0.00 200 done; continuous cont 10.00 000 pending = 1000");

    let by_wallet = Parent::new(wallet("05"), RecurrenceCriteria::unscheduled());
    let by_wallet = PaymentJob::verification(Currency::GBP, Order::new(v("cart-3")), by_wallet);
    let (by_wallet, _) = shop.made(by_wallet);
    assert_eq!(shop.says(by_wallet), "Rejected open; Rejected not_taken PaymentRejected");
}

#[test]
fn a_child_needs_a_parent_that_was_paid() {
    let mut shop = shop();
    let (plain, _) = shop.made(job(luke()));
    let open = Parent::new(HostedPage::new(), RecurrenceCriteria::unscheduled());
    let (open, _) = shop.made(of_order("cart-2", open));
    let paid = shop.made(of_order("cart-3", Parent::new(luke(), RecurrenceCriteria::unscheduled())));
    let child = |parent| CreateJob::new(of_order("month-2", Child::new(parent)));
    let euros = PaymentJob::new(
        cashflows_codec::gateway::Money::eur(10_00).unwrap(),
        Order::new(v("month-2")),
        Child::new(paid.0),
    );
    assert_eq!(shop.refused(child(v("199"))), "404 RecordNotFound");
    assert_eq!(shop.refused(child(plain)), "404 RecordNotFound");
    assert_eq!(shop.refused(child(open)), "400 InvalidPaymentStatus");
    assert_eq!(shop.refused(CreateJob::new(euros)), "400 InvalidCurrency");
    shop.cancel(paid).unwrap();
    assert_eq!(shop.refused(child(paid.0)), "400 InvalidPaymentStatus");
    // None of them took the order's number.
    let (again, _) = shop.made(of_order("month-2", luke()));
    assert_eq!(shop.says(again), PAID);
}

/// Automatic capture of recurring payments is a switch of its own (section 9).
#[test]
fn what_is_captured_by_call_is_reserved() {
    let parent = || Parent::new(luke(), RecurrenceCriteria::unscheduled());
    let reserved = "Reserved reserved; Reserved reserved";
    for (configuration, first, second) in [
        (configuration().capturing_by_call(), reserved, PAID),
        (configuration().capturing_recurring_by_call(), PAID, reserved),
    ] {
        let mut shop = Shop::with(configuration);
        let (parent, _) = shop.made(job(parent()));
        let (child, _) = shop.made(of_order("month-2", Child::new(parent)));
        assert_eq!((shop.says(parent), shop.says(child)), (first.to_owned(), second.to_owned()));
    }
}

/// The shopper enters the card of a subscription on the page, and nothing is charged yet.
#[test]
fn a_parent_with_nothing_to_pay_may_be_a_page() {
    let mut shop = shop();
    let parent = Parent::new(HostedPage::new(), RecurrenceCriteria::instalment(v("2034-11-08"), 30, 12));
    let (parent, _) = shop.made(PaymentJob::verification(Currency::GBP, Order::new(v("cart-1")), parent));
    let page = shop.page_of(parent);
    assert_eq!(shop.acquirer.pay(shop.now, &page, entered("Han Solo")), Next::ThreeDs);
    assert!(matches!(shop.authenticate(&page, Authentication::Passed), Next::Return(_)));
    assert_eq!(shop.says(parent), "Verified verified; Verified verified");
    assert_eq!((shop.charges(), shop.acquirer.job_charges("cart-1").count()), (0, 0));
    let criteria = shop.job(parent).recurrence_criteria.unwrap();
    assert_eq!(criteria.secret_text("recurrenceType"), Some("Instalment"));
    assert_eq!(criteria.secret_text("instalments"), Some("12"));
    let (child, _) = shop.made(of_order("month-2", Child::new(parent)));
    assert_eq!((shop.says(child).as_str(), shop.charges()), (PAID, 1));
}

/// A transaction whose code was not checked gives no authority by its id; the scheme's does.
#[test]
fn a_child_goes_on_by_the_scheme_where_the_code_was_not_checked() {
    for brand in [VISA, super::MASTERCARD] {
        let mut shop = shop();
        let unchecked = Effect::Check("022".parse().unwrap());
        shop.acquirer.script(When::any().operation(OperationKind::Sale), unchecked);
        let parent = Parent::new(card(brand, "Luke Skywalker"), RecurrenceCriteria::unscheduled());
        let (parent, _) = shop.made(job(parent));
        let (child, _) = shop.made(of_order("month-2", Child::new(parent)));
        assert_eq!(shop.says(child), PAID);
        let entries = shop.acquirer.ledger().entries();
        assert_eq!((entries[1].original(), entries[1].card()), (None, entries[0].card()));
    }
}

/// A child may be cancelled and refunded like any payment; its parent's payment stays as it is.
#[test]
fn a_child_is_taken_back_by_itself() {
    let mut shop = shop();
    let (parent, _) = shop.made(job(Parent::new(luke(), RecurrenceCriteria::unscheduled())));
    let first = shop.made(of_order("month-2", Child::new(parent)));
    let second = shop.made(of_order("month-3", Child::new(parent)));
    shop.cancel(first).unwrap();
    shop.wait_days(1);
    shop.refund(second, 4_00).unwrap();
    let after = [parent, first.0, second.0].map(|job| shop.job(job).meaning().to_string());
    assert_eq!(after, ["taken", "not_taken", "partly_taken"]);
    assert_eq!(shop.acquirer.ledger().balance(Currency::GBP), 24_99 + 10_00 - 4_00);
    // A parent that was refunded gives authority all the same.
    let payment = shop.job(parent).payments[0].reference;
    shop.refund((parent, payment), 24_99).unwrap();
    let (third, _) = shop.made(of_order("month-4", Child::new(parent)));
    assert_eq!(shop.says(third), PAID);
}

/// A profile that insists on 3-D Secure gets it of the gateway's own, and asks none by telephone.
#[test]
fn profiles_that_insist_on_three_ds_have_it() {
    let none = "Rejected open; Rejected not_taken NonThreeDSecureNotAllowed";
    let unscheduled = RecurrenceCriteria::unscheduled;
    for (kind, says) in [
        (job(luke()), PAID),
        (job(moto()), PAID),
        (job(wallet("05")), PAID),
        (job(wallet("07")), none),
        (job(external("Luke Skywalker", "06")), PAID),
        (job(external("Luke Skywalker", "07")), none),
        (job(Parent::new(moto(), unscheduled())), PAID),
        (job(Parent::new(luke(), unscheduled())), PAID),
    ] {
        let mut shop = Shop::with_profile(profile().requiring_three_ds(), configuration());
        let name = kind.kind().as_str();
        let (made, _) = shop.made(kind);
        assert_eq!(shop.says(made), says, "{name}");
        if name == "recurring_parent" {
            let child = PaymentJob::new(money(1), Order::new(v("month-2")), Child::new(made));
            let (child, _) = shop.made(child);
            assert_eq!(shop.says(child), PAID);
        }
    }
}
