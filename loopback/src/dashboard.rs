//! The dashboard: what the acquirer has done, and buttons that make it do something.

mod actions;
mod controls;
mod exchanges;
mod frame;
mod jobs;
mod ledger;
mod other;
mod paging;
mod transaction;
mod webhooks;
mod words;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use axum::routing::{get, post};
use cashflows_codec::gateway::JobReference;
use cashflows_codec::value::TransactionId;
use maud::{Markup, html};

use crate::Loopback;
use crate::form::parameter;
use crate::html::{ICON, POLICY, SCRIPT, STYLESHEET, asset, page};
use frame::{Frame, Place};

/// What the tokens of the dashboard's forms are for.
const FORMS: &str = "dashboard";

type Server = State<Arc<Loopback>>;

pub(crate) fn routes() -> Router<Arc<Loopback>> {
    Router::new()
        .route("/", get(overview))
        .route("/dashboard/jobs", get(jobs))
        .route("/dashboard/jobs/{reference}", get(job))
        .route("/dashboard/webhooks", get(notifications).post(actions::resend))
        .route("/dashboard/other", get(other_provider))
        .route("/dashboard/lock", post(actions::unlock))
        .route("/dashboard/requests", get(requests))
        .route("/dashboard/requests/{number}", get(request))
        .route("/dashboard/transactions/{id}", get(transaction))
        .route("/dashboard/faults", post(actions::fault))
        .route("/dashboard/clock", post(actions::clock))
        .route(STYLESHEET, get(|| file("text/css; charset=utf-8", include_str!("../assets/style.css"))))
        .route(SCRIPT, get(|| file("text/javascript; charset=utf-8", include_str!("../assets/live.js"))))
        .route(ICON, get(|| file("image/svg+xml", include_str!("../assets/icon.svg"))))
        .fallback(nowhere)
}

async fn file(content_type: &'static str, text: &'static str) -> Response<Body> {
    asset(StatusCode::OK, content_type, POLICY, text)
}

/// How many jobs and webhooks are on the front page.
const FEW: usize = 5;

/// The place in a list before which a page of it ends.
fn until(uri: &Uri) -> Option<usize> {
    parameter(uri, "until")?.parse().ok()
}

/// The version of what pages show: another one whenever something happened, and every few seconds, since
/// the clock is on every page.
fn version(loopback: &Loopback, now: SystemTime) -> String {
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    format!("\"{}-{}\"", loopback.changes.load(Ordering::Relaxed), seconds / 5)
}

/// A page, unless the script that asks has it already.
fn live(
    loopback: &Loopback,
    headers: &HeaderMap,
    frame: &Frame<'_>,
    content: impl FnOnce() -> Markup,
) -> Response<Body> {
    let version = version(loopback, frame.now);
    let known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == version.as_bytes());
    let mut response = if known {
        asset(StatusCode::NOT_MODIFIED, "text/html; charset=utf-8", POLICY, Body::empty())
    } else {
        page(StatusCode::OK, POLICY, frame.page(content()))
    };
    if let Ok(version) = HeaderValue::from_str(&version) {
        response.headers_mut().insert(header::ETAG, version);
    }
    response
}

async fn overview(State(loopback): Server, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let frame = Frame::new(&loopback, Place::Ledger, "Ledger", parameter(&uri, "did").as_deref());
    let until = until(&uri);
    live(&loopback, &headers, &frame, || {
        let part = ledger::Part::of(&loopback, frame.now, until);
        let token = loopback.forms.token(FORMS);
        html! {
            div.columns {
                div.wide id="live" data-live {
                    (part.summary())
                    (part.table())
                    (jobs::Part::of(&loopback, None).few(FEW))
                    (webhooks::Part::of(&loopback, None).few(FEW, &token))
                }
                (controls::panel(&loopback))
            }
        }
    })
}

async fn jobs(State(loopback): Server, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let frame = Frame::new(&loopback, Place::Jobs, "Jobs", None);
    live(&loopback, &headers, &frame, || {
        html! { div id="live" data-live { (jobs::Part::of(&loopback, until(&uri)).page()) } }
    })
}

async fn job(State(loopback): Server, Path(reference): Path<String>, headers: HeaderMap) -> Response<Body> {
    let found = reference.parse().ok().and_then(|job: JobReference| jobs::View::of(&loopback, job));
    let Some(view) = found else { return missing(&loopback, "There is no such job.") };
    let title = format!("Job {reference}");
    let frame = Frame::new(&loopback, Place::Jobs, &title, None);
    let token = loopback.forms.token(FORMS);
    live(&loopback, &headers, &frame, || html! { div id="live" data-live { (view.page(&token)) } })
}

async fn notifications(State(loopback): Server, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let frame = Frame::new(&loopback, Place::Webhooks, "Webhooks", parameter(&uri, "did").as_deref());
    let token = loopback.forms.token(FORMS);
    live(&loopback, &headers, &frame, || {
        html! { div id="live" data-live { (webhooks::Part::of(&loopback, until(&uri)).page(&token)) } }
    })
}

async fn other_provider(State(loopback): Server, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let frame = Frame::new(&loopback, Place::Other, "Other provider", None);
    live(&loopback, &headers, &frame, || {
        html! { div id="live" data-live { (other::page(&loopback, frame.now, until(&uri))) } }
    })
}

async fn requests(State(loopback): Server, headers: HeaderMap) -> Response<Body> {
    let frame = Frame::new(&loopback, Place::Requests, "Requests", None);
    live(&loopback, &headers, &frame, || {
        html! { div id="live" data-live { (exchanges::list(&loopback, frame.now)) } }
    })
}

async fn request(State(loopback): Server, Path(number): Path<String>) -> Response<Body> {
    let found = number.parse().ok().and_then(|number| loopback.log.get(number));
    let Some(exchange) = found else {
        return missing(&loopback, "This request is not kept any more: only the newest are.");
    };
    let frame = Frame::new(&loopback, Place::Requests, "Request", None);
    page(StatusCode::OK, POLICY, frame.page(exchanges::one(&loopback, &exchange, frame.now)))
}

async fn transaction(State(loopback): Server, Path(id): Path<String>, headers: HeaderMap) -> Response<Body> {
    let now = loopback.now();
    let found = id.parse().ok().and_then(|id: TransactionId| transaction::View::of(&loopback, now, &id));
    let Some(view) = found else { return missing(&loopback, "There is no such transaction.") };
    let title = format!("Transaction {}", view.id());
    let frame = Frame::new(&loopback, Place::Ledger, &title, None);
    live(&loopback, &headers, &frame, || html! { div id="live" data-live { (view.page()) } })
}

async fn nowhere(State(loopback): Server) -> Response<Body> {
    missing(&loopback, "There is no such page.")
}

fn missing(loopback: &Loopback, why: &str) -> Response<Body> {
    sorry(loopback, StatusCode::NOT_FOUND, "Not found", why)
}

/// What a form gets that is not from the dashboard, or that says nothing which is known.
fn refused(loopback: &Loopback) -> Response<Body> {
    let why = "Nothing was done: this form is not from the dashboard of the server that runs now. Load the \
        page anew, and try again.";
    sorry(loopback, StatusCode::FORBIDDEN, "Refused", why)
}

fn sorry(loopback: &Loopback, status: StatusCode, title: &str, why: &str) -> Response<Body> {
    let frame = Frame::new(loopback, Place::Nowhere, title, None);
    let content = html! {
        section.card {
            h1 { (title) }
            p { (why) }
            p { a href="/" { "To the ledger" } }
        }
    };
    page(status, POLICY, frame.page(content))
}
