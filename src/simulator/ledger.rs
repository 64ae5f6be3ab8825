//! What the gateway has done, for a test to look at.

use core::fmt;
use core::time::Duration;
use std::time::SystemTime;

use super::card::KnownCard;
use super::date::{day, elapsed};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::OriginalClass;
use crate::remote_auth::response::Answer;
use crate::value::{Amount, CardNumber, Currency, Money, TransactionId};
use crate::value::{Checks, Status};

/// How long a transaction can stay on hold (section 7).
const LONGEST_HOLD: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// One transaction. Requests that do not validate and system errors are none.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) id: TransactionId,
    pub(super) at: SystemTime,
    pub(super) answer: Answer,
    pub(super) hold: Option<Hold>,
    pub(super) facts: Facts,
}

/// What a transaction is about.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) kind: OperationKind,
    pub(super) class: OriginalClass,
    pub(super) reference: Option<Box<str>>,
    pub(super) original: Option<TransactionId>,
    pub(super) money: Money,
    pub(super) card: Option<KnownCard>,
    pub(super) checks: Checks,
}

/// A hold, and when it was ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hold {
    pub(super) released: Option<SystemTime>,
}

word_value! {
    /// How far a transaction is.
    State = "state";
    /// `refused`: it was not authorised.
    Refused = "refused",
    /// `done`: it is authorised, and no money is to move: a verification or a void.
    Done = "done",
    /// `pending`: it is authorised, and will be settled when the day is over. It can be voided.
    Pending = "pending",
    /// `on_hold`: it is authorised, and waits to be released.
    OnHold = "on_hold",
    /// `expired`: it was on hold for more than seven days.
    Expired = "expired",
    /// `voided`: it was taken back before it was settled.
    Voided = "voided",
    /// `settled`: the money has moved. It can be refunded.
    Settled = "settled",
}

impl Entry {
    /// The gateway's id for it.
    #[must_use]
    pub const fn id(&self) -> &TransactionId {
        &self.id
    }

    /// The operation.
    #[must_use]
    pub const fn operation(&self) -> OperationKind {
        self.facts.kind
    }

    /// The class, for a void or refund the original's.
    #[must_use]
    pub const fn class(&self) -> OriginalClass {
        self.facts.class
    }

    /// The merchant's reference (`tran_ref`). Voids and refunds have none.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.facts.reference.as_deref()
    }

    /// The transaction that it goes back to (`tran_orig_id`).
    #[must_use]
    pub const fn original(&self) -> Option<&TransactionId> {
        self.facts.original.as_ref()
    }

    /// How much; 0.00 for a verification that names no amount.
    #[must_use]
    pub const fn money(&self) -> Money {
        self.facts.money
    }

    /// The card, where there is one.
    #[must_use]
    pub fn card(&self) -> Option<&CardNumber> {
        self.facts.card.as_ref().map(|card| &card.number)
    }

    /// What the issuer found.
    #[must_use]
    pub const fn checks(&self) -> Checks {
        self.facts.checks
    }

    /// What was decided, be the answer lost or not.
    #[must_use]
    pub const fn answer(&self) -> &Answer {
        &self.answer
    }

    /// When it was finished.
    #[must_use]
    pub const fn at(&self) -> SystemTime {
        self.at
    }

    /// Whether it was authorised.
    #[must_use]
    pub fn is_authorised(&self) -> bool {
        self.answer.status() == Status::Authorised
    }

    /// Whether it takes money from a card: a sale or continuous payment that was authorised.
    #[must_use]
    pub fn is_charge(&self) -> bool {
        self.is_authorised() && matches!(self.facts.kind, OperationKind::Sale | OperationKind::Continuous)
    }

    fn is_authorised_of(&self, kind: OperationKind, original: &TransactionId) -> bool {
        self.is_authorised() && self.facts.kind == kind && self.original() == Some(original)
    }
}

/// `01S00000001 sale cart-1 24.99 GBP: authorised`
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = self.reference().or(self.original().map(TransactionId::as_str)).unwrap_or("-");
        let status = self.answer.status().as_str();
        let kind = self.facts.kind;
        write!(f, "{} {:<10} {about:<11} {:>12}: {status}", self.id, kind.as_str(), self.money().to_string())
    }
}

/// Every transaction that the gateway has made, in order.
///
/// What it says about one transaction it derives from all: a sale is voided when there is an
/// authorised void of it, and settled when its day is over. A day ends at midnight UTC of the times
/// that the caller passes in.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
}

impl Ledger {
    /// All transactions, refused ones too.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The transaction with this id.
    #[must_use]
    pub fn get(&self, id: &TransactionId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == *id)
    }

    /// Every authorised sale and continuous payment with this reference, voided or not: how often
    /// was the card charged?
    pub fn charges(&self, reference: &str) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.is_charge() && entry.reference() == Some(reference))
    }

    /// How much of a transaction was refunded.
    #[must_use]
    pub fn refunded(&self, id: &TransactionId) -> Amount {
        let refunds = self.entries.iter().filter(|entry| entry.is_authorised_of(OperationKind::Refund, id));
        let sum = refunds.map(|refund| refund.money().amount().hundredths()).fold(0, u64::saturating_add);
        Amount::from_hundredths(sum)
    }

    /// What the merchant has of a currency, in hundredths: charges that were not voided, less
    /// refunds and credits. Holds count like everything else that was authorised.
    #[must_use]
    pub fn balance(&self, currency: Currency) -> i128 {
        let counts = |entry: &&Entry| entry.money().currency() == currency && !self.is_voided(&entry.id);
        self.entries.iter().filter(counts).map(Entry::effect).sum()
    }

    /// How far a transaction is at a time.
    #[must_use]
    pub fn state(&self, id: &TransactionId, now: SystemTime) -> Option<State> {
        self.get(id).map(|entry| self.state_of(entry, now))
    }

    fn state_of(&self, entry: &Entry, now: SystemTime) -> State {
        if !entry.is_authorised() {
            return State::Refused;
        }
        if matches!(entry.facts.kind, OperationKind::Verify | OperationKind::Void) {
            return State::Done;
        }
        if self.is_voided(&entry.id) {
            return State::Voided;
        }
        match entry.hold {
            Some(Hold { released: None }) if elapsed(entry.at, now) > LONGEST_HOLD => State::Expired,
            Some(Hold { released: None }) => State::OnHold,
            Some(Hold { released: Some(at) }) => settled_after(at, now),
            None => settled_after(entry.at, now),
        }
    }

    fn is_voided(&self, id: &TransactionId) -> bool {
        self.entries.iter().any(|entry| entry.is_authorised_of(OperationKind::Void, id))
    }

    pub(super) fn enter(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(super) fn get_mut(&mut self, id: &TransactionId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.id == *id)
    }
}

fn settled_after(at: SystemTime, now: SystemTime) -> State {
    if day(at) < day(now) { State::Settled } else { State::Pending }
}

impl Entry {
    /// What it adds to the merchant's balance.
    fn effect(&self) -> i128 {
        let amount = i128::from(self.money().amount().hundredths());
        match self.facts.kind {
            _ if !self.is_authorised() => 0,
            OperationKind::Sale | OperationKind::Continuous => amount,
            OperationKind::Refund | OperationKind::Credit => -amount,
            OperationKind::Verify | OperationKind::Void => 0,
        }
    }
}

/// One line for each transaction.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}
