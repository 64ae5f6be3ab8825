//! What holds for any bytes.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::{CallOutcome, JobMeaning, Notification, PaymentMeaning};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::JOBS;

/// Reads as everything that there is, prints it, and asks it everything that could be mistaken.
fn read_as_everything(status: u16, body: &[u8]) {
    fn read<C: CallType<Data: core::fmt::Debug + PartialEq>>(status: u16, body: &[u8]) {
        match C::decode(status, body) {
            Ok(answer) => {
                assert!((200..300).contains(&status));
                let _printed = format!("{answer:?}");
                let written = answer.encode().into_bytes();
                assert_eq!(C::decode(status, &written), Ok(answer));
            }
            Err(error) => {
                let _printed = format!("{error:?} {error}");
                let _step = error.next_step();
                assert_ne!(error.outcome(), CallOutcome::Done);
            }
        }
    }
    read::<CreateJob>(status, body);
    read::<RetrieveJob>(status, body);
    read::<CancelJob>(status, body);
    read::<RetrievePayment>(status, body);
    read::<CancelPayment>(status, body);
    read::<RefundPayment>(status, body);
    read::<CapturePayment>(status, body);
    read::<TokeniseCard>(status, body);
    read::<ListPaymentMethods>(status, body);
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

/// The members of a body, as JSON pointers.
fn members(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members_of) => {
            for (name, value) in members_of {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                members(value, &at, found);
                found.push(at);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                members(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Whether a member can make an answer unreadable, or is a number that money is counted by.
fn decides_or_counts(pointer: &str) -> bool {
    const DECIDES: &[&str] =
        &["reference", "status", "paymentStatus", "payments", "refunds", "captures", "reversals"];
    const COUNTS: &[&str] = &[
        "type",
        "currency",
        "amountToCollect",
        "paidAmount",
        "amountToRefund",
        "amountToCapture",
        "reversedAmount",
        "reversalStatus",
        "expirationDateTimeUtc",
    ];
    let mut names = pointer.rsplit('/');
    let name = names.next().unwrap_or_default();
    let inside = names.find(|name| name.parse::<usize>().is_err()).unwrap_or_default();
    let decides = ["data", "payments", "refunds", "captures", "reversals"].contains(&inside);
    pointer == "/data" || (decides && (DECIDES.contains(&name) || COUNTS.contains(&name)))
}

/// Whether a value is written as it came, or as what it was read as: a number as its text, the text of a
/// boolean as a boolean, null not at all.
fn is_written_as(came: &Value, written: Option<&Value>) -> bool {
    match (came, written) {
        (Value::Null, None) => true,
        (Value::Null, Some(written)) => {
            written.is_null() || *written == serde_json::json!([]) || *written == serde_json::json!({})
        }
        (Value::Number(number), Some(Value::String(text))) => number.to_string() == *text,
        (Value::String(text), Some(Value::Bool(truth))) => text.eq_ignore_ascii_case(&truth.to_string()),
        (Value::Array(came), Some(Value::Array(written))) => {
            came.len() == written.len()
                && came.iter().zip(written).all(|(came, written)| is_written_as(came, Some(written)))
        }
        (Value::Object(came), Some(Value::Object(written))) => {
            came.iter().all(|(name, came)| is_written_as(came, written.get(name)))
        }
        // Empty links are no links.
        (Value::Object(came), None) => came.is_empty(),
        (came, written) => Some(came) == written,
    }
}

fn odd_values() -> impl Strategy<Value = Value> {
    const ODD: &[&str] =
        &["", "0", "-1", "1,000.00", "1E+1", "none", "true", "2021-02-30", "https://[", "\u{0}"];
    prop_oneof![any_json(), prop::sample::select(ODD).prop_map(Value::from), Just(serde_json::json!([{}]))]
}

proptest! {
    /// No value in the place of a member that decides nothing makes a job unreadable or changes what it
    /// means, and it is written as it came.
    #[test]
    fn what_decides_nothing_changes_nothing(
        body in documented(), place: prop::sample::Index, odd in odd_values(),
    ) {
        let before = RetrieveJob::decode(200, &body).unwrap();
        let mut body: Value = serde_json::from_slice(&body).unwrap();
        let mut all = Vec::new();
        members(&body, "", &mut all);
        all.retain(|pointer| !decides_or_counts(pointer));
        let pointer = &all[place.index(all.len())];
        *body.pointer_mut(pointer).unwrap() = odd.clone();
        let bytes = serde_json::to_vec(&body).unwrap();
        let after = RetrieveJob::decode(200, &bytes).unwrap();
        prop_assert_eq!(after.data().meaning(), before.data().meaning(), "{}", pointer);
        let bytes = after.encode().into_bytes();
        let written: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert!(is_written_as(&odd, written.pointer(pointer)), "{pointer}: {odd} as {written}");
        let again = RetrieveJob::decode(200, &bytes).unwrap();
        prop_assert_eq!(again.findings(), after.findings());
        prop_assert_eq!(again.encode().into_bytes(), bytes);
        prop_assert_eq!(again, after);
    }

    /// What money is counted by does not make a job unreadable either, and nothing malformed in its place
    /// makes one taken that was not.
    #[test]
    fn what_is_counted_is_read_and_makes_no_money(
        body in documented(), place: prop::sample::Index, odd in odd_values(),
    ) {
        let before = RetrieveJob::decode(200, &body).unwrap();
        let mut body: Value = serde_json::from_slice(&body).unwrap();
        let mut all = Vec::new();
        members(&body, "", &mut all);
        let is_counted = |pointer: &String| {
            decides_or_counts(pointer)
                && ["/type", "/currency", "Amount", "amountToCollect"].iter().any(|end| pointer.ends_with(end))
        };
        all.retain(is_counted);
        let pointer = &all[place.index(all.len())];
        *body.pointer_mut(pointer).unwrap() = odd.clone();
        let after = RetrieveJob::decode(200, &serde_json::to_vec(&body).unwrap()).unwrap();
        if !after.findings().is_empty() && before.data().meaning() != JobMeaning::Taken {
            prop_assert_ne!(after.data().meaning(), JobMeaning::Taken, "{}", pointer);
        }
        let written: Value = serde_json::from_slice(&after.encode().into_bytes()).unwrap();
        prop_assert!(is_written_as(&odd, written.pointer(pointer)), "{pointer}: {odd} as {written}");
    }

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
        if let Ok(answer) = RetrieveJob::decode(200, &body) {
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
        let answer = RetrieveJob::decode(200, &serde_json::to_vec(&body).unwrap()).unwrap();
        prop_assert_ne!(answer.data().meaning(), JobMeaning::Taken);
        prop_assert_ne!(answer.data().payments[0].meaning(), PaymentMeaning::Taken);
        prop_assert_eq!(answer.data().payment_status.as_str(), status);
    }

    /// Members that nobody listed are there again when the answer is written, and change nothing.
    #[test]
    fn unlisted_members_are_kept(body in documented(), place in 0..30_usize, name in "x[a-zA-Z\"\\\\é]{0,8}", value in any_json()) {
        let before = RetrieveJob::decode(200, &body).unwrap();
        let mut body: Value = serde_json::from_slice(&body).unwrap();
        add(&mut body, &mut place.clone(), &(name, value));
        let after = RetrieveJob::decode(200, &serde_json::to_vec(&body).unwrap()).unwrap();
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
        let answer = RetrievePayment::decode(200, &serde_json::to_vec(&body).unwrap()).unwrap();
        let written: Value = serde_json::from_slice(&answer.encode().into_bytes()).unwrap();
        prop_assert_eq!(written, body);
    }
}
