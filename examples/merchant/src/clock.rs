//! The service's time.

use std::future::Future;
use std::time::{Duration, Instant, SystemTime};

/// The system's clock, or, in tests, one that goes by faster, so that five minutes take seconds.
///
/// What counts is that no attempt seems younger than it is. The system's clock may be set back, and a
/// monotonic one may stand still while the machine sleeps: so it is the later of the two.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Instant,
    started_at: SystemTime,
    /// From here on, it goes by so many times faster. A service that is started again with the same
    /// origin goes on where it was.
    origin: SystemTime,
    faster: u32,
}

impl Clock {
    /// The time as it is.
    #[must_use]
    pub fn real() -> Self {
        Self::faster(SystemTime::UNIX_EPOCH, 1)
    }

    /// From `origin` on, time goes by `faster` times faster.
    #[must_use]
    pub fn faster(origin: SystemTime, faster: u32) -> Self {
        Self { started: Instant::now(), started_at: SystemTime::now(), origin, faster }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        let now = SystemTime::now().max(self.started_at + self.started.elapsed());
        self.origin + now.duration_since(self.origin).unwrap_or_default() * self.faster
    }

    /// How many times faster it goes by.
    #[must_use]
    pub const fn times(&self) -> u32 {
        self.faster
    }

    /// Sleeps for `duration` of this clock.
    pub async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration / self.faster).await;
    }

    /// Sleeps until `time`, however often the system's clock is set meanwhile.
    pub async fn sleep_until(&self, time: SystemTime) {
        const LONGEST: Duration = Duration::from_secs(1);
        while let Ok(left) = time.duration_since(self.now()).map(|left| left.min(LONGEST * self.faster)) {
            if left.is_zero() {
                break;
            }
            self.sleep(left).await;
        }
    }

    /// What `future` gives, if it does so within `duration` of this clock.
    pub async fn within<T>(&self, duration: Duration, future: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(duration / self.faster, future).await.ok()
    }
}
