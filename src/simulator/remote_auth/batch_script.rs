//! Scripts of a test: effects on batch requests.

use crate::simulator::script::Condition;

/// The batch requests that a [`BatchEffect`] is for: those that meet all its conditions.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct BatchWhen {
    kind: Option<BatchKind>,
    call: Option<u32>,
}

/// The kinds of batch requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::simulator) enum BatchKind {
    Submission,
    Query,
}

impl BatchWhen {
    /// Every batch request.
    pub const fn any() -> Self {
        Self { kind: None, call: None }
    }

    /// Uploads.
    pub const fn submission(mut self) -> Self {
        self.kind = Some(BatchKind::Submission);
        self
    }

    /// Queries for a report.
    pub const fn query(mut self) -> Self {
        self.kind = Some(BatchKind::Query);
        self
    }

    /// Only the request number `call` of those that fit otherwise, counted from 1.
    pub const fn on_call(mut self, call: u32) -> Self {
        self.call = Some(call);
        self
    }
}

impl Condition for BatchWhen {
    type Of<'a> = BatchKind;

    fn fits(&self, kind: BatchKind) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind)
    }

    fn call(&self) -> Option<u32> {
        self.call
    }
}

/// An effect on a batch request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchEffect {
    /// The request is lost: nothing is released.
    LoseRequest(BatchSymptom),
    /// The request is processed, and its reply is lost.
    LoseAnswer(BatchSymptom),
}

word_value! {
    /// The view of a fault at the merchant, in place of a response.
    BatchSymptom = "symptom";
    /// `internal_failure`: `result=internal_failure`.
    InternalFailure = "internal_failure",
    /// `internal_error`: status 500, and no reply.
    InternalError = "internal_error",
    /// `html_page`: status 502, and a proxy's error page.
    HtmlPage = "html_page",
    /// `half_body`: half of the reply.
    HalfBody = "half_body",
    /// `silence`: no byte at all.
    Silence = "silence",
}
