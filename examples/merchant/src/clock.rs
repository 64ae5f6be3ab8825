//! The service's time.

use std::fmt;
use std::future::Future;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use cashflows_codec::Clock as Steady;

/// The time of the process, which all its clocks share.
static SYSTEM: LazyLock<Source> = LazyLock::new(|| Source::new(Instant::now, SystemTime::now));

/// Where the time comes from: a clock that nobody sets, and one that may be set. What is read from the two never goes
/// back, so that no attempt seems younger than it is.
pub struct Source {
    steady: Box<dyn Fn() -> Instant + Send + Sync>,
    wall: Box<dyn Fn() -> SystemTime + Send + Sync>,
    /// The last reading that was believed.
    last: Mutex<Steady>,
}

impl Source {
    /// A source that reads these two.
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

/// The process's time, or, in tests, one that goes by faster, so that five minutes take seconds.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    source: &'static Source,
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
        Self { source: &SYSTEM, origin, faster }
    }

    /// The same, by another source, for tests.
    #[must_use]
    pub const fn by(self, source: &'static Source) -> Self {
        Self { source, ..self }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.origin + self.source.now().duration_since(self.origin).unwrap_or_default() * self.faster
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Two clocks that are set by hand: what went by, and what the system's clock was set forward and back by.
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
    fn time_that_goes_by_is_never_less_than_it_is_however_the_system_is_set() {
        // By how much the system's clock is ahead, one second after the other.
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
                // An attempt that is begun at any of these moments is as old as it is, or older.
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
    fn all_clocks_of_a_process_share_one_reading() {
        let hands = Arc::new(ByHand::default());
        let clock = hands.clock(1);
        hands.set_ahead(60);
        let before = clock.now();
        hands.set_ahead(0);
        assert!(Clock { ..clock }.now() >= before);
    }
}
