//! One attempt: its intent, its sendings, its state.

use super::Ticket;
use super::intent::{Intent, LastFour};
use super::step::{Conclusion, Doubt, GiveUp};
use super::time::Moment;
use crate::remote_auth::request::recurring_origin::{NotRecurring, RecurringOrigin};
use crate::remote_auth::request::{MerchantReference, Request, RetryNumber, StorableRequest};
use crate::remote_auth::{NextStep, OperationKind};
use crate::value::{Amount, Checks, Currency, OriginalId, ResponseCode, TransactionId};

word_value! {
    /// The state of an attempt.
    AttemptState = "state";
    /// `planned`: it was not sent yet.
    Planned = "planned",
    /// `sent`: it is sent, and the response is waited for.
    Sent = "sent",
    /// `open`: it was sent, and its outcome is unknown. A retry tells.
    Open = "open",
    /// `never_sent`: it did not reach the acquirer, and can be sent again.
    NeverSent = "never_sent",
    /// `given_up`: its outcome is unknown, and no retry can tell any more. It has to be settled by hand.
    GivenUp = "given_up",
    /// `authorised`: it was authorised.
    Authorised = "authorised",
    /// `refused`: it was refused.
    Refused = "refused",
    /// `cancelled`: it was never sent and will not be.
    Cancelled = "cancelled",
    /// `settled_by_hand`: its outcome was looked up by hand.
    SettledByHand = "settled_by_hand",
}

/// The result of a search for a transaction by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// It is there, authorised, with this id.
    Authorised(TransactionId),
    /// It is not there, or refused.
    NotAuthorised,
}

/// One attempt at a sale, verification, continuous payment, void, refund or credit.
///
/// It holds no secret, so that it can be stored and printed. It is changed by an
/// [`AttemptMut`](super::AttemptMut) only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub(super) intent: Intent,
    pub(super) phase: Phase,
    /// The sendings that the acquirer may know.
    pub(super) sent: Option<Sent>,
    /// The number of sendings, those that failed included.
    pub(super) sendings: u8,
    /// True if the card is gone from memory and the request needs it.
    pub(super) card_gone: bool,
    /// The latest time that was seen.
    pub(super) seen: Moment,
}

/// The sendings that the acquirer may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) first: Moment,
    pub(super) last: Moment,
    /// The number that was last sent: none for a first sending, or one like it; 0 where the number of a
    /// retry that did not leave was taken back.
    pub(super) number: Option<RetryNumber>,
    /// Why the end of a sending is not known, if that is so. While a response is waited for, this is
    /// about those before.
    pub(super) doubt: Option<Doubt>,
    /// When the last of those sendings was noted that were lost, so that they may still be on their way.
    pub(super) unanswered: Option<Moment>,
    /// True if the clock went back since the first sending, so that its age is unknown.
    pub(super) clock_went_back: bool,
}

/// The state, and what belongs to it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Planned,
    Sent {
        due: Moment,
    },
    Open {
        wait: Moment,
    },
    NeverSent {
        wait: Moment,
    },
    /// Why, and the transactions that contradict each other.
    GivenUp(GiveUp, [Option<TransactionId>; 2]),
    Authorised(Answered),
    Refused(Answered),
    /// The server refused it before it was processed, without a response.
    Rejected(Moment),
    Cancelled,
    SettledByHand {
        found: Option<TransactionId>,
    },
}

/// A response that ended an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// None where the response's id is malformed.
    pub(super) id: Option<TransactionId>,
    pub(super) checks: Checks,
    pub(super) code: Option<ResponseCode>,
    pub(super) at: Moment,
}

impl Answered {
    /// Returns true if the transaction cannot be voided, refunded or found again by the id.
    pub(super) fn names_no_transaction(&self) -> bool {
        !self.id.is_some_and(|id| id.names_a_transaction())
    }
}

impl Attempt {
    pub(super) const fn planned(intent: Intent, now: Moment) -> Self {
        Self { intent, phase: Phase::Planned, sent: None, sendings: 0, card_gone: false, seen: now }
    }

    /// The state.
    #[must_use]
    pub const fn state(&self) -> AttemptState {
        match self.phase {
            Phase::Planned => AttemptState::Planned,
            Phase::Sent { .. } => AttemptState::Sent,
            Phase::Open { .. } => AttemptState::Open,
            Phase::NeverSent { .. } => AttemptState::NeverSent,
            Phase::GivenUp(..) => AttemptState::GivenUp,
            Phase::Authorised(_) => AttemptState::Authorised,
            Phase::Refused(_) | Phase::Rejected(_) => AttemptState::Refused,
            Phase::Cancelled => AttemptState::Cancelled,
            Phase::SettledByHand { .. } => AttemptState::SettledByHand,
        }
    }

    /// The conclusion, if it has ended.
    #[must_use]
    pub const fn conclusion(&self) -> Option<Conclusion> {
        match self.phase {
            Phase::Authorised(_) | Phase::SettledByHand { found: Some(_) } => Some(Conclusion::Authorised),
            Phase::Refused(_)
            | Phase::Rejected(_)
            | Phase::Cancelled
            | Phase::SettledByHand { found: None } => Some(Conclusion::NotAuthorised),
            Phase::Planned
            | Phase::Sent { .. }
            | Phase::Open { .. }
            | Phase::NeverSent { .. }
            | Phase::GivenUp(..) => None,
        }
    }

    /// Returns true if the attempt has ended.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        self.conclusion().is_some()
    }

    /// The request, where it holds no secret: it is stored, and can be sent after a restart. What
    /// needs a card is not.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        self.intent.request.as_ref().map(StorableRequest::request)
    }

    /// The operation.
    #[must_use]
    pub const fn operation(&self) -> OperationKind {
        self.intent.operation
    }

    /// The merchant's reference (`tran_ref`); a void or refund may have none.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.intent.reference.as_ref().map(MerchantReference::as_str)
    }

    /// The original transaction (`tran_orig_id`).
    #[must_use]
    pub const fn original(&self) -> Option<OriginalId> {
        self.intent.original
    }

    /// The amount, optional for a verification.
    #[must_use]
    pub const fn amount(&self) -> Option<Amount> {
        self.intent.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.intent.currency
    }

    /// The last digits of the card, where its number was given.
    #[must_use]
    pub const fn last_four(&self) -> Option<LastFour> {
        self.intent.last_four
    }

    /// The gateway's id of the transaction that it ended with.
    #[must_use]
    pub const fn transaction_id(&self) -> Option<TransactionId> {
        match self.phase {
            Phase::Authorised(answered) | Phase::Refused(answered) => answered.id,
            Phase::SettledByHand { found } => found,
            _ => None,
        }
    }

    /// The next step of the caller, beside what [`step`](super::AttemptMut::step) says; `None` while the
    /// attempt goes on by itself.
    ///
    /// | attempt | next step |
    /// | --- | --- |
    /// | refused before it was processed, by an HTTP status | [`CheckAccess`](NextStep::CheckAccess), before anything else is sent |
    /// | refused with `Dx49`, `Vx58` or `Vx59` | [`Authenticate`](NextStep::Authenticate), then a new attempt |
    /// | given up | [`LookUp`](NextStep::LookUp) |
    /// | authorised by a response whose id names no transaction | [`LookUp`](NextStep::LookUp) the id, then [`settle`](super::AttemptMut::settle) it |
    /// | ended otherwise | [`Nothing`](NextStep::Nothing) |
    #[must_use]
    pub fn next_step(&self) -> Option<NextStep> {
        let asks = |code: ResponseCode| code.requires_authentication();
        match self.phase {
            Phase::Rejected(_) => Some(NextStep::CheckAccess),
            Phase::Refused(answered) if answered.code.is_some_and(asks) => Some(NextStep::Authenticate),
            Phase::GivenUp(..) => Some(NextStep::LookUp),
            Phase::Authorised(answered) if answered.names_no_transaction() => Some(NextStep::LookUp),
            _ => self.has_ended().then_some(NextStep::Nothing),
        }
    }

    /// The response code, where it was refused.
    #[must_use]
    pub const fn response_code(&self) -> Option<ResponseCode> {
        match self.phase {
            Phase::Authorised(answered) | Phase::Refused(answered) => answered.code,
            _ => None,
        }
    }

    /// The checks of the response that it ended with: what a continuous payment needs of its origin.
    #[must_use]
    pub const fn checks(&self) -> Option<Checks> {
        match self.phase {
            Phase::Authorised(answered) | Phase::Refused(answered) => Some(answered.checks),
            _ => None,
        }
    }

    /// The transaction that the attempt ended with, as the origin of continuous payments.
    ///
    /// # Errors
    ///
    /// The attempt has no response yet, the CVV check was not a full match, or the id names no transaction.
    pub fn recurring_origin(&self) -> Result<RecurringOrigin, NotRecurring> {
        let id = self.transaction_id().ok_or(NotRecurring::NamesNoTransaction)?;
        RecurringOrigin::from_stored(id, self.checks().ok_or(NotRecurring::CvvNotMatched)?)
    }

    /// The reason why the outcome is unknown, while it is.
    #[must_use]
    pub const fn doubt(&self) -> Option<Doubt> {
        match (self.conclusion(), self.sent) {
            (None, Some(sent)) => sent.doubt,
            _ => None,
        }
    }

    /// The number of sendings, those that failed included.
    #[must_use]
    pub const fn sendings(&self) -> u8 {
        self.sendings
    }

    /// Names the sending that was noted last; `None` where nothing was sent yet.
    #[must_use]
    pub const fn last_sending(&self) -> Option<Ticket> {
        match self.sendings {
            0 => None,
            sendings => Some(Ticket(sendings)),
        }
    }

    /// Returns true if the fields agree with each other, as those of every attempt do. For attempts that were stored.
    pub(super) fn can_be(&self) -> bool {
        let number = self.sent.and_then(|sent| sent.number).map_or(0, RetryNumber::get);
        let doubt = self.sent.and_then(|sent| sent.doubt);
        let times = self.sent.is_none_or(|sent| sent.clock_went_back || sent.first <= sent.last);
        // A number is of a retry, and a retry of what is in doubt.
        let numbers = number < self.sendings.max(1) && (number == 0 || doubt.is_some());
        let sent = match self.phase {
            Phase::Planned => self.sendings == 0 && self.sent.is_none(),
            Phase::Sent { .. } => self.sendings > 0 && self.sent.is_some(),
            Phase::Open { .. } => self.sendings > 0 && doubt.is_some(),
            Phase::NeverSent { .. } => self.sendings > 0 && self.sent.is_none(),
            _ => self.sent.is_none() || self.sendings > 0,
        };
        let seen = self.sent.is_none_or(|sent| sent.clock_went_back || sent.last <= self.seen);
        let unanswered = self.sent.is_none_or(|sent| {
            let is_earlier = |noted| sent.clock_went_back || noted <= sent.last;
            sent.unanswered.is_none_or(|noted| sent.doubt.is_some() && is_earlier(noted))
        });
        let card = !self.card_gone || self.intent.request.is_none();
        times && numbers && sent && seen && unanswered && card
    }

    /// Every transaction that it is known to have made.
    pub(super) fn ids(&self) -> impl Iterator<Item = TransactionId> {
        let contradicting = match self.phase {
            Phase::GivenUp(_, transactions) => transactions,
            _ => [None; 2],
        };
        let ids = contradicting.into_iter().chain([self.transaction_id()]).flatten();
        ids.filter(TransactionId::names_a_transaction)
    }
}
