//! Payment jobs, as they are asked of the gateway.

use cashflows_codec::gateway::request::{
    CardSource, InvalidRequest, JobKind, Parent, ParentMeans, PaymentJob,
};
use cashflows_codec::value::MaskedText;
use serde_json::{Value, json};

use super::{Explained, row};

pub(super) fn explain(body: &[u8]) -> Explained {
    match PaymentJob::decode(body) {
        Ok(job) => explained(&job),
        Err(error) => refused(&error),
    }
}

fn explained(job: &PaymentJob) -> Explained {
    let kind = job.kind().as_str();
    let (amount, currency) = (job.amount().to_string(), job.currency().as_str());
    let number = job.order().and_then(|order| order.number()).map(|number| number.as_str());
    let number = number.map(|number| MaskedText::reference(number).to_string());
    let mut text = vec![format!("{kind}: {amount} {currency}")];
    text.extend(number.as_deref().map(|number| row("order", number.escape_debug())));
    text.extend(card(job.kind()).map(|card| row("card", card)));
    text.extend(job.options().map(|option| row("option", option.as_str().escape_debug())));
    text.extend(job.other_parameters().iter().map(|other| row(other.name().as_str(), "(unknown parameter)")));
    let json = json!({
        "kind": kind,
        "amount": amount,
        "currency": currency,
        "order_number": number,
        "errors": [],
    });
    Explained { json, text, readable: true }
}

/// The card, masked.
fn card(kind: &JobKind) -> Option<String> {
    let source = match kind {
        JobKind::Card(card) => card.source(),
        JobKind::Moto(card) => card.source(),
        JobKind::ExternalThreeDs(card) => card.card().source(),
        JobKind::StoredCard(card) => card.source(),
        JobKind::Credit(card) => card.source(),
        JobKind::Wallet(card) => return Some(card.number().to_string()),
        JobKind::Parent(parent) => return card_of_parent(parent),
        _ => return None,
    };
    Some(shown(source))
}

fn card_of_parent(parent: &Parent) -> Option<String> {
    match parent.means() {
        ParentMeans::Card(card) => Some(shown(card.source())),
        ParentMeans::Moto(card) => Some(shown(card.source())),
        ParentMeans::ExternalThreeDs(card) => Some(shown(card.card().source())),
        ParentMeans::Wallet(card) => Some(card.number().to_string()),
        _ => None,
    }
}

fn shown(source: &CardSource) -> String {
    match source {
        CardSource::Number(number) => number.to_string(),
        CardSource::Token(_) => "a token".to_owned(),
    }
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
    });
    Explained { json, text, readable: false }
}
