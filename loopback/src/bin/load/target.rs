//! The acquirer that is asked: one of our own, or another at an address.

use std::net::SocketAddr;
use std::sync::Arc;

use cashflows_codec::simulator::gateway::Configuration;
use cashflows_codec::simulator::{Acquirer, Profile};
use cashflows_loopback::{IDLE, Loopback, router, serve};
use tokio::net::TcpListener;

use crate::Failure;
use crate::books::Books;
use crate::dashboard;
use crate::options::Options;
use crate::tally::Tally;

/// Where requests go.
pub struct Target {
    address: SocketAddr,
    own: Option<Arc<Loopback>>,
}

impl Target {
    /// The one at the address that was given, or else a new one in this process.
    pub async fn new(options: &Options) -> Result<Self, Failure> {
        if let Some(address) = options.address {
            return Ok(Self { address, own: None });
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let pages = format!("http://{address}").parse()?;
        let gateway = Configuration::new(options.gateway.clone(), pages);
        let profile = Profile::new(options.remote_auth.clone()).with_gateway(gateway);
        let loopback = Arc::new(Loopback::new(Acquirer::new(profile)));
        drop(tokio::spawn(serve(listener, router(Arc::clone(&loopback)), IDLE)));
        Ok(Self { address, own: Some(loopback) })
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Which of the paid orders were not charged once, as the acquirer knows orders; where that can be asked.
    pub fn wrong_orders(&self, tally: &Tally) -> Vec<(String, u32)> {
        let Some(loopback) = &self.own else { return Vec::new() };
        let acquirer = loopback.acquirer();
        let charged = |order: &str| u32::try_from(acquirer.job_charges(order).count()).unwrap_or(u32::MAX);
        let counts = tally.orders().iter().map(|(order, _)| (order.to_string(), charged(order)));
        counts.filter(|(_, count)| *count != 1).collect()
    }

    /// What it has in its books now.
    pub async fn books(&self) -> Result<Books, Failure> {
        match &self.own {
            Some(loopback) => Ok(Books::of(loopback.acquirer().ledger())),
            None => dashboard::books(self.address).await,
        }
    }
}
