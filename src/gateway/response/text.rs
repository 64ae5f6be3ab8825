//! Texts of answers: what nobody promised a form of is kept as it came.

use core::fmt;

use super::currency::AnyCurrency;
use super::refund::CompletionStatus;
use super::reversal::ReversalStatus;
use super::step::{StepAction, StepStatus};
use crate::gateway::{
    Decimal, JobReference, PaymentMethod, PaymentReference, PaymentStatus, Reference, Timestamp,
};
use crate::media::json::{JsonError, Part, ReadJson, Sink, Slot, Value, WriteJson, write_text};
use crate::value::{MaskedText, MaskedUrl, SpillingText};

/// A time, as the gateway wrote it.
///
/// It is kept whatever it is: an answer does not become unreadable because of a time.
///
/// ```
/// use cashflows_codec::gateway::response::TimeText;
///
/// let paid = TimeText::from("2021-02-18T11:19:57.773Z");
/// assert_eq!(paid.timestamp().map(|time| time.unix_seconds()), Some(1_613_647_197));
/// assert_eq!(TimeText::from("yesterday").timestamp(), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TimeText(SpillingText<28>);

impl TimeText {
    /// The text, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The point in time, if it is one.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.as_str().try_into().ok()
    }
}

impl From<&str> for TimeText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<Timestamp> for TimeText {
    fn from(time: Timestamp) -> Self {
        time.as_str().into()
    }
}

impl AsRef<str> for TimeText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for TimeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for TimeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeText({:?})", MaskedText::new(self.as_str()).to_string())
    }
}

/// A URL, as the gateway wrote it. What follows its host can open a payment page, so it is printed as
/// [`MaskedUrl`](crate::value::MaskedUrl).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UrlText(Box<str>);

impl UrlText {
    /// The text, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for UrlText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl AsRef<str> for UrlText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UrlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UrlText({})", MaskedUrl::new(&self.0))
    }
}

/// A rate, a percentage or a secondary amount, as the gateway wrote it. It is kept whatever it is, like
/// a [`TimeText`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NumberText(SpillingText<28>);

impl NumberText {
    /// The text, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The number, if it is a decimal that is not negative.
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        self.as_str().try_into().ok()
    }
}

impl From<&str> for NumberText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<Decimal> for NumberText {
    fn from(number: Decimal) -> Self {
        number.to_string().as_str().into()
    }
}

impl AsRef<str> for NumberText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for NumberText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for NumberText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumberText({:?})", MaskedText::new(self.as_str()).to_string())
    }
}

impl ReadJson for NumberText {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.text_or_number().map(|text| Self::from(&*text))
    }
}

/// Reads a number, which may be text, and writes it as text.
macro_rules! numbers {
    ($($Type:ty)+) => {$(
        impl Part for $Type {}

        impl ReadJson for $Type {
            #[inline]
            fn read(value: Value<'_>) -> Result<Self, JsonError> {
                value.parse_number()
            }
        }

        impl WriteJson for $Type {
            fn write<S: Sink>(&self, slot: Slot<'_, S>) {
                slot.plain_text(&self.to_text());
            }
        }
    )+};
}

numbers! { JobReference PaymentReference Reference Decimal }

/// Reads any text.
macro_rules! any_text {
    ($($Type:ty)+) => {$(
        impl ReadJson for $Type {
            #[inline]
            fn read(value: Value<'_>) -> Result<Self, JsonError> {
                value.text().map(|text| Self::from(&*text))
            }
        }

        impl Part for $Type {}
        write_text! { $Type }
    )+};
}

any_text! {
    TimeText UrlText PaymentMethod PaymentStatus AnyCurrency
    CompletionStatus ReversalStatus StepAction StepStatus
}

impl Part for NumberText {}
write_text! { NumberText }
