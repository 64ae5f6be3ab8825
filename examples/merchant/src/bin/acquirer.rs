//! The simulated acquirer as a program of its own, which stays when the service is killed.
//!
//! `cargo run --bin acquirer`, and then the service with `--acquirer`.

use std::net::SocketAddr;

use cashflows_codec::gateway;
use cashflows_codec::remote_auth::Credentials;
use clap::Parser;
use merchant::acquirer::loopback::{Loopback, by_amount};
use merchant::clock::Clock;
use merchant::config::SIMULATED;

/// Takes payments like the acquirer, by both of its doors, and remembers them as long as it runs. Its password is
/// `secret`, its gateway's key that of the examples; which amounts go wrong is in README.md
#[derive(Debug, Parser)]
#[command(name = "acquirer")]
struct Options {
    /// Where it takes them
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
    // What was charged, and how often.
    print!("{}", acquirer.simulator().ledger());
    Ok(())
}
