//! The service as a whole: started, found, stopped.

use std::net::SocketAddr;
use std::num::NonZeroU8;
use std::sync::Arc;

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::attempt::RetryPolicy;
use http::Uri;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::acquirer::Acquirer;
#[cfg(feature = "loopback")]
use crate::acquirer::loopback::{self, Loopback};
use crate::config::{ConfigError, Options};
use crate::http::router;
use crate::orders::Orders;
use crate::recovery::{Recovered, recover};
use crate::store::{Store, StoreError};

/// How often an order is sent at most: as often as five minutes have room for, or nearly so. Each sending
/// less is an order more that a person has to look up.
const MOST_SENDINGS: NonZeroU8 = NonZeroU8::MIN.saturating_add(11);

/// A service that runs.
#[derive(Debug)]
pub struct Service {
    address: SocketAddr,
    acquirer: Uri,
    recovered: Recovered,
    orders: Arc<Orders>,
    server: JoinHandle<std::io::Result<()>>,
    no_more_callers: CancellationToken,
    options: Options,
}

/// Why the service does not start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("no client for the acquirer: {0}")]
    Client(#[from] reqwest::Error),
    #[error("{address} cannot be listened on: {source}; choose another with --listen")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error(
        "the database has orders of an acquirer that is not the simulated one, which begins anew: start one that stays \
         (cargo run --bin acquirer) and say --acquirer, or take another --database"
    )]
    Forgotten,
    #[error("no simulated acquirer: {0}")]
    Loopback(std::io::Error),
}

impl Service {
    /// Opens the database, takes up what was open, and lets callers in.
    ///
    /// # Errors
    ///
    /// It cannot be started: the error says what to do.
    pub async fn start(options: Options, password: Option<String>) -> Result<Self, StartError> {
        let clock = options.clock();
        let acquirer = options.acquirer()?;
        let is_simulated = acquirer.is_none();
        let credentials = options.credentials(password)?;
        let acquirer = match acquirer {
            Some(url) => url,
            None => simulated(&credentials, clock).await?,
        };
        let store = options.database().map_or_else(Store::in_memory, |file| Store::open(&file))?;
        if is_simulated && !store.is_empty().await? {
            return Err(StartError::Forgotten);
        }
        let client = Acquirer::new(acquirer.clone(), credentials, clock, options.reply_within)?;
        // An answer counts as lost to the attempt only after it does to the client.
        let policy = RetryPolicy::default().with_answer_within(options.reply_within * 2);
        let policy = policy.with_most_sendings(MOST_SENDINGS);
        let orders = Arc::new(Orders::new(store, client, clock, policy));
        let recovered = recover(&orders).await?;

        let not_listening = |source| StartError::Listen { address: options.listen, source };
        let listener = TcpListener::bind(options.listen).await.map_err(not_listening)?;
        let address = listener.local_addr().map_err(not_listening)?;
        let no_more_callers = CancellationToken::new();
        let server = axum::serve(listener, router(Arc::clone(&orders), options.answer_within))
            .with_graceful_shutdown(no_more_callers.clone().cancelled_owned());
        let server = tokio::spawn(server.into_future());
        tracing::info!(%address, %acquirer, "started");
        Ok(Self { address, acquirer, recovered, orders, server, no_more_callers, options })
    }

    /// Where callers find it.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where payments are sent.
    #[must_use]
    pub const fn acquirer(&self) -> &Uri {
        &self.acquirer
    }

    /// What was open at the start.
    #[must_use]
    pub const fn recovered(&self) -> Recovered {
        self.recovered
    }

    /// Lets no more callers in, finishes what was begun, and says how many orders it did not come to the
    /// end of: those are taken up at the next start.
    pub async fn stop(self) -> usize {
        self.no_more_callers.cancel();
        let done = async {
            self.orders.stop().await;
            // The callers who still wait get their answers.
            let _ended = self.server.await;
        };
        let in_time = self.options.clock().within(self.options.stop_within, done).await;
        let left = self.orders.at_work();
        match in_time {
            Some(()) => tracing::info!("stopped"),
            None => {
                tracing::warn!(left, "stopped in the midst of orders: they are taken up at the next start")
            }
        }
        left
    }
}

/// Starts the simulated acquirer, and says where.
#[cfg(feature = "loopback")]
async fn simulated(credentials: &Credentials, clock: crate::clock::Clock) -> Result<Uri, StartError> {
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let mischief = Box::new(loopback::by_amount);
    let acquirer = Loopback::start(anywhere, credentials.clone(), clock, mischief).await;
    let acquirer = acquirer.map_err(StartError::Loopback)?;
    acquirer.url().parse().map_err(|_| ConfigError::NotAUrl.into())
}

#[cfg(not(feature = "loopback"))]
async fn simulated(_credentials: &Credentials, _clock: crate::clock::Clock) -> Result<Uri, StartError> {
    Err(ConfigError::NoAcquirer.into())
}
