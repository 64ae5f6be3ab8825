//! What keeps other sites away.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// By what names the service is called: host, and port if it is not the usual one.
#[derive(Clone, Debug)]
pub struct Names(Vec<String>);

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stranger {
    /// The service is not called so. Any site can have a name that leads to this machine.
    OtherHost,
    /// The request was made by a page of another site, as browsers say.
    Elsewhere,
}

impl Names {
    /// These names, and for each that is an address of this machine the one that people type.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let with_local = |name: String| {
            let local = name.strip_prefix("127.0.0.1").map(|port| format!("localhost{port}"));
            [Some(name), local].into_iter().flatten()
        };
        Self(names.into_iter().flat_map(with_local).collect())
    }

    /// Why a request is refused, if it is.
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
