//! Currencies.

use core::fmt;

use arrayvec::ArrayString;

use super::rules;
use crate::error::{InvalidValue, Rule};

/// A currency: three upper-case letters of ISO 4217 (`tran_currency`, section 2).
///
/// The list is ISO's; whether the profile may use a currency is the gateway's to say (V14, V29).
///
/// Currencies have no order: that EUR comes before GBP in the alphabet says nothing of money. As keys
/// they go into a `HashMap`; to sort them, sort by [`as_str`](Self::as_str).
///
/// ```compile_fail,E0369
/// # use cashflows_codec::value::Currency;
/// assert!(Currency::EUR < Currency::GBP);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    /// Pound sterling.
    pub const GBP: Self = Self(iso_currency::Currency::GBP);
    /// Japanese yen, which has no minor unit in use.
    pub const JPY: Self = Self(iso_currency::Currency::JPY);
    /// United States dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// The three letters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals the currency has (ISO 4217): 2 for most, 0 for the yen, 3 for the Kuwaiti
    /// dinar; `None` for gold and whatever else has no minor unit defined. On the wire all have two.
    ///
    /// ```
    /// use cashflows_codec::value::Currency;
    ///
    /// let decimals = |code: &str| code.parse::<Currency>().map(Currency::decimals);
    /// assert_eq!(decimals("GBP"), Ok(Some(2)));
    /// assert_eq!(decimals("JPY"), Ok(Some(0)));
    /// assert_eq!(decimals("KWD"), Ok(Some(3)));
    /// assert_eq!(decimals("XAU"), Ok(None));
    /// ```
    #[must_use]
    pub fn decimals(self) -> Option<u8> {
        self.0.exponent().and_then(|exponent| u8::try_from(exponent).ok())
    }
}

impl TryFrom<&str> for Currency {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        iso_currency::Currency::from_code(text).map(Self).ok_or(InvalidValue::new("currency", Rule::Currency))
    }
}

impl Currency {
    /// A currency of somebody else's request: case does not matter.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        Self::try_from(text).or_else(|error| {
            let upper: ArrayString<3> = rules::upper_case(text).ok_or(error)?;
            Self::try_from(upper.as_str())
        })
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

stored_as_text!(Currency);
