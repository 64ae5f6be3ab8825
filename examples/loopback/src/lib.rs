//! The simulated acquirer over HTTP.
//!
//! [`router`] answers requests, [`serve`] accepts connections. Both are here for programs that want
//! the acquirer in their own process; the program `loopback` is only a command line before them.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod body;
mod connection;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use cashflows_codec::simulator::{Acquirer, Delivery, Endpoint};

pub use connection::{IDLE, serve};

/// The acquirer, and its clock.
pub struct Loopback {
    acquirer: Mutex<Acquirer>,
    started: SystemTime,
    faster: u32,
}

impl Loopback {
    /// An acquirer whose clock is that of the machine.
    #[must_use]
    pub fn new(acquirer: Acquirer) -> Self {
        Self { acquirer: Mutex::new(acquirer), started: SystemTime::now(), faster: 1 }
    }

    /// Lets the time since the start go by so many times faster.
    #[must_use]
    pub const fn faster(mut self, times: u32) -> Self {
        self.faster = times;
        self
    }

    /// The time by its clock.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.started + self.started.elapsed().unwrap_or(Duration::ZERO) * self.faster
    }

    /// The acquirer, with its ledger and its script. While this is held, no request is answered.
    pub fn acquirer(&self) -> MutexGuard<'_, Acquirer> {
        self.acquirer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn handle(&self, endpoint: Endpoint, content_type: &str, body: &[u8]) -> Delivery {
        let now = self.now();
        self.acquirer().handle(now, endpoint, content_type, body)
    }
}

/// The routes: every path that the acquirer serves.
pub fn router(loopback: Arc<Loopback>) -> Router {
    let mut router = Router::new();
    for (path, endpoint) in Endpoint::PATHS {
        router = router.route(path, post(move |state, request| answer(*endpoint, state, request)));
    }
    router.with_state(loopback)
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
    match loopback.handle(endpoint, content_type.unwrap_or_default(), &body) {
        Delivery::Payload(payload) => payload.into_http().map(Body::from),
        Delivery::Silence => std::future::pending().await,
    }
}
