//! Refuses requests to the shop that other sites cause.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use crate::http::guard::{Names, Stranger};
use crate::shop::Shop;

/// Accepts pages only by the shop's own names, and forms only from its own pages.
pub(super) fn from_here<S: Clone + Send + Sync + 'static>(pages: Router<S>, names: Names) -> Router<S> {
    let check = move |request: Request, next: Next| {
        let refused = names.refuse(&request);
        async move {
            match refused {
                Some(Stranger::OtherHost) => Problem::OtherHost.into_response(),
                Some(Stranger::Elsewhere) => Problem::Elsewhere.into_response(),
                None => next.run(request).await,
            }
        }
    };
    pages.layer(middleware::from_fn(check))
}

/// Adds the headers that restrict the browser to every response.
pub(super) fn secured<S: Clone + Send + Sync + 'static>(routes: Router<S>, shop: &Shop) -> Router<S> {
    let policy = policy(shop).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let secure = move |request: Request, next: Next| secure(policy.clone(), request, next);
    routes.layer(middleware::from_fn(secure))
}

/// Allows a page its one stylesheet and its images, and its forms to this site, which redirects to the payment page.
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
