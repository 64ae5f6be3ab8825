//! An order that is paid on the gateway's payment page: its state, and the changes by the gateway's responses.

use std::fmt;
use std::time::SystemTime;

use cashflows_codec::gateway::response::{Job, Payment, Step, StepAction};
use cashflows_codec::gateway::{
    Expected, JobMeaning, JobReference, Known, PaymentMeaning, PaymentReference, PaymentStatus, Settlement,
};
use cashflows_codec::value::{Money, Url};

use super::catalogue::Item;
use crate::wanted::{Key, OrderId};

/// State of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its job is being created, or was when the service died.
    Creating,
    /// It has a job that can be paid.
    Open,
    /// The gateway reports a job with money that does not match, or a state that is not understood.
    Review,
    /// The money is authorised, but not captured yet.
    Reserved,
    /// The money is taken.
    Paid,
    /// The money was taken, and the payment was cancelled.
    Returned,
    /// The order is unpaid, and its job is being cancelled, so that it cannot be paid.
    Closing,
    /// The order is unpaid, and cannot be paid any more.
    Closed,
    /// It certainly has no job.
    NotCreated,
    /// It may have a job, whose page no shopper ever saw.
    Lost,
}

impl State {
    /// All states.
    pub const ALL: [Self; 10] = [
        Self::Creating,
        Self::Open,
        Self::Review,
        Self::Reserved,
        Self::Paid,
        Self::Returned,
        Self::Closing,
        Self::Closed,
        Self::NotCreated,
        Self::Lost,
    ];

    /// Its word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Open => "open",
            Self::Review => "review",
            Self::Reserved => "reserved",
            Self::Paid => "paid",
            Self::Returned => "returned",
            Self::Closing => "closing",
            Self::Closed => "closed",
            Self::NotCreated => "not_created",
            Self::Lost => "lost",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Tells whether its job is to be retrieved again automatically.
    #[must_use]
    pub const fn is_unfinished(self) -> bool {
        matches!(self, Self::Open | Self::Review | Self::Reserved | Self::Closing)
    }

    /// Tells whether it ended without money, so that the shopper may order the same again.
    #[must_use]
    pub const fn can_be_replaced(self) -> bool {
        matches!(self, Self::Closed | Self::NotCreated | Self::Lost)
    }

    /// Tells whether it may have a job with an unknown reference.
    #[must_use]
    pub const fn may_have_lost_its_job(self) -> bool {
        matches!(self, Self::NotCreated | Self::Lost)
    }
}

/// The shopper's way to the payment page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a redirect.
    Page,
    /// By a link, to open later or on another device.
    Link,
}

impl Way {
    /// Its word, in the database and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Link => "link",
        }
    }

    /// The way of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Page, Self::Link].into_iter().find(|way| way.as_str() == word)
    }
}

/// An order to be written.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub number: OrderId,
    pub key: Key,
    pub item: Item,
    pub way: Way,
    /// The order that ended without money and is replaced by this one.
    pub replaces: Option<OrderId>,
}

/// A stored order.
#[derive(Clone, Debug)]
pub struct Order {
    pub number: OrderId,
    /// The item's name at the time of the order.
    pub item: String,
    pub money: Money,
    pub way: Way,
    pub replaces: Option<OrderId>,
    pub state: State,
    /// The job's reference at the gateway.
    pub job: Option<JobReference>,
    /// The payment page. Anyone who has it can pay.
    pub page: Option<Url>,
    /// The payment that took or reserved the money.
    pub payment: Option<PaymentReference>,
    pub look_at: Option<SystemTime>,
    /// True if a payment may be in progress or taken, of which the gateway has not reported the end. So it is after a
    /// return or a notification until the job is retrieved, and while the gateway reports such a payment.
    pub is_in_doubt: bool,
    pub made: SystemTime,
    pub changed: SystemTime,
}

/// The state of a job, compared with the order's expected values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    settlement: Settlement,
    meaning: JobMeaning,
    /// Payments that took money, oldest first.
    taken: Vec<PaymentReference>,
    reserved: Option<PaymentReference>,
    /// Payments that ended without money.
    ended: Vec<PaymentReference>,
    /// True if a payment may be in progress.
    is_under_way: bool,
    /// True if the shopper cancelled the job, or it expired. Another card may still pay.
    is_given_up: bool,
}

impl Seen {
    /// The state of a job, with these facts and expected values.
    #[must_use]
    pub fn of(job: &Job, expected: &Expected, known: &Known) -> Self {
        let with = |meaning| {
            let payments = job.payments.iter().filter(move |payment| payment.meaning() == meaning);
            payments.map(|payment| payment.reference)
        };
        Self {
            settlement: job.settles(expected),
            meaning: job.meaning_with(known),
            taken: with(PaymentMeaning::Taken).collect(),
            reserved: with(PaymentMeaning::Reserved).next(),
            ended: with(PaymentMeaning::NotTaken).collect(),
            is_under_way: job.payments.iter().any(is_under_way),
            is_given_up: matches!(job.payment_status, PaymentStatus::Cancelled | PaymentStatus::Expired)
                && job.payments.iter().all(|payment| payment.meaning() == PaymentMeaning::NotTaken),
        }
    }

    /// Payments that took money. More than one needs a person.
    #[must_use]
    pub fn taken(&self) -> &[PaymentReference] {
        &self.taken
    }

    /// Tells whether a payment may be in progress, so that "nothing is taken" would be a guess.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        self.is_under_way
    }

    /// The next state of an order, and its payment.
    ///
    /// An order becomes paid by exactly its amount, in its currency, of a job with its number. Money that is less,
    /// more, refunded or for another order needs a person.
    ///
    /// Responses may arrive in the wrong order, so an old one must not revert a newer state: a paid order stays paid
    /// until its own payment has ended.
    #[must_use]
    pub fn leaves(
        &self,
        state: State,
        payment: Option<PaymentReference>,
    ) -> (State, Option<PaymentReference>) {
        let is_known = |by: &&PaymentReference| payment == Some(**by);
        let has_ended = payment.is_some_and(|payment| self.ended.contains(&payment));
        match state {
            State::Paid if has_ended && self.taken.is_empty() => return (State::Returned, payment),
            State::Paid if !has_ended => return (state, payment),
            _ => {}
        }
        if self.settlement == Settlement::Full
            && let Some(&by) = self.taken.iter().find(|by| state != State::Returned || !is_known(by))
        {
            let keeps = self.taken.iter().find(is_known).filter(|_| state != State::Returned);
            return (State::Paid, Some(*keeps.unwrap_or(&by)));
        }
        let next = match (state, self.meaning) {
            (State::Paid, _) => State::Returned,
            (State::Returned, _) => state,
            (State::Closed, JobMeaning::NotTaken | JobMeaning::Open) => state,
            (State::Reserved, JobMeaning::NotTaken | JobMeaning::Open) if !has_ended => state,
            (_, JobMeaning::Reserved)
                if self.settlement == Settlement::FullReserved && self.reserved.is_some() =>
            {
                State::Reserved
            }
            (State::Closing, JobMeaning::NotTaken) => State::Closed,
            (State::Closing, JobMeaning::Open) => State::Closing,
            // It is closed by a cancel of ours, and retrieved again: the gateway's clock may differ.
            (_, JobMeaning::NotTaken) => State::Closing,
            (_, JobMeaning::Open) if self.is_given_up => State::Closing,
            (_, JobMeaning::Open) => State::Open,
            _ => State::Review,
        };
        let by =
            if next == State::Reserved { payment.filter(|_| !has_ended).or(self.reserved) } else { payment };
        (next, by)
    }
}

/// A text for people, with both words: neither has all the facts.
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the job is {}, its order {}", self.meaning, self.settlement)
    }
}

/// Tells whether a payment may take money without a further step on its page: it has not ended, and is not known to be
/// still at the page where the card is chosen.
fn is_under_way(payment: &Payment) -> bool {
    let is_at_the_page = |step: &Step| {
        matches!(step.action, Some(StepAction::DisplayHostedPage | StepAction::PaymentMethodSelection))
    };
    let waits = payment.status == PaymentStatus::Pending && !payment.steps.is_empty();
    payment.meaning() != PaymentMeaning::NotTaken && !(waits && payment.steps.iter().all(is_at_the_page))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use cashflows_codec::gateway::call::{CallType, RetrieveJob};
    use cashflows_codec::gateway::{Money as GatewayMoney, OrderNumber};

    use super::*;

    fn reference(number: u64) -> PaymentReference {
        PaymentReference::new(number).unwrap()
    }

    fn expected() -> Expected {
        Expected::new(GatewayMoney::gbp(10_00).unwrap(), "cart-1".parse::<OrderNumber>().unwrap())
    }

    /// The state of the job of an order over £10.00. `members` has its payments and other members.
    fn said(status: &str, members: &str, known: &Known) -> Seen {
        let body = format!(
            r#"{{"data":{{"reference":"1","type":"Payment","currency":"GBP","amountToCollect":"10.00",
            "order":{{"orderNumber":"cart-1"}},"paymentStatus":"{status}",{members}}}}}"#
        );
        Seen::of(RetrieveJob::decode(200, body.as_bytes()).unwrap().data(), &expected(), known)
    }

    fn members(payments: &[(u64, &str)]) -> String {
        let mut members = String::from("\"payments\":[");
        for (place, (number, status)) in payments.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let paid = if *status == "Failed" { "0.00" } else { "10.00" };
            let amounts = format!(r#""amountToCollect":"10.00","paidAmount":"{paid}""#);
            write!(members, r#"{comma}{{"reference":"{number}","status":"{status}",{amounts}}}"#).unwrap();
        }
        members + "]"
    }

    fn seen(status: &str, payments: &[(u64, &str)]) -> Seen {
        said(status, &members(payments), &Known::new())
    }

    fn when_over(status: &str, payments: &[(u64, &str)]) -> Seen {
        said(status, &members(payments), &Known::new().with_job_cancelled())
    }

    #[test]
    fn leaves_state_paid_only_after_a_payment_of_the_full_amount() {
        for (job, payments, expected) in [
            ("Pending", &[][..], State::Open),
            ("Failed", &[(2, "Failed")], State::Open),
            ("Paid", &[(2, "Failed"), (3, "Paid")], State::Paid),
            ("Failed", &[(2, "Paid")], State::Paid),
            ("Paid", &[(2, "Paid"), (3, "Paid")], State::Review),
            ("Paid", &[], State::Review),
            ("Paid", &[(2, "Pending")], State::Review),
            ("Pending", &[(2, "Reserved")], State::Reserved),
            ("Pending", &[(2, "PaidInFull")], State::Review),
            ("Cancelled", &[(2, "Cancelled")], State::Closing),
            ("Expired", &[], State::Closing),
        ] {
            assert_eq!(seen(job, payments).leaves(State::Open, None).0, expected, "{job} {payments:?}");
        }
    }

    #[test]
    fn leaves_a_job_with_other_money_for_review_and_undelivered() {
        let paid = |amount: &str, more: &str| {
            format!(
                r#""payments":[{{"reference":"2","status":"Paid","amountToCollect":"{amount}","paidAmount":"{amount}"{more}}}]"#
            )
        };
        let refund = |status: &str, amount: &str| {
            format!(
                r#","refunds":[{{"reference":"3","refundNumber":"r","status":"{status}","amountToRefund":"{amount}","steps":[]}}]"#
            )
        };
        let full = paid("10.00", "");
        let body = |members: &str| {
            format!(
                r#"{{"data":{{"reference":"1","type":"Payment","currency":"GBP","amountToCollect":"10.00",
                "order":{{"orderNumber":"cart-1"}},"paymentStatus":"Paid",{members}}}}}"#
            )
        };
        let (whole, part) = (body(&full), body(&paid("1.00", "")));
        for (case, body, expected) in [
            ("full", whole.clone(), State::Paid),
            ("a refund that failed", body(&paid("10.00", &refund("Failed", "10.00"))), State::Paid),
            ("partly paid", part, State::Review),
            ("partly paid, and so asked for", whole.replace("10.00", "1.00"), State::Review),
            ("paid twice", whole.replace("10.00", "20.00"), State::Review),
            ("given back", body(&paid("10.00", &refund("Completed", "10.00"))), State::Review),
            ("partly given back", body(&paid("10.00", &refund("Completed", "1.00"))), State::Review),
            ("perhaps given back", body(&paid("10.00", &refund("Pending", "1.00"))), State::Review),
            ("paid out", whole.replace("\"Payment\"", "\"Credit\""), State::Review),
            ("an unlisted type", whole.replace("\"Payment\"", "\"Loan\""), State::Review),
            ("another currency", whole.replace("GBP", "EUR"), State::Review),
            ("no currency", whole.replace("\"currency\":\"GBP\",", ""), State::Review),
            ("another order", whole.replace("cart-1", "cart-2"), State::Review),
            ("no order", whole.replace("\"order\":{\"orderNumber\":\"cart-1\"},", ""), State::Review),
            (
                "statuses alone",
                whole.replace("\"amountToCollect\":\"10.00\",", "").replace(",\"paidAmount\":\"10.00\"", ""),
                State::Review,
            ),
            ("a malformed amount", whole.replacen("\"10.00\"", "\"ten\"", 1), State::Review),
        ] {
            let answer = RetrieveJob::decode(200, body.as_bytes()).unwrap();
            let seen = Seen::of(answer.data(), &super::tests::expected(), &Known::new());
            for state in [State::Open, State::Review, State::Closing, State::Closed, State::Reserved] {
                assert_eq!(seen.leaves(state, None).0, expected, "{case}: {state:?} {body}");
            }
            // A delivered order stays delivered, by the same payment.
            let by = Some(reference(2));
            assert_eq!(seen.leaves(State::Paid, by), (State::Paid, by), "{case}");
        }
    }

    #[test]
    fn leaves_an_order_closed_only_after_its_job_is_cancelled() {
        let payments = &[(2, "Cancelled")];
        assert_eq!(seen("Cancelled", payments).leaves(State::Closing, None).0, State::Closing);
        assert_eq!(when_over("Cancelled", payments).leaves(State::Closing, None).0, State::Closed);
        // Cancelled as it is, its shopper was faster.
        let paid = when_over("Paid", &[(2, "Cancelled"), (3, "Paid")]);
        for state in [State::Closing, State::Closed, State::Lost] {
            assert_eq!(paid.leaves(state, None), (State::Paid, Some(reference(3))), "{state:?}");
        }
    }

    #[test]
    fn leaves_newer_states_unchanged_after_an_old_response() {
        let by = Some(reference(2));
        for old in [seen("Pending", &[]), seen("Pending", &[(2, "Pending")]), seen("Cancelled", &[])] {
            for state in [State::Paid, State::Reserved, State::Returned] {
                assert_eq!(old.leaves(state, by), (state, by), "{old:?}");
            }
        }
        assert_eq!(seen("Pending", &[]).leaves(State::Closed, None).0, State::Closed);
        assert_eq!(seen("Paid", &[(2, "Paid")]).leaves(State::Returned, by), (State::Returned, by));
    }

    #[test]
    fn leaves_a_paid_order_returned_after_its_own_payment_ended() {
        let by = Some(reference(2));
        let cancelled = seen("Cancelled", &[(2, "Cancelled")]);
        assert_eq!(cancelled.leaves(State::Paid, by), (State::Returned, by));
        let another = seen("Failed", &[(3, "Failed")]);
        assert_eq!(another.leaves(State::Paid, by), (State::Paid, by));
        // And a second one takes its place.
        let again = seen("Paid", &[(2, "Cancelled"), (3, "Paid")]);
        for state in [State::Paid, State::Returned] {
            assert_eq!(again.leaves(state, by), (State::Paid, Some(reference(3))), "{state:?}");
        }
    }

    #[test]
    fn leaves_a_reservation_paid_or_ended() {
        let by = Some(reference(2));
        assert_eq!(seen("Paid", &[(2, "Paid")]).leaves(State::Reserved, by), (State::Paid, by));
        for (status, next) in [("Expired", State::Open), ("Cancelled", State::Closing)] {
            let job = if next == State::Open { "Pending" } else { "Cancelled" };
            assert_eq!(seen(job, &[(2, status)]).leaves(State::Reserved, by).0, next, "{status}");
        }
    }

    #[test]
    fn is_under_way_unless_the_payment_ended_or_waits_at_the_page() {
        let at = |status: &str, actions: &[&str]| {
            let steps: Vec<_> = actions
                .iter()
                .map(|action| format!(r#"{{"reference":"3","action":"{action}","status":"Pending"}}"#))
                .collect();
            let steps = steps.join(",");
            let members =
                format!(r#""payments":[{{"reference":"2","status":"{status}","steps":[{steps}]}}]"#);
            said("Pending", &members, &Known::new()).is_under_way()
        };
        assert!(!at("Pending", &["DisplayHostedPage"]));
        assert!(!at("Failed", &["DisplayHostedPage", "Process"]));
        for (status, actions) in [
            ("Pending", &[][..]),
            ("Pending", &["DisplayHostedPage", "Start"]),
            ("Pending", &["DisplayHostedPage", "SomethingNew"]),
            ("Commissioned", &["DisplayHostedPage"]),
            ("SomethingNew", &["DisplayHostedPage"]),
            ("Paid", &["DisplayHostedPage"]),
        ] {
            assert!(at(status, actions), "{status} {actions:?}");
        }
        assert!(!said("Pending", r#""payments":[]"#, &Known::new()).is_under_way());
    }

    #[test]
    fn from_word_reads_every_written_state() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.as_str()), Some(state));
        }
        assert_eq!(State::from_word("Paid"), None);
    }
}
