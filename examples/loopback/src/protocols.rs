//! What merchants' services call: Remote Auth and batch release.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use cashflows_codec::simulator::{Delivery, Endpoint};

use crate::faults::Target;
use crate::{Loopback, body, exchange};

pub(crate) fn routes() -> Router<Arc<Loopback>> {
    let mut router = Router::new();
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
    let Some(body) = body::read(body).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    send(loopback.handle(endpoint, content_type.unwrap_or_default(), &body)).await
}

/// A delivery as it goes over the wire.
async fn send(delivery: Delivery) -> Response<Body> {
    match delivery {
        Delivery::Payload(payload) => payload.into_http().map(Body::from),
        Delivery::Silence => std::future::pending().await,
    }
}

impl Loopback {
    fn handle(&self, endpoint: Endpoint, content_type: &str, body: &[u8]) -> Delivery {
        let mut acquirer = self.acquirer();
        // Read while nobody else can: the acquirer's time must not go back.
        let now = self.now();
        let fault = match endpoint {
            Endpoint::Payment => self.faults.apply(Target::RemoteAuth, &mut acquirer),
            _ => None,
        };
        let delivery = acquirer.handle(now, endpoint, content_type, body);
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
}
