//! Prints the content of messages, for a person or, with `--json`, for a program. `--help` lists what it
//! explains.
//!
//! It reads standard input where no file is named, goes on after a line that it cannot read, and exits
//! with 1 if there was one, with 2 if it was called wrongly. Secrets and personal data are masked.
//! `request --with-personal-data` shows names, addresses and the like; `response --with-secrets` shows
//! the extras of a response, of which one may be a card token. Nothing shows card numbers, security
//! codes and passwords. `gateway-response` shows the action URL whole, which opens a payment page.

#[cfg(feature = "batch")]
mod batch;
mod gateway_request;
mod gateway_response;
mod options;
mod request;
mod response;
mod signature;
mod summary;
#[cfg(test)]
mod tests;
mod webhook;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use serde_json::Value;

use options::{Command, Options, USAGE};

/// What was read from one piece of input.
struct Explained {
    json: Value,
    /// Lines for a person.
    text: Vec<String>,
    readable: bool,
}

fn main() -> ExitCode {
    let options = match Options::read(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("explain: {error}\nTry --help.");
            return ExitCode::from(2);
        }
    };
    match explain(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads the output has seen enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("explain: {error}");
            ExitCode::from(1)
        }
    }
}

/// Explains what is asked for. Whether all could be read.
fn explain(Options { command, json }: Options) -> io::Result<bool> {
    match command {
        Command::Help => writeln!(io::stdout(), "{USAGE}").map(|()| true),
        Command::Response { status, with_secrets } => {
            lines(|line| response::explain(line, status, with_secrets), json)
        }
        Command::Summary { files } => summary::summarise(&files, json),
        Command::Request { with_personal_data } => {
            lines(|line| request::explain(line, with_personal_data), json)
        }
        Command::GatewayRequest => json_lines(gateway_request::explain, json),
        Command::GatewayResponse { status, context } => {
            json_lines(|body| gateway_response::explain(status, body, context), json)
        }
        Command::Webhook => json_lines(webhook::explain, json),
        Command::Signature { key_env } => whole(|body| signature::explain(&key_env, &body), json),
        #[cfg(feature = "batch")]
        Command::Batch { content_type } => whole(|body| batch::reply(&content_type, body), json),
        #[cfg(feature = "batch")]
        Command::BatchRequest { content_type } => whole(|body| batch::request(&content_type, &body), json),
        #[cfg(not(feature = "batch"))]
        Command::Batch { content_type } | Command::BatchRequest { content_type } => {
            Err(io::Error::other(format!("to read {content_type} takes the feature batch")))
        }
    }
}

/// Explains each line of standard input. Whether all could be read.
fn lines(explain: impl Fn(&[u8]) -> Explained, json: bool) -> io::Result<bool> {
    lines_of(io::stdin().lock(), explain, json)
}

/// Explains each line of standard input, or all of it, where that is one value of JSON, or nothing: an
/// empty body is a response too.
fn json_lines(explain: impl Fn(&[u8]) -> Explained, json: bool) -> io::Result<bool> {
    let mut input = Vec::new();
    io::Read::read_to_end(&mut io::stdin().lock(), &mut input)?;
    if !input.trim_ascii().is_empty() && serde_json::from_slice::<Value>(&input).is_err() {
        return lines_of(input.as_slice(), explain, json);
    }
    let explained = explain(&input);
    write(&explained, json, &mut io::stdout().lock())?;
    Ok(explained.readable)
}

fn lines_of(mut input: impl BufRead, explain: impl Fn(&[u8]) -> Explained, json: bool) -> io::Result<bool> {
    let mut output = io::stdout().lock();
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

/// Explains the whole of standard input. Whether it could be read.
fn whole(explain: impl Fn(Vec<u8>) -> Explained, json: bool) -> io::Result<bool> {
    let mut body = Vec::new();
    io::Read::read_to_end(&mut io::stdin().lock(), &mut body)?;
    let explained = explain(body);
    write(&explained, json, &mut io::stdout().lock())?;
    Ok(explained.readable)
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
