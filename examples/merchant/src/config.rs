//! The configuration: the command line and, for secrets, the environment.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use cashflows_codec::gateway;
use cashflows_codec::remote_auth::Credentials;
use clap::Parser;
use http::Uri;
use thiserror::Error;
use tracing::level_filters::LevelFilter;

use crate::clock::Clock;
use crate::connections::Limits;
use crate::http::Names;

/// The simulated gateway's configuration and key, so that trying the shop needs no environment.
pub const SIMULATED: (&str, &str) = ("200426117314086912", "845c51f6-1cd5-4338-a586-df752e65d690");

/// Takes card payments, by Remote Auth and on the gateway's payment page, and never charges twice.
#[derive(Clone, Debug, Parser)]
#[command(
    version,
    after_help = "The profile's password is read from the environment variable MERCHANT_PASSWORD, and the key of \
                  the gateway's configuration from MERCHANT_GATEWAY_KEY, since a command line can be read by \
                  everybody on the machine."
)]
pub struct Options {
    /// Address on which the service listens. Port 0 is any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,

    /// The database file, for one service at a time [default: merchant.db; with a simulated acquirer, which keeps no
    /// data when it ends, memory]
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,

    /// URL of the acquirer's Remote Auth. Without it, a simulated acquirer is started with the service, and ends with
    /// it
    #[arg(long, value_name = "URL")]
    pub acquirer: Option<Uri>,

    /// The profile (merchant) id that the acquirer gave out
    #[arg(long, value_name = "ID", default_value = "1234567")]
    pub profile: String,

    /// URL of the gateway, for the shop's payment pages. Without it, a service with a real acquirer has no shop
    #[arg(long, value_name = "URL")]
    pub gateway: Option<Uri>,

    /// The gateway's configuration id
    #[arg(long, value_name = "ID", default_value = SIMULATED.0)]
    pub configuration: String,

    /// Public URL of the service, for shoppers and the gateway [default: the listening address]
    #[arg(long, value_name = "URL")]
    pub url: Option<Uri>,

    /// Another name of the service: host, and port if it is not the default one. Requests with any other name are
    /// refused. Can be repeated
    #[arg(long, value_name = "HOST")]
    pub host: Vec<String>,

    /// Most clients that can be connected at a time. When all places are taken, the client that has waited longest
    /// without a complete request is disconnected
    #[arg(long, value_name = "COUNT", default_value = "400")]
    pub most_callers: NonZeroUsize,

    /// Longest time in which a client must send a complete request
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = humantime::parse_duration)]
    pub idle: Duration,

    /// Time within which an order of the shop can be paid
    #[arg(long, value_name = "TIME", default_value = "1day", value_parser = humantime::parse_duration)]
    pub pay_within: Duration,

    /// Longest time between retrievals of an open order's job, with or without notifications
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = humantime::parse_duration)]
    pub look_every: Duration,

    /// Time after which a response of the acquirer counts as lost
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = humantime::parse_duration)]
    pub reply_within: Duration,

    /// Time that a client waits for the outcome of an order, before it is told to ask again
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = humantime::parse_duration)]
    pub answer_within: Duration,

    /// Time that the service has to finish its orders after it is asked to stop
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = humantime::parse_duration)]
    pub stop_within: Duration,

    /// Level of the log: error, warn, info, debug or off
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    pub log: LevelFilter,

    /// Makes time run so many times faster
    #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..),
        help_heading = "For tests")]
    pub faster: u32,

    /// Origin of the faster time, in milliseconds since 1970; default: the start
    #[arg(long, value_name = "TIME", help_heading = "For tests")]
    pub faster_from: Option<u64>,
}

/// An error of the configuration, and its remedy.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("the profile's password is missing: set the environment variable MERCHANT_PASSWORD")]
    NoPassword,
    #[error(
        "the key of the gateway's configuration is missing: set the environment variable MERCHANT_GATEWAY_KEY"
    )]
    NoKey,
    #[error("profile, password, configuration or key: {0}")]
    Credentials(#[from] cashflows_codec::InvalidValue),
    #[error("{0} must be a whole URL, such as https://secure-int.cashflows.com/gateway/remote_auth")]
    NotAUrl(&'static str),
    #[error(
        "{0} is http and not on this machine: card numbers and keys would travel in clear; give an https URL"
    )]
    InClear(&'static str),
    #[error("--gateway needs --acquirer too: a simulated acquirer would know nothing of its payments")]
    GatewayAlone,
    #[error(
        "--faster is for tests: not with an acquirer that is not on this machine, whose time goes by as it is"
    )]
    TooFast,
    #[error(
        "this service was built without the simulated acquirer: say with --acquirer where the real one is"
    )]
    NoAcquirer,
}

impl Options {
    /// The clock of these options.
    #[must_use]
    pub fn clock(&self) -> Clock {
        match self.faster {
            1 => Clock::real(),
            faster => {
                let from = |millis| SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
                Clock::faster(self.faster_from.map_or_else(SystemTime::now, from), faster)
            }
        }
    }

    /// The database file, if the database is one.
    #[must_use]
    pub fn database(&self) -> Option<PathBuf> {
        let usual = self.acquirer.is_some().then(|| PathBuf::from("merchant.db"));
        self.database.clone().or(usual)
    }

    /// The profile and its password. The simulated acquirer's password is `secret`, so that trying the service needs no
    /// environment.
    ///
    /// # Errors
    ///
    /// The password is missing, or one of the two has no valid form.
    pub fn credentials(&self, password: Option<String>) -> Result<Credentials, ConfigError> {
        let simulated = self.acquirer.is_none().then(|| "secret".to_owned());
        let password = password.or(simulated).ok_or(ConfigError::NoPassword)?;
        Ok(Credentials::new(self.profile.parse()?, password.try_into()?))
    }

    /// The gateway's configuration and its key.
    ///
    /// # Errors
    ///
    /// The key is missing, or one of the two has no valid form.
    pub fn gateway_credentials(&self, key: Option<String>) -> Result<gateway::Credentials, ConfigError> {
        let simulated = self.acquirer.is_none().then(|| SIMULATED.1.to_owned());
        let key = key.or(simulated).ok_or(ConfigError::NoKey)?;
        Ok(gateway::Credentials::new(self.configuration.parse()?, key.try_into()?))
    }

    /// URL of the acquirer, unless it is simulated.
    ///
    /// # Errors
    ///
    /// The URL is invalid, or would send card numbers off the machine in clear.
    pub fn acquirer(&self) -> Result<Option<Uri>, ConfigError> {
        self.acquirer.as_ref().map(|url| self.checked("--acquirer", url)).transpose()
    }

    /// URL of the gateway, unless it is simulated or there is no shop.
    ///
    /// # Errors
    ///
    /// The URL is invalid, or would send the key's signatures off the machine in clear.
    pub fn gateway(&self) -> Result<Option<Uri>, ConfigError> {
        match &self.gateway {
            Some(_) if self.acquirer.is_none() => Err(ConfigError::GatewayAlone),
            gateway => gateway.as_ref().map(|url| self.checked("--gateway", url)).transpose(),
        }
    }

    /// Public URL of the service, without a slash at the end.
    #[must_use]
    pub fn url(&self, address: SocketAddr) -> String {
        let said = self.url.as_ref().map(|url| url.to_string().trim_end_matches('/').to_owned());
        said.unwrap_or_else(|| format!("http://{address}"))
    }

    /// Names of the service.
    #[must_use]
    pub fn names(&self, address: SocketAddr) -> Names {
        let named = self.url.as_ref().and_then(authority);
        Names::new(named.into_iter().chain([address.to_string()]).chain(self.host.iter().cloned()))
    }

    /// Limits on the number and time of clients.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits { most: self.most_callers.get(), idle: self.idle }.as_the_system_allows()
    }

    fn checked(&self, option: &'static str, url: &Uri) -> Result<Uri, ConfigError> {
        let host = url.host().ok_or(ConfigError::NotAUrl(option))?;
        let here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        match url.scheme_str() {
            Some("https") if self.faster != 1 && !here => Err(ConfigError::TooFast),
            Some("https") => Ok(url.clone()),
            Some("http") if here => Ok(url.clone()),
            Some("http") => Err(ConfigError::InClear(option)),
            _ => Err(ConfigError::NotAUrl(option)),
        }
    }
}

/// Host and port of a URL as a browser writes them: without the port, if it is the default one.
fn authority(url: &Uri) -> Option<String> {
    let (host, port) = (url.host()?, url.port_u16());
    let usual = if url.scheme_str() == Some("https") { 443 } else { 80 };
    Some(match port.filter(|port| *port != usual) {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}
