//! The acquirer that is asked: one of our own, or another at an address.

use std::net::SocketAddr;
use std::sync::Arc;

use cashflows_codec::simulator::gateway::Configuration;
use cashflows_codec::simulator::{Acquirer, Profile};
use loopback::{IDLE, Loopback, router, serve};
use tokio::net::TcpListener;

use crate::Failure;
use crate::books::Books;
use crate::options::Options;

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

    /// What it has in its books now.
    pub async fn books(&self) -> Result<Books, Failure> {
        match &self.own {
            Some(loopback) => Ok(Books::of(loopback.acquirer().ledger())),
            None => Err("not yet".into()),
        }
    }
}
