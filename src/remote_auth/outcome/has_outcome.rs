//! Outcome and next step of each result of a sending.

use super::{Meaning, NextStep, Outcome, SentAs};
use crate::remote_auth::response::{DecodeError, Line, LineError, Response, View};

impl Outcome {
    /// The outcome of a **first sending**. Takes what [`Response::decode`] gave, or a response alone. A body
    /// that cannot be read is unknown, not refused.
    ///
    /// For a request that may have a retry number, use [`Request::decode_response`](crate::remote_auth::Request::decode_response).
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
    pub fn of(response: &(impl HasOutcome + ?Sized)) -> Self {
        response.meaning(SentAs::FIRST).outcome
    }

    /// The outcome after any sending: for callers that kept only the [`SentAs`] of a request. Those that have
    /// the request pass it as it was sent, with its retry number, or use an [`Exchange`](crate::remote_auth::Exchange).
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use cashflows_codec::remote_auth::request::{OriginalClass, Void};
    /// use cashflows_codec::remote_auth::{NextStep, Outcome, Request, Response};
    /// use cashflows_codec::value::Money;
    ///
    /// let sent = SystemTime::UNIX_EPOCH;
    /// let void = Void::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15));
    /// let first = Request::Void(void);
    /// let retry = first.retry(sent, sent + Duration::from_secs(20))?;
    ///
    /// let never_arrived = Response::decode("S|01V0000000A|000|S001|Connection failure");
    /// assert_eq!(Outcome::of_response_to(&first, &never_arrived), Outcome::NeverSent);
    /// assert_eq!(NextStep::of_response_to(&first, &never_arrived), NextStep::Resubmit);
    /// // A retry that never arrived does not tell what became of the first sending.
    /// assert_eq!(Outcome::of_response_to(&retry, &never_arrived), Outcome::Unknown);
    /// assert_eq!(NextStep::of_response_to(&retry, &never_arrived), NextStep::Retry);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_response_to(sent: impl Into<SentAs>, response: &(impl HasOutcome + ?Sized)) -> Self {
        response.meaning(sent.into()).outcome
    }
}

impl NextStep {
    /// The next step after a **first sending**. Takes what
    /// [`Response::decode`](crate::remote_auth::Response::decode) gave, or a response alone.
    #[must_use]
    pub fn of(response: &(impl HasOutcome + ?Sized)) -> Self {
        response.meaning(SentAs::FIRST).next_step
    }

    /// The next step after any sending, as [`Outcome::of_response_to`](Outcome::of_response_to) has the
    /// outcome. For a credit whose outcome is unknown it is
    /// [`LookUp`](Self::LookUp), unless the acquirer is [known](SentAs::known_by_reference) to look at its
    /// reference.
    #[must_use]
    pub fn of_response_to(sent: impl Into<SentAs>, response: &(impl HasOutcome + ?Sized)) -> Self {
        let sent = sent.into();
        response.meaning(sent).next_step_after(sent)
    }
}

/// A value with an [`Outcome`] and a [`NextStep`]: a [`Response`], a [`View`], a [`Line`], an error of reading one
/// of them, a [`TransportFailure`](crate::remote_auth::TransportFailure), and a `Result` of these.
///
/// The methods take the sending for a **first sending**. No type of another crate can implement the trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell what became of the payment",
    label = "not a response, and not an error of this crate",
    note = "pass what `Response::decode` or `Response::decode_http` gave; an `Exchange` has `outcome()` and `next_step()`",
    note = "map an error of your own: `result.map_err(|_| TransportFailure::Lost)`, since the request may have arrived"
)]
pub trait HasOutcome {
    /// The meaning after a first sending or a retry.
    #[doc(hidden)]
    fn meaning(&self, sent: SentAs) -> Meaning;

    /// The outcome of a first sending.
    fn outcome(&self) -> Outcome {
        self.meaning(SentAs::FIRST).outcome
    }

    /// The next step after a first sending.
    fn next_step(&self) -> NextStep {
        self.meaning(SentAs::FIRST).next_step
    }
}

impl HasOutcome for Response {
    fn meaning(&self, sent: SentAs) -> Meaning {
        self.view().meaning(sent)
    }
}

impl HasOutcome for View<'_> {
    fn meaning(&self, sent: SentAs) -> Meaning {
        let first = Meaning::of_line(self.status(), self.response_code());
        if !sent.is_retry() {
            return first;
        }
        let names_a_transaction = self.transaction_id().is_some_and(|id| id.names_a_transaction());
        first.after_retry(sent, (self.status(), self.response_code()), names_a_transaction)
    }
}

impl HasOutcome for Line<'_> {
    fn meaning(&self, sent: SentAs) -> Meaning {
        self.view().meaning(sent)
    }
}

impl HasOutcome for DecodeError {
    fn meaning(&self, _: SentAs) -> Meaning {
        Meaning::UNKNOWN
    }
}

impl HasOutcome for LineError {
    fn meaning(&self, _: SentAs) -> Meaning {
        Meaning::UNKNOWN
    }
}

impl<T: HasOutcome, E: HasOutcome> HasOutcome for Result<T, E> {
    fn meaning(&self, sent: SentAs) -> Meaning {
        match self {
            Ok(response) => response.meaning(sent),
            Err(error) => error.meaning(sent),
        }
    }
}

impl Response {
    /// The outcome of a **first sending**, by the table at [`Outcome`]. An [`Exchange`](crate::remote_auth::Exchange) also knows retries.
    #[must_use]
    #[doc(alias = "is_authorised")]
    #[doc(alias = "is_approved")]
    pub const fn outcome(&self) -> Outcome {
        self.first_meaning().outcome
    }

    /// The next step after a **first sending**, by the table at [`Outcome`]. An [`Exchange`](crate::remote_auth::Exchange) also knows retries.
    #[must_use]
    pub const fn next_step(&self) -> NextStep {
        self.first_meaning().next_step
    }

    const fn first_meaning(&self) -> Meaning {
        Meaning::of_line(self.status(), self.response_code())
    }
}

impl View<'_> {
    /// The outcome of a **first sending**, by the table at [`Outcome`].
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        Meaning::of_line(self.status(), self.response_code()).outcome
    }

    /// The next step after a **first sending**, by the table at [`Outcome`].
    #[must_use]
    pub const fn next_step(self) -> NextStep {
        Meaning::of_line(self.status(), self.response_code()).next_step
    }
}
