//! The state of an order, as clients get it.

use std::time::SystemTime;

use axum::http::StatusCode;
use cashflows_codec::remote_auth::Outcome;
use cashflows_codec::value::Money;
use serde::Serialize;

use crate::orders::Progress;
use crate::store::{Order, State};
use crate::wanted::{Operation, OrderId};

/// The response about an order.
#[derive(Debug, Serialize)]
pub(super) struct OrderResponse {
    id: OrderId,
    operation: Operation,
    state: &'static str,
    money: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription: Option<OrderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<String>,
    /// The acquirer's code, for refusals.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    made: String,
    changed: String,
    /// The client's next step, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl OrderResponse {
    pub(super) fn new(progress: Progress) -> Self {
        let (state, next) = (state(&progress), next(&progress));
        let Progress { order, .. } = progress;
        // Only the response that settled the order is shown to clients.
        let is_settled = matches!(order.state, State::Authorised | State::Refused);
        let reply = order
            .reply
            .clone()
            .filter(|reply| is_settled && matches!(reply.outcome(), Outcome::Authorised | Outcome::Refused));
        let Order { id, operation, money, card, parent, month, transaction_id, made, changed, .. } = order;
        Self {
            id,
            operation,
            state,
            money,
            card,
            order: parent.filter(|_| operation == Operation::Refund),
            subscription: parent.filter(|_| operation == Operation::ChargeMonth),
            month: month.map(|month| month.to_string()),
            transaction_id: transaction_id.map(|id| id.to_string()),
            code: reply.as_ref().and_then(|reply| reply.response_code()).map(|code| code.to_string()),
            message: reply.map(|reply| reply.message().to_owned()),
            made: rfc3339(made),
            changed: rfc3339(changed),
            next,
        }
    }
}

/// The status of the response to a `POST`. Only 200 says that the order is done.
pub(super) fn status(progress: &Progress) -> StatusCode {
    match progress.order.state {
        State::Authorised => StatusCode::OK,
        State::Refused => StatusCode::PAYMENT_REQUIRED,
        State::NotSent => StatusCode::BAD_GATEWAY,
        State::Open | State::Reconcile => StatusCode::ACCEPTED,
    }
}

fn state(progress: &Progress) -> &'static str {
    match progress.order.state {
        State::Open if progress.card_until.is_some() && !progress.is_running => "card_needed",
        State::Open => "processing",
        settled => settled.as_str(),
    }
}

fn next(progress: &Progress) -> Option<String> {
    let id = progress.order.id;
    match (progress.order.state, progress.card_until) {
        (State::Authorised, _) if gives_no_right(&progress.order) => Some(
            "the card is good, but its security code was not a full match: it must not be charged without its \
             cardholder; let the buyer subscribe again"
                .to_owned(),
        ),
        (State::Authorised, _) => None,
        (State::Refused, _) => Some("no money moves; for another try, use a new key".to_owned()),
        (State::NotSent, _) => Some(
            "the acquirer was not reached and no money moves; try again later, with a new key".to_owned(),
        ),
        (State::Open, Some(until)) if !progress.is_running => Some(format!(
            "the service was stopped during the order; let the buyer send the same request, with the card and \
             the same key, before {}",
            rfc3339(until)
        )),
        (State::Open, _) => Some(format!("ask again: GET /orders/{id}")),
        (State::Reconcile, _) => Some(
            "the outcome is unknown: do not order again; a person looks it up at the acquirer, and enters it \
             by POST /orders/{id}/settle"
                .replace("{id}", &id.to_string()),
        ),
    }
}

/// Tells whether the order is a subscription that cannot be charged.
fn gives_no_right(order: &Order) -> bool {
    let right = order.reply.as_ref().is_some_and(|reply| reply.recurring_origin().is_ok());
    order.operation == Operation::Subscribe && !right
}

fn rfc3339(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string()
}
