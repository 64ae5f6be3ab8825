//! An archive of responses, queried with SQL: by one process with DataFusion, or by several with Ballista, DataFusion's
//! own distributed engine. `README.md` has the commands.

mod cluster;
mod functions;
mod generate;
mod query;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "An archive of responses, queried with SQL")]
struct Call {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes an archive of responses, the same for the same seed
    Generate(generate::Options),
    /// Runs all queries of a file of SQL on an archive
    Query(query::Options),
    /// Runs Ballista's scheduler, with the functions of this program
    Scheduler {
        /// The port on 127.0.0.1
        #[arg(long, default_value_t = 50050)]
        port: u16,
    },
    /// Runs one of Ballista's executors, with the functions of this program
    Executor {
        /// The port on 127.0.0.1 from which results are fetched; the next one is for tasks
        #[arg(long)]
        port: u16,
        /// The scheduler's port on 127.0.0.1
        #[arg(long, default_value_t = 50050)]
        scheduler: u16,
        /// Folder for results that other executors fetch
        #[arg(long)]
        work: PathBuf,
        /// Number of tasks at a time
        #[arg(long, default_value_t = 1)]
        cores: usize,
    },
}

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn")).init();
    match Call::parse().command {
        Command::Generate(options) => generate::generate(&options),
        Command::Query(options) => runtime(options.cores())?.block_on(query::query(&options)),
        Command::Scheduler { port } => runtime(1)?.block_on(cluster::scheduler(port)),
        Command::Executor { port, scheduler, work, cores } => {
            runtime(cores)?.block_on(cluster::executor(port, scheduler, &work, cores))
        }
    }
}

fn runtime(threads: usize) -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()
}
