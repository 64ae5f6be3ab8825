//! What merchants' services call: Remote Auth, batch release, the gateway.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{any, post};
use cashflows_codec::remote_auth::HeaderCredentials;
use cashflows_codec::simulator::{Delivery, Endpoint};

use crate::{Loopback, body, exchange};

pub(crate) fn routes() -> Router<Arc<Loopback>> {
    let mut router = Router::new().route("/api/gateway/{*path}", any(call));
    for (path, endpoint) in Endpoint::PATHS {
        router = router.route(path, post(move |state, request| answer(*endpoint, state, request)));
    }
    router
}

async fn answer(
    endpoint: Endpoint,
    State(loopback): State<Arc<Loopback>>,
    request: Request<Body>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let content_type = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(body) = body::read(body, body::FORM).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    let credentials = HeaderCredentials::of(&head.headers);
    send(loopback.handle(endpoint, content_type.unwrap_or_default(), credentials, &body)).await
}

async fn call(State(loopback): State<Arc<Loopback>>, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Some(body) = body::read(body, body::JSON).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    send(loopback.call(&head, &body)).await
}

/// A delivery as it goes over the wire.
pub(crate) async fn send(delivery: Delivery) -> Response<Body> {
    match delivery {
        Delivery::Payload(payload) => payload.into_http().map(Body::from),
        Delivery::Silence => std::future::pending().await,
    }
}

impl Loopback {
    fn handle(
        &self,
        endpoint: Endpoint,
        content_type: &str,
        credentials: HeaderCredentials<'_>,
        body: &[u8],
    ) -> Delivery {
        let mut acquirer = self.acquirer();
        // Read while nobody else can: the acquirer's time must not go back.
        let now = self.now();
        let fault = match endpoint {
            Endpoint::Payment => self.faults.apply_to_card(&mut acquirer),
            _ => self.faults.apply_to_batch(&mut acquirer),
        };
        let delivery = acquirer.handle_with_headers(now, endpoint, content_type, credentials, body);
        drop(acquirer);
        self.changed();
        if fault.is_some() || self.log.has_time() {
            let described = match endpoint {
                Endpoint::Payment => exchange::payment(now, body, &delivery),
                _ => exchange::batch(now, content_type, body, &delivery),
            };
            self.log.push(exchange::Exchange { fault, ..described });
        }
        delivery
    }

    fn call(&self, head: &Parts, body: &[u8]) -> Delivery {
        let method = head.method.as_str();
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let headers = head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let mut acquirer = self.acquirer();
        let now = self.now();
        let fault = self.faults.apply_to_call((method, path), body, &mut acquirer);
        let delivery = acquirer.call(now, method, path, headers, body);
        let due = acquirer.next_notification().is_some_and(|at| at <= now);
        drop(acquirer);
        if due {
            self.webhooks.notify_one();
        }
        self.changed();
        if fault.is_some() || self.log.has_time() {
            let described = exchange::call(now, (method, path), body, &delivery);
            self.log.push(exchange::Exchange { fault, ..described });
        }
        delivery
    }
}
