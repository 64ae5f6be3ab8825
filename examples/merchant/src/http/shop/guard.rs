//! What keeps other sites away from the shop's pages.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use crate::shop::Shop;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets pages be asked for by the shop's own name only, and forms be posted from its own pages only.
pub(super) fn from_here<S: Clone + Send + Sync + 'static>(pages: Router<S>, shop: &Shop) -> Router<S> {
    let place = Arc::new(Place::of(shop));
    let check = move |request: Request, next: Next| {
        let refused = place.refuses(&request);
        async move {
            match refused {
                Some(problem) => problem.into_response(),
                None => next.run(request).await,
            }
        }
    };
    pages.layer(middleware::from_fn(check))
}

/// Says with every answer what the browser may do with it.
pub(super) fn secured<S: Clone + Send + Sync + 'static>(routes: Router<S>, shop: &Shop) -> Router<S> {
    let policy = policy(shop).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let secure = move |request: Request, next: Next| secure(policy.clone(), request, next);
    routes.layer(middleware::from_fn(secure))
}

/// What a page may do: show itself and its one stylesheet, and send its forms here, from where they lead to
/// the payment page.
fn policy(shop: &Shop) -> Option<HeaderValue> {
    let gateway = shop.gateway().base();
    let (scheme, authority) = (gateway.scheme_str()?, gateway.authority()?);
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {scheme}://{authority}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).ok()
}

async fn secure(policy: HeaderValue, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// By what names the shop is called.
#[derive(Debug)]
struct Place {
    /// Where shoppers come back to: host, and port if it is not the usual one.
    name: String,
    /// The same where it is on this machine, as people type it.
    local: Option<String>,
}

impl Place {
    fn of(shop: &Shop) -> Self {
        let url: Uri = shop.terms().return_url.as_str().parse().unwrap_or_default();
        let name = url.authority().map(ToString::to_string).unwrap_or_default();
        let local = name.strip_prefix("127.0.0.1").map(|port| format!("localhost{port}"));
        Self { name, local }
    }

    /// Why a request is refused, if it is: browsers say which page a form was on, and any site can have a name
    /// that leads to this machine.
    fn refuses(&self, request: &Request) -> Option<Problem> {
        let header = |name| request.headers().get(name).map(HeaderValue::as_bytes);
        if !self.is_called(header(header::HOST)) {
            return Some(Problem::OtherHost);
        }
        let from = header(SEC_FETCH_SITE);
        let is_elsewhere = from.is_some_and(|from| !matches!(from, b"same-origin" | b"none"));
        (request.method() == Method::POST && is_elsewhere).then_some(Problem::Elsewhere)
    }

    fn is_called(&self, host: Option<&[u8]>) -> bool {
        let names = [Some(&self.name), self.local.as_ref()];
        host.is_some_and(|host| {
            names.into_iter().flatten().any(|name| host.eq_ignore_ascii_case(name.as_bytes()))
        })
    }
}
