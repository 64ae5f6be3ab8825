//! A store that stands still, and a network that does: what leaves is what may leave, and the ledger says
//! so.

use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::{
    AttemptState, Conclusion, Journal, RetryPolicy, Sending, Step, Ticket,
};
use cashflows_codec::remote_auth::request::{OriginalClass, Refund, Request};
use cashflows_codec::remote_auth::{Credentials, Response, TransportFailure};
use cashflows_codec::simulator::{Acquirer, Effect, Entry, Profile, Symptom, When};
use cashflows_codec::value::{Money, OriginalId};

use super::requests::{Last as _, sale};

const CARD: &str = "4000000000000002";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn acquirer() -> Acquirer {
    Acquirer::new(Profile::new(Credentials::new("1234567".parse().unwrap(), "password".parse().unwrap())))
}

/// Releases at a time, sends what comes out, and tells what came of it.
fn release(
    journal: &mut Journal<u8>,
    acquirer: &mut Acquirer,
    sending: Sending,
    seconds: u64,
) -> Result<(), Ticket> {
    let ticket = sending.ticket();
    let released = sending.release(|| at(seconds));
    let Some(mut attempt) = journal.get_mut(&1) else { return Ok(()) };
    match released {
        Ok(request) => {
            let reply = acquirer.send(at(seconds), &request);
            attempt.received(&ticket, &reply, at(seconds), 0);
            Ok(())
        }
        Err(late) => {
            attempt.received(&ticket, &late, at(seconds), 0);
            Err(ticket)
        }
    }
}

/// The disk is full, or locked, from the note of a retry until after the window.
#[test]
fn release_refuses_a_retry_noted_for_longer_than_the_window() {
    for (noted, written, charged) in [(40, 41, 1), (40, 50, 1), (40, 51, 1), (40, 330, 1), (284, 520, 1)] {
        let mut acquirer = acquirer();
        acquirer.script(When::any().on_call(1), Effect::LoseAnswer(Symptom::Silence));
        let request = sale(CARD, 24_99, "cart-1");
        let mut journal = Journal::new(RetryPolicy::default());
        journal.plan(1, &request, at(0)).unwrap();
        let mut attempt = journal.get_mut(&1).unwrap();
        let _lost = acquirer.send(at(0), &attempt.sends(&request, at(0)));
        attempt.hears(TransportFailure::Lost, at(10), 0);
        let sending = attempt.send(&request, at(noted)).unwrap();
        let leaves = written <= noted + 10;
        assert_eq!(release(&mut journal, &mut acquirer, sending, written).is_ok(), leaves, "{written}");
        assert_eq!(acquirer.ledger().charges("cart-1").count(), charged, "{written}");
        let state = match (leaves, written) {
            (true, _) => AttemptState::Authorised,
            // There is time for another one.
            (false, ..285) => AttemptState::Open,
            (false, _) => AttemptState::GivenUp,
        };
        assert_eq!(journal.get(&1).unwrap().state(), state, "{written}");
    }
}

/// What the test above would find if the retry left all the same.
#[test]
fn a_retry_that_leaves_after_the_window_charges_again() {
    let mut acquirer = acquirer();
    let request = sale(CARD, 24_99, "cart-1");
    acquirer.send(at(0), &request).unwrap();
    acquirer.send(at(330), &request.retry(at(0), at(40)).unwrap()).unwrap();
    assert_eq!(acquirer.ledger().charges("cart-1").count(), 2);
}

/// A replica notes the first sending and stands still; another one takes it for dead, and retries.
#[test]
fn release_refuses_a_stalled_first_sending_after_its_retry() {
    for (goes_on, leaves) in [(5, true), (10, true), (11, false), (70, false), (400, false)] {
        let mut acquirer = acquirer();
        let request = sale(CARD, 24_99, "cart-1");
        let mut journal = Journal::new(RetryPolicy::default());
        journal.plan(1, &request, at(0)).unwrap();
        let held = journal.get_mut(&1).unwrap().send(&request, at(0)).unwrap();
        if goes_on > 60 {
            // No response within a minute: it counts as lost.
            assert!(matches!(journal.get_mut(&1).unwrap().step(at(60)), Step::Wait { .. }));
            let mut attempt = journal.get_mut(&1).unwrap();
            let retry = attempt.sends(&request, at(65));
            assert_eq!(retry.retry_number().map(|number| number.get()), Some(1));
            let reply = acquirer.send(at(65), &retry);
            attempt.hears(&reply, at(65), 0);
        }
        assert_eq!(release(&mut journal, &mut acquirer, held, goes_on).is_ok(), leaves, "{goes_on}");
        let charges = acquirer.ledger().charges("cart-1").count();
        assert_eq!(charges, usize::from(leaves || goes_on > 60), "{goes_on}");
        let state = if charges == 1 { AttemptState::Authorised } else { AttemptState::NeverSent };
        assert_eq!(journal.get(&1).unwrap().state(), state, "{goes_on}");
    }
}

/// Yesterday's sale, of 100.00.
fn original(acquirer: &mut Acquirer) -> OriginalId {
    let yesterday = at(0) - Duration::from_secs(86_400);
    let sold = acquirer.send(yesterday, &sale(CARD, 10_000, "yesterday")).unwrap();
    sold.transaction_id().unwrap().try_into().unwrap()
}

/// A refund whose first sending the network holds for 40 seconds, while its retry is answered at once.
fn overtaken(policy: RetryPolicy, reference: Option<&str>) -> (Acquirer, Journal<u8>, Response) {
    let mut acquirer = acquirer();
    let refund = Refund::new(original(&mut acquirer), OriginalClass::Ecom, Money::gbp(1_00));
    let refund = match reference {
        Some(reference) => refund.with_reference(reference.parse().unwrap()),
        None => refund,
    };
    let request = Request::Refund(refund);
    let mut journal = Journal::new(policy);
    journal.plan(1, &request, at(0)).unwrap();
    let mut attempt = journal.get_mut(&1).unwrap();
    let first = attempt.sends(&request, at(0));
    attempt.hears(TransportFailure::Lost, at(30), 0);
    let retry = attempt.sends(&request, at(32));
    let reply = acquirer.send(at(32), &retry);
    assert_eq!(attempt.hears(&reply, at(33), 0), Step::Done(Conclusion::Authorised));
    let late = acquirer.send(at(40), &first).unwrap();
    (acquirer, journal, late)
}

fn refunds(acquirer: &Acquirer) -> usize {
    let is_refund = |entry: &&Entry| entry.is_authorised() && entry.operation().as_str() == "refund";
    acquirer.ledger().entries().iter().filter(is_refund).count()
}

#[test]
fn overtaken_refund_with_reference_is_paid_once() {
    let known = RetryPolicy { reversals_by_reference: true, ..RetryPolicy::default() };
    let (acquirer, journal, late) = overtaken(known, Some("return-1"));
    assert_eq!(refunds(&acquirer), 1);
    assert_eq!(late.response_code().map(|code| code.to_string()).as_deref(), Some("V233"));
    assert_eq!(journal.get(&1).unwrap().earlier_may_arrive_until(&known), None);
}

#[test]
fn overtaken_refund_without_reference_is_paid_twice_and_announced() {
    let policy = RetryPolicy::default();
    let (acquirer, mut journal, late) = overtaken(policy, None);
    assert_eq!(refunds(&acquirer), 2);
    let attempt = journal.get(&1).unwrap();
    assert_eq!(attempt.conclusion(), Some(Conclusion::Authorised));
    assert_eq!(attempt.earlier_may_arrive_until(&policy), Some(at(300)));
    // Whoever hears the late answer tells it.
    let first = journal.get_mut(&1).unwrap().last_sending().unwrap();
    let step = journal.get_mut(&1).unwrap().received(&first, &late, at(41), 0);
    let Step::Reconcile(look_for) = step else { panic!("{step:?}") };
    assert_eq!(look_for.cause.as_str(), "contradicted");
    assert_eq!(look_for.transactions.len(), 2);
    assert_eq!(look_for.earlier_may_arrive_until, Some(at(300)));
}
