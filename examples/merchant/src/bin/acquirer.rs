//! The simulated acquirer as a program of its own, which outlives a kill of the service.
//!
//! Start it by `cargo run --bin acquirer`, then the service with `--acquirer`.

use std::net::SocketAddr;

use cashflows_codec::gateway;
use cashflows_codec::remote_auth::Credentials;
use clap::Parser;
use merchant::acquirer::loopback::{Loopback, by_amount};
use merchant::clock::Clock;
use merchant::config::SIMULATED;

/// Takes payments by Remote Auth and the Gateway, and keeps its ledger in memory. Its password is `secret`, the
/// gateway's key that of the examples; README.md lists the amounts with faults
#[derive(Debug, Parser)]
#[command(name = "acquirer")]
struct Options {
    /// Address on which it listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8091")]
    listen: SocketAddr,

    /// The profile (merchant) id
    #[arg(long, value_name = "ID", default_value = "1234567")]
    profile: String,

    /// The configuration id of the gateway
    #[arg(long, value_name = "ID", default_value = SIMULATED.0)]
    configuration: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::parse();
    let credentials = Credentials::new(options.profile.parse()?, "secret".parse()?);
    let configuration = gateway::Credentials::new(options.configuration.parse()?, SIMULATED.1.parse()?);
    let (clock, mischief) = (Clock::real(), Box::new(by_amount));
    let started = Loopback::start(options.listen, credentials, configuration, clock, mischief).await;
    let acquirer = started.map_err(|error| error.to_string())?;
    println!("acquirer: {}\ngateway: {}\ndashboard: {}/", acquirer.url(), acquirer.base(), acquirer.base());
    tokio::signal::ctrl_c().await?;
    // All charges.
    print!("{}", acquirer.simulator().ledger());
    Ok(())
}
