//! How often a card is charged, why it may be charged without its holder, and how often it was tried.

use core::fmt;

use super::rules;
use crate::error::{InvalidValue, Rule};
use crate::parameter::Parameter;

word_value! {
    /// How a transaction recurs (`tran_recurrence`, section 2); overrides the profile's setting.
    Recurrence = Parameter::TranRecurrence.as_str();
    /// `sing`: a single transaction.
    Single = "sing",
    /// `subs`: one of a subscription.
    Subscription = "subs",
    /// `inst`: one of several instalments.
    Instalment = "inst",
    /// `unsc`: without a fixed frequency or amount.
    Unscheduled = "unsc",
    /// `card`: asked for by the cardholder, with a stored card.
    CardOnFile = "card",
}

word_value! {
    /// Why a sale may go without strong customer authentication (`SCA_exemption_indicator`,
    /// section 2).
    SaleExemption = Parameter::ScaExemptionIndicator.as_str();
    /// `lowvalue`: less than 30 euro or as much in another currency.
    LowValue = "lowvalue",
    /// `lowrisk`: low risk and below the fraud thresholds.
    LowRisk = "lowrisk",
}

word_value! {
    /// Why a continuous payment may go without strong customer authentication
    /// (`SCA_exemption_indicator`, section 2).
    ContinuousExemption = Parameter::ScaExemptionIndicator.as_str();
    /// `Recurring`
    Recurring = "Recurring",
    /// `MerchantInitiated`
    MerchantInitiated = "MerchantInitiated",
}

/// Which attempt this is: 0 is the first, then 1, 2 and so on up to 255 (`retry_number`, section 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RetryNumber(u8);

impl RetryNumber {
    /// The first attempt.
    pub const FIRST: Self = Self(0);

    /// Attempt `number`, counted from 0.
    #[must_use]
    pub const fn new(number: u8) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The next attempt, if there can be one.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }
}

impl TryFrom<&str> for RetryNumber {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        rules::digits(text, 1, 3)
            .and_then(|()| text.parse().map(Self).map_err(|_| Rule::AtMost { max: u8::MAX.into() }))
            .map_err(|rule| InvalidValue::new(Parameter::RetryNumber.as_str(), rule))
    }
}

parsed_value!(RetryNumber);

impl fmt::Display for RetryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
