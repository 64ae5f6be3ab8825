//! A request body that is not a request: everything that is wrong with it.

use thiserror::Error;

use crate::error::{LimitExceeded, Separated};
use crate::remote_auth::ParameterError;
use crate::value::Reason;

/// A request body that is not a request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The body is larger than the limits allow; nothing of it was read.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// Everything that is wrong with the parameters: never empty, in the order in which a reader
    /// finds it: structure (escapes, duplicates), then values, then what is missing or contradicts.
    #[error("{}", Separated(.0, "; "))]
    Parameters(Vec<ParameterError>),
}

impl RequestError {
    /// The reason with which a gateway refuses such a body: that of the first error, or V26,
    /// invalid request, where that has none of its own.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Parameters(errors) => errors.first().and_then(|error| error.reason()),
            Self::Limit(_) => None,
        }
        .unwrap_or(Reason::InvalidRequest)
    }
}
