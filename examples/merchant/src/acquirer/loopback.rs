//! The simulated acquirer over HTTP, in the same process: for trying the service out, and for tests.
//!
//! `examples/loopback` is the same as a program of its own. This one also does what a network does: it
//! loses, delays and cuts off, as its caller decides for each request.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, header};
use axum::routing::post;
use bytes::Bytes;
use cashflows_codec::remote_auth::{Credentials, Request};
use cashflows_codec::simulator::{self, Delivery, Effect, Endpoint, Profile, Symptom, When};
use futures_util::stream;
use tokio::net::TcpListener;

use crate::clock::Clock;

/// What happens to a request on its way, or to its answer.
#[derive(Clone, Copy, Debug)]
pub enum Mishap {
    /// The simulator's own: a lost answer, a delay, a refusal.
    Effect(Effect),
    /// The answer comes so much later, by the service's clock.
    Late(Duration),
    /// The connection ends before the request is read.
    CutBefore,
    /// The request is processed, and the connection ends before the answer.
    CutAfter,
    /// The request is processed, and the answer never ends.
    Flood,
}

/// Decides what happens to each request, by its body.
pub type Mischief = Box<dyn Fn(&Request) -> Option<Mishap> + Send + Sync>;

/// The acquirer. What it has done can be asked as long as this is there.
#[derive(Clone)]
pub struct Loopback {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    simulator: Mutex<simulator::Acquirer>,
    clock: Clock,
    mischief: Mischief,
}

impl Loopback {
    /// Starts an acquirer for one profile.
    ///
    /// # Errors
    ///
    /// The address is not to be had.
    pub async fn start(
        address: SocketAddr,
        credentials: Credentials,
        clock: Clock,
        mischief: Mischief,
    ) -> std::io::Result<Self> {
        let simulator = Mutex::new(simulator::Acquirer::new(Profile::new(credentials)));
        let shared = Arc::new(Shared { simulator, clock, mischief });
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let app = Router::new().route("/gateway/remote_auth", post(answer)).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { shared, address })
    }

    /// Where it takes payments.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/gateway/remote_auth", self.address)
    }

    /// The acquirer itself, with its ledger. While this is held it answers nothing.
    pub fn simulator(&self) -> MutexGuard<'_, simulator::Acquirer> {
        self.shared.simulator.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Loopback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loopback").field("address", &self.address).finish_non_exhaustive()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let decoded = Request::decode(&body).ok();
    let mishap = decoded.as_ref().and_then(|decoded| (shared.mischief)(decoded.request()));
    if matches!(mishap, Some(Mishap::CutBefore)) {
        return cut();
    }
    let delivery = {
        let mut simulator = shared.simulator.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Mishap::Effect(effect)) = mishap {
            simulator.script(When::any().on_call(1), effect);
        }
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        simulator.handle(shared.clock.now(), Endpoint::Payment, content_type.unwrap_or_default(), &body)
    };
    match mishap {
        Some(Mishap::CutAfter) => return cut(),
        Some(Mishap::Flood) => return flood(),
        Some(Mishap::Late(delay)) => shared.clock.sleep(delay).await,
        _ => {}
    }
    match delivery {
        Delivery::Payload(payload) => payload.into_http().map(Body::from),
        Delivery::Silence => std::future::pending().await,
    }
}

/// A reply that ends in the midst of its body.
fn cut() -> Response<Body> {
    let end =
        stream::once(async { Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset)) });
    Response::new(Body::from_stream(end))
}

/// A reply without an end.
fn flood() -> Response<Body> {
    let line = Bytes::from_static(&[b'A'; 1_024]);
    Response::new(Body::from_stream(stream::repeat_with(move || {
        Ok::<_, std::convert::Infallible>(line.clone())
    })))
}

/// What happens to the first request of an order of one of these amounts, for trying it out by hand.
#[must_use]
pub fn by_amount(request: &Request) -> Option<Mishap> {
    let declined = "D102".parse().ok().map(Effect::Refuse);
    let unreached = "S001".parse().ok().map(Effect::Refuse);
    let first = request.retry_number().is_none_or(|number| number.get() == 0);
    match request.money().filter(|_| first)?.amount().hundredths() {
        10_01 => Some(Mishap::Effect(Effect::LoseAnswer(Symptom::Silence))),
        10_02 => Some(Mishap::Effect(Effect::LoseRequest(Symptom::Silence))),
        10_03 => Some(Mishap::Effect(Effect::Delay(Duration::from_secs(20), Symptom::Timeout))),
        10_04 => Some(Mishap::Late(Duration::from_secs(10))),
        10_05 => Some(Mishap::CutAfter),
        10_06 => Some(Mishap::Flood),
        10_07 => declined.map(Mishap::Effect),
        10_08 => unreached.map(Mishap::Effect),
        _ => None,
    }
}
