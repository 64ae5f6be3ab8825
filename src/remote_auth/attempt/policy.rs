//! Times and numbers of retries, as data.

use core::num::NonZeroU8;
use core::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::stored::plain;

/// The times and the number of sendings of an attempt.
///
/// Nothing is retried after five minutes, whatever the policy. A margin that is shorter than the way of a request
/// risks that a retry arrives after them and charges again.
///
/// Stored as an object, with times in milliseconds: `first_wait_ms`.
///
/// ```
/// use std::num::NonZeroU8;
/// use std::time::Duration;
///
/// use cashflows_codec::remote_auth::attempt::RetryPolicy;
///
/// let patient = RetryPolicy {
///     first_wait: Duration::from_secs(5),
///     most_sendings: NonZeroU8::new(8).unwrap(),
///     ..RetryPolicy::default()
/// };
/// assert_eq!(patient.margin, Duration::from_secs(15));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[doc(alias = "backoff")]
#[doc(alias = "jitter")]
pub struct RetryPolicy {
    /// The wait before the first retry: 2 seconds. Each further wait is twice as long.
    #[serde(rename = "first_wait_ms", serialize_with = "write", deserialize_with = "read")]
    pub first_wait: Duration,
    /// The longest wait: 60 seconds.
    #[serde(rename = "longest_wait_ms", serialize_with = "write", deserialize_with = "read")]
    pub longest_wait: Duration,
    /// The time between the last moment for a retry to leave and the end of the five minutes: 15 seconds. The
    /// acquirer counts the five minutes, so a retry has to arrive within them.
    #[serde(rename = "margin_ms", serialize_with = "write", deserialize_with = "read")]
    pub margin: Duration,
    /// The time after which a response that was not reported counts as lost: 60 seconds. It has to be longer than
    /// the timeout of the transport.
    #[serde(rename = "answer_within_ms", serialize_with = "write", deserialize_with = "read")]
    pub answer_within: Duration,
    /// The time that a request has from [`send`](super::AttemptMut::send), the write to the disk included, until it
    /// [leaves](super::Sending::release): 10 seconds. It holds for the first sending too, and has to be shorter than
    /// `answer_within`.
    #[serde(
        rename = "leave_within_ms",
        serialize_with = "write",
        deserialize_with = "read",
        default = "leave_within"
    )]
    pub leave_within: Duration,
    /// The most sendings of a request, the first one included: 10, which is enough for the five minutes.
    #[serde(deserialize_with = "plain")]
    pub most_sendings: NonZeroU8,
    /// True if the acquirer is known to recognise the retry of a void or refund by its reference (`tran_ref`,
    /// RA-201). False by default: no page says so, ask the acquirer.
    ///
    /// Equal voids and refunds with references of their own then need not wait for each other, a decline ends a
    /// retry of them, and no earlier sending can arrive as another one. Those without a reference are treated as
    /// before.
    #[serde(deserialize_with = "plain", default)]
    pub reversals_by_reference: bool,
    /// True if the acquirer is known to recognise the retry of a credit by its reference. False by default: the
    /// pages promise retries for authorisations alone, and a credit that is sent twice may pay twice. A credit is
    /// then retried, with a retry number; else it is sent once.
    #[serde(deserialize_with = "plain", default)]
    pub credits_by_reference: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            first_wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(60),
            margin: Duration::from_secs(15),
            answer_within: Duration::from_secs(60),
            leave_within: leave_within(),
            most_sendings: NonZeroU8::MIN.saturating_add(9),
            reversals_by_reference: false,
            credits_by_reference: false,
        }
    }
}

/// The default, which policies have that were stored before there was a time to leave.
const fn leave_within() -> Duration {
    Duration::from_secs(10)
}

fn write<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    plain(deserializer).map(Duration::from_millis)
}

impl RetryPolicy {
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
    fn wait_doubles_up_to_the_longest_with_jitter_of_half() {
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
    fn wait_does_not_overflow() {
        let policy =
            RetryPolicy { first_wait: Duration::MAX, longest_wait: Duration::MAX, ..RetryPolicy::default() };
        assert!(policy.wait(255, u32::MAX) >= Duration::MAX / 2);
    }
}
