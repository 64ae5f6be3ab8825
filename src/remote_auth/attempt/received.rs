//! What came of a sending.

#[cfg(feature = "http")]
use crate::remote_auth::http::HttpError;
use crate::remote_auth::response::DecodeError;
use crate::remote_auth::{Response, TransportFailure};

/// What came of a sending: an answer, or why there is none. Made from whatever
/// [`Response::decode`] or [`Response::from_http`] gave, or from a [`TransportFailure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Received<'a> {
    /// An answer.
    Answer(&'a Response),
    /// No answer, or none that can be read.
    Failure(TransportFailure),
}

impl<'a> From<&'a Response> for Received<'a> {
    fn from(response: &'a Response) -> Self {
        Self::Answer(response)
    }
}

impl From<TransportFailure> for Received<'_> {
    fn from(failure: TransportFailure) -> Self {
        Self::Failure(failure)
    }
}

/// What cannot be read is a lost answer.
impl<'a> From<&'a Result<Response, DecodeError>> for Received<'a> {
    fn from(decoded: &'a Result<Response, DecodeError>) -> Self {
        decoded.as_ref().map_or(Self::Failure(TransportFailure::Lost), Self::Answer)
    }
}

impl<'a> From<&'a Result<Response, TransportFailure>> for Received<'a> {
    fn from(received: &'a Result<Response, TransportFailure>) -> Self {
        match received {
            Ok(response) => Self::Answer(response),
            Err(failure) => Self::Failure(*failure),
        }
    }
}

/// Everything but a transport that was not connected is a lost answer.
#[cfg(feature = "http")]
impl<'a> From<&'a Result<Response, HttpError>> for Received<'a> {
    fn from(received: &'a Result<Response, HttpError>) -> Self {
        match received {
            Ok(response) => Self::Answer(response),
            Err(HttpError::Transport(failure)) => Self::Failure(*failure),
            Err(_) => Self::Failure(TransportFailure::Lost),
        }
    }
}
