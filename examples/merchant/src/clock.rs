//! The service's time.

use std::fmt;
use std::future::Future;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use cashflows_codec::Clock as Steady;

/// The time of the process, which all its clocks share.
static SYSTEM: LazyLock<Source> = LazyLock::new(|| Source::new(Instant::now, SystemTime::now));

/// The source of the time: a monotonic clock and the system's clock. Time read from the two never goes back, so that no
/// attempt seems younger than it is.
pub struct Source {
    steady: Box<dyn Fn() -> Instant + Send + Sync>,
    wall: Box<dyn Fn() -> SystemTime + Send + Sync>,
    /// The last reading that was believed.
    last: Mutex<Steady>,
}

impl Source {
    /// Makes a source that reads these two.
    #[must_use]
    pub fn new(
        steady: impl Fn() -> Instant + Send + Sync + 'static,
        wall: impl Fn() -> SystemTime + Send + Sync + 'static,
    ) -> Self {
        let last = Mutex::new(Steady::new(steady(), wall()));
        Self { steady: Box::new(steady), wall: Box::new(wall), last }
    }

    fn now(&self) -> SystemTime {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = (self.steady)();
        let wall = (self.wall)();
        last.observe(asked, (self.steady)(), wall)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").finish_non_exhaustive()
    }
}

/// The process's time. In tests it runs faster, so that five minutes take seconds.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    source: &'static Source,
    /// From this time on, the clock runs so many times faster. A restarted service with the same origin continues the
    /// same time.
    origin: SystemTime,
    faster: u32,
}

impl Clock {
    /// The real time.
    #[must_use]
    pub fn real() -> Self {
        Self::faster(SystemTime::UNIX_EPOCH, 1)
    }

    /// A clock that from `origin` on runs `faster` times faster.
    #[must_use]
    pub fn faster(origin: SystemTime, faster: u32) -> Self {
        Self { source: &SYSTEM, origin, faster }
    }

    /// The same with another source, for tests.
    #[must_use]
    pub const fn by(self, source: &'static Source) -> Self {
        Self { source, ..self }
    }

    /// The current time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.origin + self.source.now().duration_since(self.origin).unwrap_or_default() * self.faster
    }

    /// The factor by which it runs faster.
    #[must_use]
    pub const fn times(&self) -> u32 {
        self.faster
    }

    /// Sleeps for `duration` of this clock.
    pub async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration / self.faster).await;
    }

    /// Sleeps until `time`, even if the system's clock is set meanwhile.
    pub async fn sleep_until(&self, time: SystemTime) {
        const LONGEST: Duration = Duration::from_secs(1);
        while let Ok(left) = time.duration_since(self.now()).map(|left| left.min(LONGEST * self.faster)) {
            if left.is_zero() {
                break;
            }
            self.sleep(left).await;
        }
    }

    /// The result of `future`, if it ends within `duration` of this clock.
    pub async fn within<T>(&self, duration: Duration, future: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(duration / self.faster, future).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Two clocks that are set by hand: the monotonic time, and the offset of the system's clock.
    #[derive(Default)]
    struct ByHand {
        gone: Mutex<Duration>,
        ahead: Mutex<Duration>,
    }

    impl ByHand {
        fn clock(self: &Arc<Self>, faster: u32) -> Clock {
            let (start, wall) = (Instant::now(), SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
            let (steady, system) = (Arc::clone(self), Arc::clone(self));
            let source = Source::new(
                move || start + *steady.gone.lock().unwrap(),
                move || {
                    wall + *system.gone.lock().unwrap() + *system.ahead.lock().unwrap()
                        - Duration::from_secs(3_600)
                },
            );
            let clock = Clock::faster(wall - Duration::from_secs(3_600), faster);
            clock.by(Box::leak(Box::new(source)))
        }

        fn go(&self, seconds: u64) {
            *self.gone.lock().unwrap() += Duration::from_secs(seconds);
        }

        fn set_ahead(&self, seconds: u64) {
            *self.ahead.lock().unwrap() = Duration::from_secs(seconds);
        }
    }

    #[test]
    fn now_never_lags_behind_real_time_whenever_the_system_clock_is_set() {
        // Offset of the system's clock in each second.
        for ahead in [
            &[0, 0, 0, 0][..],
            &[0, 28, 28, 0, 0, 0],
            &[28, 0, 0, 0, 45, 0, 0],
            &[0, 59, 0, 59, 0, 120, 0],
            &[600, 300, 0, 300, 0],
        ] {
            for faster in [1, 20] {
                let hands = Arc::new(ByHand::default());
                hands.set_ahead(ahead[0]);
                let clock = hands.clock(faster);
                // An attempt that starts at any of these moments never seems younger than it is.
                let mut begun = Vec::new();
                for (second, ahead) in (0_u64..).zip(ahead) {
                    hands.set_ahead(*ahead);
                    let now = clock.now();
                    for (then, at) in &begun {
                        let age = now.duration_since(*at).expect("time does not go back");
                        assert!(
                            age >= Duration::from_secs(second - then) * faster,
                            "{ahead} in {second}: {age:?}"
                        );
                    }
                    begun.push((second, now));
                    hands.go(1);
                }
            }
        }
    }

    #[test]
    fn clocks_of_one_process_share_one_reading() {
        let hands = Arc::new(ByHand::default());
        let clock = hands.clock(1);
        hands.set_ahead(60);
        let before = clock.now();
        hands.set_ahead(0);
        assert!(Clock { ..clock }.now() >= before);
    }
}
