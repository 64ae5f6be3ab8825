//! Scripts of a test: effects on calls and notifications.

use core::time::Duration;

use crate::gateway::Operation;
use crate::gateway::response::ReportCode;
use crate::simulator::script::Condition;

/// The calls that an [`Effect`] is for: those that meet all its conditions.
///
/// ```
/// use cashflows_codec::gateway::Operation;
/// use cashflows_codec::simulator::gateway::When;
///
/// let second_job_of_an_order = When::any().operation(Operation::CreateJob).order("cart-1").on_call(2);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct When {
    operation: Option<Operation>,
    order: Option<Box<str>>,
    call: Option<u32>,
}

impl When {
    /// Every call.
    pub fn any() -> Self {
        Self::default()
    }

    /// Calls of this kind.
    pub const fn operation(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Calls about the order of this number, or about a job or payment of it.
    pub fn order(mut self, number: &str) -> Self {
        self.order = Some(number.into());
        self
    }

    /// Only the call number `call` of those that fit otherwise, counted from 1.
    pub const fn on_call(mut self, call: u32) -> Self {
        self.call = Some(call);
        self
    }
}

/// The facts of a call that a rule looks at.
#[derive(Clone, Copy)]
pub(in crate::simulator) struct CallFacts<'a> {
    pub(super) operation: Operation,
    pub(super) order: Option<&'a str>,
}

impl Condition for When {
    type Of<'a> = CallFacts<'a>;

    fn fits(&self, call: CallFacts<'_>) -> bool {
        self.operation.is_none_or(|operation| operation == call.operation)
            && self.order.as_ref().is_none_or(|order| call.order == Some(order))
    }

    fn call(&self) -> Option<u32> {
        self.call
    }
}

/// An effect on a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// The gateway refuses it with this HTTP status and this error, and does nothing.
    Reject(u16, ReportCode),
    /// The call is lost: nothing is done.
    LoseRequest(Symptom),
    /// The call is done, and its answer is lost.
    LoseAnswer(Symptom),
}

word_value! {
    /// The view of a fault at the merchant, in place of a response. Each leaves the
    /// [outcome](crate::gateway::CallOutcome) of the call unknown.
    Symptom = "symptom";
    /// `internal_error`: status 500, with an error report.
    InternalError = "internal_error",
    /// `bad_response`: status 406, with an error report.
    BadResponse = "bad_response",
    /// `unavailable`: status 503, with an error report.
    Unavailable = "unavailable",
    /// `html_page`: status 502, and a proxy's error page.
    HtmlPage = "html_page",
    /// `half_body`: the answer's status, and half of its body.
    HalfBody = "half_body",
    /// `silence`: no byte at all.
    Silence = "silence",
}

/// An effect on a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotificationEffect {
    /// The first attempt is lost on its way: it comes again a minute later.
    Lose,
    /// It is sent twice.
    Double,
    /// It is sent so much later, so that others overtake it.
    Late(Duration),
}

/// The notification that an effect is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nth(pub(super) Option<u32>);

impl Condition for Nth {
    type Of<'a> = ();

    fn fits(&self, (): ()) -> bool {
        true
    }

    fn call(&self) -> Option<u32> {
        self.0
    }
}
