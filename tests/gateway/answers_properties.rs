//! What holds for any bytes.

use cashflows_codec::gateway::answer::*;
use cashflows_codec::gateway::{CallOutcome, JobMeaning, Notification, Operation, PaymentMeaning};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::answers::JOBS;

/// Reads as everything that there is, prints it, and asks it everything that could be mistaken.
fn read_as_everything(status: u16, body: &[u8]) {
    fn read<T: AnswerData + core::fmt::Debug + PartialEq>(status: u16, body: &[u8]) {
        match Answer::<T>::decode(status, body) {
            Ok(answer) => {
                assert!((200..300).contains(&status));
                let _printed = format!("{answer:?}");
                let written = answer.encode().into_bytes();
                assert_eq!(Answer::decode(status, &written), Ok(answer));
            }
            Err(error) => {
                let _printed = format!("{error:?} {error}");
                for &operation in Operation::ALL {
                    let _step = error.next_step(operation);
                    assert_ne!(error.outcome(operation), CallOutcome::Done);
                }
            }
        }
    }
    read::<Job>(status, body);
    read::<Payment>(status, body);
    read::<Refund>(status, body);
    read::<Capture>(status, body);
    read::<TokenisedCard>(status, body);
    read::<Vec<SupportedPaymentMethod>>(status, body);
    let _notification = Notification::decode(body);
}

/// Whether the gateway said so, as somebody else reads it.
fn says_paid(body: &[u8]) -> bool {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return false };
    let job = &body["data"];
    match job["payments"].as_array() {
        Some(payments) if !payments.is_empty() => payments.iter().any(|payment| payment["status"] == "Paid"),
        _ => job["paymentStatus"] == "Paid",
    }
}

fn documented() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(JOBS).prop_map(|(_, body)| body.to_vec())
}

/// A documented body with a few bytes changed.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_usize), 1..4);
    (documented(), changes).prop_map(|(mut body, changes)| {
        for (place, byte, kind) in changes {
            let place = place.index(body.len());
            match kind {
                0 => body[place] = byte,
                1 => body.insert(place, byte),
                2 if body.len() > 1 => drop(body.remove(place)),
                _ => body.truncate(place.max(1)),
            }
        }
        body
    })
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "(Paid|Reserved|Failed)".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Adds a member to the object number `place` of a body.
fn add(value: &mut Value, place: &mut usize, member: &(String, Value)) {
    match value {
        Value::Object(members) => {
            if *place == 0 {
                members.entry(&member.0).or_insert_with(|| member.1.clone());
            }
            *place = place.wrapping_sub(1);
            members.values_mut().for_each(|value| add(value, place, member));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| add(value, place, member)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(status in 0_u16..1_000, body in prop::collection::vec(any::<u8>(), 0..300)) {
        read_as_everything(status, &body);
    }

    #[test]
    fn no_damage_panics(status in prop_oneof![Just(200), Just(201), Just(400)], body in damaged()) {
        read_as_everything(status, &body);
    }

    #[test]
    fn no_json_panics(value in any_json(), data: bool) {
        let body = if data { serde_json::json!({ "data": value }) } else { value };
        read_as_everything(200, &serde_json::to_vec(&body).unwrap());
    }

    /// Damage never makes money out of nothing.
    #[test]
    fn taken_means_that_the_gateway_said_so(body in damaged()) {
        if let Ok(answer) = Answer::<Job>::decode(200, &body) {
            prop_assert!(answer.data().meaning() != JobMeaning::Taken || says_paid(&body));
        }
    }

    /// An unlisted status, wherever it stands, does not mean that money was taken.
    #[test]
    fn an_unlisted_status_is_never_taken(status in "[A-Za-z ]{0,10}", of_payment in "[A-Za-z ]{0,10}") {
        prop_assume!(status != "Paid" && of_payment != "Paid");
        let body = serde_json::json!({ "data": {
            "reference": "1", "paymentStatus": status, "paidAmount": "10.00",
            "payments": [{ "reference": "2", "status": of_payment, "paidAmount": "10.00",
                "steps": [{ "reference": "3", "status": "Paid" }],
                "captures": [{ "reference": "4", "status": "Completed" }] }],
        }});
        let answer: Answer<Job> = Answer::decode(200, &serde_json::to_vec(&body).unwrap()).unwrap();
        prop_assert_ne!(answer.data().meaning(), JobMeaning::Taken);
        prop_assert_ne!(answer.data().payments[0].meaning(), PaymentMeaning::Taken);
        prop_assert_eq!(answer.data().payment_status.as_str(), status);
    }

    /// Members that nobody listed are there again when the answer is written, and change nothing.
    #[test]
    fn unlisted_members_are_kept(body in documented(), place in 0..30_usize, name in "x[a-zA-Z\"\\\\é]{0,8}", value in any_json()) {
        let before: Answer<Job> = Answer::decode(200, &body).unwrap();
        let mut body: Value = serde_json::from_slice(&body).unwrap();
        add(&mut body, &mut place.clone(), &(name, value));
        let after: Answer<Job> = Answer::decode(200, &serde_json::to_vec(&body).unwrap()).unwrap();
        prop_assert_eq!(after.data().meaning(), before.data().meaning());
        let written: Value = serde_json::from_slice(&after.encode().into_bytes()).unwrap();
        prop_assert_eq!(written, body);
    }

    /// Words that nobody listed are written as they came.
    #[test]
    fn unlisted_words_are_kept(word: String) {
        let mut step = Map::new();
        for name in ["createDateTimeUtc", "action", "status", "description"] {
            step.insert(name.into(), word.as_str().into());
        }
        step.insert("reference".into(), "3".into());
        let body = serde_json::json!({ "data": {
            "reference": "2", "createDateTimeUtc": word, "paymentMethods": [word], "status": word,
            "surchargeAmount": word, "convertedTotalAmount": word, "convertedCurrency": word, "conversionRate": word,
            "steps": [step], "flags": { word.as_str(): true }, "attributes": { word.as_str(): word },
            "refunds": [{ "reference": "4", "status": word, "refundNumber": word, "steps": [], "attributes": {} }],
            "captures": [],
            "lastErrorReport": { "errors": [{ "code": word, "message": word }], "warnings": [], "language": word },
        }});
        let answer: Answer<Payment> = Answer::decode(200, &serde_json::to_vec(&body).unwrap()).unwrap();
        let written: Value = serde_json::from_slice(&answer.encode().into_bytes()).unwrap();
        prop_assert_eq!(written, body);
    }
}
