//! The simulated acquirer over HTTP.
//!
//! [`router`] answers requests, [`serve`] accepts connections, [`send_webhooks`] sends what is due. They are
//! here for programs that want the acquirer in their own process; the program `loopback` is only a
//! command line before them.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use cashflows_codec::{gateway, remote_auth};
//! use cashflows_codec::simulator::gateway::Configuration;
//! use cashflows_codec::simulator::{Acquirer, Profile};
//! use cashflows_loopback::{IDLE, Loopback, router, send_webhooks, serve};
//!
//! # async fn start() -> Result<(), Box<dyn std::error::Error>> {
//! let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
//! let base = format!("http://{}", listener.local_addr()?).parse()?;
//! let key = "845c51f6-1cd5-4338-a586-df752e65d690".parse()?;
//! let merchant = gateway::Credentials::new("200426117314086912".parse()?, key);
//! let profile = Profile::new(remote_auth::Credentials::new("1234567".parse()?, "secret".parse()?));
//! let acquirer = Acquirer::new(profile.with_gateway(Configuration::new(merchant, base)));
//! let loopback = Arc::new(Loopback::new(acquirer));
//! tokio::spawn(serve(listener, router(Arc::clone(&loopback)), IDLE));
//! tokio::spawn(send_webhooks(Arc::clone(&loopback)));
//! println!("{} transactions", loopback.acquirer().ledger().entries().len());
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod body;
mod clock;
mod connection;
mod dashboard;
mod exchange;
mod faults;
mod form;
mod host;
mod html;
mod payment;
mod protocols;
mod token;
mod webhooks;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::middleware::from_fn;
use cashflows_codec::simulator::Acquirer;
use cashflows_codec::simulator::hosted_page::Provider;
use tokio::sync::Notify;

pub use connection::{IDLE, serve};
pub use webhooks::send_webhooks;

use clock::Clock;
use exchange::Log;
use faults::Faults;
use token::FormKey;

/// The acquirer, and its clock.
pub struct Loopback {
    acquirer: Mutex<Acquirer>,
    provider: Option<Mutex<Provider>>,
    clock: Clock,
    log: Log,
    faults: Faults,
    forms: FormKey,
    /// How often something happened that a page shows.
    changes: AtomicU64,
    /// Told when a webhook may be due earlier than was known.
    webhooks: Notify,
}

impl Loopback {
    /// An acquirer whose clock is that of the machine.
    #[must_use]
    pub fn new(acquirer: Acquirer) -> Self {
        Self {
            acquirer: Mutex::new(acquirer),
            provider: None,
            clock: Clock::new(),
            log: Log::new(),
            faults: Faults::default(),
            forms: FormKey::random(),
            changes: AtomicU64::new(0),
            webhooks: Notify::new(),
        }
    }

    /// Lets the time since the start go by so many times faster.
    #[must_use]
    pub const fn faster(mut self, times: u32) -> Self {
        self.clock.set_faster(times);
        self
    }

    /// Serves the other provider's calls and its page too.
    #[must_use]
    pub fn with_provider(mut self, provider: Provider) -> Self {
        self.provider = Some(Mutex::new(provider));
        self
    }

    /// The time by its clock.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// Moves its clock on by whole seconds. What is due then happens: days are settled, webhooks sent.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.webhooks.notify_one();
        self.changed();
    }

    /// The acquirer, with its ledger and its script. While this is held, no request is answered.
    pub fn acquirer(&self) -> MutexGuard<'_, Acquirer> {
        self.acquirer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The other provider, if it is served. While this is held, none of its requests is answered.
    pub fn provider(&self) -> Option<MutexGuard<'_, Provider>> {
        Some(self.provider.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that pages show something else now.
    fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }
}

impl fmt::Debug for Loopback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loopback").field("clock", &self.clock).finish_non_exhaustive()
    }
}

/// The routes: every path that the acquirer serves, and the pages.
///
/// Requests for any other host than this machine get status 421. Which port is meant is known of
/// connections that [`serve`] accepts; of others, any is.
pub fn router(loopback: Arc<Loopback>) -> Router {
    protocols::routes()
        .merge(payment::routes())
        .merge(dashboard::routes())
        .layer(from_fn(host::require_this_machine))
        .with_state(loopback)
}
