//! The service as a whole: starts, reports its addresses, and stops.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU8;
use std::sync::Arc;
use std::time::Duration;

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::attempt::RetryPolicy;
use http::Uri;
use thiserror::Error;
use tokio::net::TcpSocket;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::acquirer::Acquirer;
use crate::acquirer::gateway::Gateway;
#[cfg(feature = "loopback")]
use crate::acquirer::loopback::{self, Loopback};
use crate::clock::Clock;
use crate::config::{ConfigError, Options};
use crate::connections;
use crate::http::{Front, router};
use crate::orders::Orders;
use crate::recovery::{Recovered, recover};
use crate::shop::table::Table;
use crate::shop::{Shop, Terms};
use crate::store::{Store, StoreError};

/// Most sendings of an order: about as many as fit into five minutes. Each sending less leaves more orders for a person
/// to look up.
const MOST_SENDINGS: NonZeroU8 = NonZeroU8::MIN.saturating_add(11);

/// Least time limit, by the system's clock, between the note of a sending and the sending.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

/// Most clients that the system queues before they are accepted.
const BACKLOG: u32 = 1_024;

/// A running service.
#[derive(Debug)]
pub struct Service {
    address: SocketAddr,
    acquirer: Uri,
    /// URL of the simulated acquirer's dashboard.
    dashboard: Option<String>,
    recovered: Recovered,
    orders: Arc<Orders>,
    shop: Option<Arc<Shop>>,
    server: JoinHandle<()>,
    no_more_callers: CancellationToken,
    options: Options,
}

/// Reasons for a failed start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "the database cannot be written, so nothing is started: {0}; is the disk full, or is another process writing?"
    )]
    NotWritable(StoreError),
    #[error("the signals that end a service cannot be caught: {0}")]
    Signals(std::io::Error),
    #[error("no client for the acquirer: {0}")]
    Client(#[from] reqwest::Error),
    #[error("cannot listen on {address}: {source}; choose another with --listen")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error(
        "the database has orders of an acquirer that is not the simulated one, which begins anew: start one that stays \
         (cargo run --bin acquirer) and say --acquirer, or take another --database"
    )]
    Forgotten,
    #[error("no simulated acquirer: {0}")]
    Loopback(Box<dyn std::error::Error + Send + Sync>),
}

impl Service {
    /// Opens the database, takes up open orders, and accepts clients.
    ///
    /// # Errors
    ///
    /// The service cannot be started: the error says what to do.
    pub async fn start(options: Options, secrets: Secrets) -> Result<Self, StartError> {
        let clock = options.clock();
        let doors = (options.acquirer()?, options.gateway()?);
        let credentials = options.credentials(secrets.password)?;
        let doors = match doors {
            (Some(remote_auth), gateway) => Doors { remote_auth, gateway, dashboard: None },
            (None, _) => simulated(&options, &credentials, clock).await?,
        };
        let store = options.database().map_or_else(Store::in_memory, |file| Store::open(&file))?;
        if doors.dashboard.is_some() && !store.is_empty().await? {
            return Err(StartError::Forgotten);
        }
        // Here, before open orders are taken up: with a full disk they could not be sent.
        store.note_start(clock.now()).await.map_err(StartError::NotWritable)?;
        let not_listening = |source| StartError::Listen { address: options.listen, source };
        // The address is bound now. Clients are accepted when the service is ready.
        let socket = bind(options.listen).map_err(not_listening)?;
        let address = socket.local_addr().map_err(not_listening)?;

        let client = Acquirer::new(doors.remote_auth.clone(), credentials, clock, options.reply_within)?;
        // The attempt counts a response as lost only after the client does.
        let policy = RetryPolicy { answer_within: options.reply_within * 2, ..RetryPolicy::default() };
        let policy = RetryPolicy { most_sendings: MOST_SENDINGS, ..policy };
        // In tests the time runs faster, but disks do not.
        let policy =
            RetryPolicy { leave_within: policy.leave_within.max(LEAVE_WITHIN * clock.times()), ..policy };
        let orders = Arc::new(Orders::new(store.clone(), client, clock, policy));
        let recovered = recover(&orders).await?;
        let shop = match doors.gateway {
            Some(gateway) => Some(open_shop(&options, store, gateway, secrets.gateway_key, address).await?),
            None => None,
        };

        let front = shop.clone().map(|shop| Front { shop, dashboard: doors.dashboard.clone() });
        let router = router(Arc::clone(&orders), front, options.answer_within, options.names(address));
        let no_more_callers = CancellationToken::new();
        let listener = socket.listen(BACKLOG).map_err(not_listening)?;
        let server = connections::serve(listener, router, options.limits(), no_more_callers.clone());
        let server = tokio::spawn(server);
        let (acquirer, dashboard) = (doors.remote_auth, doors.dashboard);
        tracing::info!(%address, %acquirer, has_shop = shop.is_some(), "started");
        Ok(Self { address, acquirer, dashboard, recovered, orders, shop, server, no_more_callers, options })
    }

    /// Address on which clients find the service.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// URL to which payments are sent.
    #[must_use]
    pub const fn acquirer(&self) -> &Uri {
        &self.acquirer
    }

    /// URL of the simulated acquirer's dashboard, if there is one.
    #[must_use]
    pub fn dashboard(&self) -> Option<&str> {
        self.dashboard.as_deref()
    }

    /// The shop, if there is a gateway for it.
    #[must_use]
    pub fn shop(&self) -> Option<&Shop> {
        self.shop.as_deref()
    }

    /// Orders that were open at the start.
    #[must_use]
    pub const fn recovered(&self) -> Recovered {
        self.recovered
    }

    /// Accepts no more clients, finishes the orders in progress, and returns the number of unfinished ones. The next
    /// start takes those up.
    pub async fn stop(self) -> usize {
        self.no_more_callers.cancel();
        let done = async {
            self.orders.stop().await;
            if let Some(shop) = &self.shop {
                shop.stop().await;
            }
            // Clients that still wait get their responses.
            let _ended = self.server.await;
        };
        let in_time = self.options.clock().within(self.options.stop_within, done).await;
        let left = self.orders.at_work();
        match in_time {
            Some(()) => tracing::info!("stopped"),
            None => {
                tracing::warn!(left, "stopped with orders in progress: the next start takes them up")
            }
        }
        left
    }
}

/// Secrets, which are never on the command line.
#[derive(Clone, Default)]
pub struct Secrets {
    /// The profile's password, for Remote Auth.
    pub password: Option<String>,
    /// The key of the gateway's configuration.
    pub gateway_key: Option<String>,
}

/// Masks both.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

/// Addresses of the acquirer.
struct Doors {
    remote_auth: Uri,
    gateway: Option<Uri>,
    /// URL of its dashboard, if it is simulated.
    dashboard: Option<String>,
}

/// Binds an address, without accepting clients.
fn bind(address: SocketAddr) -> std::io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Otherwise closed connections would block the address for a while after a stop.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Opens the shop, and takes up its open orders.
async fn open_shop(
    options: &Options,
    store: Store,
    gateway: Uri,
    key: Option<String>,
    address: SocketAddr,
) -> Result<Arc<Shop>, StartError> {
    let clock = options.clock();
    let credentials = options.gateway_credentials(key)?;
    let gateway = Gateway::new(gateway, credentials, clock, options.reply_within)?;
    let url = options.url(address);
    let terms = Terms {
        return_url: format!("{url}/return").parse().map_err(ConfigError::from)?,
        webhook_url: format!("{url}/webhook").parse().map_err(ConfigError::from)?,
        pay_within: options.pay_within,
        look_every: options.look_every,
        answer_within: options.answer_within,
    };
    let shop = Arc::new(Shop::new(Table::new(store), gateway, clock, terms));
    shop.open().await?;
    Ok(shop)
}

/// Starts the simulated acquirer, and returns its addresses.
#[cfg(feature = "loopback")]
async fn simulated(options: &Options, credentials: &Credentials, clock: Clock) -> Result<Doors, StartError> {
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let gateway = options.gateway_credentials(None)?;
    let mischief = Box::new(loopback::by_amount);
    let acquirer = Loopback::start(anywhere, credentials.clone(), gateway, clock, mischief).await;
    let acquirer = acquirer.map_err(StartError::Loopback)?;
    let not_a_url = |_| ConfigError::NotAUrl("--acquirer");
    Ok(Doors {
        remote_auth: acquirer.url().parse().map_err(not_a_url)?,
        gateway: Some(acquirer.base().parse().map_err(not_a_url)?),
        dashboard: Some(acquirer.base()),
    })
}

#[cfg(not(feature = "loopback"))]
async fn simulated(
    _options: &Options,
    _credentials: &Credentials,
    _clock: Clock,
) -> Result<Doors, StartError> {
    Err(ConfigError::NoAcquirer.into())
}
