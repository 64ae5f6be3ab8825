//! More than the limits allow, which is nobody's error.

use thiserror::Error;

/// A message has more of something than the limits of its decoder allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("more than {max} {what}")]
pub struct LimitExceeded {
    what: LimitKind,
    max: usize,
}

impl LimitExceeded {
    pub(crate) const fn new(what: LimitKind, max: usize) -> Self {
        Self { what, max }
    }

    /// The things that there are too many of.
    #[must_use]
    pub const fn what(&self) -> LimitKind {
        self.what
    }

    /// The most that is allowed.
    #[must_use]
    pub const fn max(&self) -> usize {
        self.max
    }
}

/// The things that a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum LimitKind {
    /// Bytes of a body.
    #[error("bytes in the body")]
    Bytes,
    /// Parameters of a form.
    #[error("parameters in the form")]
    Parameters,
}
