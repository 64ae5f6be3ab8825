//! Says what is on the wire, for a person or, with `--json`, for a program.
//!
//! ```text
//! explain response      [--json]                       response lines
//! explain request       [--json]                       request bodies, one a line
//! explain batch         [--json] --content-type TYPE   one reply of the batch endpoint
//! explain batch-request [--json] --content-type TYPE   one submission or query
//! ```
//!
//! It reads standard input, goes on after a line that it cannot read, and exits with 1 if there was
//! one, with 2 if it was called wrongly. Secrets and personal data are masked. `request
//! --with-personal-data` shows names, addresses and the like; `response --with-secrets` shows the extras
//! of a response, of which one may be a card token. Nothing shows card numbers, security codes and
//! passwords.

#[cfg(feature = "batch")]
mod batch;
mod request;
mod response;
#[cfg(test)]
mod tests;

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
    json: bool,
    with_personal_data: bool,
    with_secrets: bool,
}

const USAGE: &str = "usage: explain response [--json] [--with-secrets] < lines
       explain request [--json] [--with-personal-data] < lines
       explain (batch | batch-request) [--json] --content-type TYPE < body
       explain --help";

const OPTIONS: &str = "
  --json                one JSON object for each line or body, for a program
  --content-type TYPE   the content type of the body, with its boundary
  --with-personal-data  shows names, addresses and the like
  --with-secrets        shows the extras of a response, of which one may be a card token

Exits with 1 if something could not be read, with 2 if it was called wrongly.";

fn main() -> ExitCode {
    if std::env::args().skip(1).any(|argument| argument == "--help" || argument == "-h") {
        println!("{USAGE}\n{OPTIONS}");
        return ExitCode::SUCCESS;
    }
    let Some(call) = call(std::env::args().skip(1)).filter(Call::shows_what_there_is) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let all_readable = match (call.mode.as_str(), &call.content_type) {
        ("response", None) => lines(|line| response::explain(line, call.with_secrets), call.json),
        ("request", None) => lines(|line| request::explain(line, call.with_personal_data), call.json),
        #[cfg(feature = "batch")]
        ("batch", Some(content_type)) => whole(|body| batch::reply(content_type, body), call.json),
        #[cfg(feature = "batch")]
        ("batch-request", Some(content_type)) => whole(|body| batch::request(content_type, &body), call.json),
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

impl Call {
    /// Whether what is to be shown whole is in what is explained.
    fn shows_what_there_is(&self) -> bool {
        (!self.with_secrets || self.mode == "response")
            && (!self.with_personal_data || self.mode == "request")
    }
}

fn call(mut arguments: impl Iterator<Item = String>) -> Option<Call> {
    let (mut mode, mut content_type, mut json) = (None, None, false);
    let (mut with_personal_data, mut with_secrets) = (false, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = true,
            "--with-personal-data" => with_personal_data = true,
            "--with-secrets" => with_secrets = true,
            "--content-type" => content_type = Some(arguments.next()?),
            _ if mode.is_none() => mode = Some(argument),
            _ => return None,
        }
    }
    Some(Call { mode: mode?, content_type, json, with_personal_data, with_secrets })
}

/// Explains each line of standard input. Whether all could be read.
fn lines(explain: impl Fn(&[u8]) -> Explained, json: bool) -> io::Result<bool> {
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

/// Explains the whole of standard input. Whether it could be read.
#[cfg(feature = "batch")]
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
