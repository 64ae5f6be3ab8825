//! Starts the service, says where it is, and stops it when it is asked to.

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

/// Wipes whatever is freed. The codec does so with what it holds; this does it with the buffers of HTTP
/// and JSON, through which every card number goes too.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

/// How long a start may take before something is said.
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
            eprintln!("merchant: asked to stop before it was up; what was open is taken up at the next start");
            return Ok(());
        }
    };
    // Whoever started this with port 0 reads the port here; that nobody does is no reason to stop.
    let _unread = std::io::stdout().write_all(where_it_is(&service).as_bytes());
    stop.await;
    tracing::info!("asked to stop: finishing what was begun");
    service.stop().await;
    Ok(())
}

/// Starts the service, and says so if that takes long.
async fn started(options: Options, secrets: Secrets) -> Result<Service, StartError> {
    let mut start = pin!(Service::start(options, secrets));
    loop {
        match tokio::time::timeout(PATIENCE, start.as_mut()).await {
            Ok(service) => return service,
            Err(_) => eprintln!(
                "merchant: not up yet: what was open is still being taken up, and nobody is let in; the log says what fails"
            ),
        }
    }
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

/// Ends with Ctrl-C, or with the signal by which a service manager ends a service. Both are caught from now on.
#[cfg(unix)]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupted.recv() => {}, _ = terminated.recv() => {} }
    })
}

/// Ends with Ctrl-C.
#[cfg(not(unix))]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _interrupted = tokio::signal::ctrl_c().await;
    })
}
