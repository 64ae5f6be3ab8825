//! Decimal numbers, exact.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use arrayvec::ArrayString;

use crate::error::{InvalidValue, Rule};
use crate::value::{Currency, MaskedText};

/// A decimal number that is not negative, as the gateway writes amounts: digits, and perhaps a point
/// and more digits (section 3). It is read from text or from a JSON number, exactly, and keeps its
/// decimals: `10`, `10.0` and `10.00` are equal, and each is written as it was read.
///
/// Reading one refuses signs, commas, exponents, spaces, leading zeros, a point without digits on
/// both sides, more than 18 decimals, and what does not fit 64 bits without its point.
///
/// ```
/// use cashflows_codec::gateway::Decimal;
///
/// let amount: Decimal = "10.00".parse()?;
/// assert_eq!((amount.digits(), amount.decimals()), (1000, 2));
/// assert_eq!(amount, "10".parse()?);
/// assert_eq!(amount.to_string(), "10.00");
/// for wrong in ["", "-1", "+1", "1,000.00", "1e3", " 1", "01", ".5", "5.", "1.2.3"] {
///     assert!(wrong.parse::<Decimal>().is_err());
/// }
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy)]
pub struct Decimal {
    digits: u64,
    decimals: u8,
}

impl Decimal {
    /// The most digits behind the point.
    pub const MAX_DECIMALS: u8 = 18;

    /// The digits of the largest number, and the point.
    const MAX_TEXT: usize = 21;
    const NAME: &'static str = "decimal";

    /// The number whose digits, without the point, are `digits`, and of which `decimals` stand behind
    /// the point: 1000 and 2 are `10.00`.
    ///
    /// # Errors
    ///
    /// There are more than [`Decimal::MAX_DECIMALS`].
    pub const fn new(digits: u64, decimals: u8) -> Result<Self, InvalidValue> {
        if decimals > Self::MAX_DECIMALS {
            return Err(InvalidValue::new(Self::NAME, Rule::Decimal));
        }
        Ok(Self { digits, decimals })
    }

    /// The digits without the point: 1000 of `10.00`.
    #[must_use]
    pub const fn digits(self) -> u64 {
        self.digits
    }

    /// How many digits stand behind the point: 2 of `10.00`.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// The number in units of which `10^decimals` make one, if it is a whole number of them that fits:
    /// 1000 of `10`, `10.0` and `10.000`, in hundredths.
    #[must_use]
    pub const fn in_units(self, decimals: u8) -> Option<u64> {
        let Some(more) = decimals.checked_sub(self.decimals) else {
            let unit = 10_u64.checked_pow((self.decimals - decimals) as u32);
            return match unit {
                Some(unit) if self.digits.is_multiple_of(unit) => Some(self.digits / unit),
                _ => None,
            };
        };
        match 10_u64.checked_pow(more as u32) {
            Some(unit) => self.digits.checked_mul(unit),
            None if self.digits == 0 => Some(0),
            None => None,
        }
    }

    /// Returns true if no more than `decimals` digits behind the point are of any value.
    pub(crate) const fn has_at_most(self, decimals: u8) -> bool {
        match self.decimals.checked_sub(decimals) {
            Some(more) => self.digits.is_multiple_of(10_u64.pow(more as u32)),
            None => true,
        }
    }

    /// A number without a fraction.
    pub(crate) const fn whole(number: u64) -> Self {
        Self { digits: number, decimals: 0 }
    }

    /// The text on the stack, written from the last digit to the first: much faster than formatting.
    pub(crate) fn to_text(self) -> ArrayString<{ Self::MAX_TEXT }> {
        let decimals = usize::from(self.decimals);
        let mut bytes = [b'0'; Self::MAX_TEXT];
        let mut rest = self.digits;
        let mut length = 0;
        for byte in bytes.iter_mut().rev() {
            if length == decimals && decimals > 0 {
                *byte = b'.';
            } else if rest > 0 || length <= decimals + usize::from(decimals > 0) {
                *byte = b'0' + (rest % 10) as u8;
                rest /= 10;
            } else {
                break;
            }
            length += 1;
        }
        let text = bytes.get(Self::MAX_TEXT - length..).and_then(|bytes| core::str::from_utf8(bytes).ok());
        text.and_then(|text| ArrayString::from(text).ok()).unwrap_or_default()
    }

    /// So many of the smallest unit of a currency, with its decimals.
    pub(crate) fn of_minor_units(minor_units: u64, currency: Currency) -> Self {
        Self { digits: minor_units, decimals: decimals_of(currency) }
    }

    /// The number in the unit of the most decimals: two are equal if these are.
    fn scaled(self) -> u128 {
        u128::from(self.digits) * 10_u128.pow(u32::from(Self::MAX_DECIMALS.saturating_sub(self.decimals)))
    }
}

impl TryFrom<&str> for Decimal {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        read(text).ok_or(InvalidValue::new(Self::NAME, Rule::Decimal))
    }
}

fn read(text: &str) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let padded = whole.len() > 1 && whole.starts_with('0');
    let decimals = u8::try_from(fraction.len()).ok().filter(|&count| count <= Decimal::MAX_DECIMALS)?;
    if whole.is_empty() || padded {
        return None;
    }
    let digits = whole.bytes().chain(fraction.bytes()).try_fold(0_u64, |sum, byte| {
        let digit = char::from(byte).to_digit(10)?;
        sum.checked_mul(10)?.checked_add(u64::from(digit))
    })?;
    Some(Decimal { digits, decimals })
}

parsed_value!(Decimal);

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.scaled() == other.scaled()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.scaled().cmp(&other.scaled())
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.scaled().hash(state);
    }
}

/// With as many decimals as it has.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_text())
    }
}

stored_as_text!(Decimal);

/// A card number in the place of a number is masked.
impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", MaskedText::reference(&self.to_text()))
    }
}

/// How many decimals an amount of the currency has: 2 where ISO 4217 names none, as for gold.
pub(crate) fn decimals_of(currency: Currency) -> u8 {
    currency.decimals().unwrap_or(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(digits: u64, decimals in 0..=Decimal::MAX_DECIMALS) {
            let decimal = Decimal::new(digits, decimals).unwrap();
            let read: Decimal = decimal.to_string().parse().unwrap();
            prop_assert_eq!((read.digits(), read.decimals()), (digits, decimals));
            prop_assert_eq!(read.in_units(decimals), Some(digits));
        }
    }

    #[test]
    fn numbers_are_written_as_formatting_writes_them() {
        let powers = (0..20).map(|power| 10_u64.pow(power));
        let near = powers.flat_map(|power| [power - 1, power, power + 1, power.saturating_mul(7)]);
        for digits in near.chain([u64::MAX]) {
            assert_eq!(Decimal::whole(digits).to_string(), digits.to_string());
            for decimals in 1..=Decimal::MAX_DECIMALS {
                let unit = 10_u64.pow(decimals.into());
                let (whole, fraction) = (digits / unit, digits % unit);
                let formatted = format!("{whole}.{fraction:0width$}", width = decimals.into());
                assert_eq!(Decimal::new(digits, decimals).unwrap().to_string(), formatted);
            }
        }
    }

    #[test]
    fn what_is_no_number_of_the_wire_is_refused() {
        for wrong in [
            "", ".", "1.", ".5", "00", "01", "01.50", "1.2.3", "-1", "+1", "1e3", "1,5", " 1", "1_0",
            "\u{661}",
        ] {
            assert!(wrong.parse::<Decimal>().is_err(), "{wrong}");
        }
        for right in ["0", "0.0", "0.50", "10.01"] {
            assert_eq!(right.parse::<Decimal>().unwrap().to_string(), right);
        }
    }

    #[test]
    fn units_are_whole_or_none() {
        for (text, decimals, units) in [
            ("10", 2, Some(10_00)),
            ("10.0", 2, Some(10_00)),
            ("10.000", 2, Some(10_00)),
            ("10.001", 2, None),
            ("10.5", 0, None),
            ("10.0", 0, Some(10)),
            ("18446744073709551615", 0, Some(u64::MAX)),
            ("18446744073709551615", 1, None),
            ("0", 18, Some(0)),
            ("0", 30, Some(0)),
            ("1", 30, None),
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().in_units(decimals), units, "{text} {decimals}");
        }
    }

    #[test]
    fn numbers_are_equal_whatever_their_decimals() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(decimal("0"), decimal("0.00"));
        assert_ne!(decimal("0"), decimal("0.01"));
        let numbers: std::collections::HashSet<_> = ["1", "1.0", "1.5", "1.50", "2"].map(decimal).into();
        assert_eq!(numbers.len(), 3);
        let hash = |text: &str| {
            let mut hasher = std::hash::DefaultHasher::new();
            decimal(text).hash(&mut hasher);
            hasher.finish()
        };
        assert!(hash("1") == hash("1.00") && hash("1") != hash("2"));
        assert_eq!(format!("{:?}", decimal("1.50")), "Decimal(1.50)");
        assert!(decimal("9.99") < decimal("10"));
        assert!(decimal("1.000000000000000001") > decimal("1"));
        assert!("18446744073709551616".parse::<Decimal>().is_err());
        assert!("0.0000000000000000001".parse::<Decimal>().is_err());
        assert!(Decimal::new(0, 19).is_err());
    }
}
