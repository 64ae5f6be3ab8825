//! The service as a whole: started, found, stopped.

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

/// How often an order is sent at most: as often as five minutes have room for, or nearly so. Each sending
/// less is an order more that a person has to look up.
const MOST_SENDINGS: NonZeroU8 = NonZeroU8::MIN.saturating_add(11);

/// How long it may take at least, by the system's clock, from the note that an order is sent until it leaves.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

/// How many callers the system lets wait until they are let in.
const BACKLOG: u32 = 1_024;

/// A service that runs.
#[derive(Debug)]
pub struct Service {
    address: SocketAddr,
    acquirer: Uri,
    /// Where the simulated acquirer shows its ledger.
    dashboard: Option<String>,
    recovered: Recovered,
    orders: Arc<Orders>,
    shop: Option<Arc<Shop>>,
    server: JoinHandle<()>,
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
    #[error(
        "the database cannot be written, so nothing is started: {0}; is its disk full, or is somebody else writing?"
    )]
    NotWritable(StoreError),
    #[error("the signals that end a service cannot be caught: {0}")]
    Signals(std::io::Error),
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
    Loopback(Box<dyn std::error::Error + Send + Sync>),
}

impl Service {
    /// Opens the database, takes up what was open, and lets callers in.
    ///
    /// # Errors
    ///
    /// It cannot be started: the error says what to do.
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
        // Here, and not in the midst of what was open: without room on the disk, nothing could be sent anyway.
        store.note_start(clock.now()).await.map_err(StartError::NotWritable)?;
        let not_listening = |source| StartError::Listen { address: options.listen, source };
        // The address is taken now, and callers are let in when everything is ready for them.
        let socket = bind(options.listen).map_err(not_listening)?;
        let address = socket.local_addr().map_err(not_listening)?;

        let client = Acquirer::new(doors.remote_auth.clone(), credentials, clock, options.reply_within)?;
        // An answer counts as lost to the attempt only after it does to the client.
        let policy = RetryPolicy { answer_within: options.reply_within * 2, ..RetryPolicy::default() };
        let policy = RetryPolicy { most_sendings: MOST_SENDINGS, ..policy };
        // In tests time goes by faster, and disks do not.
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

    /// Where the simulated acquirer shows its ledger, if it is simulated here.
    #[must_use]
    pub fn dashboard(&self) -> Option<&str> {
        self.dashboard.as_deref()
    }

    /// The shop, if there is a gateway for it.
    #[must_use]
    pub fn shop(&self) -> Option<&Shop> {
        self.shop.as_deref()
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
            if let Some(shop) = &self.shop {
                shop.stop().await;
            }
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

/// What is secret, and so on no command line.
#[derive(Clone, Default)]
pub struct Secrets {
    /// The profile's, for Remote Auth.
    pub password: Option<String>,
    /// That of the gateway's configuration.
    pub gateway_key: Option<String>,
}

/// Says nothing of them.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

/// Where the acquirer is.
struct Doors {
    remote_auth: Uri,
    gateway: Option<Uri>,
    /// Where it shows its ledger, if it is simulated.
    dashboard: Option<String>,
}

/// Takes an address, without letting anybody in.
fn bind(address: SocketAddr) -> std::io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Or a start soon after a stop would find it taken by connections that have ended.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Opens the shop, and takes up what was open.
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

/// Starts the simulated acquirer, and says where.
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
