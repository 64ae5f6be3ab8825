//! Clients' connections: a limited number, each for a limited time.
//!
//! A connection *waits* except while a complete request on it is being processed. One that waits for longer than
//! [`Limits::idle`] is closed. When all places are taken, a new connection takes the place of the one that has waited
//! longest. So clients that send no byte, half a head or half a body keep no other client out.

use std::collections::HashMap;
use std::error::Error as _;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_service::Service;

/// Most bytes of a request's head.
const HEAD_BYTES: usize = 32 * 1_024;

/// Most bytes of a request's body.
const BODY_BYTES: usize = 16 * 1_024;

/// Time that a connection may still wait after the service is asked to stop.
const IDLE_AT_THE_END: Duration = Duration::from_secs(1);

/// Pause when no connection can be accepted, as when too many files are open.
const BREATH: Duration = Duration::from_millis(50);

/// Open files besides connections, with some to spare.
const OTHER_FILES: usize = 64;

/// Limits on the number of connections and their waiting time.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most connections at a time.
    pub most: usize,
    /// Longest wait for a complete request, or until the client reads the response.
    pub idle: Duration,
}

impl Limits {
    /// The same, reduced if the system limits open files. An order has two: its client's connection, and one to the
    /// acquirer.
    #[must_use]
    pub fn as_the_system_allows(self) -> Self {
        #[cfg(unix)]
        if let Some(files) = rustix::process::getrlimit(rustix::process::Resource::Nofile).current {
            let files = usize::try_from(files).unwrap_or(usize::MAX);
            let most = (files.saturating_sub(OTHER_FILES) / 2).max(1);
            if most < self.most {
                tracing::warn!(
                    files,
                    most,
                    "fewer connections than wanted: the system allows so few open files"
                );
                return Self { most, ..self };
            }
        }
        self
    }
}

/// Serves requests on `listener` until `stopping`, then ends when every complete request has its response.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stopping: CancellationToken) {
    let (line, tasks) = (Arc::new(Line::default()), TaskTracker::new());
    let mut fails = false;
    loop {
        let accepted = tokio::select! {
            () = stopping.cancelled() => break,
            accepted = line.accept(&listener, limits.most) => accepted,
        };
        match accepted {
            Ok(stream) => {
                fails = false;
                let caller = line.caller();
                tasks.spawn(attend(stream, router.clone(), caller, limits.idle, stopping.clone()));
            }
            Err(error) => {
                if !fails {
                    tracing::warn!(%error, "no connection can be accepted; trying again");
                }
                fails = true;
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    tasks.close();
    tasks.wait().await;
}

/// Reads the whole body of a request before it is processed, so that only complete requests keep a place.
pub async fn whole(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let caller = head.extensions.get::<Caller>().cloned();
    match to_bytes(body, BODY_BYTES).await {
        Ok(body) => {
            let _answered = caller.map(Caller::keep_place);
            next.run(Request::from_parts(head, Body::from(body))).await
        }
        Err(error) if error.source().is_some_and(|source| source.is::<LengthLimitError>()) => {
            StatusCode::PAYLOAD_TOO_LARGE.into_response()
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

async fn attend(
    stream: TcpStream,
    router: Router,
    caller: Caller,
    idle: Duration,
    stopping: CancellationToken,
) {
    // A response is one small packet, which must not wait for another one.
    let _as_it_is = stream.set_nodelay(true);
    let of = caller.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        of.begins_to_wait();
        request.extensions_mut().insert(of.clone());
        router.clone().call(request)
    });
    let server = http1::Builder::new()
        .max_buf_size(HEAD_BYTES)
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(stream), service);
    let mut server = pin!(server);
    let (mut idle, mut is_last) = (idle, false);
    loop {
        tokio::select! {
            // A client may end its connection in any way.
            _end = server.as_mut() => break,
            () = caller.has_to_go(idle) => break,
            () = stopping.cancelled(), if !is_last => {
                server.as_mut().graceful_shutdown();
                (idle, is_last) = (idle.min(IDLE_AT_THE_END), true);
            }
        }
    }
    caller.leaves();
}

/// All connections.
#[derive(Debug, Default)]
struct Line {
    places: Mutex<Places>,
    /// Notified when a client leaves, or begins to wait.
    changed: Notify,
}

#[derive(Debug, Default)]
struct Places {
    next: u64,
    taken: HashMap<u64, Place>,
}

#[derive(Debug)]
struct Place {
    /// Start of the wait; none while a request is processed.
    waits_since: Option<Instant>,
    /// Another connection has taken its place.
    lost: CancellationToken,
}

impl Line {
    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Accepts the next connection, once there is a place for it.
    async fn accept(&self, listener: &TcpListener, most: usize) -> std::io::Result<TcpStream> {
        let (stream, _) = listener.accept().await?;
        while !self.makes_room(most) {
            self.changed.notified().await;
        }
        Ok(stream)
    }

    /// Takes the place of the connection that has waited longest, if all are taken. Returns whether there is a place.
    fn makes_room(&self, most: usize) -> bool {
        let mut places = self.places();
        if places.taken.len() < most {
            return true;
        }
        let waits = places.taken.iter().filter_map(|(id, place)| Some((place.waits_since?, *id)));
        let longest = waits.min().and_then(|(_, id)| places.taken.remove(&id));
        longest.inspect(|place| place.lost.cancel()).is_some()
    }

    fn caller(self: &Arc<Self>) -> Caller {
        let mut places = self.places();
        let id = places.next;
        places.next += 1;
        let lost = CancellationToken::new();
        places.taken.insert(id, Place { waits_since: Some(Instant::now()), lost: lost.clone() });
        drop(places);
        Caller { id, lost, line: Arc::clone(self) }
    }
}

/// A connected client.
#[derive(Clone, Debug)]
struct Caller {
    id: u64,
    lost: CancellationToken,
    line: Arc<Line>,
}

impl Caller {
    fn begins_to_wait(&self) {
        self.waits_since(Some(Instant::now()));
    }

    /// Notes a complete request: the connection keeps its place until the response.
    fn keep_place(self) -> InProgress {
        self.waits_since(None);
        InProgress(self)
    }

    fn waits_since(&self, since: Option<Instant>) {
        if let Some(place) = self.line.places().taken.get_mut(&self.id) {
            place.waits_since = since;
        }
        if since.is_some() {
            self.line.changed.notify_one();
        }
    }

    /// Ends when another connection has taken its place, or when it has waited for too long.
    async fn has_to_go(&self, idle: Duration) {
        let waits_too_long = async {
            loop {
                let place = self.line.places().taken.get(&self.id).map(|place| place.waits_since);
                let waited = place.flatten().map_or(Duration::ZERO, |since| since.elapsed());
                match idle.checked_sub(waited) {
                    Some(left) if !left.is_zero() => tokio::time::sleep(left).await,
                    _ => return,
                }
            }
        };
        tokio::select! { () = self.lost.cancelled() => {}, () = waits_too_long => {} }
    }

    fn leaves(&self) {
        self.line.places().taken.remove(&self.id);
        self.line.changed.notify_one();
    }
}

struct InProgress(Caller);

impl Drop for InProgress {
    fn drop(&mut self) {
        self.0.begins_to_wait();
    }
}
