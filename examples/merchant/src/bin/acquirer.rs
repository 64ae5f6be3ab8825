//! The simulated acquirer as a program of its own, which stays when the service is killed.
//!
//! `cargo run --bin acquirer`, and then the service with `--acquirer`.

use std::net::SocketAddr;

use cashflows_codec::remote_auth::Credentials;
use clap::Parser;
use merchant::acquirer::loopback::{Loopback, by_amount};
use merchant::clock::Clock;

/// Takes payments like the acquirer, and remembers them as long as it runs. Its password is `secret`; which amounts
/// go wrong is in README.md
#[derive(Debug, Parser)]
#[command(name = "acquirer")]
struct Options {
    /// Where it takes them
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8091")]
    listen: SocketAddr,

    /// The profile (merchant) id
    #[arg(long, value_name = "ID", default_value = "1234567")]
    profile: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::parse();
    let credentials = Credentials::new(options.profile.parse()?, "secret".parse()?);
    let acquirer = Loopback::start(options.listen, credentials, Clock::real(), Box::new(by_amount)).await?;
    println!("acquirer: {}", acquirer.url());
    tokio::signal::ctrl_c().await?;
    // What was charged, and how often.
    print!("{}", acquirer.simulator().ledger());
    Ok(())
}
