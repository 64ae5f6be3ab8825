//! Steps of an attempt, and errors of taking them.

use std::time::{Duration, SystemTime};

use thiserror::Error;

use super::{AttemptState, LastFour};
use crate::remote_auth::OperationKind;
use crate::remote_auth::request::{MerchantReference, RetryNumber};
use crate::value::{Amount, Currency, OriginalId, TransactionId};

/// The next step of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Send the request, by [`send`](super::AttemptMut::send).
    Send {
        /// The number that it will carry: none where it is not a retry.
        retry_number: Option<RetryNumber>,
        /// When it has to have left; `None` where nothing is known to the acquirer yet.
        until: Option<SystemTime>,
    },
    /// Get the card again, from the buyer or from where its token is kept, and send the request with
    /// it: what was in memory is gone. It is said of every request that is not
    /// [stored](super::Attempt::request), so also of one with a parameter that the merchant added.
    AskForCard {
        /// The number that it will carry.
        retry_number: Option<RetryNumber>,
        /// When it has to have left; `None` where nothing is known to the acquirer yet, and the
        /// attempt may as well be [cancelled](super::AttemptMut::cancel).
        until: Option<SystemTime>,
        /// How much time is left until then.
        left: Option<Duration>,
    },
    /// Wait until then, and ask again.
    Wait {
        /// Until when.
        until: SystemTime,
    },
    /// No retry can tell the outcome any more. Look for the transaction where the acquirer lists them, and [settle](super::AttemptMut::settle) the attempt.
    Reconcile(Reconciliation),
    /// The attempt has ended.
    Done(Conclusion),
}

word_value! {
    /// The conclusion of an attempt.
    Conclusion = "conclusion";
    /// `authorised`: what was wanted has happened.
    Authorised = "authorised",
    /// `not_authorised`: what was wanted has not happened and will not: it was refused, never sent,
    /// or looked for and not found.
    NotAuthorised = "not_authorised",
}

word_value! {
    /// The reason why the request is not sent again.
    GiveUp = "cause";
    /// `window_closed`: the five minutes are over, or so nearly that a retry might come too late.
    WindowClosed = "window_closed",
    /// `clock_went_back`: the clock went back while the outcome was open, so that nobody knows how
    /// old the attempt is.
    ClockWentBack = "clock_went_back",
    /// `exhausted`: it was sent as often as the policy allows.
    Exhausted = "exhausted",
    /// `not_retryable`: a credit, whose retry the acquirer is not known to recognise. Sent again it could
    /// pay out again.
    NotRetryable = "not_retryable",
    /// `duplicate`: the gateway refused the only sending because it knows the reference already
    /// (`Vx33`). A retry would get the response of the other transaction.
    Duplicate = "duplicate",
    /// `contradicted`: it had ended, and then an authorisation came that says otherwise.
    Contradicted = "contradicted",
    /// `caller`: the caller [gave up](super::AttemptMut::give_up).
    Caller = "caller",
}

word_value! {
    /// The reason why the outcome of a request is unknown.
    Doubt = "doubt";
    /// `no_answer`: no response came, or none that could be read, or the process ended before it came.
    NoAnswer = "no_answer",
    /// `system_error`: the response says that the outcome is unknown, or has a status that is not
    /// listed.
    SystemError = "system_error",
    /// `still_processing`: the response says that the first attempt, or another payment with the card, is
    /// still processed (`Vx49`, `Vx54`).
    StillProcessing = "still_processing",
    /// `rejected`: the retry was rejected or declined, perhaps for reasons of its own. That does not tell what
    /// became of the earlier sendings.
    Rejected = "rejected",
    /// `duplicate`: the gateway knows the reference (`V233`) and says that something else was
    /// authorised with it.
    Duplicate = "duplicate",
    /// `of_another`: the response is that of another transaction: its id is known already.
    OfAnother = "of_another",
}

/// A transaction to look for where the acquirer lists its transactions. It holds no secret.
///
/// A request that was sent last may still be on its way: look five minutes after `last_sent`, for a
/// transaction that was made since `first_sent` and is that of no other attempt, be it in the journal
/// or [retired](super::Journal::retire).
///
/// Of a void or refund, compare how often and how much of the original was taken back with what was
/// wanted: the reversals of one original and one amount are told apart by their number alone, and there
/// may be one more than was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "reconciliation")]
pub struct Reconciliation {
    /// The reason why the request is not sent again.
    pub cause: GiveUp,
    /// Why the outcome is open, where it is.
    pub doubt: Option<Doubt>,
    /// The operation.
    pub operation: OperationKind,
    /// The merchant's reference (`tran_ref`); a void or refund may have none.
    pub reference: Option<MerchantReference>,
    /// The original transaction (`tran_orig_id`).
    pub original: Option<OriginalId>,
    /// The amount, optional for a verification.
    pub amount: Option<Amount>,
    /// The currency.
    pub currency: Currency,
    /// The last digits of the card, where its number was given.
    pub last_four: Option<LastFour>,
    /// When it was first sent.
    pub first_sent: Option<SystemTime>,
    /// When it was last sent.
    pub last_sent: Option<SystemTime>,
    /// The number of sendings.
    pub sendings: u8,
    /// Until when an earlier sending may still arrive and be taken for another void or refund
    /// ([`Attempt::earlier_may_arrive_until`](super::Attempt::earlier_may_arrive_until)).
    pub earlier_may_arrive_until: Option<SystemTime>,
    /// The transactions that contradict each other, where that is the cause.
    pub transactions: Vec<TransactionId>,
}

/// The reason why an attempt cannot be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The journal has an attempt with this key.
    #[error("the journal has an attempt with this key")]
    KeyTaken,
    /// Another attempt has this reference, by which the gateway tells retries.
    #[error("another attempt has this reference")]
    ReferenceTaken,
    /// There is an attempt at an equal void or refund: the gateway could not tell their retries
    /// apart.
    #[error("there is an attempt at an equal void or refund that is open, or less than five minutes old")]
    EqualReversal {
        /// When the gateway will have forgotten it; `None` while it has not ended.
        until: Option<SystemTime>,
    },
}

/// The reason why a request must not be sent.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SendError {
    /// It is not the time to send: this is to be done instead.
    #[error("it is not the time to send")]
    NotNow(Box<Step>),
    /// The request is not the one that was planned.
    #[error("the {0} is not that of the attempt")]
    AnotherRequest(Difference),
}

word_value! {
    /// The field in which a request differs from the planned one.
    Difference = "difference";
    /// `operation`
    Operation = "operation",
    /// `class`
    Class = "class",
    /// `reference`
    Reference = "reference",
    /// `original transaction`
    Original = "original transaction",
    /// `amount`
    Amount = "amount",
    /// `currency`
    Currency = "currency",
    /// `card`: its last four digits are others. The gateway refuses a retry with another card (V19).
    Card = "card",
    /// `details`: anything else, of a request that is stored.
    Details = "details",
}

/// The reason why an attempt cannot be cancelled, given up or settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum SettleError {
    /// The attempt is in a state that does not allow it.
    #[error("an attempt that is {0} does not take this")]
    WrongState(AttemptState),
    /// Another attempt has ended with this transaction.
    #[error("another attempt has ended with this transaction")]
    OfAnother,
    /// The id that was found is one such as `99E…` or `null`.
    #[error("the id names no transaction")]
    NamesNoTransaction,
}
