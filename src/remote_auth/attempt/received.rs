//! Responses and failures that an attempt takes.

use super::TooLate;
use crate::remote_auth::{Exchange, HasOutcome, Outcome, Response, TransportFailure};

/// A response to a sending, or the reason why there is none. Made from an [`Exchange`], from what [`Response::decode`]
/// or `Response::from_http` gave, or from a [`TransportFailure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Received<'a> {
    /// A response.
    Response(&'a Response),
    /// No response, and an HTTP status that says that this sending was refused before it was processed:
    /// 400, 401, 403, 404, 405, 411, 413, 414, 415 or 431.
    Rejected,
    /// No response, or none that can be read.
    Failure(TransportFailure),
}

impl<'a> From<&'a Exchange> for Received<'a> {
    fn from(exchange: &'a Exchange) -> Self {
        Self::from(&exchange.response)
    }
}

impl<'a> From<&'a Response> for Received<'a> {
    fn from(response: &'a Response) -> Self {
        Self::Response(response)
    }
}

impl From<TransportFailure> for Received<'_> {
    fn from(failure: TransportFailure) -> Self {
        Self::Failure(failure)
    }
}

impl From<&TransportFailure> for Received<'_> {
    fn from(failure: &TransportFailure) -> Self {
        Self::Failure(*failure)
    }
}

/// A request that did not leave counts as one that had no connection.
impl From<&TooLate> for Received<'_> {
    fn from(_: &TooLate) -> Self {
        Self::Failure(TransportFailure::NotConnected)
    }
}

/// Without a response, everything but [no connection](TransportFailure::NotConnected), and an HTTP status
/// that refuses the sending, is a lost one.
impl<'a, E: HasOutcome> From<&'a Result<Response, E>> for Received<'a> {
    fn from(received: &'a Result<Response, E>) -> Self {
        match received {
            Ok(response) => Self::Response(response),
            Err(error) => match error.outcome() {
                Outcome::NeverSent => Self::Failure(TransportFailure::NotConnected),
                Outcome::Refused => Self::Rejected,
                Outcome::Authorised | Outcome::Unknown => Self::Failure(TransportFailure::Lost),
            },
        }
    }
}
