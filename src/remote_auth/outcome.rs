//! What an answer means (sections 3 and 6 of the protocol page): facts, no policy.

mod next_step;
mod origin;
mod sent_as;
mod verdict;

pub use next_step::NextStep;
pub use origin::{NotRecurring, RecurringOrigin};
pub use sent_as::SentAs;

pub(crate) use verdict::Verdict;

use crate::remote_auth::response::{DecodeError, Response, View};

word_value! {
    /// The state of the money after an answer, or after none that could be read.
    ///
    /// The table is that of the answer to a **first sending**, as are [`of`](Self::of) and
    /// [`Response::outcome`].
    ///
    /// | answer | outcome | next step |
    /// | --- | --- | --- |
    /// | status `A`, with or without a code | authorised | none |
    /// | status `D`, with or without a code | refused | none |
    /// | status `R` `B` `C` `V` with a code; `E` with a code of its own letter, which is blocked | refused | none |
    /// | the same, and `D`, with code `Dx49`, `Vx58` or `Vx59` | refused | authenticate |
    /// | the same with code `Vx33`: the first transaction may have been authorised | unknown | look up |
    /// | the same with code `Vx49` or `Vx54`, such as `V249`: one is still being processed | unknown | retry |
    /// | the same with a code of family `S` other than `S001` and `S101`: the two facts disagree | unknown | retry |
    /// | status `R` `B` `C` `V` without a code | unknown | retry |
    /// | status `S` with code `S001` or `S101` | never sent | resubmit |
    /// | status `S` with any other code, or without one | unknown | retry |
    /// | any other status letter: no page says that nothing happened | unknown | retry |
    /// | a body that cannot be read, or no body | unknown | retry |
    /// | no line, but an HTTP status of 400, 401, 403, 404, 405, 411, 413, 414, 415 or 431 | refused | check access |
    /// | no connection | never sent | resubmit |
    ///
    /// [`of_response_to`](Self::of_response_to) is for every sending. To a **retry** an approval is one, and a
    /// decline (status `D` `R` `B` `C`, with an id that names a transaction and no code of family `V` or
    /// `S`) is one of a sale, a verification or a continuous payment. Everything else is unknown: it says
    /// nothing of the sending before. For a credit whose end is unknown it says look up, not retry, unless
    /// the acquirer is [known](SentAs::known_by_reference) to look at its reference.
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
    /// `unknown`: to be treated as possibly charged. The [`NextStep`] tells how to find out.
    Unknown = "unknown",
}

impl Outcome {
    /// The outcome of a **first sending**, from whatever [`Response::decode`] gave, or from a response
    /// alone: a body that cannot be read is unknown, not refused.
    ///
    /// Of a request that may have a retry number, ask [`of_response_to`](Self::of_response_to).
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

    /// The outcome of a request after the answer to one of its sendings: pass the request as it was
    /// sent, with its retry number, or a [`SentAs`].
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use cashflows_codec::remote_auth::request::{OriginalClass, Reversal};
    /// use cashflows_codec::remote_auth::{NextStep, Outcome, Request, Response};
    /// use cashflows_codec::value::Money;
    ///
    /// let sent = SystemTime::UNIX_EPOCH;
    /// let void = Reversal::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15));
    /// let first = Request::Void(void);
    /// let retry = first.retry(sent, sent + Duration::from_secs(20))?;
    ///
    /// let never_arrived = Response::decode("S|01V0000000A|000|S001|Connection failure");
    /// assert_eq!(Outcome::of_response_to(&first, &never_arrived), Outcome::NeverSent);
    /// assert_eq!(NextStep::of_response_to(&first, &never_arrived), NextStep::Resubmit);
    /// // That the retry never arrived says nothing of the first sending.
    /// assert_eq!(Outcome::of_response_to(&retry, &never_arrived), Outcome::Unknown);
    /// assert_eq!(NextStep::of_response_to(&retry, &never_arrived), NextStep::Retry);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_response_to(sent: impl Into<SentAs>, answer: &(impl HasOutcome + ?Sized)) -> Self {
        answer.outcome_of(sent.into())
    }
}

/// An answer with an [`Outcome`] and a [`NextStep`]: a [`Response`], a [`View`] of one, what reading one
/// gave, from HTTP too, and a [`TransportFailure`](super::TransportFailure). No type of another crate
/// can have one.
#[diagnostic::on_unimplemented(
    message = "nothing is known about the money by a `{Self}`",
    label = "not an answer, nor what reading one gave",
    note = "`Outcome::of` takes what `Response::decode` or `Response::from_http` gave, or a `Response` or `View` alone"
)]
pub trait HasOutcome: sealed::Sealed {
    /// The outcome of a first sending.
    fn outcome(&self) -> Outcome {
        self.outcome_of(SentAs::FIRST)
    }

    /// The next step after a first sending.
    fn next_step(&self) -> NextStep {
        self.next_step_of(SentAs::FIRST)
    }

    /// The outcome after any sending.
    fn outcome_of(&self, sending: SentAs) -> Outcome {
        self.verdict(sending).outcome
    }

    /// The next step after any sending.
    fn next_step_of(&self, sending: SentAs) -> NextStep {
        match self.verdict(sending).next_step {
            NextStep::Retry if !sending.can_be_retried() => NextStep::LookUp,
            next => next,
        }
    }
}

pub(super) mod sealed {
    use super::{SentAs, Verdict};

    pub trait Sealed {
        fn verdict(&self, sending: SentAs) -> Verdict;
    }
}

impl sealed::Sealed for Response {
    fn verdict(&self, sending: SentAs) -> Verdict {
        self.view().verdict(sending)
    }
}

impl HasOutcome for Response {}

impl sealed::Sealed for View<'_> {
    fn verdict(&self, sending: SentAs) -> Verdict {
        let names_a_transaction = || self.transaction_id().is_some_and(|id| id.names_a_transaction());
        let first = Verdict::of_line(self.status(), self.response_code());
        let names_a_transaction = sending.is_retry() && names_a_transaction();
        first.after(sending, (self.status(), self.response_code()), names_a_transaction)
    }
}

impl HasOutcome for View<'_> {}

impl sealed::Sealed for DecodeError {
    fn verdict(&self, _: SentAs) -> Verdict {
        Verdict::UNKNOWN
    }
}

impl HasOutcome for DecodeError {}

impl<T: HasOutcome, E: HasOutcome> sealed::Sealed for Result<T, E> {
    fn verdict(&self, sending: SentAs) -> Verdict {
        match self {
            Ok(answer) => answer.verdict(sending),
            Err(error) => error.verdict(sending),
        }
    }
}

/// A response that was read, or the reason why it cannot be.
impl<T: HasOutcome, E: HasOutcome> HasOutcome for Result<T, E> {}

impl Response {
    /// The outcome of a **first sending**: the table is at [`Outcome`]. Of a request that may have a retry
    /// number, ask [`Outcome::of_response_to`].
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        Verdict::of_line(self.status(), self.response_code()).outcome
    }

    /// The next step after a **first sending**: the table is at [`Outcome`]. Of a request that may have a
    /// retry number, ask [`NextStep::of_response_to`].
    #[must_use]
    pub const fn next_step(&self) -> NextStep {
        Verdict::of_line(self.status(), self.response_code()).next_step
    }
}

impl View<'_> {
    /// The outcome of a **first sending**: the table is at [`Outcome`].
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        Verdict::of_line(self.status(), self.response_code()).outcome
    }

    /// The next step after a **first sending**: the table is at [`Outcome`].
    #[must_use]
    pub const fn next_step(self) -> NextStep {
        Verdict::of_line(self.status(), self.response_code()).next_step
    }
}

impl DecodeError {
    /// Always [`Outcome::Unknown`]: a body that cannot be read does not say that nothing happened.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        Outcome::Unknown
    }

    /// Always [`NextStep::Retry`].
    #[must_use]
    pub const fn next_step(&self) -> NextStep {
        NextStep::Retry
    }
}

stored_as_text!(Outcome);
