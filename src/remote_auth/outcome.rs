//! What an answer means (sections 3 and 6 of the protocol page): facts, no policy.

use thiserror::Error;

use crate::remote_auth::response::DecodeError;
use crate::remote_auth::response::{Answer, Response};
use crate::value::{Checks, CvvCheck, Family, Reason, ResponseCode};
use crate::value::{OriginalId, TransactionId};

word_value! {
    /// What is known about the money after an answer, or after none that could be read.
    ///
    /// | answer | outcome |
    /// | --- | --- |
    /// | status `A` | authorised |
    /// | status `D` `R` `B` `C` `V` | refused |
    /// | the same with code `V249`: the first attempt is still being processed | unknown |
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
    /// The outcome of whatever [`Response::decode`] gave: a body that cannot be read is unknown, not
    /// refused.
    #[must_use]
    pub fn of(decoded: &Result<Response, DecodeError>) -> Self {
        match decoded {
            Ok(response) => response.outcome(),
            Err(error) => error.outcome(),
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

impl Response {
    /// What the response means for the money: the table is at [`Outcome`].
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        match *self.answer() {
            Answer::Authorised(_) => Outcome::Authorised,
            Answer::SystemError(code) if never_reached_acquirer(code) => Outcome::NeverSent,
            Answer::SystemError(_) | Answer::Unlisted(..) => Outcome::Unknown,
            Answer::Declined(code)
            | Answer::Referral(code)
            | Answer::Blocked(code)
            | Answer::Cancelled(code)
            | Answer::ValidationError(code) => {
                if leaves_open(code) {
                    Outcome::Unknown
                } else {
                    Outcome::Refused
                }
            }
        }
    }

    /// The transaction as the origin of continuous payments: possible where its CVV check was a full
    /// match, "irrespective of the authorisation status" (section 3).
    ///
    /// # Errors
    ///
    /// The CVV check was not a full match, or the id names no transaction.
    pub fn recurring_origin(&self) -> Result<RecurringOrigin, NotRecurring> {
        RecurringOrigin::from_stored(*self.transaction_id(), self.checks())
    }
}

/// `S001` and `S101`: no connection. Of any other layer, `S201` say, it may have been the answer
/// that got lost.
const fn never_reached_acquirer(code: ResponseCode) -> bool {
    matches!((code.reason(), code.internal_digit()), (Reason::ConnectionFailure, 0 | 1))
}

/// Whether a refusal's code says that the transaction may still be authorised.
const fn leaves_open(code: ResponseCode) -> bool {
    match (code.reason(), code.internal_digit()) {
        (Reason::DuplicateTransactionStillProcessing, 2) => true,
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
/// let stored = RecurringOrigin::from_stored(*verified.transaction_id(), verified.checks());
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

    /// The origin that a request names. Requests have no checks in them: whoever sent it was to make
    /// sure.
    pub(crate) const fn unchecked(id: OriginalId) -> Self {
        Self(id)
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
