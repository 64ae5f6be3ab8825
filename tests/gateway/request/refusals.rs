//! The table of refusals of the protocol page: each row has a request, the errors, and the vendor's sentence.

use cashflows_codec::gateway::request::{
    CaptureRequest, InvalidRequest, PaymentJob, RefundRequest, Tokenisation,
};

use page::{rows, statements};

#[path = "../../support/page.rs"]
mod page;

/// The names that stand for members and values in the table.
fn spelled_out(members: &str) -> String {
    members
        .replace("CARD", r#""CardNumber":"4000000000000002",MONTH"#)
        .replace("MONTH", r#""CardExpiryMonth":"05","CardExpiryYear":"30""#)
        .replace("CAVV\"", "AAABCAAhIXdRcEdRVyEhAAAAAAA=\"")
        .replace("ThreeDSecureAAABCAAhIXdRcEdRVyEhAAAAAAA=", "ThreeDSecureCavv")
        .replace("UUID", "c5b808e7-1de1-4069-a17b-f70d3b3b1645")
}

/// Reads an example: a whole body, or members of a job of 10 GBP.
fn read(example: &str) -> Result<(), InvalidRequest> {
    let named = ["refund ", "capture ", "token "];
    let name = named.iter().find(|name| example.starts_with(**name));
    let body = spelled_out(name.map_or(example, |name| &example[name.len()..]));
    match name {
        Some(&"refund ") => RefundRequest::decode(body.as_bytes()).map(drop),
        Some(&"capture ") => CaptureRequest::decode(body.as_bytes()).map(drop),
        Some(_) => Tokenisation::decode(body.as_bytes()).map(drop),
        None if body.starts_with(['{', '[']) => PaymentJob::decode(body.as_bytes()).map(drop),
        None => {
            let body = format!(r#"{{"amountToCollect":"10.00","currency":"GBP",{body}}}"#);
            PaymentJob::decode(body.as_bytes()).map(drop)
        }
    }
}

#[test]
fn decode_refuses_each_row_of_the_page() {
    let known = statements("docs/protocol/statements-gateway.csv");
    let mut sentence = String::new();
    for row in rows("docs/protocol/gateway.md", "| refused | request | errors | sentence |") {
        let [_, example, expected, says] = &row[..] else { panic!("{row:?}") };
        let found =
            read(example.trim_matches('`')).map_or_else(|error| error.to_string(), |()| "none".to_owned());
        assert_eq!(found, *expected, "{example}");
        if !says.is_empty() && says != "the same" {
            sentence.clone_from(says);
        }
        let ids = sentence.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-'));
        let named: Vec<&str> = ids.filter(|id| id.starts_with("GW-")).collect();
        assert!(!named.is_empty() || sentence.starts_with("ours"), "{example} has no sentence");
        assert!(named.iter().all(|id| known.contains(*id)), "{sentence}");
    }
}
