//! What the statuses of a job and its payments mean together.

use cashflows_codec::gateway::{JobMeaning, PaymentMeaning, PaymentStatus, UnlistedPaymentStatus};
use proptest::prelude::*;

fn meaning(job: &str, payments: &[&str]) -> JobMeaning {
    let payments: Vec<PaymentStatus> = payments.iter().map(|&status| status.into()).collect();
    JobMeaning::of(&job.into(), &payments)
}

#[test]
fn what_each_status_of_a_payment_means() {
    for (status, meaning) in [
        ("Paid", PaymentMeaning::Taken),
        ("Reserved", PaymentMeaning::Reserved),
        ("Verified", PaymentMeaning::Verified),
        ("Pending", PaymentMeaning::Open),
        ("Commissioned", PaymentMeaning::Open),
        ("Cancelled", PaymentMeaning::NotTaken),
        ("Failed", PaymentMeaning::NotTaken),
        ("Rejected", PaymentMeaning::NotTaken),
        ("Expired", PaymentMeaning::NotTaken),
        ("Blocked", PaymentMeaning::NotTaken),
        ("Declined", PaymentMeaning::NotTaken),
        ("paid", PaymentMeaning::Unknown),
        ("PAID", PaymentMeaning::Unknown),
        (" Paid", PaymentMeaning::Unknown),
        ("Paid_2", PaymentMeaning::Unknown),
        ("PartiallyPaid", PaymentMeaning::Unknown),
        ("Refunded", PaymentMeaning::Unknown),
        ("", PaymentMeaning::Unknown),
    ] {
        assert_eq!(PaymentStatus::from(status).meaning(), meaning, "{status}");
        assert_eq!(PaymentStatus::from(status).as_str(), status);
    }
}

#[test]
fn a_job_is_more_than_its_own_status() {
    for (job, payments, expected) in [
        ("Paid", &["Paid"][..], JobMeaning::Taken),
        ("Paid", &["Failed", "Paid"], JobMeaning::Taken),
        ("Pending", &["Paid"], JobMeaning::Taken),
        ("Failed", &["Paid", "Failed"], JobMeaning::Taken),
        ("Chargeback", &["Paid"], JobMeaning::Taken),
        ("Pending", &["Reserved"], JobMeaning::Reserved),
        ("Cancelled", &["Reserved"], JobMeaning::Reserved),
        ("Paid", &["Reserved"], JobMeaning::Reserved),
        ("Verified", &["Verified"], JobMeaning::Verified),
        ("Pending", &["Verified"], JobMeaning::Verified),
        ("Verified", &["Failed", "Verified"], JobMeaning::Verified),
        ("Paid", &[], JobMeaning::Taken),
        ("Reserved", &[], JobMeaning::Reserved),
        ("Verified", &[], JobMeaning::Verified),
        ("Paid", &["Cancelled"], JobMeaning::Unknown),
        ("Paid", &["Pending"], JobMeaning::Unknown),
        ("Reserved", &["Failed"], JobMeaning::Unknown),
        ("Verified", &["Pending"], JobMeaning::Unknown),
        ("Chargeback", &[], JobMeaning::Unknown),
        ("Pending", &["Chargeback"], JobMeaning::Unknown),
        ("Cancelled", &["Chargeback"], JobMeaning::Unknown),
        ("Verified", &["Verified", "Chargeback"], JobMeaning::Unknown),
        ("Pending", &["Reserved", "Chargeback"], JobMeaning::Reserved),
        ("Pending", &[], JobMeaning::Open),
        ("Pending", &["Pending"], JobMeaning::Open),
        ("Commissioned", &["Failed"], JobMeaning::Open),
        ("Failed", &["Failed"], JobMeaning::Open),
        ("Failed", &["Failed", "Pending"], JobMeaning::Open),
        ("Cancelled", &["Pending"], JobMeaning::Open),
        ("Declined", &["Declined"], JobMeaning::Open),
        ("Rejected", &[], JobMeaning::Open),
        ("Blocked", &["Blocked"], JobMeaning::Open),
        ("Cancelled", &["Cancelled"], JobMeaning::NotTaken),
        ("Cancelled", &["Failed"], JobMeaning::NotTaken),
        ("Cancelled", &[], JobMeaning::NotTaken),
        ("Expired", &["Failed", "Expired"], JobMeaning::NotTaken),
    ] {
        assert_eq!(meaning(job, payments), expected, "{job} {payments:?}");
    }
}

#[test]
fn an_unlisted_status_cannot_be_made_of_a_listed_word() {
    for listed in PaymentStatus::ALL {
        assert!(UnlistedPaymentStatus::try_from(listed.as_str()).is_err());
    }
    assert!(UnlistedPaymentStatus::try_from("paid").is_ok());
}

fn status() -> impl Strategy<Value = String> {
    let listed = PaymentStatus::ALL.iter().map(ToString::to_string).collect::<Vec<_>>();
    prop_oneof![prop::sample::select(listed), "[A-Za-z]{0,12}", "(Paid|Reserved)[ a-z]?", "[pP][aA][iI][dD]"]
}

proptest! {
    /// Money is taken only if the gateway said so, in the one word that it has for it.
    #[test]
    fn taken_means_that_somebody_said_paid(job in status(), payments in prop::collection::vec(status(), 0..4)) {
        let payments: Vec<&str> = payments.iter().map(String::as_str).collect();
        let found = meaning(&job, &payments);
        let says = |word| payments.contains(&word) || (payments.is_empty() && job == word);
        prop_assert_eq!(found == JobMeaning::Taken, says("Paid"));
        prop_assert_eq!(found == JobMeaning::Reserved, says("Reserved") && !says("Paid"));
        let over = job == "Cancelled" || job == "Expired";
        prop_assert!(found != JobMeaning::NotTaken || over);
    }

    /// The order of payments says nothing.
    #[test]
    fn payments_are_a_set(job in status(), mut payments in prop::collection::vec(status(), 0..4)) {
        let payments_as = |payments: &[String]| payments.iter().map(|status| status.as_str().into()).collect();
        let before: Vec<PaymentStatus> = payments_as(&payments);
        payments.reverse();
        let after: Vec<PaymentStatus> = payments_as(&payments);
        let job = PaymentStatus::from(job.as_str());
        prop_assert_eq!(JobMeaning::of(&job, &before), JobMeaning::of(&job, &after));
    }
}

/// What a shop keeps of a payment is kept as the words and numbers of the wire.
#[test]
fn what_is_kept_of_a_payment_is_text() {
    use cashflows_codec::gateway::{
        CallOutcome, Decimal, NextStep, Operation, OrderNumber, Reference, Timestamp,
    };

    fn stored<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + core::fmt::Debug>(
        value: T,
        text: &str,
    ) {
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
        assert!(serde_json::from_str::<T>("7").is_err());
    }
    stored(Reference::new(210_221_017_179_873_304).unwrap(), "210221017179873304");
    stored("10.00".parse::<Decimal>().unwrap(), "10.00");
    stored("cart-1".parse::<OrderNumber>().unwrap(), "cart-1");
    stored("2021-02-18T11:04:38.2907414Z".parse::<Timestamp>().unwrap(), "2021-02-18T11:04:38.2907414Z");
    stored(PaymentStatus::Paid, "Paid");
    stored(PaymentStatus::from("PartiallyPaid"), "PartiallyPaid");
    stored(PaymentMeaning::NotTaken, "not_taken");
    stored(JobMeaning::Open, "open");
    stored(CallOutcome::NotDone, "not_done");
    stored(NextStep::LookForOrder, "look_for_order");
    stored(Operation::CreateJob, "create_job");
    stored(cashflows_codec::gateway::answer::OrderPresence::NotFound, "not_found");
}
