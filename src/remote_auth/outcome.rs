//! The meaning of a response (sections 3 and 6 of the protocol page): facts, no policy.

mod meaning;
mod next_step;
mod origin;
mod sent_as;

pub use next_step::NextStep;
pub use sent_as::SentAs;

pub(crate) use meaning::Meaning;

use crate::remote_auth::response::{DecodeError, Line, LineError, Response, View};

word_value! {
    /// The state of the payment after a response, or after none that could be read.
    ///
    /// The table holds for a **first sending**, as do [`of`](Self::of) and [`Response::outcome`].
    ///
    /// | response | outcome | next step |
    /// | --- | --- | --- |
    /// | status `A`, with or without a code | authorised | none |
    /// | status `D`, with or without a code | refused | none |
    /// | status `R` `B` `C` `V` with a code; `E` with a code of its own letter, which is blocked | refused | none |
    /// | the same, and `D`, with code `Dx49`, `Vx58` or `Vx59` | refused | authenticate |
    /// | the same with code `Vx33`: the first transaction may have been authorised | unknown | look up |
    /// | the same with code `Vx49` or `Vx54`, such as `V249`: one is still being processed | unknown | retry |
    /// | the same with a code of family `S` other than `S001` and `S101`: the two facts disagree | unknown | retry |
    /// | the same with a code of an unlisted family, such as `X233`: no page says what it means | unknown | retry |
    /// | status `R` `B` `C` `V` without a code | unknown | retry |
    /// | status `S` with code `S001` or `S101` | never sent | resubmit |
    /// | status `S` with any other code, or without one | unknown | retry |
    /// | any other status letter: no page says that nothing happened | unknown | retry |
    /// | a body that cannot be read, or no body | unknown | retry |
    /// | an HTTP status of 400, 401, 403, 404, 405, 411, 413, 414, 415 or 431, and a body that cannot hide a line: plain text without a bar | refused | check access |
    /// | no connection | never sent | resubmit |
    ///
    /// An [`Exchange`](crate::remote_auth::Exchange) and [`of_response_to`](Self::of_response_to) hold for every sending. After a **retry**:
    ///
    /// - An approval is authorised.
    /// - A decline (status `D` `R` `B` `C`, an id that names a transaction, no code of family `V` or `S`)
    ///   of a sale, a verification or a continuous payment is refused.
    /// - Everything else is unknown, since it does not tell what became of the earlier sending.
    ///
    /// A credit whose outcome is unknown is looked up and not retried, unless the acquirer is
    /// [known](SentAs::known_by_reference) to look at its reference.
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
    #[doc(alias = "approved")]
    Authorised = "authorised",
    /// `refused`: the transaction was not authorised, and will not be.
    #[doc(alias = "declined")]
    Refused = "refused",
    /// `never_sent`: the request never reached the acquirer. It can be sent again without the risk of a
    /// second charge.
    NeverSent = "never_sent",
    /// `unknown`: the card may have been charged. The [`NextStep`] tells how to find out.
    Unknown = "unknown",
}

impl Outcome {
    /// The outcome of a **first sending**. Takes what [`Response::decode`] gave, or a response alone. A body
    /// that cannot be read is unknown, not refused.
    ///
    /// For a request that may have a retry number, use [`Request::decode_response`](super::Request::decode_response).
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

/// A value with an [`Outcome`] and a [`NextStep`]: a [`Response`], a [`View`], a [`Line`], an error of reading one
/// of them, a [`TransportFailure`](super::TransportFailure), and a `Result` of these.
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

stored_as_text!(Outcome);
