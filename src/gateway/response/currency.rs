//! Currencies of answers.

use crate::error::{InvalidValue, Rule};
use crate::value::open::AnyWord;
use crate::value::{Currency, OpenList, Unlisted};

/// A currency that an answer names: one of ISO 4217, or whatever else stands there, such as the
/// `NoCurrencyCashflows` of the list of payment methods (section 3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnyCurrency {
    /// A currency of ISO 4217.
    Listed(Currency),
    /// Anything else.
    Unlisted(Unlisted<AnyCurrency>),
}

impl AnyCurrency {
    /// The text, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Listed(currency) => currency.as_str(),
            Self::Unlisted(text) => text.as_str(),
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
        Currency::try_from(text).map_or_else(|_| Self::Unlisted(Unlisted(text.into())), Self::Listed)
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

impl OpenList for AnyCurrency {
    type Kept = AnyWord;

    fn unlisted(text: &str) -> Result<Unlisted<Self>, InvalidValue> {
        match Self::from(text) {
            Self::Unlisted(unlisted) => Ok(unlisted),
            Self::Listed(_) => Err(InvalidValue::new("currency", Rule::Listed)),
        }
    }
}
