//! What attempts have to do with each other.

use std::num::NonZeroU8;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::{
    AttemptState, Difference, Doubt, Found, GiveUp, Journal, PlanError, RetryPolicy, SendError, SettleError,
    Step,
};
use cashflows_codec::remote_auth::request::{OriginalClass, Refund, Request, RetryNumber, Sale};
use cashflows_codec::remote_auth::{Response, TransportFailure};
use cashflows_codec::value::Money;

use super::requests::{Last as _, card, continuous, credit, refund, sale, void, wanted};

const CARD: &str = "4000000000000002";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn journal() -> Journal<&'static str> {
    Journal::new(RetryPolicy::default())
}

fn authorised(id: &str) -> Response {
    Response::decode(format!("A|{id}|000|-|Authorised").as_bytes()).unwrap()
}

#[test]
fn plan_refuses_a_key_or_reference_twice() {
    let mut journal = journal();
    journal.plan("one", &sale(CARD, 24_99, "cart-1"), at(0)).unwrap();
    for (key, request, error) in [
        ("one", sale(CARD, 24_99, "cart-2"), Some(PlanError::KeyTaken)),
        ("two", sale(CARD, 10_00, "cart-1"), Some(PlanError::ReferenceTaken)),
        ("two", continuous("cart-1"), Some(PlanError::ReferenceTaken)),
        ("two", credit("cart-1"), Some(PlanError::ReferenceTaken)),
        ("two", continuous("month-1"), None),
    ] {
        assert_eq!(journal.plan(key, &request, at(0)).err(), error, "{key} {request:?}");
    }
    // Refused or cancelled, it has the reference still: the gateway may remember it.
    journal.get_mut("one").unwrap().cancel().unwrap();
    assert_eq!(
        journal.plan("three", &sale(CARD, 24_99, "cart-1"), at(9_999)).err(),
        Some(PlanError::ReferenceTaken)
    );
}

#[test]
fn plan_refuses_an_equal_reversal_for_five_minutes_and_the_margin() {
    for equal in [void(5_00), refund(5_00)] {
        let until = |seconds| Err(PlanError::EqualReversal { until: Some(at(seconds)) });
        let open = Err(PlanError::EqualReversal { until: None });
        let plan = |journal: &mut Journal<_>, now| journal.plan("two", &equal, at(now)).map(|_| ());

        let mut planned = journal();
        planned.plan("one", &equal, at(0)).unwrap();
        assert_eq!(plan(&mut planned.clone(), 9_999), open);

        let mut sent = planned.clone();
        sent.get_mut("one").unwrap().sends(&equal, at(0));
        assert_eq!(plan(&mut sent.clone(), 9_999), open);

        let mut answered = sent.clone();
        answered.get_mut("one").unwrap().hears(&authorised("01R00000001"), at(10), 0);
        assert_eq!(plan(&mut answered.clone(), 324), until(325));
        assert_eq!(plan(&mut answered.clone(), 325), Ok(()));
        // A clock that went back makes it no older.
        assert_eq!(plan(&mut answered.clone(), 0), until(325));

        let mut given_up = sent.clone();
        given_up.get_mut("one").unwrap().hears(TransportFailure::Lost, at(10), 0);
        given_up.get_mut("one").unwrap().give_up().unwrap();
        assert_eq!(plan(&mut given_up.clone(), 9_999), open);
        given_up.get_mut("one").unwrap().settle(Found::NotAuthorised).unwrap();
        assert_eq!(plan(&mut given_up.clone(), 314), until(315));
        assert_eq!(plan(&mut given_up.clone(), 315), Ok(()));

        let mut cancelled = planned.clone();
        cancelled.get_mut("one").unwrap().cancel().unwrap();
        assert_eq!(plan(&mut cancelled, 0), Ok(()));
    }
}

#[test]
fn plan_takes_equal_reversals_known_by_reference() {
    let usual = RetryPolicy::default();
    let known = RetryPolicy { reversals_by_reference: true, ..usual };
    let named = |name: &str| match refund(5_00) {
        Request::Refund(refund) => Request::Refund(refund.with_reference(name.parse().unwrap())),
        other => other,
    };
    let waits = Err(PlanError::EqualReversal { until: None });
    for (policy, one, two, planned) in [
        (usual, refund(5_00), refund(5_00), waits),
        // Nobody knows whether this acquirer looks at them.
        (usual, named("a"), named("b"), waits),
        (usual, named("a"), refund(5_00), waits),
        (known, named("a"), named("b"), Ok(())),
        (known, named("a"), refund(5_00), Ok(())),
        (known, refund(5_00), refund(5_00), waits),
        (known, named("a"), named("a"), Err(PlanError::ReferenceTaken)),
    ] {
        let mut journal = Journal::new(policy);
        journal.plan(1, &one, at(0)).unwrap();
        assert_eq!(journal.plan(2, &two, at(0)).map(|_| ()), planned, "{one:?}, {two:?}");
    }
}

/// Whatever becomes of the equal ones, the one that is forgotten last decides.
#[test]
fn plan_waits_for_the_last_of_several_equal_refunds() {
    let mut journal = journal();
    let keys = ["one", "two", "three"];
    for (key, seconds) in keys.into_iter().zip([0, 400, 800]) {
        journal.plan(key, &refund(5_00), at(seconds)).unwrap();
        journal.get_mut(key).unwrap().sends(&refund(5_00), at(seconds));
        journal.get_mut(key).unwrap().hears(&authorised(&format!("01R0000{seconds:04}")), at(seconds), 0);
        let again = journal.plan("again", &refund(5_00), at(seconds + 10)).map(|_| ());
        assert_eq!(again, Err(PlanError::EqualReversal { until: Some(at(seconds + 315)) }));
    }
    // The first one turns out to have been authorised twice: it is open again.
    journal.get_mut("one").unwrap().hears(&authorised("01R0000999"), at(900), 0);
    let again = |journal: &mut Journal<_>| journal.plan("again", &refund(5_00), at(9_999)).map(|_| ());
    assert_eq!(again(&mut journal), Err(PlanError::EqualReversal { until: None }));
    assert_eq!(journal.retire(at(9_999)).len(), 2);
    assert_eq!(again(&mut journal), Err(PlanError::EqualReversal { until: None }));
    journal.get_mut("one").unwrap().settle(Found::NotAuthorised).unwrap();
    assert_eq!(again(&mut journal), Ok(()));
}

#[test]
fn plan_takes_unequal_reversals_at_once() {
    let mut journal = journal();
    for (key, request) in [
        ("a", refund(5_00)),
        ("b", refund(5_01)),
        ("c", void(5_00)),
        ("d", wanted("sale")),
        ("e", continuous("m")),
    ] {
        assert!(journal.plan(key, &request, at(0)).is_ok(), "{key}");
    }
}

#[test]
fn send_refuses_another_request() {
    let planned = sale(CARD, 24_99, "cart-1");
    let mut journal = journal();
    journal.plan("sale", &planned, at(0)).unwrap();
    journal.plan("refund", &refund(5_00), at(0)).unwrap();
    let described = |request: Request| match request {
        Request::Continuous(continuous) => continuous.with_description("Tea".parse().unwrap()).into(),
        other => other,
    };
    journal.plan("month", &continuous("month-1"), at(0)).unwrap();
    let reference = || "cart-1".parse().unwrap();
    let other_original = Refund::new("01S1".parse().unwrap(), OriginalClass::Ecom, Money::gbp(5_00));
    for (key, other, difference) in [
        ("sale", refund(24_99), Difference::Operation),
        ("sale", sale(CARD, 24_98, "cart-1"), Difference::Amount),
        ("sale", sale(CARD, 24_99, "cart-2"), Difference::Reference),
        ("sale", sale("4510400400099005", 24_99, "cart-1"), Difference::Card),
        ("sale", Sale::moto(card(CARD), Money::gbp(24_99), reference()).into(), Difference::Class),
        ("sale", Sale::ecom(card(CARD), Money::eur(24_99), reference()).into(), Difference::Currency),
        ("refund", refund(5_01), Difference::Amount),
        ("refund", Request::Refund(other_original), Difference::Original),
        ("refund", void(5_00), Difference::Operation),
        ("month", described(continuous("month-1")), Difference::Details),
    ] {
        let error = journal.get_mut(key).unwrap().send(&other, at(0)).unwrap_err();
        assert_eq!(error, SendError::AnotherRequest(difference), "{key}: {other:?}");
    }
    let error = SendError::AnotherRequest(Difference::Card);
    assert_eq!(error.to_string(), "the card is not that of the attempt");

    // A number that the caller has set is not the one that is sent.
    let numbered = planned.clone().with_retry_number(RetryNumber::new(7));
    let sent = journal.get_mut("sale").unwrap().sends(&numbered, at(0));
    assert_eq!(sent, planned);
}

#[test]
fn retire_takes_out_forgotten_attempts() {
    let mut journal = journal();
    journal.plan("sale", &wanted("sale"), at(0)).unwrap();
    journal.plan("month", &continuous("month-1"), at(0)).unwrap();
    journal.plan("win", &credit("win-1"), at(0)).unwrap();
    journal.get_mut("sale").unwrap().sends(&wanted("sale"), at(0));
    journal.get_mut("sale").unwrap().hears(&authorised("01S00000001"), at(10), 0);
    journal.get_mut("win").unwrap().cancel().unwrap();

    let retired = |journal: &mut Journal<&'static str>, now| -> Vec<&str> {
        journal.retire(at(now)).into_iter().map(|(key, _)| key).collect()
    };
    let policy = RetryPolicy::default();
    assert_eq!(journal.get("sale").unwrap().forgotten_at(&policy), Some(at(325)));
    assert_eq!(journal.get("month").unwrap().forgotten_at(&policy), None);
    assert_eq!(retired(&mut journal, 0), ["win"]);
    assert_eq!(retired(&mut journal, 324), [""; 0]);
    assert_eq!(retired(&mut journal, 325), ["sale"]);
    assert_eq!(retired(&mut journal, 999_999), [""; 0]);
    assert_eq!(journal.iter().map(|(key, _)| *key).collect::<Vec<_>>(), ["month"]);

    // Its transaction is not known any more, and its reference is free.
    journal.plan("again", &wanted("sale"), at(400)).unwrap();
    journal.get_mut("month").unwrap().sends(&continuous("month-1"), at(400));
    journal.get_mut("month").unwrap().hears(&authorised("01S00000001"), at(400), 0);
    assert_eq!(journal.get("month").unwrap().state().as_str(), "authorised");
}

#[test]
fn insert_knows_references_and_transactions_of_stored_attempts() {
    let mut before = journal();
    before.plan("sale", &wanted("sale"), at(0)).unwrap();
    before.get_mut("sale").unwrap().sends(&wanted("sale"), at(0));
    before.get_mut("sale").unwrap().hears(&authorised("01S00000001"), at(0), 0);

    let mut after = journal();
    after.insert("sale", before.get("sale").unwrap().clone()).unwrap();
    let taken = [("sale", PlanError::KeyTaken), ("other", PlanError::ReferenceTaken)];
    for (key, error) in taken {
        assert_eq!(after.insert(key, before.get("sale").unwrap().clone()), Err(error));
    }
    after.plan("void", &void(24_99), at(0)).unwrap();
    after.get_mut("void").unwrap().sends(&void(24_99), at(0));
    after.get_mut("void").unwrap().hears(&authorised("01S00000001"), at(0), 0);
    assert_eq!(after.get("void").unwrap().state().as_str(), "open");
    // The response of the original is that of another transaction, too.
    after.get_mut("void").unwrap().hears(&authorised("01S0135F71A"), at(0), 0);
    assert_eq!(after.get("void").unwrap().state().as_str(), "open");
    after.get_mut("void").unwrap().hears(&authorised("01V00000002"), at(0), 0);
    assert_eq!(after.get("void").unwrap().state().as_str(), "authorised");
}

#[test]
fn received_ignores_a_transaction_settled_by_hand_elsewhere() {
    let mut journal = journal();
    for (key, request) in [("one", continuous("month-1")), ("two", continuous("month-2"))] {
        journal.plan(key, &request, at(0)).unwrap();
        let mut attempt = journal.get_mut(key).unwrap();
        attempt.sends(&request, at(0));
        attempt.hears(TransportFailure::Lost, at(0), 0);
    }
    let found = Found::Authorised("01S00000001".parse().unwrap());
    journal.get_mut("one").unwrap().give_up().unwrap();
    journal.get_mut("one").unwrap().settle(found).unwrap();

    let mut two = journal.get_mut("two").unwrap();
    two.hears(&authorised("01S00000001"), at(0), 0);
    assert_eq!(two.state().as_str(), "open");
    two.give_up().unwrap();
    assert_eq!(two.settle(found), Err(SettleError::OfAnother));
    two.settle(Found::NotAuthorised).unwrap();
}

#[test]
fn send_numbers_retries_up_to_the_most_of_a_policy() {
    let policy =
        RetryPolicy { most_sendings: NonZeroU8::MAX, longest_wait: Duration::ZERO, ..RetryPolicy::default() };
    let mut journal = Journal::new(policy);
    journal.plan("void", &void(5_00), at(0)).unwrap();
    let mut attempt = journal.get_mut("void").unwrap();
    for number in 0..255_u8 {
        let request = attempt.sends(&void(5_00), at(0));
        assert_eq!(request.retry_number().map_or(0, |number| number.get()), number);
        attempt.hears(TransportFailure::Lost, at(0), 0);
    }
    let Step::Reconcile(look_for) = attempt.step(at(0)) else { panic!() };
    assert_eq!((look_for.cause, look_for.sendings), (GiveUp::Exhausted, 255));
}

#[test]
fn received_ignores_transactions_of_other_attempts() {
    let refused = |id: &str| Response::decode(format!("D|{id}|000|D102|No").as_bytes()).unwrap();
    let mut journal = journal();
    for key in ["refused", "contradicted", "other"] {
        let request = continuous(key);
        journal.plan(key, &request, at(0)).unwrap();
        journal.get_mut(key).unwrap().sends(&request, at(0));
    }
    journal.get_mut("refused").unwrap().hears(&refused("01S00000001"), at(0), 0);
    for id in ["01S00000002", "01S00000003"] {
        journal.get_mut("contradicted").unwrap().hears(&authorised(id), at(0), 0);
    }
    let mut other = journal.get_mut("other").unwrap();
    for id in ["01S00000001", "01S00000002", "01S00000003"] {
        other.hears(&authorised(id), at(0), 0);
        assert_eq!((other.state(), other.doubt()), (AttemptState::Open, Some(Doubt::OfAnother)), "{id}");
    }
    other.hears(&authorised("01S00000004"), at(0), 0);
    assert_eq!((other.state(), other.doubt()), (AttemptState::Authorised, None));
}
