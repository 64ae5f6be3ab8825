//! When a request may leave, and which sending a failure is of.

use std::cell::Cell;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::TransportFailure;
use cashflows_codec::remote_auth::attempt::{Journal, RetryPolicy, Sending, State, Step, TooLate};
use cashflows_codec::remote_auth::request::RetryNumber;

use super::requests::{Last as _, wanted};

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn planned(operation: &str, policy: RetryPolicy) -> Journal<u8> {
    let mut journal = Journal::new(policy);
    journal.plan(1, &wanted(operation), at(0)).unwrap();
    journal
}

/// A sending that is noted so many seconds after the first one, which was lost; or the first one, at 0.
fn noted_at(journal: &mut Journal<u8>, operation: &str, seconds: u64) -> Sending {
    let mut attempt = journal.get_mut(&1).unwrap();
    if seconds > 0 {
        attempt.sends(&wanted(operation), at(0));
        attempt.hears(TransportFailure::Lost, at(0), 0);
    }
    attempt.send(&wanted(operation), at(seconds)).unwrap()
}

#[test]
fn a_sending_leaves_within_ten_seconds_and_within_the_window() {
    let usual = RetryPolicy::default();
    let hour = Duration::from_secs(3_600);
    for (policy, noted, until) in [
        (usual, 0, 10),
        (usual, 40, 50),
        (usual, 280, 285),
        (usual, 285, 285),
        (usual.with_leave_within(Duration::from_secs(3)), 40, 43),
        (usual.with_leave_within(Duration::ZERO), 40, 40),
        // No policy lets one leave after the window.
        (usual.with_leave_within(hour), 0, 285),
        (usual.with_leave_within(hour), 40, 285),
        (usual.with_leave_within(hour).with_margin(Duration::ZERO), 40, 300),
    ] {
        for operation in ["sale", "refund"] {
            let sending = || noted_at(&mut planned(operation, policy), operation, noted);
            assert_eq!(sending().until(), at(until), "{noted}");
            for (released, leaves) in [(noted, true), (until, true), (until + 1, false), (until + 300, false)]
            {
                assert_eq!(sending().release(|| at(released)).is_ok(), leaves, "{noted}, {released}");
            }
            // Nobody knows how long a clock that went back took.
            assert!(sending().release(|| at(noted) - Duration::from_millis(1)).is_err(), "{noted}");
        }
    }
}

#[test]
fn a_lease_that_ends_earlier_is_the_end() {
    for (lease, released, leaves) in [
        (45, 45, true),
        (45, 46, false),
        (39, 40, false),
        // A lease that ends later changes nothing.
        (90, 50, true),
        (90, 51, false),
    ] {
        let sending = noted_at(&mut planned("refund", RetryPolicy::default()), "refund", 40);
        let released = sending.release_before(at(lease), || at(released));
        assert_eq!(released.is_ok(), leaves, "{lease}");
    }
}

#[test]
fn the_clock_is_read_at_the_release_and_once() {
    let reads = Cell::new(0);
    let sending = noted_at(&mut planned("sale", RetryPolicy::default()), "sale", 0);
    assert_eq!(reads.get(), 0);
    let clock = || {
        reads.set(reads.get() + 1);
        at(1)
    };
    assert!(sending.release(clock).is_ok());
    assert_eq!(reads.get(), 1);
}

#[test]
fn what_is_released_has_its_number_and_is_else_what_was_planned() {
    let mut journal = planned("sale", RetryPolicy::default());
    let first = journal.get_mut(&1).unwrap().sends(&wanted("sale"), at(0));
    assert_eq!(first, wanted("sale"));
    journal.get_mut(&1).unwrap().hears(TransportFailure::Lost, at(0), 0);
    let retry = journal.get_mut(&1).unwrap().sends(&wanted("sale"), at(40));
    assert_eq!(retry, wanted("sale").with_retry_number(RetryNumber::new(1)));
}

#[test]
fn what_left_too_late_is_told_and_its_number_is_used_again() {
    let mut journal = planned("sale", RetryPolicy::default());
    let sending = noted_at(&mut journal, "sale", 40);
    let ticket = sending.ticket();
    let late: TooLate = sending.release(|| at(60)).unwrap_err();
    assert_eq!(late.ticket(), ticket);
    assert_eq!(late.to_string(), "the request did not leave, because its time was over");
    let mut attempt = journal.get_mut(&1).unwrap();
    assert!(matches!(attempt.received(&ticket, &late, at(60), 0), Step::Wait { .. }));
    let retry = attempt.sends(&wanted("sale"), at(100));
    assert_eq!(retry.retry_number().map(|number| number.get()), Some(1));

    // After the window somebody has to look; a first sending was never sent, and has no window.
    for (noted, state) in [(40, State::GivenUp), (0, State::NeverSent)] {
        let mut journal = planned("sale", RetryPolicy::default());
        let sending = noted_at(&mut journal, "sale", noted);
        let ticket = sending.ticket();
        let late = sending.release(|| at(500)).unwrap_err();
        journal.get_mut(&1).unwrap().received(&ticket, &late, at(500), 0);
        assert_eq!(journal.get(&1).unwrap().state(), state, "{noted}");
    }
}

#[test]
fn a_sending_is_printed_without_its_request() {
    let sending = noted_at(&mut planned("sale", RetryPolicy::default()), "sale", 40);
    let shown = format!("{sending:?}");
    assert_eq!(
        shown,
        "Sending { ticket: Ticket(2), noted: Moment(1800000040000), until: Moment(1800000050000), .. }"
    );
}

#[test]
fn the_last_sending_is_named_by_its_ticket() {
    let mut journal = planned("refund", RetryPolicy::default());
    assert_eq!(journal.get(&1).unwrap().last_sending(), None);
    let first = noted_at(&mut journal, "refund", 0).ticket();
    assert_eq!(journal.get(&1).unwrap().last_sending(), Some(first));
    let mut attempt = journal.get_mut(&1).unwrap();
    attempt.hears(TransportFailure::NotConnected, at(0), 0);
    let second = attempt.send(&wanted("refund"), at(40)).unwrap().ticket();
    assert_ne!(first, second);
    assert_eq!(attempt.last_sending(), Some(second));
}
