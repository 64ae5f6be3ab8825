//! What an answer means (sections 3 and 6 of the protocol page): facts, no policy.

use thiserror::Error;

use crate::remote_auth::response::DecodeError;
use crate::remote_auth::response::{Response, View};
use crate::value::{Checks, CvvCheck, Family, Reason, ResponseCode, Status};
use crate::value::{OriginalId, TransactionId};

word_value! {
    /// What is known about the money after an answer, or after none that could be read.
    ///
    /// | answer | outcome |
    /// | --- | --- |
    /// | status `A` | authorised |
    /// | status `D` `R` `B` `C` `V` | refused |
    /// | the same with code `Vx49`, such as `V249`: the first attempt is still being processed | unknown |
    /// | the same with a code of family `S` other than `S001` and `S101`: the two facts disagree | unknown |
    /// | status `S` with code `S001` or `S101` | never sent |
    /// | status `S` with any other code | unknown |
    /// | any other status letter: nobody says that nothing happened | unknown |
    /// | a body that cannot be read, or no body | unknown |
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{NextStep, Outcome, Response};
    ///
    /// # fn charge() {} fn refuse() {} fn resubmit() {} fn retry() {}
    /// match Outcome::of(&Response::decode(b"S|01S00001723|000|S201|Error")) {
    ///     Outcome::Authorised => charge(),
    ///     Outcome::Refused => refuse(),
    ///     Outcome::NeverSent => resubmit(),
    ///     Outcome::Unknown => retry(),
    /// }
    /// ```
    ///
    /// # Faults
    ///
    #[doc = include_str!("outcome/faults.md")]
    Outcome = "outcome";
    /// `authorised`: the transaction was authorised.
    Authorised = "authorised",
    /// `refused`: the transaction was not authorised, and will not be.
    Refused = "refused",
    /// `never_sent`: the request never reached the acquirer. It can be sent again without the risk of
    /// charging twice.
    NeverSent = "never_sent",
    /// `unknown`: nobody knows yet; to be treated as possibly charged. A retry tells.
    Unknown = "unknown",
}

word_value! {
    /// What a caller may do after an answer (section 6).
    NextStep = "next step";
    /// `none`: the answer is final.
    Nothing = "none",
    /// `resubmit`: send it again as a new transaction.
    Resubmit = "resubmit",
    /// `retry`: send the same request with the same reference and the next retry number, within five
    /// minutes of the first attempt.
    Retry = "retry",
}

impl Outcome {
    /// The outcome of whatever [`Response::decode`] gave, or of a response alone: a body that cannot
    /// be read is unknown, not refused.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{Outcome, Response};
    ///
    /// let decoded = Response::decode("A|01V0135F755|000|-|Authorised");
    /// assert_eq!(Outcome::of(&decoded), Outcome::Authorised);
    /// assert_eq!(Outcome::of(&decoded?), Outcome::Authorised);
    /// # Ok::<(), cashflows_codec::remote_auth::response::DecodeError>(())
    /// ```
    #[must_use]
    pub fn of(answer: &(impl HasOutcome + ?Sized)) -> Self {
        answer.outcome()
    }

    /// What a status with its response code means.
    const fn decided(status: Status, code: Option<ResponseCode>) -> Self {
        match (status, code) {
            (Status::Authorised, _) => Self::Authorised,
            (Status::SystemError, Some(code)) if never_reached_acquirer(code) => Self::NeverSent,
            (Status::SystemError | Status::Unlisted(_), _) | (_, None) => Self::Unknown,
            (_, Some(code)) if leaves_open(code) => Self::Unknown,
            _ => Self::Refused,
        }
    }

    /// What a caller may do next.
    #[must_use]
    pub const fn next_step(self) -> NextStep {
        match self {
            Self::Authorised | Self::Refused => NextStep::Nothing,
            Self::NeverSent => NextStep::Resubmit,
            Self::Unknown => NextStep::Retry,
        }
    }
}

/// What has an [`Outcome`]: a [`Response`], a [`View`] of one, what reading one gave, from HTTP too,
/// and a [`TransportFailure`](super::TransportFailure). No type of another crate can have one.
#[diagnostic::on_unimplemented(
    message = "nothing is known about the money by a `{Self}`",
    label = "not an answer, nor what reading one gave",
    note = "`Outcome::of` takes what `Response::decode` or `Response::from_http` gave, or a `Response` or `View` alone"
)]
pub trait HasOutcome: sealed::Sealed {
    /// What is known about the money.
    fn outcome(&self) -> Outcome;
}

pub(super) mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Response {}

impl HasOutcome for Response {
    fn outcome(&self) -> Outcome {
        Self::outcome(self)
    }
}

impl sealed::Sealed for View<'_> {}

impl HasOutcome for View<'_> {
    fn outcome(&self) -> Outcome {
        Self::outcome(*self)
    }
}

impl sealed::Sealed for DecodeError {}

impl HasOutcome for DecodeError {
    fn outcome(&self) -> Outcome {
        Self::outcome(self)
    }
}

impl<T: HasOutcome, E: HasOutcome> sealed::Sealed for Result<T, E> {}

/// A response that was read, or why it cannot be.
impl<T: HasOutcome, E: HasOutcome> HasOutcome for Result<T, E> {
    fn outcome(&self) -> Outcome {
        match self {
            Ok(answer) => answer.outcome(),
            Err(error) => error.outcome(),
        }
    }
}

impl Response {
    /// What the response means for the money: the table is at [`Outcome`].
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        Outcome::decided(self.status(), self.response_code())
    }

    /// The transaction as the origin of continuous payments: possible where its CVV check was a full
    /// match, "irrespective of the authorisation status" (section 3).
    ///
    /// # Errors
    ///
    /// The CVV check was not a full match, or the id names no transaction.
    pub fn recurring_origin(&self) -> Result<RecurringOrigin, NotRecurring> {
        RecurringOrigin::from_stored(self.transaction_id(), self.checks())
    }
}

impl View<'_> {
    /// What the response means for the money: the table is at [`Outcome`].
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        Outcome::decided(self.status(), self.response_code())
    }
}

/// `S001` and `S101`: no connection. Of any other layer, `S201` say, it may have been the answer
/// that got lost.
const fn never_reached_acquirer(code: ResponseCode) -> bool {
    matches!((code.reason(), code.internal_digit()), (Reason::ConnectionFailure, 0 | 1))
}

/// Whether a refusal's code says that the transaction may still be authorised.
const fn leaves_open(code: ResponseCode) -> bool {
    match code.reason() {
        Reason::DuplicateTransactionStillProcessing => true,
        _ => matches!(code.family(), Family::SystemError) && !never_reached_acquirer(code),
    }
}

impl DecodeError {
    /// Always [`Outcome::Unknown`]: a body that cannot be read does not say that nothing happened.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        Outcome::Unknown
    }
}

/// A sale or verification that continuous payments may name as their origin (section 3).
///
/// It cannot be stored itself: store the transaction id and the checks, and ask again.
///
/// ```
/// use cashflows_codec::remote_auth::{RecurringOrigin, Response};
/// use cashflows_codec::remote_auth::NotRecurring;
///
/// let verified = Response::decode(b"A|05P00001724|232|031971|Authorised").unwrap();
/// let origin = verified.recurring_origin()?;
/// assert_eq!(origin.original_id().as_str(), "05P00001724");
///
/// let stored = RecurringOrigin::from_stored(verified.transaction_id(), verified.checks());
/// assert_eq!(stored, Ok(origin));
///
/// let declined = Response::decode(b"D|01S00001723|400|D102|Not Authorised").unwrap();
/// assert_eq!(declined.recurring_origin(), Err(NotRecurring::CvvNotMatched));
/// # Ok::<(), NotRecurring>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecurringOrigin(OriginalId);

impl RecurringOrigin {
    /// The origin from what was stored of its response.
    ///
    /// # Errors
    ///
    /// The CVV check was not a full match, or the id names no transaction.
    pub fn from_stored(id: TransactionId, checks: Checks) -> Result<Self, NotRecurring> {
        let id = OriginalId::try_from(id).map_err(|_| NotRecurring::NamesNoTransaction)?;
        match checks.cvv() {
            CvvCheck::FullMatch => Ok(Self(id)),
            _ => Err(NotRecurring::CvvNotMatched),
        }
    }

    /// The id of the original transaction.
    #[must_use]
    pub const fn original_id(self) -> OriginalId {
        self.0
    }
}

/// Why a transaction cannot be the origin of a continuous payment (section 3 of the protocol page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum NotRecurring {
    /// Its CVV check was not a full match.
    #[error("the CVV check was not a full match")]
    CvvNotMatched,
    /// Its id names no transaction.
    #[error("the id names no transaction")]
    NamesNoTransaction,
}

stored_as_text!(Outcome, NextStep);
