//! More than the limits allow, which is nobody's error.

use thiserror::Error;

/// More than the limits allow (see [`Limits`](crate::remote_auth::Limits)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("more than {max} {what}")]
pub struct LimitExceeded {
    what: Limited,
    max: usize,
}

impl LimitExceeded {
    pub(crate) const fn new(what: Limited, max: usize) -> Self {
        Self { what, max }
    }

    /// What there is too much of.
    #[must_use]
    pub const fn what(&self) -> Limited {
        self.what
    }

    /// The most that is allowed.
    #[must_use]
    pub const fn max(&self) -> usize {
        self.max
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Limited {
    /// Bytes of a request body.
    #[error("bytes of request body")]
    RequestBytes,
    /// Parameters of a request body.
    #[error("parameters in a request body")]
    RequestParameters,
    /// Bytes of a batch request body.
    #[error("bytes of batch request body")]
    BatchRequestBytes,
    /// Bytes of a batch reply body.
    #[error("bytes of batch reply body")]
    BatchReplyBytes,
    /// Parameters in the form of a batch body.
    #[error("parameters in a batch form")]
    BatchParameters,
}
