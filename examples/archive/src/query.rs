//! Runs the queries of a file of SQL, on one process or on several.

use std::path::PathBuf;
use std::time::Instant;

use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::{CsvReadOptions, ParquetReadOptions, SessionConfig, SessionContext};

use crate::{Error, cluster};

#[derive(clap::Args)]
pub struct Options {
    /// A scheduler's port on 127.0.0.1; default: this process does the work
    #[arg(long)]
    scheduler: Option<u16>,
    /// Number of threads of this process
    #[arg(long, default_value_t = 1)]
    cores: usize,
    /// Number of parts of a query
    #[arg(long, default_value_t = 16)]
    partitions: usize,
    /// Runs only the query of this name; can be given several times
    #[arg(long)]
    only: Vec<String>,
    /// Prints the time of each query to standard error
    #[arg(long)]
    time: bool,
    /// The file of SQL: queries that end with `;`, each after a comment with its name
    #[arg(long)]
    sql: PathBuf,
    /// The folder of the archive, with Parquet or CSV files
    folder: PathBuf,
}

impl Options {
    pub fn cores(&self) -> usize {
        self.cores.max(1)
    }
}

pub async fn query(options: &Options) -> Result<(), Error> {
    let session = match options.scheduler {
        Some(port) => cluster::session(port, options.partitions).await?,
        None => {
            let config = SessionConfig::new().with_target_partitions(options.cores());
            SessionContext::new_with_state(cluster::state(config)?)
        }
    };
    register(&session, options).await?;
    let text = std::fs::read_to_string(&options.sql)?;
    for (name, sql) in questions(&text) {
        if !options.only.is_empty() && !options.only.iter().any(|only| only == name) {
            continue;
        }
        let start = Instant::now();
        let answer = session.sql(sql).await?.collect().await?;
        if options.time {
            eprintln!("{name}: {:.2} s", start.elapsed().as_secs_f64());
        }
        println!("{name}\n{}\n", pretty_format_batches(&answer)?);
    }
    Ok(())
}

/// Registers the files as the table `responses`.
async fn register(session: &SessionContext, options: &Options) -> Result<(), Error> {
    let folder = std::fs::canonicalize(&options.folder)?;
    let is_csv = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|end| end == "csv");
    let has_csv = std::fs::read_dir(&folder)?.filter_map(Result::ok).any(|entry| is_csv(&entry));
    let folder = folder.to_string_lossy();
    if has_csv {
        session.register_csv("responses", &*folder, CsvReadOptions::new()).await?;
    } else {
        session.register_parquet("responses", &*folder, ParquetReadOptions::default()).await?;
    }
    Ok(())
}

/// Each query with its name from the comment in its first line.
fn questions(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(';').map(str::trim).filter(|question| !question.is_empty()).map(|question| {
        let name = question.lines().next().and_then(|line| line.strip_prefix("-- "));
        (name.unwrap_or("without a name").trim(), question)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_has_a_name() {
        for text in [include_str!("../sql/reconciliation.sql"), include_str!("../sql/split_part.sql")] {
            let names: Vec<&str> = questions(text).map(|(name, _)| name).collect();
            assert!(names.len() >= 3 && !names.contains(&"without a name"), "{names:?}");
        }
    }
}
