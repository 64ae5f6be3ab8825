//! The other provider: its three calls, and its page.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{Request, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use cashflows_codec::gateway::Money;
use cashflows_codec::hosted_page::{DecodedRequest, Login, PageRequest, SessionRequest};
use cashflows_codec::simulator::Delivery;
use cashflows_codec::simulator::gateway::PageEnd;
use cashflows_codec::simulator::hosted_page::{Next, PaymentEntry, PaymentState};

use super::card::{self, Fields};
use super::sheet::{CardForm, Purchase, card_page};
use super::{Server, answer, form, markup, refused_at, unknown};
use crate::exchange::{Door, Exchange, Reply, masked, masked_json, masked_url};
use crate::form::parameter;
use crate::html::see_other;
use crate::protocols::send;
use crate::{Loopback, body};

/// What the provider says of a link that is good for nothing (section 12 of the protocol page).
const UNAVAILABLE: &str = "This payment is currently unavailable. Please contact the merchant.";

pub(super) fn routes() -> Router<Arc<Loopback>> {
    let mut router = Router::new().route("/hpp/payment/{terminal}/{session}", get(show).post(pay));
    for path in [Login::PATH, SessionRequest::PATH, PageRequest::PATH] {
        router = router.route(path, post(call));
    }
    router
}

async fn call(State(loopback): Server, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Some(body) = body::read(body, body::JSON).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    match loopback.call_provider(&head, &body) {
        Some(delivery) => send(delivery).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What the page of a session shows.
fn purchase(payment: &PaymentEntry) -> Purchase {
    let money = Money::new(payment.amount().get(), payment.currency());
    let lines = payment.description().map(|description| (description.to_owned(), None));
    Purchase {
        number: Some(payment.reference().to_owned()),
        amount: money.map_or_else(|_| payment.amount().to_string(), |money| money.to_string()),
        lines: lines.into_iter().collect(),
    }
}

async fn show(
    State(loopback): Server,
    Path((_, session)): Path<(String, String)>,
    uri: Uri,
) -> Response<Body> {
    let refused =
        parameter(&uri, "refused").map(|_| "The card was not taken. Look at it again, or use another.");
    page(&loopback, &session, uri.path(), refused, &Fields::default())
}

fn page(
    loopback: &Loopback,
    session: &str,
    path: &str,
    refused: Option<&str>,
    fields: &Fields,
) -> Response<Body> {
    let found = loopback.provider().and_then(|provider| provider.page(session).cloned());
    let Some(payment) = found else {
        return answer(StatusCode::NOT_FOUND, &[], markup::unavailable(UNAVAILABLE));
    };
    let end = match payment.state() {
        PaymentState::Open => None,
        PaymentState::Paid => Some(PageEnd::Paid),
        PaymentState::Cancelled => Some(PageEnd::Cancelled),
    };
    let purchase = purchase(&payment);
    if let Some(end) = end {
        return answer(StatusCode::OK, &[], markup::ended(&purchase, end, payment.return_url()));
    }
    let token = loopback.forms.token(&purpose(session));
    let form = CardForm { action: path.to_owned(), token: &token, names_decide: false };
    let status = if fields.are_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let returns: Vec<&str> = payment.return_urls().collect();
    answer(status, &returns, card_page(&purchase, refused, fields, &form))
}

fn purpose(session: &str) -> String {
    format!("other {session}")
}

async fn pay(
    State(loopback): Server,
    Path((_, session)): Path<(String, String)>,
    uri: Uri,
    request: Request<Body>,
) -> Response<Body> {
    let path = uri.path();
    let Some(form) = form(&loopback, &purpose(&session), request).await else { return refused_at(path) };
    if form.get("do") == Some("cancel") {
        let next = loopback.provider().map_or(Next::Unknown, |mut provider| provider.cancel(&session));
        return loopback.onward(path, "cancel", String::new(), next);
    }
    match card::read(&form, loopback.now()) {
        Ok((card, shown)) => {
            let pay = |now: SystemTime| Some(loopback.provider()?.pay(now, &session, &card));
            let next = pay(loopback.now()).unwrap_or(Next::Unknown);
            loopback.onward(path, "pay", shown, next)
        }
        Err(fields) => page(&loopback, &session, path, None, &fields),
    }
}

/// What the provider passes over in a request.
fn passed_over(path: &str, body: &[u8]) -> Vec<String> {
    fn report<T, E>(read: Result<DecodedRequest<T>, E>) -> Vec<String> {
        let Ok(decoded) = read else { return Vec::new() };
        let unlisted = decoded.unlisted().iter().map(|place| format!("{place} is not known"));
        let findings = decoded.findings().iter().map(ToString::to_string);
        unlisted.chain(findings).map(|text| masked(&text)).collect()
    }
    match path {
        Login::PATH => report(Login::decode(body)),
        SessionRequest::PATH => report(SessionRequest::decode(body)),
        _ => report(PageRequest::decode(body)),
    }
}

impl Loopback {
    fn call_provider(&self, head: &Parts, body: &[u8]) -> Option<Delivery> {
        let (path, now) = (head.uri.path(), self.now());
        let headers = head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let delivery = self.provider()?.handle(now, path, headers, body);
        self.changed();
        if self.log.has_time() {
            let mut exchange = Exchange::new(now, Door::OtherProvider, format!("POST {path}"));
            exchange.request = masked_json(body);
            exchange.passed_over = passed_over(path, body);
            if let Delivery::Payload(payload) = &delivery {
                exchange.reply = Reply::Response(payload.status(), masked_json(payload.body()));
            }
            self.log.push(exchange);
        }
        Some(delivery)
    }

    /// Notes what a shopper did on the provider's page, and sends the browser on.
    fn onward(&self, path: &str, what: &str, shown: String, next: Next) -> Response<Body> {
        self.changed();
        let mut exchange = Exchange::new(self.now(), Door::OtherProvider, format!("{what}, on its page"));
        exchange.request = shown;
        exchange.reply = Reply::Response(StatusCode::SEE_OTHER.as_u16(), String::new());
        exchange.meaning = match &next {
            Next::Page => "the shopper sees the page again".to_owned(),
            Next::Return(url) => format!("the shopper goes to {}", masked_url(url)),
            Next::Unknown => "there is no such page".to_owned(),
        };
        self.log.push(exchange);
        match next {
            Next::Page => see_other(&format!("{path}?refused=card")),
            Next::Return(url) => see_other(&url),
            Next::Unknown => unknown(),
        }
    }
}
