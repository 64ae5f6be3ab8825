//! Says what is on the wire, for a person or, with `--json`, for a program.
//!
//! ```text
//! explain response         [--json]                       response lines
//! explain request          [--json]                       request bodies, one a line
//! explain batch            [--json] --content-type TYPE   one reply of the batch endpoint
//! explain batch-request    [--json] --content-type TYPE   one submission or query
//! explain gateway-request  [--json]                       payment jobs of the gateway, one a line
//! explain gateway-response [--json] --status NUMBER       answers of the gateway, one a line
//! explain webhook          [--json]                       notifications of the gateway, one a line
//! explain signature        [--json] --key-env NAME        one body, signed by the key that is in NAME
//! ```
//!
//! Where bodies are JSON, one that is spread over several lines can be read too, if nothing else is.
//! It reads standard input, goes on after a line that it cannot read, and exits with 1 if there was
//! one, with 2 if it was called wrongly. Secrets are masked; only the extras of a response, which may
//! hold a card token, and the action URL of an answer, which opens a payment page, are shown whole by
//! `--json`.

#[cfg(feature = "batch")]
mod batch;
mod gateway_request;
mod gateway_response;
mod request;
mod response;
mod signature;
mod webhook;

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

/// How the command line asks for it.
struct Call {
    mode: String,
    content_type: Option<String>,
    key_env: Option<String>,
    status: Option<u16>,
    json: bool,
}

const USAGE: &str = "usage: explain (response | request | gateway-request | webhook) [--json] < lines
       explain gateway-response [--json] --status NUMBER < lines
       explain (batch | batch-request) [--json] --content-type TYPE < body
       explain signature [--json] --key-env NAME < body";

fn main() -> ExitCode {
    let Some(call) = call(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let options = (&call.content_type, &call.key_env, call.status);
    let all_readable = match (call.mode.as_str(), options) {
        ("response", (None, None, None)) => lines(response::explain, call.json),
        ("request", (None, None, None)) => lines(request::explain, call.json),
        ("gateway-request", (None, None, None)) => json_lines(gateway_request::explain, call.json),
        ("gateway-response", (None, None, Some(status))) => {
            json_lines(|body| gateway_response::explain(status, body), call.json)
        }
        ("webhook", (None, None, None)) => json_lines(webhook::explain, call.json),
        ("signature", (None, Some(name), None)) => whole(|body| signature::explain(name, &body), call.json),
        #[cfg(feature = "batch")]
        ("batch", (Some(content_type), None, None)) => {
            whole(|body| batch::reply(content_type, body), call.json)
        }
        #[cfg(feature = "batch")]
        ("batch-request", (Some(content_type), None, None)) => {
            whole(|body| batch::request(content_type, &body), call.json)
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match all_readable {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("explain: {error}");
            ExitCode::from(1)
        }
    }
}

fn call(mut arguments: impl Iterator<Item = String>) -> Option<Call> {
    let (mut mode, mut content_type, mut key_env, mut status, mut json) = (None, None, None, None, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = true,
            "--content-type" => content_type = Some(arguments.next()?),
            "--key-env" => key_env = Some(arguments.next()?),
            "--status" => status = Some(arguments.next()?.parse().ok()?),
            _ if mode.is_none() => mode = Some(argument),
            _ => return None,
        }
    }
    Some(Call { mode: mode?, content_type, key_env, status, json })
}

/// Explains each line of standard input. Whether all could be read.
fn lines(explain: impl Fn(&[u8]) -> Explained, json: bool) -> io::Result<bool> {
    lines_of(io::stdin().lock(), explain, json)
}

/// Explains each line of standard input, or all of it, where that is one value of JSON.
fn json_lines(explain: impl Fn(&[u8]) -> Explained, json: bool) -> io::Result<bool> {
    let mut input = Vec::new();
    io::Read::read_to_end(&mut io::stdin().lock(), &mut input)?;
    if serde_json::from_slice::<Value>(&input).is_err() {
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
