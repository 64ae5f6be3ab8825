//! Answers without what was asked for.

use thiserror::Error;

use super::report::ErrorReport;
use super::{EncodedAnswer, is_success};
use crate::gateway::{CallOutcome, NextStep, Operation};
use crate::media::json::{JsonError, KeptMembers, Object, Sink, Slot, WriteJson};

/// An answer without what was asked for.
///
/// ```
/// use cashflows_codec::gateway::answer::{Answer, Refund};
/// use cashflows_codec::gateway::{CallOutcome, NextStep, Operation};
///
/// let body = br#"{"errorReport": {"errors": [{"code": "PaymentAlreadyFullyRefunded"}]}}"#;
/// let error = Answer::<Refund>::decode(400, body).unwrap_err();
/// assert_eq!(error.outcome(Operation::Refund), CallOutcome::NotDone);
///
/// let error = Answer::<Refund>::decode(502, b"<html>Bad Gateway</html>").unwrap_err();
/// assert_eq!(error.to_string(), "status 502: the body is HTML or XML");
/// assert_eq!(error.outcome(Operation::Refund), CallOutcome::Unknown);
/// assert_eq!(error.next_step(Operation::Refund), NextStep::LookForRefund);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The gateway says what is wrong.
    #[error(transparent)]
    Refused(Refusal),
    /// The body cannot be read.
    #[error("status {status}: {error}")]
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// What is wrong with the body.
        error: JsonError,
    },
}

impl AnswerError {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => refusal.status,
            Self::Unreadable { status, .. } => *status,
        }
    }

    /// The gateway's report, if it can be read.
    #[must_use]
    pub fn report(&self) -> Option<&ErrorReport> {
        match self {
            Self::Refused(refusal) => Some(&refusal.report),
            Self::Unreadable { .. } => None,
        }
    }

    /// What became of the call that was answered so: the table is at [`CallOutcome`].
    #[must_use]
    pub fn outcome(&self, operation: Operation) -> CallOutcome {
        match self {
            Self::Refused(refusal) => refusal.outcome(operation),
            Self::Unreadable { .. } => CallOutcome::Unknown,
        }
    }

    /// What to do next. It is never to make a call again that moves money.
    #[must_use]
    pub fn next_step(&self, operation: Operation) -> NextStep {
        match (self.outcome(operation), self.status()) {
            (CallOutcome::Unknown, _) => NextStep::after_unknown(operation),
            (_, 401 | 403 | 404) => NextStep::CheckAccess,
            _ => NextStep::Nothing,
        }
    }
}

/// An answer in which the gateway says what is wrong: an error report, with a status that is not one of
/// success or without data.
///
/// A 404 may say that the *configuration* was not found: integration has two addresses, and a
/// configuration lives at one of them.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("status {status}: the gateway reports {}", report.codes())]
pub struct Refusal {
    status: u16,
    report: Box<ErrorReport>,
    unlisted: KeptMembers,
}

impl Refusal {
    /// A refusal of the gateway.
    #[must_use]
    pub fn new(status: u16, report: ErrorReport) -> Self {
        Self { status, report: Box::new(report), unlisted: KeptMembers::new() }
    }

    pub(super) fn read(status: u16, envelope: Object<'_>) -> Result<Self, JsonError> {
        let missing = if is_success(status) { "data" } else { "errorReport" };
        let report = ErrorReport::of(envelope)?.ok_or_else(|| envelope.missing(missing))?;
        let unlisted = KeptMembers::others(envelope, |name| name == "errorReport");
        Ok(Self { status, report: Box::new(report), unlisted })
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// What is wrong.
    #[must_use]
    pub fn report(&self) -> &ErrorReport {
        &self.report
    }

    /// Everything beside the report.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }

    /// What became of the call that was refused so.
    #[must_use]
    pub fn outcome(&self, operation: Operation) -> CallOutcome {
        let refuses =
            if operation.moves_money() { self.report.is_certain() } else { self.report.is_refusal() };
        // One that carries data beside its errors contradicts itself.
        let alone = self.unlisted.get("data").is_none();
        match self.status {
            400 | 401 | 403 | 404 if refuses && alone => CallOutcome::NotDone,
            _ => CallOutcome::Unknown,
        }
    }

    /// Writes the answer, as the gateway does.
    #[must_use]
    pub fn encode(&self) -> EncodedAnswer {
        EncodedAnswer::of(self.status, self)
    }
}

impl WriteJson for Refusal {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            self.report.write(members.member("errorReport"));
            self.unlisted.write_into(members);
        });
    }
}
