//! Arbitrary responses, and everything they are made of, through the public API.
#![expect(clippy::unwrap_used, reason = "clippy takes only what has the attribute for a test")]

use cashflows_codec::remote_auth::response::Message;
use cashflows_codec::remote_auth::response::{Decision, Response};
use cashflows_codec::value::{AuthorisationCode, TransactionId};
use cashflows_codec::value::{Checks, ResponseCode, Status};
use proptest::prelude::*;

pub fn response() -> impl Strategy<Value = Response> {
    (decision(), transaction_id(), checks(), message(), extras()).prop_map(
        |(decision, id, checks, message, extras)| {
            Response::new(decision, id, checks, message).with_extras(extras).unwrap()
        },
    )
}

/// Listed statuses as often as unlisted ones.
fn decision() -> impl Strategy<Value = Decision> {
    (prop_oneof!["[ADRBCVS]", "[A-Za-z]"], response_code(), proptest::option::of(authorisation_code()))
        .prop_map(|(status, response_code, authorisation_code)| {
            let status: Status = status.parse().unwrap();
            let code = match status {
                Status::Authorised => authorisation_code.map(|code| code.to_string()),
                Status::Unlisted(_) if response_code.internal_digit() < 5 => {
                    authorisation_code.map(|code| code.to_string())
                }
                _ => Some(response_code.to_string()),
            };
            Decision::new(status, code.as_deref()).unwrap()
        })
}

pub fn response_code() -> impl Strategy<Value = ResponseCode> {
    prop_oneof!["[DREVCS][0-9]{3}", "[A-Za-z][0-9]{3}"].prop_map(|text| text.parse().unwrap())
}

pub fn checks() -> impl Strategy<Value = Checks> {
    "[0-9]{3}".prop_map(|text| text.parse().unwrap())
}

/// An id that a response keeps: of an error, but not `0` or `null`.
pub fn transaction_id() -> impl Strategy<Value = TransactionId> {
    let error = "99E[0-9A-F]{8}".prop_map(|text| text.parse().unwrap());
    let id = prop_oneof!["[0-9]{2}[SVRP][0-9A-F]{8}", "[0-9A-Za-z]{1,32}"];
    let id = id.prop_map(|text| text.parse().unwrap());
    prop_oneof![1 => error, 2 => id.prop_filter("names something", TransactionId::names_a_transaction)]
}

pub fn authorisation_code() -> impl Strategy<Value = AuthorisationCode> {
    // Eight characters of at most four bytes; a lone `-` is not a code, neither end is a blank, and U+FFFD stands for no text.
    prop_oneof!["[0-9]{6}", "[^|\\- \\p{Cc}\u{fffd}]([^|\\p{Cc}\u{fffd}]{0,6}[^| \\p{Cc}\u{fffd}])?"]
        .prop_map(|text| text.parse().unwrap())
}

pub fn message() -> impl Strategy<Value = Message> {
    prop_oneof!["[A-Za-z ]{0,40}", "[^|\\p{Cc}]{0,768}"].prop_map(|text| text.parse().unwrap())
}

/// More extras than a request can ask for, too.
pub fn extras() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(prop_oneof!["[0-9]{23}", "[^|\\p{Cc}]{0,31}"], 0..=5)
}
