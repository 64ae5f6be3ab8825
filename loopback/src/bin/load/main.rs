//! A load test: many clients with both protocols at once, and an audit of the books afterwards.
//!
//! `cargo run --release --bin load -- [address] [options]`; `--help` lists the options.

mod audit;
mod books;
mod client;
mod dashboard;
mod draw;
mod exchange;
mod gateway;
mod operation;
mod options;
mod pace;
mod remote_auth;
mod report;
mod tally;
mod target;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use client::Client;
use options::{HELP, Options};
use pace::Pace;
use tally::Tally;
use target::Target;

/// What goes wrong, and can be told by another thread.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    if std::env::args().skip(1).any(|argument| argument == "--help" || argument == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything was as it should be.
fn run() -> Result<bool, Failure> {
    let options = Options::read(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (tally, pace, faults) = runtime.block_on(load(&options))?;
    print!("{}", report::report(&options, &tally, &pace));
    print!("{}", report::verdict(&tally, &faults));
    Ok(tally.surprises() == 0 && faults.is_empty())
}

/// Sends all requests, and then compares what the clients were told with the acquirer's books.
async fn load(options: &Options) -> Result<(Tally, Arc<Pace>, Vec<String>), Failure> {
    let target = Target::new(options).await?;
    let before = target.books().await?;
    let pace = Arc::new(Pace::new(options.requests));
    let mut clients = Vec::new();
    for number in 0..options.clients {
        clients.push(Client::connect(number, options, target.address()).await?);
    }
    pace.start();
    let clients: Vec<_> =
        clients.into_iter().map(|client| tokio::spawn(client.run(Arc::clone(&pace)))).collect();
    let mut tally = Tally::new()?;
    for client in clients {
        tally.add(client.await??)?;
    }
    let mut faults = audit::compare(&tally, &before, &target.books().await?);
    audit::orders(&mut faults, &target.wrong_orders(&tally));
    Ok((tally, pace, faults))
}
