//! Responses and their parts as JSON.
#![expect(clippy::unwrap_used, reason = "clippy takes only what has the attribute for a test")]

use std::fmt::Debug;
use std::marker::PhantomData;

use cashflows_codec::remote_auth::request::{MerchantReference, Recurrence, RetryNumber};
use cashflows_codec::remote_auth::response::Message;
use cashflows_codec::remote_auth::response::Response;
use cashflows_codec::remote_auth::{Credentials, DigestSecret, Password};
use cashflows_codec::remote_auth::{
    Limits, NextStep, OperationKind, Outcome, RecurringOrigin, TransportFailure,
};
use cashflows_codec::value::{AddressCheck, Checks, CvvCheck, Reason, ResponseCode, Status};
use cashflows_codec::value::{
    Amount, Arn, AuthorisationCode, CardNumber, CardToken, Country, Currency, Cvv, Money, OriginalId,
    SchemeTransactionId, TransactionId,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

const DECLINED: &str = r#"{
  "status": "D",
  "transaction_id": "01S00001723",
  "checks": {
    "cvv": "not_matched",
    "address": "not_checked",
    "postcode": "not_checked"
  },
  "code": "D102",
  "message": "Not Authorised",
  "extras": [
    "74698692333601146452212"
  ]
}"#;

const VOIDED: &str = r#"{"status":"A","transaction_id":"01V0135F755","checks":{"cvv":"not_checked","address":"not_checked","postcode":"not_checked"},"code":null,"message":"Authorised","extras":[]}"#;

#[test]
fn response_serializes_as_readable_json() {
    let declined =
        Response::decode(b"D|01S00001723|400|D102|Not Authorised|74698692333601146452212").unwrap();
    assert_eq!(serde_json::to_string_pretty(&declined).unwrap(), DECLINED);
    assert_eq!(serde_json::from_str::<Response>(DECLINED).unwrap(), declined);

    let voided = Response::decode(b"A|01V0135F755|000|-|Authorised").unwrap();
    assert_eq!(serde_json::to_string(&voided).unwrap(), VOIDED);
    assert_eq!(serde_json::from_str::<Response>(VOIDED).unwrap(), voided);
}

/// The JSON of a value, after reading it back.
fn stored<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) -> String {
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
    assert_eq!(serde_json::from_value::<T>(serde_json::to_value(&value).unwrap()).unwrap(), value);
    json
}

fn text<T: for<'a> TryFrom<&'a str, Error: Debug>>(text: &str) -> T {
    T::try_from(text).unwrap()
}

#[test]
fn parts_serialize_as_word_or_text() {
    for (json, expected) in [
        (stored(Status::Authorised), r#""A""#),
        (stored(text::<Status>("x")), r#""x""#),
        (stored(CvvCheck::FullMatch), r#""full_match""#),
        (stored(text::<CvvCheck>("3")), r#""3""#),
        (stored(AddressCheck::PartialMatch), r#""partial_match""#),
        (stored(text::<AddressCheck>("9")), r#""9""#),
        (
            stored(text::<Checks>("235")),
            r#"{"cvv":"full_match","address":"partial_match","postcode":"error"}"#,
        ),
        (stored(text::<ResponseCode>("D102")), r#""D102""#),
        (stored(text::<ResponseCode>("q999")), r#""Q999""#),
        (stored(Reason::InsufficientFunds), r#""D02""#),
        (stored(Outcome::NeverSent), r#""never_sent""#),
        (stored(NextStep::Nothing), r#""none""#),
        (stored(text::<TransactionId>("99E5D84B40F")), r#""99E5D84B40F""#),
        (stored(text::<OriginalId>("01S01356909")), r#""01S01356909""#),
        (stored(text::<Arn>("74698692333601146452212")), r#""74698692333601146452212""#),
        (stored(text::<SchemeTransactionId>("MCC6830070529")), r#""MCC6830070529""#),
        (stored(text::<AuthorisationCode>("031971")), r#""031971""#),
        (stored(text::<MerchantReference>("cart-1 \"é\"")), r#""cart-1 \"é\"""#),
        (stored(text::<Message>("")), r#""""#),
        (stored(Amount::from_hundredths(24_99)), r#""24.99""#),
        (stored(Currency::GBP), r#""GBP""#),
        (stored(text::<Country>("GB")), r#""GB""#),
        (stored(Money::gbp(24_99)), r#"{"amount":"24.99","currency":"GBP"}"#),
        (stored(RetryNumber::new(2)), "2"),
        (stored(Recurrence::Subscription), r#""subs""#),
    ] {
        assert_eq!(json, expected);
    }
}

#[test]
fn deserialize_checks_edited_json_and_quotes_no_value() {
    let response = |from: &str, to: &str| {
        let edited = VOIDED.replace(from, to);
        assert_ne!(edited, VOIDED);
        serde_json::from_str::<Response>(&edited).unwrap_err().to_string()
    };
    for (from, to, message) in [
        (r#""A""#, r#""7777""#, "status must be one ASCII letter"),
        (r#""A""#, "7777", "must be text"),
        (r#""A""#, "-7777", "must be text"),
        (r#""A""#, "7777.7", "must be text"),
        (r#""A""#, r#"{"7777":7777}"#, "invalid type: map, expected text"),
        (r#""A","#, r#""D","code":"7777","#, "duplicate field `code`"),
        (r#""01V0135F755""#, r#""7777-7777""#, "transaction id must be ASCII letters and digits only"),
        (
            r#""cvv":"not_checked""#,
            r#""cvv":"2""#,
            "CVV check must be a word such as full_match, or an unlisted digit",
        ),
        (r#""cvv":"not_checked""#, r#""cvv":"partial_match""#, "CVV check must be a word such as full_match"),
        (r#"{"cvv":"#, r#"{"7777":"#, "missing field `cvv`"),
        (r#""code":null"#, r#""code":"-""#, "authorisation code is listed"),
        (r#""code":null"#, r#""code":"77|77""#, "authorisation code must not contain"),
        (r#""code":null"#, r#""code":7777"#, "must be text"),
        (r#""message":"Authorised""#, r#""message":"77\n77""#, "message must not contain"),
        (r#"[]"#, r#"["77|77"]"#, "extra must not contain | or control characters"),
        (r#"[]"#, r#""7777""#, "must be a list of texts"),
        (r#"[]"#, "[7777]", "must be text"),
        (r#","extras":[]"#, "", "missing field `extras`"),
    ] {
        let error = response(from, to);
        assert!(error.starts_with(message), "{error}");
        assert!(!error.contains("77"), "{error}");
    }
}

#[test]
fn deserialize_of_other_types_quotes_no_value() {
    fn error<T: DeserializeOwned + Debug>(json: &str) -> String {
        serde_json::from_str::<T>(json).unwrap_err().to_string()
    }
    fn value_error<T: DeserializeOwned + Debug>(json: &str) -> String {
        serde_json::from_value::<T>(serde_json::from_str(json).unwrap()).unwrap_err().to_string()
    }
    for json in [
        "7777",
        "-7777",
        "7777.5",
        r#""77|77""#,
        "[7777]",
        r#"["77|77"]"#,
        r#"{"7777":7777}"#,
        "true",
        "null",
    ] {
        let with_extras = VOIDED.replace("[]", json);
        for error in [
            error::<Response>(json),
            error::<Checks>(json),
            error::<Money>(json),
            error::<TransactionId>(json),
            error::<ResponseCode>(json),
            error::<CvvCheck>(json),
            error::<Outcome>(json),
            error::<Response>(&with_extras),
            error::<RetryNumber>(json),
            error::<Credentials>(json),
            value_error::<Response>(json),
            value_error::<TransactionId>(json),
            value_error::<Response>(&with_extras),
            value_error::<RetryNumber>(json),
        ] {
            assert!(!error.contains("77") && !error.contains("true"), "{error}");
        }
    }
    assert!(error::<Response>("[]").starts_with("invalid type: sequence, expected an object"));
}

/// Whether a type can be stored: the inherent constant wins where its bound holds.
struct Stored<T>(PhantomData<T>);

impl<T: Serialize> Stored<T> {
    const WRITTEN: bool = true;
}

impl<T: DeserializeOwned> Stored<T> {
    const READ: bool = true;
}

trait NotStored {
    const WRITTEN: bool = false;
    const READ: bool = false;
}

impl<T> NotStored for Stored<T> {}

#[test]
fn secrets_are_not_serde() {
    macro_rules! stored {
        ($($Type:ty),+ $(,)?) => {
            [$((stringify!($Type), Stored::<$Type>::WRITTEN, Stored::<$Type>::READ)),+]
        };
    }
    for (name, written, read) in stored![CardNumber, CardToken, Cvv, Password, DigestSecret] {
        assert!(!written && !read, "{name}");
    }
    // Credentials are configured.
    assert_eq!(stored![Credentials], [("Credentials", false, true)]);
    for (name, written, read) in stored![Response, TransactionId] {
        assert!(written && read, "{name}");
    }
}

proptest! {
    #[test]
    fn serde_round_trips_every_response(response in crate::support::responses::response()) {
        let json = serde_json::to_string(&response).unwrap();
        prop_assert_eq!(serde_json::from_str::<Response>(&json).unwrap(), response);
    }
}

#[test]
fn recurring_origin_is_stored_with_its_checks_and_reading_applies_the_rules() {
    let json = r#"{"transaction_id":"05P00001724","checks":{"cvv":"full_match","address":"partial_match","postcode":"full_match"}}"#;
    let verified = Response::decode("A|05P00001724|232|031971|Authorised").unwrap();
    assert_eq!(stored(verified.recurring_origin().unwrap()), json);
    for (from, to, error) in [
        ("full_match\",\"address", "not_matched\",\"address", "the CVV check was not a full match"),
        ("05P00001724", "99E00001724", "the id names no transaction"),
    ] {
        let wrong = json.replacen(from, to, 1);
        assert_eq!(serde_json::from_str::<RecurringOrigin>(&wrong).unwrap_err().to_string(), error);
    }
}

#[test]
fn words_of_outcomes_and_operations_are_stored_sorted_and_parsed() {
    let mut counts = std::collections::BTreeMap::new();
    for line in ["A|1|200|-|m", "D|1|200|D102|m", "D|1|200|D102|m", ""] {
        let decoded = Response::decode(line);
        *counts.entry((Outcome::of(&decoded), NextStep::of(&decoded))).or_insert(0) += 1;
    }
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [1, 2, 1]);
    for failure in [TransportFailure::NotConnected, TransportFailure::Lost] {
        let word = stored(failure);
        assert!(["\"not_connected\"", "\"lost\""].contains(&word.as_str()), "{word}");
    }
    for operation in OperationKind::ALL {
        assert_eq!(stored(*operation), format!("\"{operation}\""));
        assert_eq!(operation.to_string().parse(), Ok(*operation));
    }
    let limits = Limits { response_bytes: 9, ..Limits::default() };
    assert_eq!(serde_json::from_str::<Limits>(&stored(limits)).unwrap(), limits);
    assert!(serde_json::from_str::<Limits>(r#"{"respons_bytes":9}"#).is_err());
}

#[cfg(feature = "batch")]
#[test]
fn batch_report_is_stored_with_its_rows() {
    use cashflows_codec::remote_auth::batch::{BatchStatus, Report, Row, RowResult};

    let pending = Report::new("26".parse().unwrap(), BatchStatus::Pending);
    assert_eq!(
        stored(pending),
        r#"{"batch_id":"26","batch_status":"pending","item_count":null,"item_succ":null,"item_fail":null,"attached_type":null,"attachment":null}"#
    );
    let rows = ["01S00001724,batchrel_ok", "01S00001725,batchrel_later"];
    let results = [RowResult::Released, "batchrel_later".parse().unwrap()];
    let rows_of = |row: (&&str, RowResult)| Row::new(row.0[..11].parse().unwrap(), row.1);
    let complete = Report::complete("26".parse().unwrap(), rows.iter().zip(results).map(rows_of));
    let json = stored(complete);
    assert!(
        json.contains(r#""attachment":"01S00001724,batchrel_ok\r\n01S00001725,batchrel_later""#),
        "{json}"
    );
}
