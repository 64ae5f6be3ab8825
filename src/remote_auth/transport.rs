//! Failures of a transport, and responses by HTTP status and body.

mod exchange;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::remote_auth::limits::Limits;
use crate::remote_auth::outcome::{HasOutcome, Meaning, SentAs};
use crate::remote_auth::response::{DecodeError, Response};
use crate::remote_auth::wire::may_hide_a_line;

pub use exchange::Exchange;

/// A transport's failure to deliver a response (section 6).
///
/// Take care which of the two an error of an HTTP client is: a client that takes a lost response for a request
/// that was never sent charges twice.
///
/// | error | is |
/// | --- | --- |
/// | the name of the host was not found, the connection was refused, the TLS handshake failed | [`NotConnected`](Self::NotConnected) |
/// | a timeout, a reset, half a response, anything else, anything that you are not sure of | [`Lost`](Self::Lost) |
///
/// ```
/// use cashflows_codec::remote_auth::{Outcome, TransportFailure};
///
/// assert_eq!(Outcome::of(&TransportFailure::NotConnected), Outcome::NeverSent);
/// assert_eq!(Outcome::of(&TransportFailure::Lost), Outcome::Unknown);
/// ```
///
/// Stored as a word: `not_connected`, `lost`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "timeout")]
pub enum TransportFailure {
    /// No byte of the request left, for certain: it was never sent.
    #[error("there was no connection, and nothing was sent")]
    NotConnected,
    /// Anything else: the request may have arrived.
    #[error("the response was lost")]
    Lost,
}

impl HasOutcome for TransportFailure {
    fn meaning(&self, sent: SentAs) -> Meaning {
        match self {
            Self::NotConnected => Meaning::NEVER_SENT.of_this_sending_alone(sent),
            Self::Lost => Meaning::UNKNOWN,
        }
    }
}

/// The reason why an HTTP exchange gave no response of the acquirer. The outcome is **unknown**, and the card may
/// have been charged, unless [no byte left](TransportFailure::NotConnected) or the server
/// [refused this sending](Self::Status) before it was processed.
///
/// `E` is the error of the body: [`DecodeError`], or `BatchDecodeError` for a batch response.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum HttpResponseError<E = DecodeError> {
    /// No HTTP response came.
    #[error(transparent)]
    Transport(TransportFailure),
    /// The status is not one of success (200 to 299), and the body neither is a response nor may hide one: it is
    /// plain text without a bar, and not a letter alone.
    ///
    /// With 400, 401, 403, 404, 405, 411, 413, 414, 415 and 431 the server refused this sending: the outcome of
    /// a first sending is refused, and the next step is to check the access. With any other status, such as a
    /// redirection (which is never followed) or an error of the server, the outcome is unknown. After a retry
    /// it is always unknown.
    #[error("the HTTP status is {0}")]
    Status(u16),
    /// The body cannot be read.
    #[error(transparent)]
    Body(E),
}

impl<E> HasOutcome for HttpResponseError<E> {
    fn meaning(&self, sent: SentAs) -> Meaning {
        match self {
            Self::Transport(failure) => failure.meaning(sent),
            Self::Status(status) => Meaning::of_http_status(*status, sent),
            Self::Body(_) => Meaning::UNKNOWN,
        }
    }
}

impl<E> From<TransportFailure> for HttpResponseError<E> {
    fn from(failure: TransportFailure) -> Self {
        Self::Transport(failure)
    }
}

impl From<DecodeError> for HttpResponseError {
    fn from(error: DecodeError) -> Self {
        Self::Body(error)
    }
}

impl Response {
    /// Reads the status and the body of an HTTP response, with the default [`Limits`]. A body that is a
    /// response line decides, whatever the status. [`Request::decode_response`](super::Request::decode_response)
    /// also knows retries; with the feature `http` there is `Response::from_http`.
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

    /// Reads the status and the body of an HTTP response, with other limits.
    ///
    /// # Errors
    ///
    /// As [`decode_http`](Self::decode_http).
    pub fn decode_http_with<B: AsRef<[u8]> + ?Sized>(
        status: u16,
        body: &B,
        limits: &Limits,
    ) -> Result<Self, HttpResponseError> {
        Self::decode_with(body, limits).map_err(|error| match status {
            200..300 => HttpResponseError::Body(error),
            _ if may_hide_a_line(body.as_ref()) => HttpResponseError::Body(error),
            _ => HttpResponseError::Status(status),
        })
    }
}
