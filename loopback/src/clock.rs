//! The acquirer's clock: that of the machine, faster if that was said, and moved on by hand.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// A clock that never goes back, whatever the machine's does.
#[derive(Debug)]
pub(crate) struct Clock {
    since: SystemTime,
    started: Instant,
    faster: u32,
    /// By how many seconds it was moved on.
    ahead: AtomicU64,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self { since: SystemTime::now(), started: Instant::now(), faster: 1, ahead: AtomicU64::new(0) }
    }

    /// Lets the time since the start go by so many times faster.
    pub(crate) const fn set_faster(&mut self, times: u32) {
        self.faster = times;
    }

    pub(crate) fn now(&self) -> SystemTime {
        let gone = self.started.elapsed().saturating_mul(self.faster);
        let ahead = Duration::from_secs(self.ahead.load(Ordering::Relaxed));
        self.since.checked_add(gone.saturating_add(ahead)).unwrap_or(self.since)
    }

    /// Moves it on. There is no way back: an acquirer that has settled a day cannot take that back.
    pub(crate) fn advance(&self, by: Duration) {
        self.ahead.fetch_add(by.as_secs(), Ordering::Relaxed);
    }

    /// By how much it was moved on.
    pub(crate) fn ahead(&self) -> Duration {
        Duration::from_secs(self.ahead.load(Ordering::Relaxed))
    }

    /// How long a person waits until the clock shows `time`; nothing if it does.
    pub(crate) fn wait_until(&self, time: SystemTime) -> Duration {
        let left = time.duration_since(self.now()).unwrap_or(Duration::ZERO);
        left.checked_div(self.faster).unwrap_or(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_faster_and_is_moved_on() {
        let mut clock = Clock::new();
        clock.set_faster(60);
        let (hour, before) = (Duration::from_secs(3_600), clock.now());
        clock.advance(hour);
        assert_eq!(clock.ahead(), hour);
        assert!(clock.now() >= before + hour);
        let wait = clock.wait_until(clock.now() + hour);
        assert!(wait <= Duration::from_secs(60) && wait > Duration::from_secs(58), "{wait:?}");
        assert_eq!(clock.wait_until(before), Duration::ZERO);
    }
}
