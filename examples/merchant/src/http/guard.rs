//! Refuses requests that other sites cause.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Names of the service: host, and port if it is not the default one.
#[derive(Clone, Debug)]
pub struct Names(Vec<String>);

/// The reason for refusing a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stranger {
    /// The service does not have this name. Any site can point a name at this machine.
    OtherHost,
    /// A page of another site sent the request, according to the browser's headers.
    Elsewhere,
}

impl Names {
    /// The given names, and for loopback addresses also `localhost`.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let with_local = |name: String| {
            let local = name.strip_prefix("127.0.0.1").map(|port| format!("localhost{port}"));
            [Some(name), local].into_iter().flatten()
        };
        Self(names.into_iter().flat_map(with_local).collect())
    }

    /// The reason for refusing a request, if there is one.
    pub(super) fn refuse(&self, request: &Request) -> Option<Stranger> {
        let header = |name| request.headers().get(name).map(HeaderValue::as_bytes);
        if !header(header::HOST).is_some_and(|host| self.contains(host)) {
            return Some(Stranger::OtherHost);
        }
        let from = header(SEC_FETCH_SITE);
        let is_elsewhere = from.is_some_and(|from| !matches!(from, b"same-origin" | b"none"));
        (request.method() == Method::POST && is_elsewhere).then_some(Stranger::Elsewhere)
    }

    fn contains(&self, host: &[u8]) -> bool {
        self.0.iter().any(|name| host.eq_ignore_ascii_case(name.as_bytes()))
    }
}
