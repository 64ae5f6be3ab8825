//! The simulated acquirer over HTTP, in the same process, for tests and for trying the service out.
//!
//! It is the package `cashflows-loopback`, with its payment pages, its webhooks and its dashboard. This module adds a
//! network that loses, delays and cuts off, as its caller decides for each request.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request as HttpRequest;
use axum::http::{Method, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use bytes::Bytes;
use cashflows_codec::gateway::{self, Operation};
use cashflows_codec::remote_auth::{Credentials, Request};
use cashflows_codec::simulator::{self, Effect, Profile, Symptom, When, gateway as door};
use futures_util::stream;
use tokio::net::TcpListener;

use crate::clock::Clock;

/// Most bytes of a request that are examined before it is passed on.
const MOST: usize = 2 * 1_024 * 1_024;

/// A request of the service to the acquirer.
#[derive(Clone, Copy, Debug)]
pub enum Knock<'a> {
    RemoteAuth(&'a Request),
    Gateway(Operation),
}

/// A fault of a request or its response.
#[derive(Clone, Debug)]
pub enum Mishap {
    /// The simulator's own: a lost response, a delay, a refusal.
    Effect(Effect),
    /// The same for a call of the gateway.
    Call(door::Effect),
    /// The response comes so much later, by the service's clock.
    Late(Duration),
    /// The connection ends before the request is read.
    CutBefore,
    /// The request is processed, and the connection ends before the response.
    CutAfter,
    /// The request is processed, and the response never ends.
    Flood,
}

/// Decides the fault of each request.
pub type Mischief = Box<dyn Fn(Knock<'_>) -> Option<Mishap> + Send + Sync>;

/// The acquirer. Its ledger can be read as long as this exists.
#[derive(Clone)]
pub struct Loopback {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    acquirer: Arc<cashflows_loopback::Loopback>,
    clock: Clock,
    mischief: Mischief,
}

impl Loopback {
    /// Starts an acquirer for one profile, with a configuration of the gateway.
    ///
    /// # Errors
    ///
    /// The address cannot be used.
    pub async fn start(
        address: SocketAddr,
        credentials: Credentials,
        configuration: gateway::Credentials,
        clock: Clock,
        mischief: Mischief,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let base = format!("http://{address}").parse()?;
        let configuration = simulator::gateway::Configuration::new(configuration, base);
        let profile = Profile::new(credentials).with_gateway(configuration);
        let acquirer =
            cashflows_loopback::Loopback::new(simulator::Acquirer::new(profile)).faster(clock.times());
        let acquirer = Arc::new(acquirer);
        let shared = Arc::new(Shared { acquirer: Arc::clone(&acquirer), clock, mischief });
        let on_the_way = Arc::clone(&shared);
        let network = move |request: HttpRequest, next: Next| pass(Arc::clone(&on_the_way), request, next);
        let app = cashflows_loopback::router(Arc::clone(&acquirer)).layer(middleware::from_fn(network));
        tokio::spawn(cashflows_loopback::serve(listener, app, cashflows_loopback::IDLE));
        tokio::spawn(cashflows_loopback::send_webhooks(acquirer));
        Ok(Self { shared, address })
    }

    /// URL of Remote Auth.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}/gateway/remote_auth", self.base())
    }

    /// URL of the gateway's calls and the dashboard.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The acquirer itself, with its ledger. While the lock is held, it sends no responses.
    pub fn simulator(&self) -> MutexGuard<'_, simulator::Acquirer> {
        self.shared.acquirer.acquirer()
    }

    /// The acquirer's clock.
    #[must_use]
    pub fn now(&self) -> std::time::SystemTime {
        self.shared.acquirer.now()
    }
}

impl fmt::Debug for Loopback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loopback").field("address", &self.address).finish_non_exhaustive()
    }
}

/// The network between the service and the acquirer.
async fn pass(shared: Arc<Shared>, request: HttpRequest, next: Next) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let mishap = shared.mishap(&head.method, head.uri.path(), &body);
    if matches!(mishap, Some(Mishap::CutBefore)) {
        return cut();
    }
    let answer = next.run(HttpRequest::from_parts(head, Body::from(body))).await;
    match mishap {
        Some(Mishap::CutAfter) => return cut(),
        Some(Mishap::Flood) => return flood(),
        Some(Mishap::Late(delay)) => shared.clock.sleep(delay).await,
        _ => {}
    }
    answer
}

impl Shared {
    /// Decides the fault of a request. The simulator is told of those that it does itself.
    fn mishap(&self, method: &Method, path: &str, body: &[u8]) -> Option<Mishap> {
        let mishap = if path == "/gateway/remote_auth" {
            let decoded = Request::decode(body).ok()?;
            (self.mischief)(Knock::RemoteAuth(&decoded.request))
        } else {
            (self.mischief)(Knock::Gateway(operation(method, path)?))
        };
        match &mishap {
            Some(Mishap::Effect(effect)) => {
                self.acquirer.acquirer().script(When::any().on_call(1), *effect);
            }
            Some(Mishap::Call(effect)) => {
                let operation = operation(method, path)?;
                let next = door::When::any().operation(operation).on_call(1);
                self.acquirer.acquirer().script_calls(next, effect.clone());
            }
            _ => {}
        }
        mishap
    }
}

/// The call of the gateway in a request, among those that a shop makes.
fn operation(method: &Method, path: &str) -> Option<Operation> {
    let parts: Vec<&str> = path.strip_prefix("/api/gateway/")?.split('/').collect();
    match (method.as_str(), parts.as_slice()) {
        ("POST", ["payment-jobs"]) => Some(Operation::CreateJob),
        ("GET", ["payment-jobs", _]) => Some(Operation::RetrieveJob),
        ("PATCH", ["payment-jobs", _, "cancel"]) => Some(Operation::CancelJob),
        ("GET", ["payment-jobs", _, "payments", _]) => Some(Operation::RetrievePayment),
        ("PATCH", ["payment-jobs", _, "payments", _, "cancel"]) => Some(Operation::CancelPayment),
        ("POST", ["payment-jobs", _, "payments", _, "refunds"]) => Some(Operation::RefundPayment),
        ("HEAD", ["orders", _]) => Some(Operation::FindOrder),
        _ => None,
    }
}

/// A response that ends in the middle of its body.
fn cut() -> Response<Body> {
    let end =
        stream::once(async { Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset)) });
    Response::new(Body::from_stream(end))
}

/// A response without an end.
fn flood() -> Response<Body> {
    let line = Bytes::from_static(&[b'A'; 1_024]);
    Response::new(Body::from_stream(stream::repeat_with(move || {
        Ok::<_, std::convert::Infallible>(line.clone())
    })))
}

/// Faults for trying the service by hand: the first request of an order of one of these amounts has one. Calls of the
/// gateway have no such faults: the dashboard has buttons for them.
#[must_use]
pub fn by_amount(knock: Knock<'_>) -> Option<Mishap> {
    let Knock::RemoteAuth(request) = knock else { return None };
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
