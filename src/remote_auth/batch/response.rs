//! Responses to an upload or a query.

use super::{BatchRefusal, Report, ResultWord};
use crate::value::Unlisted;

/// The response to a [`Submission`](super::Submission) or a [`Query`](super::Query).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchResponse {
    /// The request was not taken.
    Refused(BatchRefusal),
    /// The request was taken; this is what is known of the batch.
    Report(Report),
    /// A `result` that the protocol page does not list: neither taken nor refused, but unknown.
    Unlisted(Unlisted<BatchRefusal>),
}

impl BatchResponse {
    /// The `result` on the wire, such as `release_report`.
    #[must_use]
    pub fn result(&self) -> &str {
        match self {
            Self::Refused(refusal) => refusal.as_str(),
            Self::Report(_) => ResultWord::REPORT,
            Self::Unlisted(word) => word.as_str(),
        }
    }
}

impl From<BatchRefusal> for BatchResponse {
    fn from(refusal: BatchRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Report> for BatchResponse {
    fn from(report: Report) -> Self {
        Self::Report(report)
    }
}
