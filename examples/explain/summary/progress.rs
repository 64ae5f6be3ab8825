//! How far it is, for a person at a terminal and for nobody else.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

const OFTEN: Duration = Duration::from_millis(100);

pub(super) struct Progress {
    begun: Instant,
    shown: Option<Instant>,
    is_shown: bool,
    bytes: u64,
    /// Unknown, where one of the inputs is no file.
    all: Option<u64>,
}

impl Progress {
    pub(super) fn begin(files: &[String]) -> Self {
        let length = |file: &String| {
            std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
        };
        let all = files.iter().map(length).sum::<Option<u64>>().filter(|_| !files.is_empty());
        Self { begun: Instant::now(), shown: None, is_shown: io::stderr().is_terminal(), bytes: 0, all }
    }

    pub(super) fn add(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        let due = self.shown.is_none_or(|shown| shown.elapsed() >= OFTEN);
        if self.is_shown && due {
            self.shown = Some(Instant::now());
            self.show();
        }
    }

    /// What a terminal does not take is not worth an error.
    fn show(&self) {
        let megabytes = self.bytes as f64 / 1e6;
        let rate = megabytes / self.elapsed().as_secs_f64().max(1e-9);
        let mut line = String::from("\r");
        if let Some(all) = self.all.filter(|&all| all > 0) {
            let share = (self.bytes as f64 / all as f64).min(1.0);
            line += &format!("{} {:3.0} %  ", bar(share, 30), 100.0 * share);
        }
        let _ = write!(io::stderr(), "{line}{megabytes:.0} MB, {rate:.0} MB/s\x1b[K");
    }

    /// Clears the line.
    pub(super) fn end(&self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

/// A share of 1 as a bar of so many characters.
pub(super) fn bar(share: f64, width: usize) -> String {
    let full = ((share * width as f64).round() as usize).min(width);
    "█".repeat(full) + &"░".repeat(width - full)
}
