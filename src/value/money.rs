//! How much, in which currency. Integers of one hundredth; no float anywhere.

use core::cmp::Ordering;
use core::fmt;

use arrayvec::ArrayString;
use thiserror::Error;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Currency;
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
///
/// An amount does not know its currency, so amounts have no order: 10.00 is more than 5.00, unless
/// the one is yen and the other pounds. [`Money::compare`] looks at the currencies;
/// [`hundredths`](Self::hundredths) are numbers like any other.
///
/// ```compile_fail,E0369
/// # use cashflows_codec::value::Money;
/// assert!(Money::eur(5_00).amount() < Money::gbp(10_00).amount());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// Why there is no such sum of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// The currency has no minor unit (XAU, XXX).
    #[error("the currency has no minor unit")]
    NoMinorUnit,
    /// A currency has more than the two decimals of the wire, and the amount needs them.
    #[error("the amount needs more than two decimals")]
    MoreThanTwoDecimals,
    /// A currency has fewer than two decimals, and the amount has more: 10.50 yen.
    #[error("the amount is not a whole number of the currency's minor unit")]
    FractionOfMinorUnit,
    /// Two sums of money are of different currencies.
    #[error("the currencies differ")]
    CurrenciesDiffer,
    /// The result is less than 0.00.
    #[error("the amount would be below 0.00")]
    BelowZero,
    /// The result is more than [`Amount::MAX`].
    #[error("the amount would be above the largest one")]
    Overflow,
}

/// How a currency's minor unit compares with the hundredths of the wire.
enum Scale {
    UnitsInHundredth(u64),
    HundredthsInUnit(u64),
}

impl Scale {
    fn of(currency: Currency) -> Result<Self, MoneyError> {
        let decimals = currency.decimals().ok_or(MoneyError::NoMinorUnit)?;
        let power = |digits: u8| 10_u64.checked_pow(u32::from(digits)).ok_or(MoneyError::Overflow);
        Ok(match decimals.checked_sub(2) {
            Some(more) => Self::UnitsInHundredth(power(more)?),
            None => Self::HundredthsInUnit(power(2 - decimals)?),
        })
    }
}

/// An amount in a currency.
///
/// ```
/// use cashflows_codec::value::{Currency, Money, MoneyError};
///
/// assert_eq!(Money::gbp(24_99).to_string(), "24.99 GBP");
///
/// // Whoever counts in minor units gives those of the currency: the wire has two decimals for all.
/// assert_eq!(Money::from_minor_units(24_99, Currency::GBP)?, Money::gbp(24_99));
/// assert_eq!(Money::from_minor_units(500, Currency::JPY)?.to_string(), "500.00 JPY");
/// let dinar: Currency = "KWD".parse()?;
/// assert_eq!(Money::from_minor_units(1_230, dinar)?.to_string(), "1.23 KWD");
/// assert_eq!(Money::from_minor_units(1_234, dinar), Err(MoneyError::MoreThanTwoDecimals));
///
/// assert_eq!(Money::gbp(20_00).checked_sub(Money::gbp(4_99))?, Money::gbp(15_01));
/// assert_eq!(Money::gbp(20_00).checked_add(Money::eur(1)), Err(MoneyError::CurrenciesDiffer));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Two sums are equal if amount and currency are. They have no order, since most pairs of currencies
/// have none: [`compare`](Self::compare) says so in an error.
///
/// ```compile_fail,E0369
/// # use cashflows_codec::value::Money;
/// assert!(Money::eur(5_00) < Money::gbp(10_00));
/// ```
///
/// Nor is there a `+`, which could only panic where the currencies differ.
///
/// ```compile_fail,E0369
/// # use cashflows_codec::value::Money;
/// let sum = Money::gbp(5_00) + Money::gbp(10_00);
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

    /// So many of the currency's minor units: cents, pence, and yen, which have none smaller. What
    /// has three decimals goes over the wire with two, so its last digit has to be 0.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoMinorUnit`], [`MoneyError::MoreThanTwoDecimals`] or [`MoneyError::Overflow`].
    pub fn from_minor_units(units: u64, currency: Currency) -> Result<Self, MoneyError> {
        let hundredths = match Scale::of(currency)? {
            Scale::UnitsInHundredth(scale) if !units.is_multiple_of(scale) => {
                return Err(MoneyError::MoreThanTwoDecimals);
            }
            Scale::UnitsInHundredth(scale) => units / scale,
            Scale::HundredthsInUnit(scale) => units.checked_mul(scale).ok_or(MoneyError::Overflow)?,
        };
        Ok(Self::new(Amount(hundredths), currency))
    }

    /// How many of the currency's minor units it is: 500 for 500.00 JPY, 2499 for 24.99 GBP.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoMinorUnit`], [`MoneyError::FractionOfMinorUnit`] or [`MoneyError::Overflow`].
    pub fn minor_units(self) -> Result<u64, MoneyError> {
        let hundredths = self.amount.0;
        match Scale::of(self.currency)? {
            Scale::UnitsInHundredth(scale) => hundredths.checked_mul(scale).ok_or(MoneyError::Overflow),
            Scale::HundredthsInUnit(scale) if !hundredths.is_multiple_of(scale) => {
                Err(MoneyError::FractionOfMinorUnit)
            }
            Scale::HundredthsInUnit(scale) => Ok(hundredths / scale),
        }
    }

    /// The sum of two.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrenciesDiffer`] or [`MoneyError::Overflow`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let sum = self.amount.0.checked_add(other.amount.0).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(Amount(sum), self.currency))
    }

    /// Subtracts `other`.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrenciesDiffer`] or [`MoneyError::BelowZero`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let rest = self.amount.0.checked_sub(other.amount.0).ok_or(MoneyError::BelowZero)?;
        Ok(Self::new(Amount(rest), self.currency))
    }

    /// Compares two amounts of one currency.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrenciesDiffer`].
    pub fn compare(self, other: Self) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.amount.0.cmp(&other.amount.0))
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::CurrenciesDiffer) }
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

stored_as_text!(Amount);

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

    fn money(hundredths: u64, currency: &str) -> Money {
        Money::new(Amount(hundredths), currency.parse().unwrap())
    }

    #[test]
    fn minor_units_are_those_of_the_currency() {
        for (units, currency, wire) in [
            (24_99, "GBP", Ok("24.99 GBP")),
            (0, "GBP", Ok("0.00 GBP")),
            (500, "JPY", Ok("500.00 JPY")),
            (1, "JPY", Ok("1.00 JPY")),
            (1_230, "KWD", Ok("1.23 KWD")),
            (1_231, "KWD", Err(MoneyError::MoreThanTwoDecimals)),
            (12_300, "CLF", Ok("1.23 CLF")),
            (12_310, "CLF", Err(MoneyError::MoreThanTwoDecimals)),
            (1, "XAU", Err(MoneyError::NoMinorUnit)),
            (u64::MAX, "GBP", Ok("184467440737095516.15 GBP")),
            (u64::MAX / 100, "JPY", Ok("184467440737095516.00 JPY")),
            (u64::MAX / 100 + 1, "JPY", Err(MoneyError::Overflow)),
        ] {
            let made = Money::from_minor_units(units, currency.parse().unwrap());
            assert_eq!(made.map(|money| money.to_string()), wire.map(str::to_owned), "{units} {currency}");
            if let Ok(money) = made {
                assert_eq!(money.minor_units(), Ok(units), "{money}");
            }
        }
        assert_eq!(money(10_50, "JPY").minor_units(), Err(MoneyError::FractionOfMinorUnit));
        assert_eq!(money(u64::MAX, "KWD").minor_units(), Err(MoneyError::Overflow));
        assert_eq!(money(1, "XAU").minor_units(), Err(MoneyError::NoMinorUnit));
    }

    /// Whoever ignores the currency's decimals, or rounds, is caught by one of all currencies.
    #[test]
    fn every_currency_keeps_its_minor_units_or_refuses_them() {
        let letters = || b'A'..=b'Z';
        let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        let currencies: Vec<Currency> =
            codes.filter_map(|code| str::from_utf8(&code).ok()?.parse().ok()).collect();
        assert!(currencies.len() > 150);
        for currency in currencies {
            for units in [0, 1, 9, 10, 99, 100, 1_234, 10_000, 1_000_000] {
                match Money::from_minor_units(units, currency) {
                    Ok(money) => assert_eq!(money.minor_units(), Ok(units), "{currency}"),
                    Err(MoneyError::NoMinorUnit) => assert_eq!(currency.decimals(), None, "{currency}"),
                    Err(MoneyError::MoreThanTwoDecimals) => {
                        assert!(currency.decimals() > Some(2), "{currency}")
                    }
                    Err(error) => panic!("{currency}: {error}"),
                }
            }
        }
    }

    #[test]
    fn sums_and_differences_stay_in_one_currency_and_in_range() {
        let (five, ten, most) =
            (money(5_00, "GBP"), money(10_00, "GBP"), Money::new(Amount::MAX, Currency::GBP));
        assert_eq!(five.checked_add(five), Ok(ten));
        assert_eq!(ten.checked_sub(five), Ok(five));
        assert_eq!(five.checked_sub(five), Ok(Money::gbp(0)));
        assert_eq!(five.checked_sub(ten), Err(MoneyError::BelowZero));
        assert_eq!(most.checked_add(Money::gbp(1)), Err(MoneyError::Overflow));
        assert_eq!(five.compare(ten), Ok(Ordering::Less));
        assert_eq!(ten.compare(ten), Ok(Ordering::Equal));
        let euros = Money::eur(5_00);
        assert_eq!(five.checked_add(euros), Err(MoneyError::CurrenciesDiffer));
        assert_eq!(ten.checked_sub(euros), Err(MoneyError::CurrenciesDiffer));
        assert_eq!(five.compare(euros), Err(MoneyError::CurrenciesDiffer));
    }
}
