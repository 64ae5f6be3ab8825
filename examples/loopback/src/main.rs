//! The simulated acquirer over HTTP on 127.0.0.1, for clients of any language.
//!
//! `cargo run -- [port] [options]`; `--help` lists the options.

mod options;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use loopback::{Loopback, router, serve};

use options::{HELP, Options};

#[tokio::main(flavor = "current_thread")]
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
    let loopback = Loopback::new(options.acquirer()?).faster(options.faster);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port)).await?;
    // The first line: whoever started this with port 0 reads the port here.
    println!("{}", listener.local_addr()?.port());
    serve(listener, router(Arc::new(loopback)), options.idle).await;
    Ok(())
}
