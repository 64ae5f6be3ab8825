//! Outcome and next step together. The tables are at [`Outcome`].

use super::{NextStep, Outcome, SentAs};
use crate::value::{Family, Reason, ResponseCode, Status};

/// An outcome and the next step after the same response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub(crate) outcome: Outcome,
    pub(crate) next_step: NextStep,
}

impl Meaning {
    /// The card may have been charged: a retry tells.
    pub(crate) const UNKNOWN: Self = Self::new(Outcome::Unknown, NextStep::Retry);
    /// The request did not leave, or did not arrive.
    pub(crate) const NEVER_SENT: Self = Self::new(Outcome::NeverSent, NextStep::Resubmit);

    const fn new(outcome: Outcome, next_step: NextStep) -> Self {
        Self { outcome, next_step }
    }

    /// The meaning of a line in response to a first sending.
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

    /// The meaning of the same line in response to a retry. Only an approval, and a decline that repeats the
    /// response to the first sending, end the payment: a validation, and a line that names no transaction,
    /// is about the retry alone.
    pub(super) const fn after_retry(
        self,
        sent: SentAs,
        (status, code): (Status, Option<ResponseCode>),
        names_a_transaction: bool,
    ) -> Self {
        let is_about_the_request = matches!(status, Status::ValidationError)
            || matches!(code, Some(code) if matches!(code.family(), Family::ValidationError | Family::SystemError));
        match self.outcome {
            Outcome::Authorised => self,
            Outcome::Refused
                if names_a_transaction && !is_about_the_request && sent.repeats_the_first_response() =>
            {
                self
            }
            _ => Self::UNKNOWN,
        }
    }

    /// The next step after a sending. A credit is looked up, since a retry could pay out again.
    pub(crate) const fn next_step_after(self, sent: SentAs) -> NextStep {
        match self.next_step {
            NextStep::Retry if !sent.can_be_retried() => NextStep::LookUp,
            next => next,
        }
    }

    /// This meaning for a first sending, unknown for a retry: it is about one sending, and an earlier one may
    /// have been authorised.
    pub(crate) const fn of_this_sending_alone(self, sent: SentAs) -> Self {
        if sent.is_retry() { Self::UNKNOWN } else { self }
    }

    /// The meaning of an HTTP status without a line. With a status of the list the server refused this sending
    /// before it was processed (002, "Standard HTTP Response Status Codes", and RFC 9110).
    pub(crate) const fn of_http_status(status: u16, sent: SentAs) -> Self {
        match status {
            400 | 401 | 403 | 404 | 405 | 411 | 413 | 414 | 415 | 431 => {
                Self::new(Outcome::Refused, NextStep::CheckAccess).of_this_sending_alone(sent)
            }
            _ => Self::UNKNOWN,
        }
    }
}

/// Returns true for `S001` and `S101`: no connection. With a digit of another layer, as in `S201`, the response may
/// have been lost instead.
const fn never_reached_acquirer(code: ResponseCode) -> bool {
    matches!((code.reason(), code.internal_digit()), (Reason::ConnectionFailure, 0 | 1))
}

/// Returns true if the transaction, or another one of the same card, is still processed, if the code is of a
/// layer that does not know the outcome, or if it is of a family that no page lists.
const fn leaves_open(code: ResponseCode) -> bool {
    match code.reason() {
        Reason::DuplicateTransactionStillProcessing | Reason::ConcurrentAuthorisations => true,
        _ => match code.family() {
            Family::SystemError => !never_reached_acquirer(code),
            Family::Unlisted(_) => true,
            _ => false,
        },
    }
}
