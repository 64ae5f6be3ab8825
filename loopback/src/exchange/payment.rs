//! A payment request of Remote Auth, and its line.

use std::time::SystemTime;

use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::response::{DecodeError, ResponseField};
use cashflows_codec::remote_auth::{NextStep, OperationKind, Outcome, Request, Response, SentAs};
use cashflows_codec::simulator::Delivery;
use cashflows_codec::value::TransactionId;

use super::text::{masked, shortened};
use super::{About, Door, Exchange, Reply};

/// Describes a request and what came back.
pub(crate) fn payment(at: SystemTime, body: &[u8], delivery: &Delivery) -> Exchange {
    let mut exchange = Exchange::new(at, Door::RemoteAuth, "");
    let (mut kind, mut class) = (String::new(), String::new());
    let mut sending = SentAs::FIRST;
    let mut lines = Vec::new();
    for (name, value) in MaskedForm::new(body).parameters() {
        let name = name.to_string();
        match name.as_str() {
            "tran_type" => kind.clone_from(&value),
            "tran_class" => class.clone_from(&value),
            // Of a request that cannot be read, too.
            "retry_number" if value != "0" => sending = SentAs::retry(OperationKind::Sale),
            "tran_ref" => exchange.about.push(About::Reference(value.as_str().into())),
            "tran_orig_id" => exchange.about.push(About::Transaction(value.as_str().into())),
            _ => {}
        }
        lines.push(format!("{name}={value}"));
    }
    exchange.title = if kind.is_empty() { "a body that cannot be read".to_owned() } else { kind };
    if !class.is_empty() {
        exchange.title = format!("{} ({class})", exchange.title);
    }
    exchange.request = shortened(lines.join("\n"));
    let decoded = Response::decode(&delivery.body());
    if let Ok(response) = &decoded
        && let Some(id) = response.transaction_id().filter(TransactionId::names_a_transaction)
    {
        exchange.about.push(About::Transaction(id.as_str().into()));
    }
    if let Ok(decoded) = Request::decode(body) {
        sending = SentAs::from(&decoded.request);
    }
    exchange.meaning = meaning(sending, &decoded);
    exchange.reply = match delivery {
        Delivery::Payload(payload) => Reply::Response(payload.status(), line(&decoded, payload.body())),
        Delivery::Silence => Reply::Silence,
    };
    exchange
}

/// The line, but for its extras: one of them may be a card token.
fn line(decoded: &Result<Response, DecodeError>, body: &[u8]) -> String {
    let Ok(response) = decoded else { return masked(&String::from_utf8_lossy(body)) };
    let view = response.view();
    let code = view.response_code().map(|code| code.to_string());
    let code = code.or_else(|| view.authorisation_code().map(|code| code.as_str().to_owned()));
    let (status, id, checks) = (view.status(), view.field(ResponseField::TransactionId), view.checks());
    let code = code.as_deref().unwrap_or("-");
    let extras = "|***".repeat(view.extras().len());
    format!("{status}|{}|{checks}|{}|{}{extras}", masked(&id), masked(code), masked(&view.message()))
}

/// What a merchant knows from it. The refusal of a retry says nothing of what was sent before.
fn meaning(sending: SentAs, decoded: &Result<Response, DecodeError>) -> String {
    let reason = decoded.as_ref().ok().and_then(|response| response.view().reason());
    let reason = reason.and_then(|reason| reason.text()).map(|text| format!(" ({text})"));
    let what = match (Outcome::of_response_to(sending, decoded), NextStep::of_response_to(sending, decoded)) {
        (Outcome::Authorised, _) => "authorised",
        (Outcome::Refused, _) => "refused: nothing was charged",
        (Outcome::NeverSent, _) => "never sent: safe to send again",
        (Outcome::Unknown, NextStep::LookUp) => "unknown: perhaps charged, to be looked up",
        (Outcome::Unknown, _) => "unknown: perhaps charged, the retry tells",
    };
    format!("{what}{}", reason.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meaning_is_that_of_the_sending_that_is_answered() {
        let (first, retry) = (SentAs::FIRST, SentAs::retry(OperationKind::Sale));
        for (sending, reply, expected) in [
            (first, "V|99E00000001|000|V219|Changed", "refused: nothing was charged (Card number changed)"),
            (
                retry,
                "V|99E00000001|000|V219|Changed",
                "unknown: perhaps charged, the retry tells (Card number changed)",
            ),
            (
                first,
                "V|99E00000001|000|V233|Twice",
                "unknown: perhaps charged, to be looked up (Duplicate transaction)",
            ),
            (retry, "D|01S00000001|000|D101|No", "refused: nothing was charged (Non-specific decline)"),
        ] {
            assert_eq!(meaning(sending, &Response::decode(reply)), expected, "{reply}");
        }
    }
}
