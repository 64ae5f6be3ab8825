//! Currencies of answers.

use core::fmt;

use crate::error::{InvalidValue, Rule};
use crate::value::Currency;

/// A currency that an answer names: one of ISO 4217, or whatever else stands there, such as the
/// `NoCurrencyCashflows` of the list of payment methods (section 3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnyCurrency {
    /// A currency of ISO 4217.
    Listed(Currency),
    /// Anything else.
    Unlisted(UnlistedCurrency),
}

/// What stands in the place of a currency, and is none of ISO 4217.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnlistedCurrency(Box<str>);

impl AnyCurrency {
    /// The text, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Listed(currency) => currency.as_str(),
            Self::Unlisted(UnlistedCurrency(text)) => text,
        }
    }

    /// The currency, if it is one of ISO 4217.
    #[must_use]
    pub const fn listed(&self) -> Option<Currency> {
        match self {
            Self::Listed(currency) => Some(*currency),
            Self::Unlisted(_) => None,
        }
    }
}

impl From<&str> for AnyCurrency {
    fn from(text: &str) -> Self {
        Currency::try_from(text).map_or_else(|_| Self::Unlisted(UnlistedCurrency(text.into())), Self::Listed)
    }
}

impl From<Currency> for AnyCurrency {
    fn from(currency: Currency) -> Self {
        Self::Listed(currency)
    }
}

impl AsRef<str> for AnyCurrency {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl UnlistedCurrency {
    /// The text, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Refuses what is a currency of ISO 4217.
impl TryFrom<&str> for UnlistedCurrency {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        match AnyCurrency::from(text) {
            AnyCurrency::Unlisted(unlisted) => Ok(unlisted),
            AnyCurrency::Listed(_) => Err(InvalidValue::new("currency", Rule::Listed)),
        }
    }
}

impl fmt::Debug for UnlistedCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::gateway::word::Shown(&self.0).fmt(f)
    }
}
