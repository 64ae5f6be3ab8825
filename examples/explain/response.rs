//! Response lines.

use cashflows_codec::remote_auth::response::{ResponseField, ResponseFinding};
use cashflows_codec::remote_auth::{HasOutcome, HttpResponseError, NextStep, Outcome, Response};
use cashflows_codec::value::{AddressCheck, CvvCheck, MaskedText};
use serde_json::{Value, json};

use super::{Explained, row};

/// Explains a line, which came with an HTTP status or from elsewhere, as the response to a first sending.
pub(super) fn explain(line: &[u8], status: Option<u16>, with_secrets: bool) -> Explained {
    let decoded = match status {
        Some(status) => Response::decode_http(status, line),
        None => Response::decode(line).map_err(HttpResponseError::Body),
    };
    match decoded {
        Ok(response) => readable(&response, with_secrets),
        Err(error) => unreadable(error),
    }
}

fn readable(response: &Response, with_secrets: bool) -> Explained {
    let outcome = response.outcome();
    let next = response.next_step();
    let checks = response.checks();
    let id = response.transaction_id();
    let reason = response.reason().and_then(|reason| reason.text());
    // One of them may be a card token.
    let shown = |extra| if with_secrets { extra } else { "***" };
    let extras: Vec<&str> = response.extras().iter().map(shown).collect();
    let findings: Vec<Value> = response.findings().iter().map(found).collect();
    let json = json!({
        "status": response.view().field(ResponseField::Status).trim(),
        "meaning": response.status().as_str(),
        "transaction_id": id.as_ref().map(|id| masked(id.as_str())),
        "names_a_transaction": id.is_some_and(|id| id.names_a_transaction()),
        "cvv": checks.cvv().as_str(),
        "address": checks.address().as_str(),
        "postcode": checks.postcode().as_str(),
        "authorisation_code": response.authorisation_code().as_ref().map(|code| masked(code.as_str())),
        "response_code": response.response_code().map(|code| code.to_string()),
        "reason": reason,
        "message": masked(response.message()),
        "extras": extras,
        "findings": findings,
        "outcome": outcome.as_str(),
        "next": next.as_str(),
    });
    Explained { json, text: text(response, reason, with_secrets), readable: true }
}

/// A text of the acquirer, with card numbers masked wherever one stands.
fn masked(text: &str) -> String {
    MaskedText::new(text).to_string()
}

/// A finding for a program.
fn found(finding: &ResponseFinding) -> Value {
    json!({ "at": finding.at.as_str(), "message": finding.problem.to_string() })
}

fn unreadable(error: HttpResponseError) -> Explained {
    let outcome = error.outcome();
    let shown = match error {
        HttpResponseError::Body(error) => json!({
            "field": error.field.as_str(),
            "offset": error.offset,
            "kind": error.kind.as_str(),
        }),
        HttpResponseError::Status(status) => {
            json!({ "field": null, "offset": null, "kind": "http_status", "status": status })
        }
        _ => json!({ "field": null, "offset": null, "kind": "transport" }),
    };
    let json = json!({
        "status": null,
        "meaning": null,
        "transaction_id": null,
        "names_a_transaction": null,
        "cvv": null,
        "address": null,
        "postcode": null,
        "authorisation_code": null,
        "response_code": null,
        "reason": null,
        "message": null,
        "extras": null,
        "error": shown,
        "findings": [],
        "outcome": outcome.as_str(),
        "next": error.next_step().as_str(),
    });
    let text = vec![
        format!("unreadable: {error}"),
        row("outcome", meaning(outcome)),
        row("next", advice(error.next_step())),
    ];
    Explained { json, text, readable: false }
}

fn text(response: &Response, reason: Option<&str>, with_secrets: bool) -> Vec<String> {
    let (status, checks, id) = (response.status(), response.checks(), response.transaction_id());
    let mut text = vec![
        format!("{} {}", response.view().field(ResponseField::Status).trim(), words(status.as_str())),
        row(
            "transaction id",
            match id {
                Some(id) if id.names_a_transaction() => masked(id.as_str()),
                Some(id) => format!("{} (names no transaction)", masked(id.as_str())),
                None => "malformed (names no transaction)".to_owned(),
            },
        ),
        row("CVV", check(checks.cvv().as_str(), checks.cvv() == CvvCheck::FullMatch)),
        row("address", check(checks.address().as_str(), checks.address() == AddressCheck::FullMatch)),
        row("postcode", check(checks.postcode().as_str(), checks.postcode() == AddressCheck::FullMatch)),
    ];
    if let Some(code) = response.authorisation_code() {
        text.push(row("authorisation code", masked(code.as_str())));
    }
    if let Some(code) = response.response_code() {
        text.push(row("response code", format!("{code}, {}", reason.unwrap_or("unlisted"))));
    }
    text.push(row("message", masked(response.message())));
    for (index, extra) in response.extras().iter().enumerate() {
        let shown =
            if with_secrets { extra.to_owned() } else { format!("{} characters", extra.chars().count()) };
        text.push(row(
            &format!("extra {}", index + 1),
            format!("{shown}, to be resolved with what was asked for"),
        ));
    }
    text.extend(response.findings().iter().map(|finding| row("finding", finding)));
    let outcome = response.outcome();
    text.extend([row("outcome", meaning(outcome)), row("next", advice(response.next_step()))]);
    text
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn check(name: &str, good: bool) -> String {
    if good { format!("{} ✓", words(name)) } else { words(name) }
}

fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Authorised => "authorised",
        Outcome::Refused => "refused",
        Outcome::NeverSent => "never sent: it did not reach the acquirer",
        Outcome::Unknown => "unknown: treat it as possibly charged",
    }
}

fn advice(next: NextStep) -> &'static str {
    match next {
        NextStep::Nothing => "nothing to do",
        NextStep::Resubmit => "resubmit with the same reference: there is no risk of charging twice",
        NextStep::Retry => "retry with the same reference and the next retry number, within five minutes",
        NextStep::LookUp => "look it up by its reference, in your books and then in the acquirer's portal",
        NextStep::Authenticate => "authenticate the cardholder with 3-D Secure, then start a new transaction",
        NextStep::CheckAccess => "correct the address, the credentials or the form of the request",
    }
}
