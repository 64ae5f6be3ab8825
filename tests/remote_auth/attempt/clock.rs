//! The clock: whatever a system's clock does, no attempt seems younger than it is.

use std::time::{Duration, Instant, SystemTime};

use cashflows_codec::Clock;
use cashflows_codec::remote_auth::attempt::{Journal, RetryPolicy, Step};
use cashflows_codec::remote_auth::{Credentials, TransportFailure};
use cashflows_codec::simulator::{Acquirer, Effect, Profile, Symptom, When};
use proptest::collection::vec;
use proptest::prelude::*;

use super::requests::wanted;

fn noon() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[test]
fn observe_believes_what_is_later_and_came_at_once() {
    let start = Instant::now();
    // Asked, answered and read, in milliseconds since the start, and the time that it is then.
    for (readings, time) in [
        (&[(0, 0, 0)][..], 0),
        (&[(1_000, 1_000, 1_000)], 1_000),
        // Forward, as after a sleep of the machine.
        (&[(1_000, 1_000, 61_000)], 61_000),
        (&[(1_000, 1_000, 61_000), (2_000, 2_000, 2_000)], 62_000),
        // Back.
        (&[(1_000, 1_000, 0)], 1_000),
        (&[(1_000, 1_000, 500), (2_000, 2_000, 1_500)], 2_000),
        // A reading is as old as its round trip: taken for the time at which it was asked for.
        (&[(1_000, 1_050, 1_040)], 1_090),
        (&[(1_000, 1_100, 1_100)], 1_200),
        // Too slow to be believed.
        (&[(1_000, 1_101, 1_101)], 1_101),
        (&[(1_000, 9_000, 99_000)], 9_000),
        // Asked for before the last one, and answered after it.
        (&[(1_000, 1_000, 61_000), (950, 1_050, 61_000)], 61_100),
        (&[(1_000, 1_000, 61_000), (950, 1_050, 60_000)], 61_050),
    ] {
        let mut clock = Clock::new(start, noon());
        let mut now = noon();
        for (asked, answered, wall) in readings {
            now = clock.observe(start + millis(*asked), start + millis(*answered), noon() + millis(*wall));
        }
        assert_eq!(now.duration_since(noon()).unwrap(), millis(time), "{readings:?}");
    }
}

#[test]
fn now_is_never_before_the_last_reading() {
    let start = Instant::now() + millis(10_000);
    let clock = Clock::new(start, noon());
    assert_eq!(clock.now(start + millis(7)), noon() + millis(7));
    assert_eq!(clock.now(start - millis(7)), noon());
}

proptest! {
    #[test]
    fn the_clock_never_goes_back_and_is_never_slower_than_the_monotonic_one(
        readings in vec((0..100_000_u64, 0..200_u64, 0..400_000_u64), 1..40),
    ) {
        let mut at = Instant::now();
        let mut clock = Clock::new(at, noon());
        let mut before = (at, noon());
        for (pause, round_trip, wall) in readings {
            let asked = at + millis(pause);
            at = asked + millis(round_trip);
            let now = clock.observe(asked, at, noon() + millis(wall));
            prop_assert!(now >= before.1 + (at - before.0), "{:?}", clock);
            prop_assert_eq!(clock.now(at), now);
            if round_trip <= 100 {
                prop_assert!(now >= noon() + millis(wall + round_trip));
            }
            before = (at, now);
        }
    }
}

/// How a service makes one time of the system's clock and a monotonic one.
trait Time {
    fn now(&mut self, at: Instant, wall: SystemTime) -> SystemTime;
}

impl Time for Clock {
    fn now(&mut self, at: Instant, wall: SystemTime) -> SystemTime {
        self.observe(at, at, wall)
    }
}

/// The later of the system's clock and what has gone by since the start: what seems to be enough.
struct LaterOfTheTwo(Instant, SystemTime);

impl Time for LaterOfTheTwo {
    fn now(&mut self, at: Instant, wall: SystemTime) -> SystemTime {
        wall.max(self.1 + at.duration_since(self.0))
    }
}

/// How often a sale is charged whose answers are all lost, if the system's clock jumps forward by `ahead`
/// after the start, and back again `back_at` after the first sending.
fn charges(clock: &mut impl Time, start: Instant, ahead: Duration, back_at: Duration, jitter: u32) -> usize {
    let mut acquirer =
        Acquirer::new(Profile::new(Credentials::new("1".parse().unwrap(), "p".parse().unwrap())));
    acquirer.script(When::any(), Effect::LoseAnswer(Symptom::Silence));
    let request = wanted("sale");
    let mut journal =
        Journal::new(RetryPolicy { most_sendings: 20.try_into().unwrap(), ..RetryPolicy::default() });
    // The true time since the start.
    let mut elapsed = Duration::from_secs(1);
    let wall = |elapsed: Duration| {
        let is_ahead = elapsed < back_at;
        noon() + elapsed + if is_ahead { ahead } else { Duration::ZERO }
    };
    journal.plan(1, &request, clock.now(start + elapsed, wall(elapsed))).unwrap();
    let mut attempt = journal.get_mut(&1).unwrap();
    for _ in 0..1_000 {
        let now = clock.now(start + elapsed, wall(elapsed));
        match attempt.step(now) {
            Step::Send { .. } => {
                let sending = attempt.send(&request, now).unwrap();
                let ticket = sending.ticket();
                let request = sending.release(|| clock.now(start + elapsed, wall(elapsed))).unwrap();
                let _lost = acquirer.send(noon() + elapsed, &request);
                let now = clock.now(start + elapsed, wall(elapsed));
                attempt.received(&ticket, TransportFailure::Lost, now, jitter);
            }
            // It sleeps as long as the clock says.
            Step::Wait { until } => elapsed += until.duration_since(now).unwrap(),
            Step::Reconcile(_) => return acquirer.ledger().charges("cart-1").count(),
            step => panic!("{step:?}"),
        }
    }
    panic!("it never ends");
}

#[test]
fn a_system_clock_that_jumps_while_an_attempt_waits_charges_once() {
    let start = Instant::now();
    let mut without = 0;
    for ahead in [28, 45, 59, 400] {
        for back_at in (0..320).step_by(10).chain([100_000]) {
            for jitter in [0, u32::MAX] {
                let (ahead, back_at) = (Duration::from_secs(ahead), Duration::from_secs(back_at));
                let found = charges(&mut Clock::new(start, noon()), start, ahead, back_at, jitter);
                assert_eq!(found, 1, "{ahead:?} ahead, back at {back_at:?}");
                let mut later = LaterOfTheTwo(start, noon());
                without += usize::from(charges(&mut later, start, ahead, back_at, jitter) > 1);
            }
        }
    }
    assert!(without > 0, "this test would not find a clock that goes back");
}
