//! What all pages have: their headers, their frame, and a few words that are written alike.

use std::time::SystemTime;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use maud::{DOCTYPE, Markup, html};

pub(crate) const STYLESHEET: &str = "/assets/style.css";
pub(crate) const SCRIPT: &str = "/assets/live.js";
pub(crate) const ICON: &str = "/assets/icon.svg";

/// What the dashboard may load and do: its own stylesheet, script and forms, and nothing else.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
    img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page with a policy, and the other headers that every page has.
pub(crate) fn page(status: StatusCode, policy: &str, markup: Markup) -> Response<Body> {
    asset(status, "text/html; charset=utf-8", policy, markup.into_string())
}

/// What a browser gets, never to be kept.
///
/// It may tell this server, and nobody else, where a form comes from: without a referrer policy like
/// this one, `Origin` would be `null`.
pub(crate) fn asset(
    status: StatusCode,
    content_type: &'static str,
    policy: &str,
    body: impl Into<Body>,
) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    let policy = HeaderValue::from_str(policy).unwrap_or(HeaderValue::from_static(POLICY));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// To another page, by GET: what a form gets, so that loading the page anew posts nothing.
pub(crate) fn see_other(place: &str) -> Response<Body> {
    let Ok(place) = HeaderValue::from_str(place) else {
        return asset(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", POLICY, "There is no such place.\n");
    };
    let mut response = asset(StatusCode::SEE_OTHER, "text/plain", POLICY, Body::empty());
    response.headers_mut().insert(header::LOCATION, place);
    response
}

/// The frame of every page.
pub(crate) fn document(title: &str, class: &str, script: bool, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href=(ICON) type="image/svg+xml";
                link rel="stylesheet" href=(STYLESHEET);
                @if script { script src=(SCRIPT) defer {} }
            }
            body class=(class) {
                a.skip href="#main" { "Skip to the content" }
                (body)
            }
        }
    }
}

/// A point in time, in UTC.
pub(crate) fn time(at: SystemTime) -> Markup {
    let full = rfc3339(at);
    let (date, clock) = full.trim_end_matches('Z').split_once('T').unwrap_or((&full, ""));
    html! { time datetime=(full) { span.date { (date) } " " span.clock { (clock) } } }
}

/// A point in time, without its date if that is today's.
pub(crate) fn short_time(at: SystemTime, now: SystemTime) -> Markup {
    let (full, today) = (rfc3339(at), rfc3339(now));
    let (date, clock) = full.trim_end_matches('Z').split_once('T').unwrap_or((&full, ""));
    html! {
        time datetime=(full) {
            @if !today.starts_with(date) { span.date { (date) } " " }
            span.clock { (clock) }
        }
    }
}

/// A point in time as text, `2026-11-26T14:13:00Z`.
pub(crate) fn rfc3339(at: SystemTime) -> String {
    // Beyond the year 9999 there is no such text, and writing it would fail.
    let last = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(253_402_300_799);
    humantime::format_rfc3339_seconds(at.clamp(SystemTime::UNIX_EPOCH, last)).to_string()
}
