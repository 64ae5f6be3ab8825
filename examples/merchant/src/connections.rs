//! Callers' connections: a limited number, each for a limited time.
//!
//! A connection *waits* unless a whole request has arrived on it and is being answered. One that waits for longer than
//! [`Limits::idle`] is closed. When all places are taken, the one that has waited longest makes room for whoever comes
//! next, so that callers who send nothing, half a head or half a body keep nobody else out.

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

/// The most bytes that a request's head may have.
const HEAD_BYTES: usize = 32 * 1_024;

/// The most bytes that a request's body may have.
const BODY_BYTES: usize = 16 * 1_024;

/// How long a connection may still wait once the service is asked to stop.
const IDLE_AT_THE_END: Duration = Duration::from_secs(1);

/// How long to wait where no connection can be accepted, as when too many files are open.
const BREATH: Duration = Duration::from_millis(50);

/// Files that are open besides connections, and some to spare.
const OTHER_FILES: usize = 64;

/// How many connections there are at most, and how long each may wait.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many there are at a time.
    pub most: usize,
    /// How long one may wait for a whole request, or for its answer to be read.
    pub idle: Duration,
}

impl Limits {
    /// The same, where the system lets the process open fewer files. An order has two: its caller's connection, and
    /// one to the acquirer.
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

/// Answers requests on `listener` until `stopping`; then ends when the requests that have arrived are answered.
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

/// Reads the whole body of a request before anything is done with it, so that only whole requests keep a place.
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
    // An answer is one small packet, which is not to wait for another one.
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
            // How a connection ends is the client's affair.
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

/// Everybody who is connected.
#[derive(Debug, Default)]
struct Line {
    places: Mutex<Places>,
    /// Told when somebody leaves, or begins to wait.
    changed: Notify,
}

#[derive(Debug, Default)]
struct Places {
    next: u64,
    taken: HashMap<u64, Place>,
}

#[derive(Debug)]
struct Place {
    /// Since when it waits, unless it is being answered.
    waits_since: Option<Instant>,
    /// Its place is another's.
    lost: CancellationToken,
}

impl Line {
    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next connection, once there is a place for it.
    async fn accept(&self, listener: &TcpListener, most: usize) -> std::io::Result<TcpStream> {
        let (stream, _) = listener.accept().await?;
        while !self.makes_room(most) {
            self.changed.notified().await;
        }
        Ok(stream)
    }

    /// Takes the place of whoever has waited longest, if all are taken; says whether there is one.
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

/// Somebody who is connected.
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

    /// A whole request has arrived: its place is safe until the answer is there.
    fn keep_place(self) -> BeingAnswered {
        self.waits_since(None);
        BeingAnswered(self)
    }

    fn waits_since(&self, since: Option<Instant>) {
        if let Some(place) = self.line.places().taken.get_mut(&self.id) {
            place.waits_since = since;
        }
        if since.is_some() {
            self.line.changed.notify_one();
        }
    }

    /// Ends when its place is another's, or when it has waited for too long.
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

struct BeingAnswered(Caller);

impl Drop for BeingAnswered {
    fn drop(&mut self) {
        self.0.begins_to_wait();
    }
}
