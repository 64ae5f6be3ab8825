//! An amount that is asked for.

use core::fmt;
use core::num::NonZeroU64;

use super::Decimal;
use super::decimal::decimals_of;
use crate::error::{InvalidValue, Rule};
use crate::value::{self, Currency};

/// An amount greater than nothing, in whole units of the smallest coin of its currency: pence, yen,
/// fils. So it has as many decimals as the currency has (ISO 4217), which is what the gateway is sent
/// (section 3): `10.00` pounds, `10` yen, `10.000` dinars.
///
/// Of a currency that ISO gives no decimals at all, such as gold, two are assumed.
///
/// ```
/// use cashflows_codec::gateway::Money;
///
/// assert_eq!(Money::gbp(10_00)?.to_string(), "10.00 GBP");
/// assert_eq!(Money::new(10, "JPY".parse()?)?.to_string(), "10 JPY");
/// assert_eq!(Money::new(10, "KWD".parse()?)?.to_string(), "0.010 KWD");
/// assert!(Money::gbp(0).is_err());
///
/// use cashflows_codec::value;
/// assert_eq!(Money::try_from(value::Money::gbp(10_00))?, Money::gbp(10_00)?);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor_units: NonZeroU64,
    currency: Currency,
}

impl Money {
    const NAME: &'static str = "amount";

    /// So many of the currency's smallest unit.
    ///
    /// # Errors
    ///
    /// It is none.
    pub const fn new(minor_units: u64, currency: Currency) -> Result<Self, InvalidValue> {
        match NonZeroU64::new(minor_units) {
            Some(minor_units) => Ok(Self { minor_units, currency }),
            None => Err(InvalidValue::new(Self::NAME, Rule::Zero)),
        }
    }

    /// Euro cents.
    ///
    /// # Errors
    ///
    /// It is none.
    pub const fn eur(cents: u64) -> Result<Self, InvalidValue> {
        Self::new(cents, Currency::EUR)
    }

    /// Pence.
    ///
    /// # Errors
    ///
    /// It is none.
    pub const fn gbp(pence: u64) -> Result<Self, InvalidValue> {
        Self::new(pence, Currency::GBP)
    }

    /// US cents.
    ///
    /// # Errors
    ///
    /// It is none.
    pub const fn usd(cents: u64) -> Result<Self, InvalidValue> {
        Self::new(cents, Currency::USD)
    }

    /// A number as it is on the wire, in a currency.
    ///
    /// # Errors
    ///
    /// It is nothing, has more decimals than the currency that are not zero, or is too large.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, InvalidValue> {
        minor_units(amount, currency).and_then(|minor_units| Self::new(minor_units, currency))
    }

    /// How many of the currency's smallest unit.
    #[must_use]
    pub const fn minor_units(self) -> u64 {
        self.minor_units.get()
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount with the currency's decimals, as it is on the wire.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::of_minor_units(self.minor_units(), self.currency)
    }
}

/// An amount in the smallest unit of its currency.
pub(crate) fn minor_units(amount: Decimal, currency: Currency) -> Result<u64, InvalidValue> {
    let decimals = decimals_of(currency);
    let rule =
        if amount.has_at_most(decimals) { Rule::AmountOverflow } else { Rule::Decimals { max: decimals } };
    amount.in_units(decimals).ok_or(InvalidValue::new(Money::NAME, rule))
}

/// The same amount, which Remote Auth counts in hundredths whatever the currency.
impl TryFrom<value::Money> for Money {
    type Error = InvalidValue;

    fn try_from(money: value::Money) -> Result<Self, InvalidValue> {
        Self::from_decimal(Decimal::new(money.amount().hundredths(), 2)?, money.currency())
    }
}

/// The same amount, if it is a whole number of hundredths.
impl TryFrom<Money> for value::Money {
    type Error = InvalidValue;

    fn try_from(money: Money) -> Result<Self, InvalidValue> {
        let hundredths = money.to_decimal().in_units(2);
        let hundredths = hundredths.ok_or(InvalidValue::new(Money::NAME, Rule::Decimals { max: 2 }))?;
        Ok(Self::new(value::Amount::from_hundredths(hundredths), money.currency()))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_the_decimals_of_its_currency() {
        for (text, currency, written) in [
            ("10", "GBP", Ok("10.00 GBP")),
            ("10.5", "GBP", Ok("10.50 GBP")),
            ("10.500", "GBP", Ok("10.50 GBP")),
            ("10.005", "GBP", Err(Rule::Decimals { max: 2 })),
            ("10", "JPY", Ok("10 JPY")),
            ("10.5", "JPY", Err(Rule::Decimals { max: 0 })),
            ("1.234", "KWD", Ok("1.234 KWD")),
            ("1.2345", "KWD", Err(Rule::Decimals { max: 3 })),
            ("1", "XAU", Ok("1.00 XAU")),
            ("0", "GBP", Err(Rule::Zero)),
            ("0.00", "GBP", Err(Rule::Zero)),
            ("18446744073709551615", "GBP", Err(Rule::AmountOverflow)),
        ] {
            let money = Money::from_decimal(text.parse().unwrap(), currency.parse().unwrap());
            assert_eq!(
                money.map(|money| money.to_string()).map_err(|error| error.rule()),
                written.map(String::from)
            );
        }
    }

    #[test]
    fn hundredths_are_the_same_money_where_the_currency_has_them() {
        let hundredths = |count, currency: &str| {
            value::Money::new(value::Amount::from_hundredths(count), currency.parse().unwrap())
        };
        for (count, currency, written) in [
            (10_00, "GBP", Some("10.00 GBP")),
            (10_00, "JPY", Some("10 JPY")),
            (10_50, "JPY", None),
            (10_50, "KWD", Some("10.500 KWD")),
            (u64::MAX, "KWD", None),
            (0, "GBP", None),
        ] {
            let money = Money::try_from(hundredths(count, currency)).ok();
            assert_eq!(money.map(|money| money.to_string()).as_deref(), written, "{count} {currency}");
            if let Some(money) = money {
                assert_eq!(value::Money::try_from(money).unwrap(), hundredths(count, currency));
            }
        }
        let thousandths = Money::new(1_234, "KWD".parse().unwrap()).unwrap();
        assert!(value::Money::try_from(thousandths).is_err());
    }
}
