//! The cost of one more attempt does not depend on the number of attempts in the journal.

use core::hint::black_box;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::{Journal, RetryPolicy};
use cashflows_codec::remote_auth::request::{Card, OriginalClass, Refund, Request, Sale};
use cashflows_codec::remote_auth::{Response, TransportFailure};
use cashflows_codec::value::{CardNumber, Money};

use crate::cost;

/// Number of attempts that are planned, charged and retired among the others.
const MORE: u32 = 300;

fn at(seconds: u32) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + u64::from(seconds))
}

/// Sales and refunds in turn. An original has up to five refunds of one amount, if the acquirer knows them by their
/// references.
fn request(number: u32) -> Request {
    let reference = format!("order-{number:08}").parse().unwrap();
    if number.is_multiple_of(2) {
        let card: CardNumber = "4000000000000002".parse().unwrap();
        let card = Card::new(card, "1130".parse().unwrap(), "123".parse().unwrap());
        Sale::ecom(card, Money::gbp(24_99), reference).into()
    } else {
        let original = format!("01S{number:08X}").parse().unwrap();
        Request::Refund(
            Refund::new(original, OriginalClass::Ecom, Money::gbp(1_00)).with_reference(reference),
        )
    }
}

fn answer(number: u32) -> Response {
    Response::decode(format!("A|02S{number:08X}|200|031971|Authorised").as_bytes()).unwrap()
}

/// Plans and sends an attempt, and passes it its response.
fn charge(journal: &mut Journal<u32>, number: u32, seconds: u32) {
    let now = at(seconds);
    let request = request(number);
    journal.plan(number, &request, now).unwrap();
    let mut attempt = journal.get_mut(&number).unwrap();
    let sending = attempt.send(&request, now).unwrap();
    let ticket = sending.ticket();
    black_box(sending.release(|| now).unwrap());
    attempt.received(&ticket, &answer(number), now, 0);
}

/// A journal of so many attempts: of ten, six have ended, two are lost, and two are planned.
fn filled(attempts: u32) -> Journal<u32> {
    let mut journal = Journal::new(RetryPolicy::default());
    for number in 0..attempts {
        match number % 10 {
            0 | 1 => _ = journal.plan(number, &request(number), at(1_000)).unwrap(),
            2 | 3 => {
                let request = request(number);
                journal.plan(number, &request, at(1_000)).unwrap();
                let mut attempt = journal.get_mut(&number).unwrap();
                let ticket = attempt.send(&request, at(1_000)).unwrap().ticket();
                attempt.received(&ticket, TransportFailure::Lost, at(1_000), 0);
            }
            _ => charge(&mut journal, number, 1_000),
        }
    }
    // These are forgotten one after the other, before any of the rest.
    for number in 0..MORE {
        charge(&mut journal, 1_000_000 + number, number);
    }
    journal
}

/// Plans and charges one, retires an older one, and refuses an equal refund and a known key.
fn work(journal: &mut Journal<u32>, attempts: u32) {
    for number in 0..MORE {
        charge(journal, attempts + number, 400);
        assert!(journal.plan(attempts, &request(attempts + number), at(400)).is_err());
        assert!(journal.plan(u32::MAX, &request(attempts + number), at(400)).is_err());
        assert_eq!(journal.retire(at(315 + number)).len(), 1);
    }
}

/// Compares the cost of an attempt among different numbers of others.
fn attempt_costs_the_same<const N: usize>(sizes: [u32; N]) {
    let costs = sizes.map(|attempts| {
        let mut journal = filled(attempts);
        cost(|| work(&mut journal, attempts))
    });
    for pair in costs.windows(2) {
        // Nodes of the trees are split now and then.
        assert!(pair[0].bytes.abs_diff(pair[1].bytes) <= pair[0].bytes / 20, "{costs:?}");
    }
}

#[test]
fn attempt_cost_among_a_thousand() {
    attempt_costs_the_same([500, 1_000]);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn attempt_cost_among_thousands() {
    attempt_costs_the_same([2_000, 4_000, 8_000]);
}

/// Plans and retires among a number of attempts, for `tests/cost/instructions`.
#[test]
#[ignore = "run by tests/cost/instructions"]
fn plans() {
    let attempts = crate::number("ATTEMPTS", 100);
    let mut journal = filled(attempts);
    measured_plans(&mut journal, attempts);
}

#[inline(never)]
fn measured_plans(journal: &mut Journal<u32>, attempts: u32) {
    work(journal, attempts);
}
