//! Decimal numbers that may be negative.

use core::fmt;

use super::Decimal;
use crate::error::InvalidValue;

/// A decimal number that may be negative, such as the price of a discount among the lines of an order
/// (section 4): a [`Decimal`], perhaps with a `-` before it. Zero has no sign: `-0` equals `0`.
///
/// ```
/// use cashflows_codec::gateway::SignedDecimal;
///
/// let discount: SignedDecimal = "-2.50".parse()?;
/// assert!(discount.is_negative());
/// assert_eq!(discount.magnitude(), "2.50".parse()?);
/// assert_eq!(discount.to_string(), "-2.50");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SignedDecimal {
    negative: bool,
    magnitude: Decimal,
}

impl SignedDecimal {
    /// The number that is as far below zero as `magnitude` is above.
    #[must_use]
    pub const fn negative(magnitude: Decimal) -> Self {
        Self { negative: true, magnitude }
    }

    /// The number without its sign.
    #[must_use]
    pub const fn magnitude(self) -> Decimal {
        self.magnitude
    }

    /// Tells a number below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.negative && self.magnitude.digits() != 0
    }
}

impl From<Decimal> for SignedDecimal {
    fn from(magnitude: Decimal) -> Self {
        Self { negative: false, magnitude }
    }
}

impl TryFrom<&str> for SignedDecimal {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        let magnitude = text.strip_prefix('-');
        let negative = magnitude.is_some();
        Decimal::try_from(magnitude.unwrap_or(text)).map(|magnitude| Self { negative, magnitude })
    }
}

parsed_value!(SignedDecimal);

impl PartialEq for SignedDecimal {
    fn eq(&self, other: &Self) -> bool {
        self.is_negative() == other.is_negative() && self.magnitude == other.magnitude
    }
}

impl Eq for SignedDecimal {}

/// As on the wire.
impl fmt::Display for SignedDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        write!(f, "{sign}{}", self.magnitude)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_read_and_written() {
        for (text, written) in [
            ("-2.50", Some("-2.50")),
            ("2.50", Some("2.50")),
            ("-0.00", Some("0.00")),
            ("--1", None),
            ("+1", None),
            ("-", None),
            ("- 1", None),
            ("1-", None),
            ("", None),
        ] {
            let read = SignedDecimal::try_from(text).ok();
            assert_eq!(read.map(|read| read.to_string()).as_deref(), written, "{text}");
        }
        let number = |text| SignedDecimal::try_from(text).unwrap();
        assert_eq!((number("-0"), number("-1.0")), (number("0"), number("-1")));
        assert_ne!(number("-1"), number("1"));
        assert_eq!(SignedDecimal::negative("1".parse().unwrap()), number("-1"));
    }
}
