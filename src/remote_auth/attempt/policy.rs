//! When to try again, as data.

use core::num::NonZeroU8;
use core::time::Duration;

/// When an attempt is sent again, and when no more. As data (`serde`), times are milliseconds.
///
/// Whatever it says, nothing is retried after five minutes. A margin that is shorter than a request
/// can be on its way risks that a retry arrives after them, and charges again.
///
/// ```
/// use std::num::NonZeroU8;
/// use std::time::Duration;
///
/// use cashflows_codec::remote_auth::attempt::RetryPolicy;
///
/// let patient = RetryPolicy::default()
///     .with_first_wait(Duration::from_secs(5))
///     .with_most_sendings(NonZeroU8::new(8).unwrap());
/// assert_eq!(patient.margin(), Duration::from_secs(15));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "backoff")]
#[doc(alias = "jitter")]
pub struct RetryPolicy {
    first_wait: Duration,
    longest_wait: Duration,
    margin: Duration,
    answer_within: Duration,
    leave_within: Duration,
    most_sendings: NonZeroU8,
    reversals_by_reference: bool,
    credits_by_reference: bool,
}

/// Waits of 2 to 60 seconds, a margin of 15, ten seconds to leave, a minute for an answer, and ten sendings
/// at most, which is enough for the five minutes.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            first_wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(60),
            margin: Duration::from_secs(15),
            answer_within: Duration::from_secs(60),
            leave_within: Duration::from_secs(10),
            most_sendings: NonZeroU8::MIN.saturating_add(9),
            reversals_by_reference: false,
            credits_by_reference: false,
        }
    }
}

impl RetryPolicy {
    /// Sets how long to wait before the first retry; each further wait is twice as long.
    #[must_use]
    pub const fn with_first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// Sets the wait beyond which no wait grows.
    #[must_use]
    pub const fn with_longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Sets how long before the end of the five minutes the last retry has to leave, so that it
    /// arrives within them: the five minutes count at the gateway.
    #[must_use]
    pub const fn with_margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// Sets after what time an answer that nobody reported counts as lost. It has to be longer than
    /// the timeout of the transport.
    #[must_use]
    pub const fn with_answer_within(mut self, time: Duration) -> Self {
        self.answer_within = time;
        self
    }

    /// Sets how long a request may take from [`send`](super::AttemptMut::send), the write to the disk
    /// included, until it [leaves](super::Sending::release). It holds for the first sending too. It has to
    /// be shorter than the time for an answer.
    #[must_use]
    pub const fn with_leave_within(mut self, time: Duration) -> Self {
        self.leave_within = time;
        self
    }

    /// Sets how often a request is sent at most, the first time included.
    #[must_use]
    pub const fn with_most_sendings(mut self, sendings: NonZeroU8) -> Self {
        self.most_sendings = sendings;
        self
    }

    /// Says that the acquirer is known to recognise the retry of a void or refund by its reference
    /// (`tran_ref`, RA-201). Off by default: no page says so, ask the acquirer.
    ///
    /// Equal voids and refunds with references of their own then need not wait for each other, a decline
    /// ends a retry of them, and no earlier sending can arrive as another one. Those without a reference
    /// are treated as before.
    #[must_use]
    pub const fn with_reversals_by_reference(mut self) -> Self {
        self.reversals_by_reference = true;
        self
    }

    /// Says that the acquirer is known to recognise the retry of a credit by its reference. Off by
    /// default: the pages promise retries for authorisations alone, and a credit that is sent twice may
    /// pay twice. A credit is then retried, with a retry number; else it is sent once.
    #[must_use]
    pub const fn with_credits_by_reference(mut self) -> Self {
        self.credits_by_reference = true;
        self
    }

    /// How long to wait before the first retry.
    #[must_use]
    pub const fn first_wait(&self) -> Duration {
        self.first_wait
    }

    /// The wait beyond which no wait grows.
    #[must_use]
    pub const fn longest_wait(&self) -> Duration {
        self.longest_wait
    }

    /// How long before the end of the five minutes the last retry has to leave.
    #[must_use]
    pub const fn margin(&self) -> Duration {
        self.margin
    }

    /// After what time an answer that nobody reported counts as lost.
    #[must_use]
    pub const fn answer_within(&self) -> Duration {
        self.answer_within
    }

    /// How long a request may take from being noted as sent until it leaves.
    #[must_use]
    pub const fn leave_within(&self) -> Duration {
        self.leave_within
    }

    /// How often a request is sent at most.
    #[must_use]
    pub const fn most_sendings(&self) -> NonZeroU8 {
        self.most_sendings
    }

    /// Whether the acquirer is known to recognise retries of voids and refunds by their reference.
    #[must_use]
    pub const fn reversals_by_reference(&self) -> bool {
        self.reversals_by_reference
    }

    /// Whether the acquirer is known to recognise retries of credits by their reference.
    #[must_use]
    pub const fn credits_by_reference(&self) -> bool {
        self.credits_by_reference
    }

    /// The wait after sending number `sendings`, between half of it and all of it by `jitter`.
    pub(super) fn wait(&self, sendings: u8, jitter: u32) -> Duration {
        let doublings = u32::from(sendings.saturating_sub(1)).min(31);
        let whole = self.first_wait.saturating_mul(1 << doublings).min(self.longest_wait);
        let half = whole / 2;
        let share = half.as_nanos().saturating_mul(u128::from(jitter)) / u128::from(u32::MAX);
        half.saturating_add(Duration::from_nanos(u64::try_from(share).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_jitter_takes_up_to_half() {
        let policy = RetryPolicy::default();
        for (sendings, shortest, longest) in
            [(0, 1, 2), (1, 1, 2), (2, 2, 4), (3, 4, 8), (4, 8, 16), (5, 16, 32), (6, 30, 60), (255, 30, 60)]
        {
            assert_eq!(policy.wait(sendings, 0), Duration::from_secs(shortest), "{sendings}");
            assert_eq!(policy.wait(sendings, u32::MAX), Duration::from_secs(longest), "{sendings}");
            let middle = policy.wait(sendings, u32::MAX / 2);
            assert!(middle > Duration::from_secs(shortest) && middle < Duration::from_secs(longest));
        }
    }

    #[test]
    fn no_wait_is_too_long_to_be_reckoned_with() {
        let policy = RetryPolicy::default().with_first_wait(Duration::MAX).with_longest_wait(Duration::MAX);
        assert!(policy.wait(255, u32::MAX) >= Duration::MAX / 2);
    }
}
