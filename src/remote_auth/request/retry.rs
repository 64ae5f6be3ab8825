//! The retry: the same request again, to which the acquirer repeats the response to the first
//! (section 6).

use core::fmt;
use core::time::Duration;
use std::time::SystemTime;

use thiserror::Error;

use super::Request;
use crate::error::{InvalidValue, Rule};
use crate::remote_auth::OperationKind;
use crate::value::rules;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The time after the first attempt in which the acquirer knows a retry as one: five minutes.
pub const RETRY_WINDOW: Duration = Duration::from_secs(5 * 60);

impl Request {
    /// The same request with a retry number one higher, if `now` is within five minutes of
    /// `first_attempt`. The crate has no clock: both times are the caller's.
    ///
    /// A retry with the same reference cannot charge twice: the acquirer repeats its response, reports that
    /// it is still processing (V249), or processes the request that it never got.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use cashflows_codec::remote_auth::request::{OriginalClass, Request, RetryError, Void};
    /// use cashflows_codec::value::Money;
    ///
    /// let sent = SystemTime::UNIX_EPOCH;
    /// let void = Request::from(Void::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15)));
    ///
    /// let retry = void.retry(sent, sent + Duration::from_secs(20)).unwrap();
    /// assert_eq!(retry.retry_number().map(|number| number.get()), Some(1));
    ///
    /// let late = void.retry(sent, sent + Duration::from_secs(301)).unwrap_err();
    /// assert_eq!(late, RetryError::WindowClosed { elapsed: Duration::from_secs(301) });
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RetryError`]: the five minutes are over, the times contradict each other, the number
    /// cannot grow, or the request is a credit: pages promise retries for authorisations only, so that
    /// a second sending could pay a second time.
    pub fn retry(&self, first_attempt: SystemTime, now: SystemTime) -> Result<Self, RetryError> {
        let elapsed = now.duration_since(first_attempt).map_err(|_| RetryError::ClockWentBack)?;
        if elapsed > RETRY_WINDOW {
            return Err(RetryError::WindowClosed { elapsed });
        }
        let number = self.retry_number().unwrap_or(RetryNumber::FIRST);
        if self.kind() == OperationKind::Credit {
            return Err(RetryError::NotRetryable(OperationKind::Credit));
        }
        let next = number.next().ok_or(RetryError::Exhausted)?;
        Ok(self.clone().with_retry_number(next))
    }

    /// The number of the attempt (`retry_number`). Without one it is the first.
    #[must_use]
    pub const fn retry_number(&self) -> Option<RetryNumber> {
        self.options().retry_number
    }

    /// The same request with another number. A number above 0 claims that the request is a retry: that it is
    /// the same, within five minutes of the first attempt. [`retry`](Self::retry) checks both.
    ///
    /// A credit with a number above 0 is safe only where the acquirer is known to key credits by their
    /// reference. Any other acquirer may pay a second time.
    #[must_use]
    pub fn with_retry_number(mut self, number: RetryNumber) -> Self {
        self.options_mut().retry_number = Some(number);
        self
    }

    /// The same request without a number.
    pub(crate) fn without_retry_number(mut self) -> Self {
        self.options_mut().retry_number = None;
        self
    }
}

/// A reason for which a request is not retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum RetryError {
    /// More than five minutes have passed since the first attempt: the acquirer no longer knows the retry
    /// as one and could charge a second time.
    #[error("the first attempt was {} s ago, more than the 300 s in which a retry is known", .elapsed.as_secs())]
    WindowClosed {
        /// The time since the first attempt.
        elapsed: Duration,
    },
    /// The first attempt lies in the future: the two times cannot both be right.
    #[error("the first attempt lies in the future")]
    ClockWentBack,
    /// The retry number cannot grow any more.
    #[error("there is no next retry number")]
    Exhausted,
    /// The operation is a credit: no page promises that a second sending of it does not pay twice.
    #[error("a {0} request is not retried")]
    NotRetryable(OperationKind),
}

/// The number of an attempt: 0 is the first, then 1, 2 and so on up to 255 (`retry_number`, section 6).
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
            .map_err(|rule| InvalidValue::new("retry number", rule))
    }
}

parsed_value!(RetryNumber);

impl fmt::Display for RetryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Stored as a number.
impl Serialize for RetryNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.get())
    }
}

impl<'de> Deserialize<'de> for RetryNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refused = |_| D::Error::custom("retry number must be a number of 0 to 255");
        u8::deserialize(deserializer).map(Self::new).map_err(refused)
    }
}
