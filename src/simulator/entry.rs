//! One transaction, and how far it is.

use core::fmt;
use core::num::NonZeroU32;
use core::time::Duration;
use std::sync::Arc;
use std::time::SystemTime;

use super::card::CardRecord;
use super::date::{day, elapsed, later};
use super::subject::Subject;
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::OriginalClass;
use crate::remote_auth::response::Decision;
use crate::value::{Amount, CardNumber, Checks, Money, Status, TransactionId};

/// How long a transaction can stay on hold (section 7).
const LONGEST_HOLD: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// One transaction. Requests that do not validate and system errors are none.
#[derive(Clone, Debug)]
pub struct Entry {
    id: TransactionId,
    at: SystemTime,
    answer: Decision,
    reference: Option<Arc<str>>,
    details: Details,
    hold: Option<Hold>,
    /// The part of it that later transactions took back.
    reversed: Reversed,
    /// Of a transaction that takes another one back: where the one before it of the same stands.
    earlier: Option<Place>,
}

/// The place of a transaction in the ledger, plus one: so that none takes no room.
type Place = NonZeroU32;

/// The facts of a transaction.
#[derive(Clone, Debug)]
pub(super) struct Details {
    pub(super) kind: OperationKind,
    pub(super) class: OriginalClass,
    pub(super) original: Option<TransactionId>,
    pub(super) money: Money,
    pub(super) card: Option<CardRecord>,
    pub(super) checks: Checks,
}

/// A hold, and how it ended.
#[derive(Clone, Copy, Debug)]
struct Hold {
    /// How much was captured of it, in hundredths; none unless somebody captured a part of it.
    captured: Option<u64>,
    released: Option<SystemTime>,
    expired: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Reversed {
    voided: bool,
    /// In hundredths.
    refunded: u64,
    /// The place of the last void or refund.
    last: Option<Place>,
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
    /// `expired`: it was on hold for more than seven days, and nothing of it was captured.
    Expired = "expired",
    /// `voided`: it was taken back before it was settled.
    Voided = "voided",
    /// `settled`: the money has moved. It can be refunded.
    Settled = "settled",
}

impl Entry {
    /// A new transaction, which nothing has taken back yet.
    pub(super) fn new(
        id: TransactionId,
        at: SystemTime,
        answer: Decision,
        subject: &Subject,
        details: Details,
    ) -> Self {
        let reference = subject.is_reference().then(|| Arc::clone(&subject.text));
        Self { id, at, answer, reference, details, hold: None, reversed: Reversed::default(), earlier: None }
    }

    /// The acquirer's id for it.
    #[must_use]
    pub const fn id(&self) -> &TransactionId {
        &self.id
    }

    /// The operation.
    #[must_use]
    pub const fn operation(&self) -> OperationKind {
        self.details.kind
    }

    /// The class, for a void or refund the original's.
    #[must_use]
    pub const fn class(&self) -> OriginalClass {
        self.details.class
    }

    /// The merchant's reference (`tran_ref`). A void or refund need not have one.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// The transaction that it goes back to (`tran_orig_id`).
    #[must_use]
    pub const fn original(&self) -> Option<&TransactionId> {
        self.details.original.as_ref()
    }

    /// How much; 0.00 for a verification that names no amount.
    #[must_use]
    pub const fn money(&self) -> Money {
        self.details.money
    }

    /// The card, where there is one.
    #[must_use]
    pub fn card(&self) -> Option<&CardNumber> {
        self.details.card.as_ref().map(|record| record.card.number())
    }

    pub(super) const fn card_record(&self) -> Option<&CardRecord> {
        self.details.card.as_ref()
    }

    /// The issuer's checks.
    #[must_use]
    pub const fn checks(&self) -> Checks {
        self.details.checks
    }

    /// The decision, whether its response was lost or not.
    #[must_use]
    pub const fn decision(&self) -> &Decision {
        &self.answer
    }

    /// When it was finished.
    #[must_use]
    pub const fn at(&self) -> SystemTime {
        self.at
    }

    /// Returns true if it was authorised.
    #[must_use]
    pub fn is_authorised(&self) -> bool {
        self.answer.status() == Status::Authorised
    }

    /// Returns true if it takes money from a card: a sale or continuous payment that was authorised.
    #[must_use]
    pub fn is_charge(&self) -> bool {
        self.is_authorised() && matches!(self.details.kind, OperationKind::Sale | OperationKind::Continuous)
    }

    /// How much of it was refunded.
    #[must_use]
    pub const fn refunded(&self) -> Amount {
        Amount::from_hundredths(self.reversed.refunded)
    }

    /// How much it takes, or a void or refund gives: less than its amount only where a part was
    /// captured, and no more will be.
    #[must_use]
    pub fn charged(&self) -> Amount {
        let captured = self.hold.filter(|hold| hold.released.is_some()).and_then(|hold| hold.captured);
        captured.map_or(self.money().amount(), Amount::from_hundredths)
    }

    /// How much of a hold was captured until now.
    #[must_use]
    pub fn captured(&self) -> Amount {
        Amount::from_hundredths(self.hold.and_then(|hold| hold.captured).unwrap_or(0))
    }

    /// How far it is at a time. A day ends at midnight UTC.
    #[must_use]
    pub fn state(&self, now: SystemTime) -> State {
        if !self.is_authorised() {
            return State::Refused;
        }
        if matches!(self.details.kind, OperationKind::Verify | OperationKind::Void) {
            return State::Done;
        }
        if self.reversed.voided {
            return State::Voided;
        }
        match self.hold {
            Some(Hold { released: Some(at), .. }) => settled_after(at, now),
            Some(Hold { captured: Some(_), .. }) if now >= self.hold_ends() => {
                settled_after(self.hold_ends(), now)
            }
            Some(Hold { expired, .. }) if expired || elapsed(self.at, now) > LONGEST_HOLD => State::Expired,
            Some(Hold { .. }) => State::OnHold,
            None => settled_after(self.at, now),
        }
    }

    /// Its part of the merchant's balance, in hundredths: nothing where it was voided, or expired
    /// on hold.
    pub(super) fn effect(&self) -> i128 {
        let amount = i128::from(self.charged().hundredths());
        let expired = self.hold.is_some_and(|hold| hold.expired);
        match self.details.kind {
            _ if self.reversed.voided || expired || !self.is_authorised() => 0,
            OperationKind::Sale | OperationKind::Continuous => amount,
            OperationKind::Refund | OperationKind::Credit => -amount,
            OperationKind::Verify | OperationKind::Void => 0,
        }
    }

    /// Notes that `reversal`, which will stand at a place of the ledger, takes it back.
    pub(super) const fn add_reversal(&mut self, reversal: &mut Self, place: usize) {
        // Serial numbers have 32 bits.
        reversal.earlier = self.reversed.last;
        self.reversed.last = Place::new(place as u32 + 1);
    }

    /// The places of the last void or refund of it, and of the one before the transaction itself, if it is one.
    pub(super) fn reversals(&self) -> [Option<usize>; 2] {
        [self.reversed.last, self.earlier].map(|place| place.map(|place| place.get() as usize - 1))
    }

    pub(super) const fn set_voided(&mut self) {
        self.reversed.voided = true;
    }

    /// A refund of what is on hold lets go of it: else it could expire, and the refund remain.
    pub(super) fn add_refund(&mut self, amount: Amount, at: SystemTime) {
        self.reversed.refunded = self.reversed.refunded.saturating_add(amount.hundredths());
        if self.is_on_hold() {
            self.release(at);
        }
    }

    pub(super) const fn put_on_hold(&mut self) {
        self.hold = Some(Hold { captured: None, released: None, expired: false });
    }

    /// Returns true if a part of it was captured, and the rest still can be.
    pub(super) fn is_captured_in_part(&self) -> bool {
        self.is_on_hold() && self.captured().hundredths() > 0
    }

    /// Returns true if it waits to be released.
    pub(super) fn is_on_hold(&self) -> bool {
        let held = self.hold.is_some_and(|hold| hold.released.is_none() && !hold.expired);
        held && !self.reversed.voided
    }

    /// When a hold ends that nobody released.
    pub(super) fn hold_ends(&self) -> SystemTime {
        later(self.at, LONGEST_HOLD + Duration::from_nanos(1))
    }

    pub(super) const fn release(&mut self, at: SystemTime) {
        if let Some(hold) = &mut self.hold {
            hold.released = Some(at);
        }
    }

    pub(super) const fn capture(&mut self, amount: Amount) {
        if let Some(hold) = &mut self.hold {
            let before = match hold.captured {
                Some(captured) => captured,
                None => 0,
            };
            hold.captured = Some(before.saturating_add(amount.hundredths()));
        }
    }

    /// Ends a hold that nobody released in time: the captured part is taken, the rest is not.
    pub(super) const fn end_hold(&mut self, at: SystemTime) {
        if let Some(hold) = &mut self.hold {
            match (hold.released, hold.captured) {
                (Some(_), _) => {}
                (None, Some(_)) => hold.released = Some(at),
                (None, None) => hold.expired = true,
            }
        }
    }
}

fn settled_after(at: SystemTime, now: SystemTime) -> State {
    if day(at) < day(now) { State::Settled } else { State::Pending }
}

/// `01S00000001 sale cart-1 24.99 GBP: authorised`
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = self.reference().or(self.original().map(TransactionId::as_str)).unwrap_or("-");
        let status = self.answer.status().as_str();
        let kind = self.details.kind;
        write!(f, "{} {:<10} {about:<11} {:>12}: {status}", self.id, kind.as_str(), self.money().to_string())
    }
}
