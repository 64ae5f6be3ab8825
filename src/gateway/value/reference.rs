//! What the gateway names a thing by.

use core::fmt;
use core::num::NonZeroU64;

use super::decimal::Decimal;
use crate::error::{InvalidValue, Rule};

/// The gateway's name of a job, payment, step, refund, capture or trace: a positive signed integer of
/// 64 bits (section 3), 18 digits in every example.
///
/// On the wire it is text in the examples and a number in the schema: both are read, exactly, and
/// text is written. It never passes through a float, which would lose its last digits.
///
/// ```
/// use cashflows_codec::gateway::Reference;
///
/// let reference: Reference = "210221017179873304".parse()?;
/// assert_eq!(reference, Reference::new(210_221_017_179_873_304)?);
/// assert_eq!(reference.to_string(), "210221017179873304");
/// for wrong in ["", "0", "-1", "+1", "01", "1.0", "9223372036854775808"] {
///     assert!(wrong.parse::<Reference>().is_err());
/// }
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(NonZeroU64);

impl Reference {
    /// 9223372036854775807
    pub const MAX: u64 = i64::MAX as u64;

    const NAME: &'static str = "reference";

    /// The reference with this number.
    ///
    /// # Errors
    ///
    /// The number is 0 or greater than [`Reference::MAX`].
    pub const fn new(number: u64) -> Result<Self, InvalidValue> {
        match NonZeroU64::new(number) {
            Some(positive) if number <= Self::MAX => Ok(Self(positive)),
            _ => Err(InvalidValue::new(Self::NAME, Rule::PositiveInteger)),
        }
    }

    /// The reference with this number, or the nearest one that there is.
    #[cfg(feature = "simulator")]
    pub(crate) const fn saturating(number: u64) -> Self {
        let number = if number > Self::MAX { Self::MAX } else { number };
        match NonZeroU64::new(number) {
            Some(number) => Self(number),
            None => Self(NonZeroU64::MIN),
        }
    }

    /// The text on the stack.
    pub(crate) fn to_text(self) -> impl core::ops::Deref<Target = str> {
        Decimal::whole(self.get()).to_text()
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0.get()
    }
}

impl TryFrom<u64> for Reference {
    type Error = InvalidValue;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        Self::new(number)
    }
}

impl TryFrom<&str> for Reference {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
        let number = if digits { text.parse().ok() } else { None };
        number.map_or(Err(InvalidValue::new(Self::NAME, Rule::PositiveInteger)), Self::new)
    }
}

parsed_value!(Reference);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

stored_as_text!(Reference);

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reference({})", self.0)
    }
}
