//! Attempts as JSON: written, read, and checked again.

use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::{Attempt, Found, Journal, Received, RetryPolicy};
use cashflows_codec::remote_auth::{Credentials, Response, TransportFailure};
use serde_json::{Value, json};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::requests::{Last as _, wanted};
use super::transitions::Service;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

/// An attempt that was played on to where it is named after.
fn attempt(operation: &str, named: &str) -> Attempt {
    let mut journal = Journal::new(RetryPolicy::default());
    let request = wanted(operation);
    journal.plan(1, &request, at(0)).unwrap();
    let mut attempt = journal.get_mut(&1).unwrap();
    let response = |line: &[u8]| Response::decode(line).unwrap();
    if named != "planned" && named != "cancelled" {
        attempt.sends(&request, at(0));
    }
    match named {
        "planned" | "sent" => {}
        "cancelled" => attempt.cancel().unwrap(),
        "restarted" => _ = attempt.restarted(at(1), 0),
        "open" | "retried" | "given_up" | "settled_by_hand" => {
            attempt.hears(TransportFailure::Lost, at(1), 0);
            match named {
                "retried" => {
                    attempt.sends(&request, at(10));
                }
                "given_up" => _ = attempt.step(at(1_000)),
                "settled_by_hand" => {
                    // A credit is given up already.
                    let _ = attempt.give_up();
                    attempt.settle(Found::Authorised("01S00000001".parse().unwrap())).unwrap();
                }
                _ => {}
            }
        }
        "never_sent" => _ = attempt.hears(TransportFailure::NotConnected, at(1), 0),
        "authorised" => _ = attempt.hears(&response(b"A|01S00000001|200|031971|OK"), at(1), 0),
        "rejected" => _ = attempt.hears(Received::Rejected, at(1), 0),
        "refused" => _ = attempt.hears(&response(b"D|01S00000001|400|D102|No"), at(1), 0),
        "contradicted" => {
            attempt.hears(&response(b"A|01S00000001|200|031971|OK"), at(1), 0);
            attempt.hears(&response(b"A|01S00000002|200|031971|OK"), at(1), 0);
        }
        other => panic!("{other} is not played"),
    }
    attempt.clone()
}

const NAMED: [&str; 13] = [
    "rejected",
    "planned",
    "sent",
    "cancelled",
    "restarted",
    "open",
    "retried",
    "given_up",
    "settled_by_hand",
    "never_sent",
    "authorised",
    "refused",
    "contradicted",
];

#[test]
fn serde_round_trips_every_state_of_every_operation() {
    for operation in ["sale", "verify", "continuous", "void", "refund", "credit"] {
        for named in NAMED.into_iter().filter(|named| operation != "credit" || *named != "retried") {
            let attempt = attempt(operation, named);
            let json = serde_json::to_string(&attempt).unwrap();
            assert_eq!(serde_json::from_str::<Attempt>(&json).unwrap(), attempt, "{operation} {named}");
            assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["state"], attempt.state().as_str());
        }
    }
}

#[test]
fn attempt_serializes_as_readable_json_without_secrets() {
    assert_eq!(
        serde_json::to_value(attempt("sale", "retried")).unwrap(),
        json!({
            "state": "sent",
            "intent": {
                "operation": "sale", "class": "ecom", "reference": "cart-1", "original": null,
                "amount": "24.99", "currency": "GBP", "last_four": "0002", "request": null,
            },
            "sendings": 2,
            "card_gone": false,
            "seen_at": 1_800_000_010_000_u64,
            "sent": {
                "first_at": 1_800_000_000_000_u64, "last_at": 1_800_000_010_000_u64,
                "retry_number": 1, "doubt": "no_answer", "unanswered_at": 1_800_000_000_000_u64,
                "clock_went_back": false,
            },
            "wait_until": 1_800_000_070_000_u64,
            "cause": null,
            "answer": null,
            "rejected_at": null,
            "transactions": [null, null],
        }),
    );
    assert_eq!(
        serde_json::to_value(attempt("refund", "authorised")).unwrap(),
        json!({
            "state": "authorised",
            "intent": {
                "operation": "refund", "class": "ecom", "reference": null, "original": "01S0135F71A",
                "amount": "11.11", "currency": "GBP", "last_four": null,
                "request": {
                    "tran_amount": "11.11", "tran_currency": "GBP", "tran_type": "refund",
                    "tran_class": "ecom", "tran_orig_id": "01S0135F71A",
                },
            },
            "sendings": 1,
            "card_gone": false,
            "seen_at": 1_800_000_001_000_u64,
            "sent": {
                "first_at": 1_800_000_000_000_u64, "last_at": 1_800_000_000_000_u64,
                "retry_number": null, "doubt": null, "unanswered_at": null, "clock_went_back": false,
            },
            "wait_until": null,
            "cause": null,
            "answer": {
                "transaction_id": "01S00000001",
                "checks": { "cvv": "full_match", "address": "not_checked", "postcode": "not_checked" },
                "code": null,
                "at": 1_800_000_001_000_u64,
            },
            "rejected_at": null,
            "transactions": [null, null],
        }),
    );
}

/// What was stored before there were lost sendings and rejections in it: operation, name and JSON.
#[test]
fn attempt_deserializes_older_json() {
    for line in include_str!("stored_before.txt").lines() {
        let (operation, rest) = line.split_once(' ').unwrap();
        let (named, json) = rest.split_once(' ').unwrap();
        let read = serde_json::from_str::<Attempt>(json).unwrap();
        let mut written = serde_json::to_value(&read).unwrap();
        let mut new = serde_json::to_value(attempt(operation, named)).unwrap();
        assert_eq!(written["rejected_at"], Value::Null, "{line}");
        // Of a sending that was lost it is not known that it was.
        for json in [&mut written, &mut new] {
            if let Some(sent) = json["sent"].as_object_mut() {
                sent.remove("unanswered_at");
            }
        }
        assert_eq!(written, new, "{line}");
        // What is missing is made up for: a retry that was sent after one was lost.
        let policy = RetryPolicy::default();
        let may_arrive = read.earlier_may_arrive_until(&policy);
        assert_eq!(
            may_arrive.is_some(),
            matches!(operation, "void" | "refund") && named == "retried",
            "{line}"
        );
        // And it goes on.
        let mut journal = Journal::new(policy);
        journal.insert(1, read).unwrap();
        let _step = journal.get_mut(&1).unwrap().step(at(11));
    }
}

/// Changes what is at a place, and reads it.
fn edited(attempt: &Attempt, place: &str, value: Value) -> Result<Attempt, String> {
    let mut json = serde_json::to_value(attempt).unwrap();
    *json.pointer_mut(place).unwrap() = value;
    let read = serde_json::from_value(json.clone()).map_err(|error| error.to_string());
    assert_eq!(read.is_ok(), serde_json::from_str::<Attempt>(&json.to_string()).is_ok());
    read
}

#[test]
fn deserialize_checks_edited_json_and_quotes_no_value() {
    let contradicts = "the attempt contradicts itself";
    let lacks = "the attempt lacks what its state has";
    let surplus = "the attempt says what its state has not";
    let wanted = "what is wanted contradicts itself";
    for (operation, named, place, value, message) in [
        ("sale", "planned", "/state", json!("sent"), lacks),
        ("sale", "planned", "/state", json!("authorised"), lacks),
        ("sale", "planned", "/state", json!("given_up"), lacks),
        ("sale", "planned", "/state", json!("7777"), "state must be one of: planned, sent"),
        ("sale", "planned", "/state", json!(7777), "must be text"),
        ("sale", "planned", "/sendings", json!(1), contradicts),
        ("sale", "planned", "/sendings", json!(7777), "must be a number that fits, true or false"),
        ("sale", "planned", "/card_gone", json!("7777"), "must be a number that fits, true or false"),
        ("sale", "planned", "/seen_at", json!("7777"), "a time must be a number of milliseconds"),
        ("sale", "planned", "/seen_at", json!(-7777), "a time must be a number of milliseconds"),
        ("sale", "planned", "/wait_until", json!(7777), surplus),
        ("sale", "planned", "/cause", json!("caller"), surplus),
        ("sale", "planned", "/transactions/0", json!("7777"), surplus),
        ("sale", "planned", "/intent/last_four", json!("77777"), "last four digits must be 4 digits"),
        ("sale", "planned", "/intent/reference", json!(null), wanted),
        ("sale", "planned", "/intent/amount", json!(null), wanted),
        ("sale", "planned", "/intent/class", json!("cont"), wanted),
        ("sale", "planned", "/intent/original", json!("7777"), wanted),
        ("sale", "planned", "/intent/operation", json!("refund"), wanted),
        ("sale", "planned", "/intent/operation", json!("7777"), "operation must be one of: sale, verify"),
        ("sale", "sent", "/state", json!("open"), contradicts),
        ("sale", "sent", "/state", json!("never_sent"), contradicts),
        ("sale", "sent", "/state", json!("planned"), surplus),
        ("sale", "sent", "/sendings", json!(0), contradicts),
        ("sale", "sent", "/sent", json!(null), contradicts),
        ("sale", "sent", "/sent/retry_number", json!(1), contradicts),
        ("sale", "sent", "/sent/first_at", json!(1_900_000_000_000_u64), contradicts),
        ("sale", "sent", "/seen_at", json!(7777), contradicts),
        ("sale", "retried", "/sent/doubt", json!(null), contradicts),
        ("sale", "retried", "/sent/unanswered_at", json!(1_900_000_000_000_u64), contradicts),
        ("sale", "sent", "/sent/unanswered_at", json!(1_800_000_000_000_u64), contradicts),
        ("sale", "rejected", "/rejected_at", json!(null), lacks),
        ("sale", "refused", "/rejected_at", json!(1), surplus),
        ("sale", "sent", "/rejected_at", json!(1), surplus),
        ("sale", "retried", "/sendings", json!(1), contradicts),
        ("sale", "retried", "/sent/doubt", json!("7777"), "doubt must be one of: no_answer"),
        ("sale", "open", "/sent/doubt", json!(null), contradicts),
        ("sale", "authorised", "/answer", json!(null), lacks),
        ("sale", "settled_by_hand", "/transactions/1", json!("7777"), surplus),
        ("refund", "open", "/card_gone", json!(true), contradicts),
        ("refund", "open", "/intent/amount", json!("11.12"), wanted),
        ("refund", "open", "/intent/request/tran_amount", json!("7777"), "tran_amount must be digits"),
        ("refund", "open", "/intent/request/tran_amount", json!("11.12"), wanted),
        (
            "refund",
            "open",
            "/intent/request/tran_type",
            json!("sale"),
            "card_num is mandatory where card_token is absent",
        ),
        ("credit", "authorised", "/intent/request/security_hash", json!("7777"), "security_hash must be 64"),
    ] {
        let error = edited(&attempt(operation, named), place, value.clone()).unwrap_err();
        assert!(error.starts_with(message), "{operation} {named} {place} {value}: {error}");
        assert!(!error.contains("77"), "{error}");
    }
}

#[test]
fn policy_serializes_times_in_milliseconds() {
    let policy = RetryPolicy::default();
    let json = json!({
        "first_wait_ms": 2_000, "longest_wait_ms": 60_000, "margin_ms": 15_000, "answer_within_ms": 60_000,
        "leave_within_ms": 10_000, "most_sendings": 10, "reversals_by_reference": false,
        "credits_by_reference": false,
    });
    assert_eq!(serde_json::to_value(policy).unwrap(), json);
    // Stored before there was a time to leave, and before there were acquirers that know references.
    let mut old = json.clone();
    for new in ["leave_within_ms", "reversals_by_reference", "credits_by_reference"] {
        old.as_object_mut().unwrap().remove(new);
    }
    assert_eq!(serde_json::from_value::<RetryPolicy>(old).unwrap(), policy);
    assert_eq!(serde_json::from_value::<RetryPolicy>(json.clone()).unwrap(), policy);
    let known = RetryPolicy { reversals_by_reference: true, credits_by_reference: true, ..policy };
    let json_of_known = serde_json::to_value(known).unwrap();
    assert_eq!(json_of_known["reversals_by_reference"], true);
    assert_eq!(json_of_known["credits_by_reference"], true);
    assert_eq!(serde_json::from_value::<RetryPolicy>(json_of_known).unwrap(), known);
    for (place, value) in
        [("/most_sendings", json!(0)), ("/margin_ms", json!(-7)), ("/margin_ms", json!("7"))]
    {
        let mut edited = json.clone();
        *edited.pointer_mut(place).unwrap() = value;
        let error = serde_json::from_value::<RetryPolicy>(edited).unwrap_err();
        assert_eq!(error.to_string(), "must be a number that fits, true or false");
    }
}

/// Everything that can happen to an attempt, in no sensible order.
const EVENTS: &[&str] = &[
    "send",
    "send",
    "send",
    "A",
    "A=01S00000003",
    "A=01S00000002",
    "D102",
    "D102=01S00000004",
    "V226",
    "V233",
    "S001",
    "S103",
    "V249",
    "X999",
    "lost",
    "lost",
    "unconnected",
    "rejected",
    "1:lost",
    "1:A",
    "restart",
    "cancel",
    "give-up",
    "missing",
    "found=01S00000005",
    "found=01S00000002",
    "+1s",
    "+60s",
    "+300s",
    "-1s",
    "-1000s",
];

/// Every place of a JSON value.
fn places(value: &Value, place: &str, all: &mut Vec<String>) {
    all.push(place.to_owned());
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, value)| places(value, &format!("{place}/{name}"), all));
        }
        Value::Array(array) => {
            (0..).zip(array).for_each(|(index, value)| places(value, &format!("{place}/{index}"), all));
        }
        _ => {}
    }
}

fn operation() -> impl Strategy<Value = &'static str> {
    select(&["sale", "verify", "continuous", "void", "refund", "credit"][..])
}

proptest! {
    /// Otherwise a service could not read after a crash what it wrote before.
    #[test]
    fn serde_round_trips_attempts_of_random_histories(
        operation in operation(),
        events in vec(select(EVENTS), 0..30),
    ) {
        let mut service = Service::planning(operation);
        for event in &events {
            service.event(event);
            let attempt = service.journal.get(&1).unwrap();
            let json = serde_json::to_string(attempt).unwrap();
            let read = serde_json::from_str::<Attempt>(&json).map_err(|error| error.to_string());
            prop_assert_eq!(read.as_ref(), Ok(attempt), "{} of {:?}: {}", event, events, json);
        }
    }

    /// What is read is what stands there, and can go on.
    #[test]
    fn deserialized_attempts_accept_every_event(
        operation in operation(),
        events in vec(select(EVENTS), 0..12),
        (from, to) in (any::<Index>(), any::<Index>()),
        later in vec(select(EVENTS), 0..12),
    ) {
        let mut service = Service::planning(operation);
        events.iter().for_each(|event| service.event(event));
        let mut json = serde_json::to_value(service.journal.get(&1).unwrap()).unwrap();
        let mut all = Vec::new();
        places(&json, "", &mut all);
        let other = json.pointer(&all[from.index(all.len())]).unwrap().clone();
        *json.pointer_mut(&all[to.index(all.len())]).unwrap() = other;
        if let Ok(attempt) = serde_json::from_value::<Attempt>(json.clone()) {
            prop_assert_eq!(serde_json::to_value(&attempt).unwrap(), json);
            service.journal = Journal::new(RetryPolicy::default());
            service.journal.insert(1, attempt).unwrap();
            later.iter().for_each(|event| service.event(event));
            let attempt = service.journal.get(&1).unwrap();
            let json = serde_json::to_string(attempt).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Attempt>(&json).unwrap(), attempt);
        }
    }

    #[test]
    fn attempt_types_hold_no_secret(request in crate::support::any::request()) {
        let credentials = Credentials::new("1".parse().unwrap(), "p".parse().unwrap());
        let body = request.encode(&credentials);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body.as_bytes()).unwrap();
        let mut journal = Journal::new(RetryPolicy::default());
        journal.plan(1, &request, at(0)).unwrap();
        let mut attempt = journal.get_mut(&1).unwrap();
        attempt.sends(&request, at(0));
        attempt.restarted(at(1), 0);
        let shown = [
            serde_json::to_string(&*attempt).unwrap(),
            format!("{:?}", *attempt),
            format!("{attempt:?}"),
            format!("{:?}", attempt.step(at(1_000))),
        ];
        let secrets = ["card_num", "card_token", "card_tavv", "acs_cavv"];
        // What is shorter can stand there by chance.
        let is_secret = |(name, value): &&(String, String)| secrets.contains(&name.as_str()) && value.len() > 4;
        for (name, value) in pairs.iter().filter(is_secret) {
            for shown in &shown {
                prop_assert!(!shown.contains(value.as_str()), "{} in {}", name, shown);
            }
        }
    }
}
