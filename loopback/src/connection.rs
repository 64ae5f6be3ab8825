//! Accepts connections, and closes those that nobody uses.

use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service;

use crate::host::Arrived;

/// How long a connection may stay open without a request, unless said otherwise.
pub const IDLE: Duration = Duration::from_secs(30);

/// How long to wait where no connection can be accepted, as when too many files are open.
const BREATH: Duration = Duration::from_millis(50);

/// Answers requests on `listener` until it is dropped. A connection on which no request begins, or no
/// head of one ends, for as long as `idle` is closed.
pub async fn serve(listener: TcpListener, router: Router, idle: Duration) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(attend(stream, router.clone(), idle))),
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

async fn attend(stream: TcpStream, router: Router, idle: Duration) {
    // An answer is one small packet, which is not to wait for another one.
    let _as_it_is = stream.set_nodelay(true);
    let Ok(address) = stream.local_addr() else { return };
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Arrived(address));
        router.clone().call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .serve_connection(TokioIo::new(stream), service);
    // How a connection ends is the client's affair.
    let _end = connection.await;
}
