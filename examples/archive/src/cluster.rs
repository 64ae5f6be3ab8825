//! Ballista's scheduler and executors, with the functions of this program. Plans hold the functions' names, and each
//! process looks them up.

use std::path::Path;
use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::execution::{FunctionRegistry, SessionState, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::{Error, functions};

/// Interval of the executors' heartbeats.
const HEARTBEAT_SECONDS: u64 = 1;
/// Silence after which an executor counts as dead. The default is three minutes.
const TIMEOUT_SECONDS: u64 = 6;

/// The state of a session with the functions.
pub fn state(config: SessionConfig) -> datafusion::error::Result<SessionState> {
    let mut state = SessionStateBuilder::new().with_config(config).with_default_features().build();
    for function in functions::all() {
        state.register_udf(function)?;
    }
    Ok(state)
}

/// A session whose queries run on the scheduler at a port of 127.0.0.1 and its executors.
pub async fn session(scheduler: u16, partitions: usize) -> Result<SessionContext, Error> {
    let config = SessionConfig::new_with_ballista()
        .with_target_partitions(partitions)
        // Executors on one machine would read each other's files, even those of a dead one. Here its results are gone
        // with it, as on several machines.
        .with_ballista_shuffle_reader_force_remote_read(true);
    let url = format!("df://127.0.0.1:{scheduler}");
    let session = SessionContext::remote_with_state(&url, state(config)?).await?;
    // A state that becomes one of Ballista's has only Ballista's functions.
    for function in functions::all() {
        session.register_udf((*function).clone());
    }
    Ok(session)
}

pub async fn scheduler(port: u16) -> Result<(), Error> {
    let config = SchedulerConfig {
        bind_port: port,
        external_host: "127.0.0.1".to_owned(),
        executor_timeout_seconds: TIMEOUT_SECONDS,
        expire_dead_executor_interval_seconds: 1,
        no_executors_grace_period_seconds: 2 * TIMEOUT_SECONDS,
        override_session_builder: Some(Arc::new(state)),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await?;
    let address = format!("{}:{port}", config.bind_host).parse()?;
    Ok(start_server(cluster, address, Arc::new(config)).await?)
}

pub async fn executor(port: u16, scheduler: u16, work: &Path, cores: usize) -> Result<(), Error> {
    let mut registry = BallistaFunctionRegistry::default();
    for function in functions::all() {
        registry.scalar_functions.insert(function.name().to_owned(), function);
    }
    std::fs::create_dir_all(work)?;
    let config = ExecutorProcessConfig {
        port,
        grpc_port: port + 1,
        external_host: Some("127.0.0.1".to_owned()),
        scheduler_host: "127.0.0.1".to_owned(),
        scheduler_port: scheduler,
        scheduler_connect_timeout_seconds: 30,
        vcores: cores,
        work_dir: Some(work.to_string_lossy().into_owned()),
        executor_heartbeat_interval_seconds: HEARTBEAT_SECONDS,
        override_function_registry: Some(Arc::new(registry)),
        ..ExecutorProcessConfig::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}
