//! A clock that does not go back.

use core::time::Duration;
use std::time::{Instant, SystemTime};

/// The longest time between asking a clock and its answer that a reading may have.
const LONGEST_ROUND_TRIP: Duration = Duration::from_millis(100);

/// The time of one process, made of two clocks that the caller reads: a monotonic one, and one that knows
/// the time of day but may be set, such as the system's or a database's.
///
/// The five minutes within which a retry is safe are counted with it (`remote_auth::attempt`). A clock that
/// goes back makes an attempt seem younger than it is, and a retry leave too late. So this one
///
/// - never goes back,
/// - never runs slower than the monotonic clock, from the last reading on,
/// - is set forward by a later reading: a monotonic clock can stand still while a machine sleeps.
///
/// It has no access to any clock of its own. Several threads can share it in a `Mutex`; replicas that share
/// attempts each keep one, and read the same database.
///
/// ```
/// use std::time::{Duration, Instant, SystemTime};
///
/// use cashflows_codec::Clock;
///
/// fn now(clock: &mut Clock) -> SystemTime {
///     let asked = Instant::now();
///     let wall = SystemTime::now();
///     clock.observe(asked, Instant::now(), wall)
/// }
///
/// let mut clock = Clock::new(Instant::now(), SystemTime::now());
/// let before = now(&mut clock);
/// assert!(before <= now(&mut clock));
///
/// // The system's clock is put back by an hour, and two seconds go by.
/// let asked = Instant::now() + Duration::from_secs(2);
/// let wall = SystemTime::now() - Duration::from_secs(3_600);
/// assert!(clock.observe(asked, asked, wall) >= before + Duration::from_secs(1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The last reading that was believed, and when it was asked for.
    anchor: (Instant, SystemTime),
}

impl Clock {
    /// A clock that is `wall` at `asked`. Read both one after the other, `asked` first.
    ///
    /// After a restart, compare the time with the latest one that is stored. If the new one is earlier, the
    /// clock was put back while no process ran, by at least the difference.
    #[must_use]
    pub const fn new(asked: Instant, wall: SystemTime) -> Self {
        Self { anchor: (asked, wall) }
    }

    /// Takes a reading, and says what time it is at `answered`.
    ///
    /// `wall` was asked for at `asked` and known at `answered`. It is taken for the time at which it was
    /// asked for, so that nothing seems younger than it is. A reading that took more than 100 ms, or that is
    /// earlier than this clock, is not believed.
    pub fn observe(&mut self, asked: Instant, answered: Instant, wall: SystemTime) -> SystemTime {
        let round_trip = answered.saturating_duration_since(asked);
        let read = Self::new(asked, wall);
        if round_trip <= LONGEST_ROUND_TRIP && read.now(answered) > self.now(answered) {
            *self = read;
        }
        self.now(answered)
    }

    /// The time at `at`, without a new reading: the last one that was believed, and what has gone by since.
    ///
    /// At a moment before that reading it is the reading: this clock has no past.
    #[must_use]
    pub fn now(&self, at: Instant) -> SystemTime {
        let (asked, wall) = self.anchor;
        wall.checked_add(at.saturating_duration_since(asked)).unwrap_or(wall)
    }
}
