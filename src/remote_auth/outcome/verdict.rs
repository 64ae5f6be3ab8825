//! The meaning of an answer: outcome and next step together. The tables are at [`Outcome`].

use super::{NextStep, Outcome, SentAs};
use crate::value::{Family, Reason, ResponseCode, Status};

/// An outcome with the next step that follows from the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub(crate) outcome: Outcome,
    pub(crate) next_step: NextStep,
}

impl Verdict {
    /// Nothing is known: a retry tells.
    pub(crate) const UNKNOWN: Self = Self::new(Outcome::Unknown, NextStep::Retry);
    /// Nothing left, or nothing arrived.
    pub(crate) const NEVER_SENT: Self = Self::new(Outcome::NeverSent, NextStep::Resubmit);

    const fn new(outcome: Outcome, next_step: NextStep) -> Self {
        Self { outcome, next_step }
    }

    /// The meaning of a line that answers a first sending.
    pub(super) const fn of_line(status: Status, code: Option<ResponseCode>) -> Self {
        match (status, code) {
            (Status::Authorised, _) => Self::new(Outcome::Authorised, NextStep::Nothing),
            (Status::SystemError, Some(code)) if never_reached_acquirer(code) => Self::NEVER_SENT,
            (_, Some(code)) if matches!(code.reason(), Reason::DuplicateTransaction) => {
                Self::new(Outcome::Unknown, NextStep::LookUp)
            }
            (Status::SystemError | Status::Unlisted(_), _) => Self::UNKNOWN,
            (Status::Declined, None) => Self::new(Outcome::Refused, NextStep::Nothing),
            (_, None) => Self::UNKNOWN,
            (_, Some(code)) if leaves_open(code) => Self::UNKNOWN,
            (_, Some(code)) if code.requires_authentication() => {
                Self::new(Outcome::Refused, NextStep::Authenticate)
            }
            _ => Self::new(Outcome::Refused, NextStep::Nothing),
        }
    }

    /// The same for a line that answers any sending. To a retry only an approval and what the replay of
    /// the first answer says are an end: a validation is about the request that it answers, and so is
    /// whatever names no transaction.
    pub(super) const fn after(
        self,
        sending: SentAs,
        (status, code): (Status, Option<ResponseCode>),
        names_a_transaction: bool,
    ) -> Self {
        if !sending.is_retry() {
            return self;
        }
        let is_about_the_request = matches!(status, Status::ValidationError)
            || matches!(code, Some(code) if matches!(code.family(), Family::ValidationError | Family::SystemError));
        match self.outcome {
            Outcome::Authorised => self,
            Outcome::Refused
                if names_a_transaction && !is_about_the_request && sending.repeats_the_first_answer() =>
            {
                self
            }
            _ => Self::UNKNOWN,
        }
    }

    /// The meaning of what arrived for sure, or did not, or failed before it was processed, whichever
    /// sending it was: after an earlier one nothing of this one ends the attempt.
    pub(crate) const fn of_this_sending_alone(self, sending: SentAs) -> Self {
        if sending.is_retry() { Self::UNKNOWN } else { self }
    }

    /// The meaning of an HTTP status without a line. Those of the list say that the server refused this
    /// sending before it was processed (002, "Standard HTTP Response Status Codes", and RFC 9110).
    pub(crate) const fn of_http_status(status: u16, sending: SentAs) -> Self {
        match status {
            400 | 401 | 403 | 404 | 405 | 411 | 413 | 414 | 415 | 431 => {
                Self::new(Outcome::Refused, NextStep::CheckAccess).of_this_sending_alone(sending)
            }
            _ => Self::UNKNOWN,
        }
    }
}

/// `S001` and `S101`: no connection. Of any other layer, `S201` say, it may have been the answer
/// that got lost.
const fn never_reached_acquirer(code: ResponseCode) -> bool {
    matches!((code.reason(), code.internal_digit()), (Reason::ConnectionFailure, 0 | 1))
}

/// Whether a refusal's code says that the transaction, or another of the same card, is still processed,
/// or comes from a layer that does not know.
const fn leaves_open(code: ResponseCode) -> bool {
    match code.reason() {
        Reason::DuplicateTransactionStillProcessing | Reason::ConcurrentAuthorisations => true,
        _ => matches!(code.family(), Family::SystemError) && !never_reached_acquirer(code),
    }
}
