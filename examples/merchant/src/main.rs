//! Starts the service, prints its address, and stops it on request.

use std::alloc::System;
use std::io::Write;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use merchant::config::Options;
use merchant::service::{Secrets, Service, StartError};
use merchant::{log, process};
use zeroizing_alloc::ZeroAlloc;

/// Wipes all freed memory. The codec wipes its own; this wipes the buffers of HTTP and JSON, which hold card numbers
/// too.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

/// Time after which a slow start is reported.
const PATIENCE: Duration = Duration::from_secs(5);

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
    // From now on, a start that takes long can be ended too.
    let mut stop = pin!(asked_to_stop().map_err(StartError::Signals)?);
    let service = tokio::select! {
        service = started(options, secrets) => service?,
        () = stop.as_mut() => {
            eprintln!("merchant: asked to stop before it was up; the next start takes up open orders");
            return Ok(());
        }
    };
    // A parent process that chose port 0 reads the port here. A closed output is no reason to stop.
    let _unread = std::io::stdout().write_all(where_it_is(&service).as_bytes());
    stop.await;
    tracing::info!("asked to stop: finishing the orders in progress");
    service.stop().await;
    Ok(())
}

/// Starts the service, and reports a slow start.
async fn started(options: Options, secrets: Secrets) -> Result<Service, StartError> {
    let mut start = pin!(Service::start(options, secrets));
    loop {
        match tokio::time::timeout(PATIENCE, start.as_mut()).await {
            Ok(service) => return service,
            Err(_) => eprintln!(
                "merchant: not up yet: open orders are still being taken up, and no client is accepted; the log has the errors"
            ),
        }
    }
}

/// One line for each address, the service's own first.
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

/// Ends on Ctrl-C, or on the signal by which a service manager stops a service. Both are caught from the call on.
#[cfg(unix)]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupted.recv() => {}, _ = terminated.recv() => {} }
    })
}

/// Ends on Ctrl-C.
#[cfg(not(unix))]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _interrupted = tokio::signal::ctrl_c().await;
    })
}
