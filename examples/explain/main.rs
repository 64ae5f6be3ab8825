//! Says what is on the wire, for a person or, with `--json`, for a program.
//!
//! ```text
//! explain response [--json]     response lines
//! explain request  [--json]     request bodies, one a line
//! ```
//!
//! It reads standard input, goes on after a line that it cannot read, and exits with 1 if there was
//! one, with 2 if it was called wrongly. Secrets are masked; only the extras of a response, which
//! may hold a card token, are shown whole by `--json`.

mod request;
mod response;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use serde_json::Value;

/// What was read from one piece of input.
struct Explained {
    json: Value,
    /// Lines for a person.
    text: Vec<String>,
    readable: bool,
}

const USAGE: &str = "usage: explain (response | request) [--json] < input";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (explain, json): (fn(&[u8]) -> Explained, bool) = match arguments[..] {
        ["response"] => (response::explain, false),
        ["response", "--json"] | ["--json", "response"] => (response::explain, true),
        ["request"] => (request::explain, false),
        ["request", "--json"] | ["--json", "request"] => (request::explain, true),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match lines(explain, json) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("explain: {error}");
            ExitCode::from(1)
        }
    }
}

/// Explains each line of standard input. Whether all could be read.
fn lines(explain: fn(&[u8]) -> Explained, json: bool) -> io::Result<bool> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut all_readable = true;
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let body = line.strip_suffix(b"\n").unwrap_or(&line);
        let explained = explain(body.strip_suffix(b"\r").unwrap_or(body));
        all_readable &= explained.readable;
        write(&explained, json, &mut output)?;
        line.clear();
    }
    Ok(all_readable)
}

fn write(explained: &Explained, json: bool, output: &mut impl Write) -> io::Result<()> {
    if json {
        return writeln!(output, "{}", explained.json);
    }
    for line in &explained.text {
        writeln!(output, "{line}")?;
    }
    writeln!(output)
}

/// One line of a table for a person.
fn row(name: &str, value: impl core::fmt::Display) -> String {
    format!("  {name:<20} {value}")
}
