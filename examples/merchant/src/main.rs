//! Starts the service, says where it is, and stops it when it is asked to.

use std::alloc::System;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use merchant::config::Options;
use merchant::service::{Secrets, Service, StartError};
use merchant::{log, process};
use zeroizing_alloc::ZeroAlloc;

/// Wipes whatever is freed. The codec does so with what it holds; this does it with the buffers of HTTP
/// and JSON, through which every card number goes too.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    let options = Options::parse();
    log::start(options.log);
    if let Err(error) = process::forbid_core_files() {
        tracing::error!(%error, "core files cannot be forbidden, and a crash would write card numbers to the disk");
        return ExitCode::FAILURE;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("merchant: no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("merchant: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), StartError> {
    let secret = |name| std::env::var(name).ok();
    let secrets =
        Secrets { password: secret("MERCHANT_PASSWORD"), gateway_key: secret("MERCHANT_GATEWAY_KEY") };
    let service = Service::start(options, secrets).await?;
    // Whoever started this with port 0 reads the port here; that nobody does is no reason to stop.
    let _unread = std::io::stdout().write_all(where_it_is(&service).as_bytes());
    asked_to_stop().await;
    tracing::info!("asked to stop: finishing what was begun");
    service.stop().await;
    Ok(())
}

/// A line for each thing, the service's own first.
fn where_it_is(service: &Service) -> String {
    let (address, acquirer) = (service.address(), service.acquirer());
    let mut lines = format!("merchant: http://{address}\nacquirer: {acquirer}\n");
    if let Some(dashboard) = service.dashboard() {
        lines += &format!("dashboard: {dashboard}/\n");
    }
    if service.shop().is_some() {
        lines += &format!("shop: http://{address}/ (open this in a browser)\n");
    }
    lines
}

/// Waits for Ctrl-C, or for the signal with which a service manager ends a service.
async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    let _interrupted = interrupted.await;
}
