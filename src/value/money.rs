//! How much, in which currency. Integers of one hundredth; no float anywhere.

use core::fmt;

use arrayvec::ArrayString;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::stored::Object;
use crate::error::{InvalidValue, Rule};

/// An amount in hundredths of the currency's unit: on the wire always with exactly two decimals
/// (`tran_amount`, section 2), from 0.00 to [`Amount::MAX`].
///
/// Reading one refuses signs, symbols, commas, spaces, leading zeros, and any other number of
/// decimals.
///
/// ```
/// use cashflows_codec::value::Amount;
///
/// let amount: Amount = "24.99".parse()?;
/// assert_eq!(amount, Amount::from_hundredths(24_99));
/// assert_eq!(amount.to_string(), "24.99");
/// for wrong in ["24.9", "24.999", "24", "£24.99", "-24.99", "+24.99", "1,024.99", "024.99", ".99", "24.", ""] {
///     assert!(wrong.parse::<Amount>().is_err());
/// }
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// 184467440737095516.15
    pub const MAX: Self = Self(u64::MAX);

    /// An amount of `hundredths`: 2499 is 24.99.
    #[must_use]
    pub const fn from_hundredths(hundredths: u64) -> Self {
        Self(hundredths)
    }

    /// The amount in hundredths.
    #[must_use]
    pub const fn hundredths(self) -> u64 {
        self.0
    }

    /// The wire text on the stack.
    pub(crate) fn to_text(self) -> ArrayString<{ AmountBytes::MAX }> {
        let bytes = self.to_bytes();
        let text = core::str::from_utf8(bytes.as_ref()).ok();
        text.and_then(|text| ArrayString::from(text).ok()).unwrap_or_default()
    }

    /// The bytes of the wire text, from the last to the first: much faster than formatting.
    #[inline]
    pub(crate) fn to_bytes(self) -> AmountBytes {
        let mut bytes = [b'0'; AmountBytes::MAX];
        let mut rest = self.0;
        let mut length = 0;
        for byte in bytes.iter_mut().rev() {
            if length == 2 {
                *byte = b'.';
            } else if length < 4 || rest > 0 {
                *byte = b'0' + (rest % 10) as u8;
                rest /= 10;
            } else {
                break;
            }
            length += 1;
        }
        AmountBytes { bytes, length }
    }
}

/// The text of an amount, at the end of what has room for the longest.
pub(crate) struct AmountBytes {
    bytes: [u8; Self::MAX],
    length: usize,
}

impl AmountBytes {
    const MAX: usize = 21;
}

impl AsRef<[u8]> for AmountBytes {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(Self::MAX - self.length..).unwrap_or_default()
    }
}

impl TryFrom<&str> for Amount {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        hundredths(text).map(Self).map_err(|rule| InvalidValue::new("amount", rule))
    }
}

fn hundredths(text: &str) -> Result<u64, Rule> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').ok_or(Rule::Amount)?;
    // One spelling for one amount: the credit digest is taken over it.
    let padded = whole.len() > 1 && whole.starts_with('0');
    if whole.is_empty() || padded || fraction.len() != 2 || !digits(whole) || !digits(fraction) {
        return Err(Rule::Amount);
    }
    whole
        .bytes()
        .chain(fraction.bytes())
        .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
        .ok_or(Rule::AmountOverflow)
}

parsed_value!(Amount);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// A currency: three upper-case letters of ISO 4217 (`tran_currency`, section 2).
///
/// The list is ISO's; whether the profile may use a currency is the gateway's to say (V14, V29).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    /// Pound sterling.
    pub const GBP: Self = Self(iso_currency::Currency::GBP);
    /// United States dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// The three letters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount of the currency has: 2 of pounds, none of yen, 3 of Kuwaiti dinars;
    /// 2 where ISO 4217 names none, as for gold.
    #[cfg(feature = "gateway")]
    pub(crate) fn decimals(self) -> u8 {
        self.0.exponent().and_then(|decimals| decimals.try_into().ok()).unwrap_or(2)
    }
}

impl TryFrom<&str> for Currency {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        iso_currency::Currency::from_code(text).map(Self).ok_or(InvalidValue::new("currency", Rule::Currency))
    }
}

parsed_value!(Currency);

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({self})")
    }
}

/// An amount in a currency.
///
/// ```
/// use cashflows_codec::value::Money;
///
/// assert_eq!(Money::gbp(24_99).to_string(), "24.99 GBP");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Amount,
    currency: Currency,
}

impl Money {
    /// `amount` of `currency`.
    #[must_use]
    pub const fn new(amount: Amount, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Euro cents.
    #[must_use]
    pub const fn eur(hundredths: u64) -> Self {
        Self::new(Amount::from_hundredths(hundredths), Currency::EUR)
    }

    /// Pence.
    #[must_use]
    pub const fn gbp(hundredths: u64) -> Self {
        Self::new(Amount::from_hundredths(hundredths), Currency::GBP)
    }

    /// US cents.
    #[must_use]
    pub const fn usd(hundredths: u64) -> Self {
        Self::new(Amount::from_hundredths(hundredths), Currency::USD)
    }

    /// The amount.
    #[must_use]
    pub const fn amount(self) -> Amount {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

stored_as_text!(Amount, Currency);

/// Stored as an object of `amount` and `currency`.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StoredMoney { amount: self.amount, currency: self.currency }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let StoredMoney { amount, currency } = Object::read(deserializer)?;
        Ok(Self::new(amount, currency))
    }
}

#[derive(Serialize, Deserialize)]
struct StoredMoney {
    amount: Amount,
    currency: Currency,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_formatting_writes_them() {
        let powers = (0..20).map(|power| 10_u64.pow(power));
        let near = powers.flat_map(|power| [power - 1, power, power + 1, power.saturating_mul(7)]);
        for hundredths in near.chain([u64::MAX - 1, u64::MAX]) {
            let formatted = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            assert_eq!(Amount(hundredths).to_text().as_str(), formatted);
        }
    }
}
