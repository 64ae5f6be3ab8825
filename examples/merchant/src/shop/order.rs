//! An order that is paid on the gateway's own page: how far it is, and what the gateway's word changes.

use std::fmt;
use std::time::SystemTime;

use cashflows_codec::gateway::response::{Job, Payment, Step, StepAction};
use cashflows_codec::gateway::{
    Expected, JobMeaning, JobReference, Known, PaymentMeaning, PaymentReference, PaymentStatus, Settlement,
};
use cashflows_codec::value::{Money, Url};

use super::catalogue::Item;
use crate::wanted::{Key, OrderId};

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its job is being asked for, or was when the service died.
    Creating,
    /// It has a job, which can be paid.
    Open,
    /// The gateway says of the job what nobody understands.
    Review,
    /// The money is authorised, and not taken until it is captured.
    Reserved,
    /// The money is taken.
    Paid,
    /// The money was taken, and the payment was cancelled.
    Returned,
    /// Nobody has paid, and the job is being cancelled, so that nobody can.
    Closing,
    /// Nobody has paid, and nobody can any more.
    Closed,
    /// There is no job, for certain.
    NotCreated,
    /// There may be a job, whose page nobody has ever seen.
    Lost,
}

impl State {
    /// Every one.
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

    /// Whether the gateway is to be asked again by itself.
    #[must_use]
    pub const fn is_unfinished(self) -> bool {
        matches!(self, Self::Open | Self::Review | Self::Reserved | Self::Closing)
    }

    /// Whether it has ended without money, so that the shopper may order the same again.
    #[must_use]
    pub const fn can_be_replaced(self) -> bool {
        matches!(self, Self::Closed | Self::NotCreated | Self::Lost)
    }

    /// Whether its job may be there without that its reference is known.
    #[must_use]
    pub const fn may_have_lost_its_job(self) -> bool {
        matches!(self, Self::NotCreated | Self::Lost)
    }
}

/// How the shopper gets to the payment page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// At once.
    Page,
    /// By a link, to be opened later, or on another device.
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

/// An order that is to be written.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub number: OrderId,
    pub key: Key,
    pub item: Item,
    pub way: Way,
    /// The order that ended without money, and that this one takes the place of.
    pub replaces: Option<OrderId>,
}

/// An order as it is stored.
#[derive(Clone, Debug)]
pub struct Order {
    pub number: OrderId,
    /// What it was called when it was ordered.
    pub item: String,
    pub money: Money,
    pub way: Way,
    pub replaces: Option<OrderId>,
    pub state: State,
    /// The gateway's name of its job.
    pub job: Option<JobReference>,
    /// The payment page. Whoever has it can pay.
    pub page: Option<Url>,
    /// The payment that took the money, or reserved it.
    pub payment: Option<PaymentReference>,
    pub look_at: Option<SystemTime>,
    /// Whether a payment may be under way, or taken, that the gateway has not told the end of: its shopper came back,
    /// or a notification came, and the gateway has not been asked since, or it speaks of such a payment.
    pub is_in_doubt: bool,
    pub made: SystemTime,
    pub changed: SystemTime,
}

/// What the gateway says of a job, compared with what its order asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    settlement: Settlement,
    meaning: JobMeaning,
    /// The payments that have taken money, oldest first.
    taken: Vec<PaymentReference>,
    reserved: Option<PaymentReference>,
    /// The payments that have ended without money.
    ended: Vec<PaymentReference>,
    /// Whether a payment may be under way.
    is_under_way: bool,
    /// Whether its shopper has cancelled it, or it has expired. He may yet pay with another card.
    is_given_up: bool,
}

impl Seen {
    /// What a job says to those who know this much, and expect this of it.
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

    /// The payments that have taken money. More than one is a case for a person.
    #[must_use]
    pub fn taken(&self) -> &[PaymentReference] {
        &self.taken
    }

    /// Whether a payment may be under way, so that nobody can say that nothing is taken.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        self.is_under_way
    }

    /// Where it leaves an order, and by which payment.
    ///
    /// An order becomes paid by exactly its amount, in its currency, of a job with its number. Money that is less, more,
    /// given back or of something else makes it a case for a person.
    ///
    /// Answers may come in another order than they were given in, so nothing goes back because of what an
    /// old one does not know yet: a paid order is no longer paid only if its own payment has ended.
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
            // It is closed by its own call, and asked for again: the gateway's clock may be another.
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

/// For people: both words, since one of them says what the other does not.
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the job is {}, its order {}", self.meaning, self.settlement)
    }
}

/// Whether a payment may take money without that anybody does anything more on its page: it has not ended, and is not
/// known to be still at the page where a card is chosen.
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

    /// What the job of an order over £10.00 says; `members` are its payments, and whatever else it has.
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
            let amounts = r#""amountToCollect":"10.00","paidAmount":"10.00""#;
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
    fn only_a_payment_that_took_all_the_money_makes_an_order_paid() {
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
    fn money_that_is_less_or_more_or_of_something_else_is_a_case_for_a_person_and_delivers_nothing() {
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
            // What is delivered stays delivered, by the same payment.
            let by = Some(reference(2));
            assert_eq!(seen.leaves(State::Paid, by), (State::Paid, by), "{case}");
        }
    }

    #[test]
    fn an_order_is_closed_only_when_its_job_cannot_be_paid_any_more() {
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
    fn an_old_answer_undoes_nothing() {
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
    fn a_paid_order_is_returned_when_its_own_payment_has_ended() {
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
    fn a_reservation_is_captured_or_ends() {
        let by = Some(reference(2));
        assert_eq!(seen("Paid", &[(2, "Paid")]).leaves(State::Reserved, by), (State::Paid, by));
        for (status, next) in [("Expired", State::Open), ("Cancelled", State::Closing)] {
            let job = if next == State::Open { "Pending" } else { "Cancelled" };
            assert_eq!(seen(job, &[(2, status)]).leaves(State::Reserved, by).0, next, "{status}");
        }
    }

    #[test]
    fn a_payment_is_under_way_unless_it_has_ended_or_waits_at_the_page() {
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
    fn words_are_read_as_they_are_written() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.as_str()), Some(state));
        }
        assert_eq!(State::from_word("Paid"), None);
    }
}
