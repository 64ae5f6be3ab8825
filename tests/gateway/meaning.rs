//! What the statuses of a job and its payments mean together, where there is nothing else.

mod money;
mod money_properties;
mod settles;

use cashflows_codec::gateway::response::{Job, Payment};
use cashflows_codec::gateway::{JobMeaning, Known, Operation, PaymentMeaning, PaymentStatus};
use cashflows_codec::value::Unlisted;
use proptest::prelude::*;

fn job(status: &str, payments: &[&str]) -> Job {
    let mut job = Job::new("1".parse().unwrap(), status.into());
    let payment = |&status: &&str| Payment::new("2".parse().unwrap(), status.into());
    job.payments = payments.iter().map(payment).collect();
    job
}

fn meaning(status: &str, payments: &[&str]) -> JobMeaning {
    job(status, payments).meaning()
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

/// Of a job without amounts, refunds and reversals.
#[test]
fn statuses_alone_decide_where_there_is_nothing_else() {
    for (job, payments, expected) in [
        ("Paid", &["Paid"][..], JobMeaning::Taken),
        ("Paid", &["Failed", "Paid"], JobMeaning::Taken),
        ("Pending", &["Paid"], JobMeaning::Taken),
        ("Failed", &["Paid", "Failed"], JobMeaning::Taken),
        ("Chargeback", &["Paid"], JobMeaning::Unknown),
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
        ("Pending", &["Reserved", "Chargeback"], JobMeaning::Unknown),
        ("Pending", &[], JobMeaning::Open),
        ("Pending", &["Pending"], JobMeaning::Open),
        ("Commissioned", &["Failed"], JobMeaning::Open),
        ("Failed", &["Failed"], JobMeaning::Open),
        ("Failed", &["Failed", "Pending"], JobMeaning::Open),
        ("Cancelled", &["Pending"], JobMeaning::Open),
        ("Declined", &["Declined"], JobMeaning::Open),
        ("Rejected", &[], JobMeaning::Open),
        ("Blocked", &["Blocked"], JobMeaning::Open),
        ("Cancelled", &["Cancelled"], JobMeaning::Open),
        ("Cancelled", &["Failed"], JobMeaning::Open),
        ("Cancelled", &[], JobMeaning::Open),
        ("Expired", &["Failed", "Expired"], JobMeaning::Open),
    ] {
        assert_eq!(meaning(job, payments), expected, "{job} {payments:?}");
    }
}

#[test]
fn an_unlisted_status_cannot_be_made_of_a_listed_word() {
    for listed in PaymentStatus::ALL {
        assert!(Unlisted::<PaymentStatus>::try_from(listed.as_str()).is_err());
    }
    let unlisted = Unlisted::<PaymentStatus>::try_from("paid").unwrap();
    assert_eq!(unlisted.as_str(), "paid");
    assert_eq!("paid".parse(), Ok(PaymentStatus::Unlisted(unlisted)));
    assert_eq!(format!("{:?}", PaymentStatus::from("paid")), r#"Unlisted("paid")"#);
}

#[test]
fn statuses_are_sorted_as_listed_and_unlisted_ones_by_their_text() {
    let mut statuses: Vec<PaymentStatus> = ["b", "Reserved", "a", "Paid"].map(PaymentStatus::from).into();
    statuses.sort();
    assert_eq!(statuses, ["Paid", "Reserved", "a", "b"].map(PaymentStatus::from));
}

fn status() -> impl Strategy<Value = String> {
    let listed = PaymentStatus::ALL.iter().map(ToString::to_string).collect::<Vec<_>>();
    prop_oneof![prop::sample::select(listed), "[A-Za-z]{0,12}", "(Paid|Reserved)[ a-z]?", "[pP][aA][iI][dD]"]
}

proptest! {
    /// Money is taken only if the gateway said so, in the one word that it has for it, and every word is
    /// listed.
    #[test]
    fn taken_means_that_somebody_said_paid(status in status(), payments in prop::collection::vec(status(), 0..4)) {
        let payments: Vec<&str> = payments.iter().map(String::as_str).collect();
        let found = meaning(&status, &payments);
        let is_listed = |word: &&str| PaymentStatus::ALL.iter().any(|listed| listed.as_str() == *word);
        let listed = payments.iter().chain([&&*status]).all(is_listed);
        let says = |word| payments.contains(&word) || (payments.is_empty() && status == word);
        prop_assert_eq!(found == JobMeaning::Taken, listed && says("Paid"));
        prop_assert_eq!(found == JobMeaning::Reserved, listed && says("Reserved") && !says("Paid"));
        prop_assert_eq!(found == JobMeaning::Unknown && listed, {
            let claims = ["Paid", "Reserved", "Verified"];
            listed && claims.contains(&&*status) && !claims.into_iter().any(says)
        });
        prop_assert_ne!(found, JobMeaning::NotTaken);
    }

    /// The order of payments says nothing.
    #[test]
    fn payments_are_a_set(status in status(), mut payments in prop::collection::vec(status(), 0..4)) {
        let before = meaning(&status, &payments.iter().map(String::as_str).collect::<Vec<_>>());
        payments.reverse();
        let after = meaning(&status, &payments.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(before, after);
    }
}

/// A shopper who cancels a payment and a shop that cancels the job leave the same status behind.
#[test]
fn a_job_is_over_if_the_caller_knows_it() {
    let cancelled = Known::new().with_job_cancelled();
    for known in
        [cancelled, Known::new().answer_to(Operation::CancelJob), cancelled.answer_to(Operation::RetrieveJob)]
    {
        for (status, payments, expected) in [
            ("Cancelled", &["Cancelled"][..], JobMeaning::NotTaken),
            ("Cancelled", &["Failed"], JobMeaning::NotTaken),
            ("Cancelled", &[], JobMeaning::NotTaken),
            ("Expired", &["Declined"], JobMeaning::NotTaken),
            ("Pending", &["Failed"], JobMeaning::Open),
            ("Cancelled", &["Pending"], JobMeaning::Open),
            ("Cancelled", &["Paid"], JobMeaning::Taken),
            ("Cancelled", &["Reserved"], JobMeaning::Reserved),
            ("Cancelled", &["Verified"], JobMeaning::Verified),
            ("Cancelled", &["Chargeback"], JobMeaning::Unknown),
        ] {
            assert_eq!(job(status, payments).meaning_with(&known), expected, "{status} {payments:?}");
        }
    }
    for &operation in Operation::ALL.iter().filter(|&&operation| operation != Operation::CancelJob) {
        let known = Known::new().answer_to(operation);
        assert_eq!(job("Cancelled", &["Cancelled"]).meaning_with(&known), JobMeaning::Open, "{operation}");
    }
}

/// What a shop keeps of a payment is kept as the words and numbers of the wire.
#[test]
fn what_is_kept_of_a_payment_is_text() {
    use cashflows_codec::gateway::request::JobOption;
    use cashflows_codec::gateway::response::{
        CompletionStatus, ErrorWord, Flag, OrderPresence, ReversalStatus,
    };
    use cashflows_codec::gateway::{
        CallOutcome, CaptureMeaning, Decimal, Doubt, JobReference, Locale, NextStep, NotifyType, OrderNumber,
        PaymentMethod, RefundMeaning, Settlement, Timestamp,
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
    stored(JobReference::new(210_221_017_179_873_304).unwrap(), "210221017179873304");
    stored("10.00".parse::<Decimal>().unwrap(), "10.00");
    stored("cart-1".parse::<OrderNumber>().unwrap(), "cart-1");
    stored("2021-02-18T11:04:38.2907414Z".parse::<Timestamp>().unwrap(), "2021-02-18T11:04:38.2907414Z");
    stored(PaymentStatus::Paid, "Paid");
    stored(PaymentStatus::from("PartiallyPaid"), "PartiallyPaid");
    stored(PaymentMeaning::NotTaken, "not_taken");
    stored(JobMeaning::PartlyTaken, "partly_taken");
    stored(RefundMeaning::Failed, "failed");
    stored(CaptureMeaning::Completed, "completed");
    stored(Settlement::FullReserved, "full_reserved");
    stored(Doubt::RefundOpen, "refund_open");
    stored(CallOutcome::NotDone, "not_done");
    stored(NextStep::LookForOrder, "look_for_order");
    stored(Operation::CreateJob, "create_job");
    stored(OrderPresence::NotFound, "not_found");
    stored(Locale::from("en_GB"), "en_GB");
    stored(PaymentMethod::Card, "Card");
    stored(NotifyType::PaymentStatusChange, "PaymentStatusChange");
    stored(JobOption::GenerateToken, "GenerateToken");
    stored(CompletionStatus::from("Held"), "Held");
    stored(ReversalStatus::from("Completed"), "Completed");
    stored(ErrorWord::InvalidPaymentStatus, "InvalidPaymentStatus");
    stored(Flag::Moto, "moto");
}
