//! The retry: the same request once more, so that the gateway can say what became of the first
//! (section 6).

use core::time::Duration;
use std::time::SystemTime;

use super::{Attempt, Request};
use crate::error::RetryError;
use crate::value::RetryNumber;

/// How long after the first attempt the gateway knows a retry as one: five minutes.
pub const RETRY_WINDOW: Duration = Duration::from_secs(5 * 60);

impl Request {
    /// The same request with a retry number one higher, if `now` is within five minutes of
    /// `first_attempt`. The crate has no clock: both times are the caller's.
    ///
    /// A retry with the same reference cannot charge twice: the gateway replays what it answered,
    /// says that it is still processing (V249), or processes what it never saw.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use cashflows_codec::request::{OriginalClass, Request, Void};
    /// use cashflows_codec::value::Money;
    /// use cashflows_codec::RetryError;
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
    /// cannot grow, or the operation has no retry number (a credit).
    pub fn retry(&self, first_attempt: SystemTime, now: SystemTime) -> Result<Self, RetryError> {
        let elapsed = now.duration_since(first_attempt).map_err(|_| RetryError::ClockWentBack)?;
        if elapsed > RETRY_WINDOW {
            return Err(RetryError::WindowClosed { elapsed });
        }
        let mut retry = self.clone();
        let attempt = retry.attempt_mut().ok_or(RetryError::NotRetryable(self.kind()))?;
        let number = attempt.retry_number.unwrap_or(RetryNumber::FIRST);
        attempt.retry_number = Some(number.next().ok_or(RetryError::Exhausted)?);
        Ok(retry)
    }

    /// The number of the attempt (`retry_number`), where it is given.
    #[must_use]
    pub const fn retry_number(&self) -> Option<RetryNumber> {
        match self.attempt() {
            Some(attempt) => attempt.retry_number,
            None => None,
        }
    }

    const fn attempt(&self) -> Option<&Attempt> {
        match self {
            Self::Sale(sale) => Some(&sale.purchase.attempt),
            Self::Verify(verify) => Some(&verify.purchase.attempt),
            Self::Continuous(continuous) => Some(&continuous.purchase.attempt),
            Self::Void(void) => Some(&void.attempt),
            Self::Refund(refund) => Some(&refund.attempt),
            Self::Credit(_) => None,
        }
    }

    const fn attempt_mut(&mut self) -> Option<&mut Attempt> {
        match self {
            Self::Sale(sale) => Some(&mut sale.purchase.attempt),
            Self::Verify(verify) => Some(&mut verify.purchase.attempt),
            Self::Continuous(continuous) => Some(&mut continuous.purchase.attempt),
            Self::Void(void) => Some(&mut void.attempt),
            Self::Refund(refund) => Some(&mut refund.attempt),
            Self::Credit(_) => None,
        }
    }
}
