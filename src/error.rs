//! Every public error. Each names a place and a rule, and never holds a value.
//!
//! They are split by blame: [`InvalidValue`] is the caller's, [`DecodeError`] and
//! [`RequestError`] are the peer's, [`LimitExceeded`] is nobody's, [`DigestMismatch`] is a matter
//! between the two.

mod limit;
mod request;
mod response;
mod rule;

use core::fmt;
use core::time::Duration;

use thiserror::Error;

pub use limit::{LimitExceeded, Limited};
pub use request::{ParameterError, ParameterName, RequestError, UnlistedName};
pub use response::{AmbiguousExtras, DecodeError, DecodeErrorKind, ResponseField};
pub use rule::{InvalidValue, Rule};

use crate::parameter::OperationKind;

/// A credit whose digest is not the one that its values and the shared secret give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("the credit digest does not match")]
pub struct DigestMismatch;

/// Why there is no retry of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum RetryError {
    /// More than five minutes have gone by since the first attempt: the gateway no longer knows it
    /// as a retry and could charge a second time.
    #[error("the first attempt was {} s ago, more than the 300 s in which a retry is known", .elapsed.as_secs())]
    WindowClosed {
        /// The time since the first attempt.
        elapsed: Duration,
    },
    /// The first attempt lies in the future: the two times cannot both be right.
    #[error("the first attempt lies in the future")]
    ClockWentBack,
    /// The retry number cannot grow any more.
    #[error("there is no next retry number")]
    Exhausted,
    /// The operation has no retry number: a credit.
    #[error("a {0} request has no retry number")]
    NotRetryable(OperationKind),
}

/// Why a transaction cannot be the origin of a continuous payment (section 3 of the protocol page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum NotRecurring {
    /// Its CVV check was not a full match.
    #[error("the CVV check was not a full match")]
    CvvNotMatched,
    /// Its id names no transaction.
    #[error("the id names no transaction")]
    NamesNoTransaction,
}

/// Several things with a separator between.
pub(crate) struct Separated<'a, T>(pub(crate) &'a [T], pub(crate) &'static str);

impl<T: fmt::Display> fmt::Display for Separated<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(things, separator) = self;
        for (index, thing) in things.iter().enumerate() {
            if index > 0 {
                f.write_str(separator)?;
            }
            thing.fmt(f)?;
        }
        Ok(())
    }
}
