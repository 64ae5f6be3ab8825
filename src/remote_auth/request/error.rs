//! The errors of a request body.

use thiserror::Error;

use crate::error::{LimitExceeded, Separated};
use crate::remote_auth::ParameterError;
use crate::value::Reason;

/// A request body that is not a request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The body is larger than the limits allow. It was not read.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// All errors of the parameters, at least one: of structure (escapes, duplicates), then of values, then
    /// missing and contradicting parameters.
    #[error("{}", Separated(.0, "; "))]
    Parameters(Vec<ParameterError>),
}

impl RequestError {
    /// The reason with which the acquirer refuses such a body: that of the first error, or V26, invalid
    /// request, if that has none of its own.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Parameters(errors) => errors.first().and_then(|error| error.reason()),
            Self::Limit(_) => None,
        }
        .unwrap_or(Reason::InvalidRequest)
    }
}
