//! What is asked of the gateway: payment jobs, refunds, captures, tokens. Which of them a body is, its
//! members say.

use cashflows_codec::gateway::Operation;
use cashflows_codec::gateway::request::{
    CaptureRequest, DecodedRequest, InvalidRequest, JobKind, PaymentJob, RefundRequest, Tokenisation,
};
use cashflows_codec::value::{CardOrToken, MaskedText};
use serde_json::{Map, Value, json};

use super::{Explained, row};

pub(super) fn explain(body: &[u8]) -> Explained {
    match operation(body) {
        Operation::RefundPayment => explained(RefundRequest::decode(body), refund),
        Operation::CapturePayment => explained(CaptureRequest::decode(body), capture),
        Operation::TokeniseCard => explained(Tokenisation::decode(body), tokenisation),
        _ => explained(PaymentJob::decode(body), job),
    }
}

/// The operation whose body has such members. What has none of them is read as a job.
fn operation(body: &[u8]) -> Operation {
    let members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let has = |names: &[&str]| {
        members.keys().any(|member| names.iter().any(|name| member.eq_ignore_ascii_case(name)))
    };
    if has(&["amountToCollect", "currency"]) {
        Operation::CreateJob
    } else if has(&["amountToRefund", "refundNumber"]) {
        Operation::RefundPayment
    } else if has(&["amountToCapture", "isFinalCapture"]) {
        Operation::CapturePayment
    } else if has(&["cardNumber"]) {
        Operation::TokeniseCard
    } else {
        Operation::CreateJob
    }
}

/// What a request says: the members of its JSON, and lines for a person.
struct Said {
    json: Value,
    text: Vec<String>,
}

fn explained<T>(read: Result<DecodedRequest<T>, InvalidRequest>, say: fn(&T) -> Said) -> Explained {
    match read {
        Ok(decoded) => {
            let Said { mut json, mut text } = say(decoded.request());
            text.extend(decoded.unlisted().iter().map(|place| row("not known", place)));
            text.extend(decoded.ignored().iter().map(|place| row("not used", place)));
            text.extend(decoded.findings().iter().map(|finding| row("malformed", finding)));
            let ignored = decoded.unlisted().iter().chain(decoded.ignored());
            json["ignored"] = ignored.map(ToString::to_string).collect();
            json["findings"] = decoded
                .findings()
                .iter()
                .map(|finding| {
                    json!({ "at": finding.at().to_string(), "message": finding.problem().to_string() })
                })
                .collect();
            Explained { json, text, readable: true }
        }
        Err(error) => refused(&error),
    }
}

fn job(job: &PaymentJob) -> Said {
    let kind = job.kind().as_str();
    let (amount, currency) = (job.amount().to_string(), job.currency().as_str());
    let number = job.order.as_ref().and_then(|order| order.number.as_ref()).map(|number| number.as_str());
    let number = number.map(|number| MaskedText::reference(number).to_string());
    let mut text = vec![format!("{kind}: {amount} {currency}")];
    text.extend(number.as_deref().map(|number| row("order", number.escape_debug())));
    text.extend(card(job.kind()).map(|card| row("card", card)));
    text.extend(job.options().map(|option| row("option", masked(option.as_str()).escape_debug())));
    let others = job.other_parameters().iter().map(|other| masked(other.name().as_str()));
    text.extend(others.map(|name| row(&name, "(unknown parameter)")));
    let json = json!({
        "kind": kind,
        "amount": amount,
        "currency": currency,
        "order_number": number,
        "errors": [],
    });
    Said { json, text }
}

/// A word or name that may be unlisted, and so anything.
fn masked(word: &str) -> String {
    MaskedText::new(word).to_string()
}

fn refund(refund: &RefundRequest) -> Said {
    let amount = refund.amount.map(|amount| amount.to_string());
    let number = refund.number.as_ref().map(|number| MaskedText::reference(number.as_str()).to_string());
    let mut text = vec![format!("refund: {}", amount.as_deref().unwrap_or("all that is left"))];
    text.extend(number.as_deref().map(|number| row("number", number.escape_debug())));
    let json = json!({
        "kind": "refund",
        "amount": amount,
        "currency": null,
        "order_number": null,
        "number": number,
        "errors": [],
    });
    Said { json, text }
}

fn capture(capture: &CaptureRequest) -> Said {
    let amount = capture.amount.map(|amount| amount.to_string());
    let mut text = vec![format!("capture: {}", amount.as_deref().unwrap_or("all that is reserved"))];
    text.extend(capture.is_final.map(|is_final| row("final", is_final)));
    let json = json!({
        "kind": "capture",
        "amount": amount,
        "currency": null,
        "order_number": null,
        "final": capture.is_final,
        "errors": [],
    });
    Said { json, text }
}

fn tokenisation(card: &Tokenisation) -> Said {
    let json = json!({
        "kind": "tokenise",
        "amount": null,
        "currency": null,
        "order_number": null,
        "errors": [],
    });
    Said { json, text: vec!["tokenise".to_owned(), row("card", &card.number)] }
}

/// The card, masked.
fn card(kind: &JobKind) -> Option<String> {
    Some(match kind.card()?.source() {
        CardOrToken::Number(number) => number.to_string(),
        CardOrToken::Token(_) => "a token".to_owned(),
    })
}

fn refused(error: &InvalidRequest) -> Explained {
    let errors: Vec<Value> = error
        .members()
        .iter()
        .map(|error| json!({ "member": error.member().to_string(), "message": error.problem().to_string() }))
        .collect();
    let mut text = vec!["refused".to_owned()];
    text.extend(error.members().iter().map(|error| format!("  {error}")));
    let json = json!({
        "kind": null,
        "amount": null,
        "currency": null,
        "order_number": null,
        "errors": errors,
        "ignored": [],
        "findings": [],
    });
    Explained { json, text, readable: false }
}
