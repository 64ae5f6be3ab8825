//! When a request may leave, and which sending a failure is of.

use std::cell::Cell;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::TransportFailure;
use cashflows_codec::remote_auth::attempt::{AttemptState, Journal, RetryPolicy, Sending, Step, TooLate};
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
fn release_holds_for_ten_seconds_and_within_the_window() {
    let usual = RetryPolicy::default();
    let hour = Duration::from_secs(3_600);
    for (policy, noted, until) in [
        (usual, 0, 10),
        (usual, 40, 50),
        (usual, 280, 285),
        (usual, 285, 285),
        (RetryPolicy { leave_within: Duration::from_secs(3), ..usual }, 40, 43),
        (RetryPolicy { leave_within: Duration::ZERO, ..usual }, 40, 40),
        // No policy lets one leave after the window.
        (RetryPolicy { leave_within: hour, ..usual }, 0, 285),
        (RetryPolicy { leave_within: hour, ..usual }, 40, 285),
        (RetryPolicy { leave_within: hour, margin: Duration::ZERO, ..usual }, 40, 300),
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
fn release_before_stops_at_the_lease() {
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
fn release_reads_the_clock_once() {
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
fn release_gives_the_planned_request_with_its_number() {
    let mut journal = planned("sale", RetryPolicy::default());
    let first = journal.get_mut(&1).unwrap().sends(&wanted("sale"), at(0));
    assert_eq!(first, wanted("sale"));
    journal.get_mut(&1).unwrap().hears(TransportFailure::Lost, at(0), 0);
    let retry = journal.get_mut(&1).unwrap().sends(&wanted("sale"), at(40));
    assert_eq!(retry, wanted("sale").with_retry_number(RetryNumber::new(1)));
}

#[test]
fn too_late_sending_gives_its_number_back() {
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
    for (noted, state) in [(40, AttemptState::GivenUp), (0, AttemptState::NeverSent)] {
        let mut journal = planned("sale", RetryPolicy::default());
        let sending = noted_at(&mut journal, "sale", noted);
        let ticket = sending.ticket();
        let late = sending.release(|| at(500)).unwrap_err();
        journal.get_mut(&1).unwrap().received(&ticket, &late, at(500), 0);
        assert_eq!(journal.get(&1).unwrap().state(), state, "{noted}");
    }
}

#[test]
fn sending_debug_hides_the_request() {
    let sending = noted_at(&mut planned("sale", RetryPolicy::default()), "sale", 40);
    let shown = format!("{sending:?}");
    assert_eq!(
        shown,
        "Sending { ticket: Ticket(2), noted: Moment(1800000040000), until: Moment(1800000050000), .. }"
    );
}

#[test]
fn last_sending_is_the_ticket_of_the_last_send() {
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
