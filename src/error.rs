//! Errors of values, and of the size of a peer's message. Each error names a place
//! and a rule, and never holds a value.
//!
//! [`InvalidValue`] is the caller's, [`LimitExceeded`] nobody's. What can be wrong with a message
//! lives with the message.

mod limit;
mod rule;

use core::fmt;

pub use limit::{LimitExceeded, LimitKind};
pub use rule::{InvalidValue, Rule};

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
