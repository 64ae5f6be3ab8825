//! Makes an archive, the same for the same seed: parts of equal size, each a file.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, StringBuilder, TimestampSecondBuilder};
use datafusion::arrow::csv;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

use crate::Error;

#[derive(clap::Args)]
pub struct Options {
    /// Number of responses
    #[arg(long, default_value_t = 2_000_000)]
    lines: usize,
    /// Seed of the responses
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of files
    #[arg(long, default_value_t = 8)]
    files: usize,
    /// Writes CSV instead of Parquet
    #[arg(long)]
    csv: bool,
    /// The folder, which is created
    folder: PathBuf,
}

/// 2026-01-01, in seconds.
const BEGINNING: i64 = 1_767_225_600;
const BATCH: usize = 8_192;

pub fn generate(options: &Options) -> Result<(), Error> {
    std::fs::create_dir_all(&options.folder)?;
    let files = options.files.max(1);
    for file in 0..files {
        let rows = options.lines * (file + 1) / files - options.lines * file / files;
        let extension = if options.csv { "csv" } else { "parquet" };
        let out = File::create(options.folder.join(format!("responses-{file:03}.{extension}")))?;
        // Each file has a generator of its own, independent of the files before it.
        let random = StdRng::seed_from_u64(options.seed.wrapping_mul(1_000).wrapping_add(file as u64));
        let mut responses = Responses { random, number: file * 1_000_000_000, at: BEGINNING };
        let schema = responses.batch(0)?.schema();
        let mut batches = batches(&mut responses, rows);
        if options.csv {
            let mut writer = csv::WriterBuilder::new().build(out);
            batches.try_for_each(|batch| writer.write(&batch?).map_err(Error::from))?;
        } else {
            let compression = Compression::ZSTD(ZstdLevel::try_new(1)?);
            let properties = WriterProperties::builder().set_compression(compression).build();
            let mut writer = ArrowWriter::try_new(out, schema, Some(properties))?;
            batches.try_for_each(|batch| writer.write(&batch?).map_err(Error::from))?;
            writer.close()?;
        }
    }
    Ok(())
}

fn batches(responses: &mut Responses, rows: usize) -> impl Iterator<Item = Result<RecordBatch, Error>> {
    (0..rows).step_by(BATCH).map(move |start| responses.batch(BATCH.min(rows - start)))
}

struct Responses {
    random: StdRng,
    number: usize,
    at: i64,
}

impl Responses {
    /// Rows of `at`, `reference` and `response`.
    fn batch(&mut self, rows: usize) -> Result<RecordBatch, Error> {
        let mut at = TimestampSecondBuilder::with_capacity(rows);
        let mut references = StringBuilder::with_capacity(rows, 16 * rows);
        let mut responses = StringBuilder::with_capacity(rows, 64 * rows);
        for _ in 0..rows {
            self.at += i64::from(self.below(3) == 0);
            // A reference now and then comes twice: a repeated payment.
            self.number += usize::from(self.below(1_000) > 0);
            at.append_value(self.at);
            references.append_value(format!("order-{}", self.number));
            responses.append_value(self.response());
        }
        let columns: [(&str, ArrayRef); 3] = [
            ("at", Arc::new(at.finish())),
            ("reference", Arc::new(references.finish())),
            ("response", Arc::new(responses.finish())),
        ];
        Ok(RecordBatch::try_from_iter(columns)?)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.random.random_range(0..bound)
    }

    /// The mixture of the protocol page, and one line in ten thousand that is no response.
    fn response(&mut self) -> String {
        let id = format!("01S{:08X}", self.random.next_u32());
        let checks = format!("{}{}{}", [0, 2, 2, 4][self.below(4) as usize], self.below(6), self.below(6));
        let arn = format!("7469869{:016}", self.below(10_000_000_000_000_000));
        let extras = match self.below(4) {
            0 => String::new(),
            1 => format!("|{arn}"),
            2 => format!("|{arn}|{:016}", self.below(10_000_000_000_000_000)),
            _ => format!("|MCC{:010}", self.below(10_000_000_000)),
        };
        match self.below(10_000) {
            0..7_000 => format!("A|{id}|{checks}|{:06}|Authorised{extras}", self.below(1_000_000)),
            7_000..7_500 => format!("A|{id}|000|-|Authorised"),
            7_500..9_300 => format!("D|{id}|{checks}|D1{:02}|Not Authorised|{arn}", self.below(12)),
            9_300..9_600 => format!("V|99E{}|000|V2{:02}|Invalid request", &id[3..], self.below(65)),
            9_600..9_800 => format!("B|{id}|000|D090|Not authorised"),
            9_800..9_990 => format!("S|{id}|000|S{}0{}|System error", self.below(3), self.below(5)),
            9_990..9_999 => format!("X|{id}|000|-|Nobody lists this status"),
            _ => "<html><body>502 Bad Gateway</body></html>".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_gives_the_same_responses() {
        let responses = |seed| {
            let mut responses = Responses { random: StdRng::seed_from_u64(seed), number: 0, at: BEGINNING };
            (0..100).map(|_| responses.response()).collect::<Vec<_>>()
        };
        assert_eq!(responses(1), responses(1));
        assert_ne!(responses(1), responses(2));
    }

    #[test]
    fn batches_have_the_requested_rows() {
        let mut responses = Responses { random: StdRng::seed_from_u64(1), number: 0, at: BEGINNING };
        let rows: usize = batches(&mut responses, 10_000).map(|batch| batch.unwrap().num_rows()).sum();
        assert_eq!(rows, 10_000);
    }
}
