//! The simulated gateway over HTTP on 127.0.0.1, for clients of any language.
//!
//! `cargo run -- [port] [options]`; README.md lists the options.

mod options;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Response, header};
use axum::routing::post;
use bytes::Bytes;
use cashflows_codec::simulator::{Gateway, Handled};

use options::Options;

/// The gateway, and its clock.
struct Shared {
    gateway: Mutex<Gateway>,
    started: SystemTime,
    faster: u32,
}

impl Shared {
    /// The time since the start goes by so many times faster.
    fn now(&self) -> SystemTime {
        self.started + self.started.elapsed().unwrap_or(Duration::ZERO) * self.faster
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::read(std::env::args().skip(1))?;
    let shared = Shared {
        gateway: Mutex::new(options.gateway()?),
        started: SystemTime::now(),
        faster: options.faster,
    };
    let app = Router::new()
        .route("/gateway/remote_auth", post(answer))
        .route("/admin/remote_batch", post(answer))
        .with_state(Arc::new(shared));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port)).await?;
    // The first line: whoever started this with port 0 reads the port here.
    println!("{}", listener.local_addr()?.port());
    axum::serve(listener, app).await?;
    Ok(())
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<axum::body::Body> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let handled = {
        let mut gateway = shared.gateway.lock().unwrap_or_else(PoisonError::into_inner);
        gateway.handle(shared.now(), content_type.unwrap_or_default(), &body)
    };
    match handled {
        Handled::Reply(reply) => reply.into_http().map(axum::body::Body::from),
        Handled::Silence => std::future::pending().await,
    }
}
