//! The table of refusals of the protocol page: each row has a request, the errors, and the vendor's sentence.

use std::collections::BTreeSet;

use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::remote_auth::request::RequestError;
use cashflows_codec::remote_auth::{Limits, Parameter, Request};

use super::{AEVV, CAVV, UUID, errors};
use crate::support::bodies::bent;
use crate::support::page::{rows, statements};

/// The names that stand for values in the table.
fn spelled_out(changes: &str) -> String {
    let recipient = "primary_recipient_dob=19700131 primary_recipient_surname=Smith primary_recipient_postcode=CB21 \
                     primary_recipient_account_number=1";
    let given: Vec<&str> = changes.split_whitespace().filter_map(|change| change.split('=').next()).collect();
    let others = recipient.split(' ').filter(|change| !given.iter().any(|name| change.starts_with(name)));
    changes
        .replace("RECIPIENT", &others.collect::<Vec<_>>().join(" "))
        .replace("FILED", "acs_3dsversion=2.1.0 acs_eci=5 acs_cavv=CAVV acs_dstransid=UUID")
        .replace("CAVV", CAVV)
        .replace("AEVV", AEVV)
        .replace("UUID", UUID)
        .replace("TOKEN51", &"1".repeat(51))
        .replace("TEXT100", &"x".repeat(100))
        .replace("TEXT33", &"x".repeat(33))
        .replace("NUL", "\0")
}

/// The body of an example: an operation, changes to its smallest body, and text that is appended after `&`.
fn body(example: &str) -> Vec<u8> {
    let (operation, changes) = example.split_once(' ').unwrap();
    let operation: OperationKind = operation.parse().unwrap();
    let (appended, changes): (Vec<&str>, Vec<&str>) =
        changes.split(' ').partition(|change| change.starts_with('&'));
    [bent(operation, &spelled_out(&changes.join(" "))), appended.concat().into_bytes()].concat()
}

#[test]
fn decode_refuses_each_row_of_the_page() {
    let known = statements("docs/protocol/statements-remote-auth.csv");
    let mut refused = BTreeSet::new();
    let mut sentence = String::new();
    for row in rows("docs/protocol/remote-auth.md", "| refused | request | errors | sentence |") {
        let [_, example, expected, says] = &row[..] else { panic!("{row:?}") };
        let found = errors(&body(example.trim_matches('`')));
        assert_eq!(found.join("; "), *expected, "{example}");
        if !says.is_empty() && says != "the same" {
            sentence.clone_from(says);
        }
        let ids: Vec<&str> = sentence.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-')).collect();
        let named: Vec<&&str> = ids.iter().filter(|id| id.starts_with("RA-")).collect();
        assert!(!named.is_empty() || sentence.starts_with("ours"), "{example} has no sentence");
        assert!(named.iter().all(|id| known.contains(**id)), "{sentence}");
        refused
            .extend(found.iter().filter_map(|error| error.split(' ').nth(1).and_then(Parameter::from_wire)));
    }
    // Every parameter that can be refused is in a row.
    let harmless = [
        Parameter::CustName,
        Parameter::CustAddress,
        Parameter::CustPostcode,
        Parameter::CustTel,
        Parameter::CardPaymentAccountReference,
        Parameter::AcsXid,
        Parameter::ReturnAcqRef,
        Parameter::ReturnSchemeTransactionId,
        Parameter::Submit,
    ];
    for &parameter in Parameter::ALL {
        assert!(refused.contains(&parameter) || harmless.contains(&parameter), "{parameter}");
    }
}

#[test]
fn decode_refuses_more_than_the_limits() {
    for limits in [
        Limits { request_bytes: 100, ..Limits::default() },
        Limits { request_parameters: 3, ..Limits::default() },
    ] {
        let error = Request::decode_with(&bent(OperationKind::Sale, ""), &limits).unwrap_err();
        assert!(matches!(error, RequestError::Limit(_)), "{error}");
    }
}
