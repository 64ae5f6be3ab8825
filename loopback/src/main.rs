//! The simulated acquirer over HTTP on 127.0.0.1, for clients of any language.
//!
//! `cargo run -- [port] [options]`; `--help` lists the options.

mod options;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use cashflows_loopback::{Loopback, router, send_webhooks, serve};

use options::{HELP, Options};

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().skip(1).any(|argument| argument == "--help" || argument == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("loopback: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let options = Options::read(std::env::args().skip(1))?;
    // What is wrong with the options is said before a port is taken.
    options.acquirer("http://127.0.0.1")?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port)).await?;
    let port = listener.local_addr()?.port();
    let base = format!("http://127.0.0.1:{port}");
    let loopback = Loopback::new(options.acquirer(&base)?).with_provider(options.provider(&base)?);
    let loopback = Arc::new(loopback.faster(options.faster));
    // The first line: whoever started this with port 0 reads the port here, and perhaps nothing else.
    let _unread = writeln!(std::io::stdout(), "{port}\ndashboard: {base}/");
    tokio::select! {
        () = serve(listener, router(Arc::clone(&loopback)), options.idle) => Ok(()),
        sent = send_webhooks(loopback) => Ok(sent?),
    }
}
