//! What a transport can say where there is no answer, and replies that come by HTTP.

use thiserror::Error;

use crate::remote_auth::limits::Limits;
use crate::remote_auth::outcome::{HasOutcome, NextStep, Outcome, SentAs, Verdict, sealed};
use crate::remote_auth::response::{DecodeError, Response};
use crate::remote_auth::wire::begins_like_a_line;

/// Why a transport has no answer (section 6).
///
/// Which of the two an error of an HTTP client is has to be said with care: whoever takes a lost
/// answer for a request that was never sent charges twice.
///
/// | what happened | which |
/// | --- | --- |
/// | the name of the host was not found, the connection was refused, the TLS handshake failed | [`NotConnected`](Self::NotConnected) |
/// | a timeout, a reset, half an answer, anything else, anything that you are not sure of | [`Lost`](Self::Lost) |
///
/// ```
/// use cashflows_codec::remote_auth::{Outcome, TransportFailure};
///
/// assert_eq!(Outcome::of(&TransportFailure::NotConnected), Outcome::NeverSent);
/// assert_eq!(Outcome::of(&TransportFailure::Lost), Outcome::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[doc(alias = "timeout")]
pub enum TransportFailure {
    /// It is certain that no byte of the request left: it was never sent.
    #[error("there was no connection, and nothing was sent")]
    NotConnected,
    /// Anything else: the request may have arrived.
    #[error("the answer was lost")]
    Lost,
}

impl TransportFailure {
    /// [`Outcome::NeverSent`] where nothing left, else [`Outcome::Unknown`]: of a **first sending**.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        self.of(SentAs::FIRST).outcome
    }

    /// [`NextStep::Resubmit`] where nothing left, else [`NextStep::Retry`]: after a **first sending**.
    #[must_use]
    pub const fn next_step(self) -> NextStep {
        self.of(SentAs::FIRST).next_step
    }

    const fn of(self, sending: SentAs) -> Verdict {
        match self {
            Self::NotConnected => Verdict::NEVER_SENT.of_this_sending_alone(sending),
            Self::Lost => Verdict::UNKNOWN,
        }
    }
}

impl sealed::Sealed for TransportFailure {
    fn verdict(&self, sending: SentAs) -> Verdict {
        self.of(sending)
    }
}

impl HasOutcome for TransportFailure {}

/// An HTTP response that is no answer, of a transport that has no types of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum HttpResponseError {
    /// The status is not one of success (200 to 299), and the body is no answer, nor the beginning of one.
    ///
    /// 400, 401, 403, 404, 405, 411, 413, 414, 415 and 431 say that the server refused this sending: of a
    /// first sending the outcome is refused, and its access is to be checked. Any other says nothing:
    /// unknown. To a retry none of them says what became of the first sending: unknown.
    #[error("the HTTP status is {0}")]
    Status(u16),
    /// The body cannot be read.
    #[error(transparent)]
    Body(DecodeError),
}

impl HttpResponseError {
    /// The outcome of a **first sending**: [`Outcome::Refused`] with a [status](Self::Status) that says so,
    /// else [`Outcome::Unknown`].
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.of(SentAs::FIRST).outcome
    }

    /// The next step after a **first sending**.
    #[must_use]
    pub const fn next_step(&self) -> NextStep {
        self.of(SentAs::FIRST).next_step
    }

    const fn of(&self, sending: SentAs) -> Verdict {
        match self {
            Self::Status(status) => Verdict::of_http_status(*status, sending),
            Self::Body(_) => Verdict::UNKNOWN,
        }
    }
}

impl sealed::Sealed for HttpResponseError {
    fn verdict(&self, sending: SentAs) -> Verdict {
        self.of(sending)
    }
}

impl HasOutcome for HttpResponseError {}

impl Response {
    /// Reads the status and the body of an HTTP response, with the default [`Limits`]. A body that is a
    /// line decides, whatever the status. With the feature `http` there is `Response::from_http`.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{NextStep, Outcome, Response};
    ///
    /// let read = Response::decode_http(500, "A|01S00000001|200|031971|Authorised");
    /// assert_eq!(Outcome::of(&read), Outcome::Authorised);
    ///
    /// let read = Response::decode_http(401, "<html>Unauthorized</html>");
    /// assert_eq!((Outcome::of(&read), NextStep::of(&read)), (Outcome::Refused, NextStep::CheckAccess));
    ///
    /// let read = Response::decode_http(302, "");
    /// assert_eq!((Outcome::of(&read), NextStep::of(&read)), (Outcome::Unknown, NextStep::Retry));
    /// ```
    ///
    /// # Errors
    ///
    /// The body is not a response; [`HttpResponseError::Status`] where the status explains that.
    pub fn decode_http<B: AsRef<[u8]> + ?Sized>(status: u16, body: &B) -> Result<Self, HttpResponseError> {
        Self::decode_http_with(status, body, &Limits::default())
    }

    /// Reads the status and the body of an HTTP response, with limits of the caller's.
    ///
    /// # Errors
    ///
    /// As [`decode_http`](Self::decode_http).
    pub fn decode_http_with<B: AsRef<[u8]> + ?Sized>(
        status: u16,
        body: &B,
        limits: &Limits,
    ) -> Result<Self, HttpResponseError> {
        let is_explained = !(200..300).contains(&status) && !begins_like_a_line(body.as_ref());
        Self::decode_with(body, limits).map_err(|error| {
            if is_explained { HttpResponseError::Status(status) } else { HttpResponseError::Body(error) }
        })
    }
}

impl From<TransportFailure> for Outcome {
    fn from(failure: TransportFailure) -> Self {
        failure.outcome()
    }
}
