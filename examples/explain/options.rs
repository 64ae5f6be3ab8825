//! The command line.

use std::ffi::OsString;

use std::time::SystemTime;

use cashflows_codec::gateway::{Operation, Timestamp};
use lexopt::{Arg, Parser, ValueExt};

use crate::gateway_response::Context;

pub(super) const USAGE: &str = "\
Prints the content of messages, for a person or, with --json, for a program.

usage: explain response [--json] [--status NUMBER] [--with-secrets] < lines
       explain responses [--json] --summary [FILE]...
       explain request [--json] [--with-personal-data] < lines
       explain (batch | batch-request) [--json] --content-type TYPE < body
       explain (gateway-request | webhook) [--json] < lines
       explain gateway-response [--json] --status NUMBER [--operation NAME] [--at TIME] < lines
       explain signature [--json] --key-env NAME < body

  --json                one JSON object for each line or body, for a program
  --summary             counts the responses of files, or of standard input
  --content-type TYPE   the content type of the body, with its boundary
  --status NUMBER       the HTTP status of the responses
  --operation NAME      the call that the responses are to: create_job, retrieve_job, cancel_job,
                        retrieve_payment, cancel_payment, refund, capture, tokenise, payment_methods
  --at TIME             the time when they came, such as 2021-08-18T11:04:38Z: a job may have expired
  --key-env NAME        where in the environment the API key is: a command line can be seen
  --with-personal-data  shows names, addresses and the like
  --with-secrets        shows the extras of a response, of which one may be a card token
  --help                shows this

Exits with 1 if something could not be read, with 2 if it was called wrongly.";

/// What is asked for.
pub(super) struct Options {
    pub(super) command: Command,
    pub(super) json: bool,
}

/// What is to be explained.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Response { status: Option<u16>, with_secrets: bool },
    Summary { files: Vec<String> },
    Request { with_personal_data: bool },
    Batch { content_type: String },
    BatchRequest { content_type: String },
    GatewayRequest,
    GatewayResponse { status: u16, context: Context },
    Webhook,
    Signature { key_env: String },
}

/// The options that were given, whatever they are for.
#[derive(Default)]
struct Given {
    json: bool,
    summary: bool,
    with_secrets: bool,
    with_personal_data: bool,
    content_type: Option<String>,
    status: Option<u16>,
    operation: Option<Operation>,
    at: Option<SystemTime>,
    key_env: Option<String>,
    files: Vec<String>,
}

impl Options {
    /// Reads the arguments after the program's name.
    pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, lexopt::Error> {
        let (mut mode, mut given) = (None, Given::default());
        let mut parser = Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Short('h') | Arg::Long("help") => {
                    return Ok(Self { command: Command::Help, json: false });
                }
                Arg::Long("json") => given.json = true,
                Arg::Long("summary") => given.summary = true,
                Arg::Long("with-secrets") => given.with_secrets = true,
                Arg::Long("with-personal-data") => given.with_personal_data = true,
                Arg::Long("content-type") => given.content_type = Some(parser.value()?.string()?),
                Arg::Long("status") => given.status = Some(parser.value()?.parse()?),
                Arg::Long("operation") => given.operation = Some(operation(&parser.value()?.string()?)?),
                Arg::Long("at") => given.at = Some(time(&parser.value()?.string()?)?),
                Arg::Long("key-env") => given.key_env = Some(parser.value()?.string()?),
                Arg::Value(value) if mode.is_none() => mode = Some(value.string()?),
                Arg::Value(file) => given.files.push(file.string()?),
                _ => return Err(argument.unexpected()),
            }
        }
        let mode = mode.ok_or("say what to explain; --help lists it")?;
        let json = given.json;
        Ok(Self { command: given.command(&mode)?, json })
    }
}

/// The operation of a response that has data or errors. The one that tells of an order has neither.
fn operation(name: &str) -> Result<Operation, lexopt::Error> {
    let operation = Operation::try_from(name).ok().filter(|&operation| operation != Operation::FindOrder);
    operation.ok_or_else(|| format!("there is no operation that is called {name}; --help lists them").into())
}

fn time(text: &str) -> Result<SystemTime, lexopt::Error> {
    let time = Timestamp::try_from(text).ok().and_then(|time| time.to_system_time());
    time.ok_or_else(|| format!("{text} is no time; write it as 2021-08-18T11:04:38Z").into())
}

impl Given {
    /// The command of a mode, which takes all that was given.
    fn command(mut self, mode: &str) -> Result<Command, lexopt::Error> {
        let command = match mode {
            "response" => Command::Response {
                status: self.status.take(),
                with_secrets: core::mem::take(&mut self.with_secrets),
            },
            "responses" if core::mem::take(&mut self.summary) => {
                Command::Summary { files: core::mem::take(&mut self.files) }
            }
            "responses" => return Err("responses takes --summary".into()),
            "request" => {
                Command::Request { with_personal_data: core::mem::take(&mut self.with_personal_data) }
            }
            "batch" => Command::Batch { content_type: self.content_type(mode)? },
            "batch-request" => Command::BatchRequest { content_type: self.content_type(mode)? },
            "gateway-request" => Command::GatewayRequest,
            "gateway-response" => Command::GatewayResponse {
                status: self.status.take().ok_or("gateway-response takes --status NUMBER")?,
                context: Context { operation: self.operation.take(), at: self.at.take() },
            },
            "webhook" => Command::Webhook,
            "signature" => {
                Command::Signature { key_env: self.key_env.take().ok_or("signature takes --key-env NAME")? }
            }
            other => return Err(format!("there is nothing to explain that is called {other}").into()),
        };
        match self.left_over() {
            Some(option) => Err(format!("{mode} does not take {option}").into()),
            None => Ok(command),
        }
    }

    fn content_type(&mut self, mode: &str) -> Result<String, lexopt::Error> {
        self.content_type.take().ok_or(format!("{mode} takes --content-type TYPE").into())
    }

    /// An option that the command has no use for.
    fn left_over(&self) -> Option<&'static str> {
        let options = [
            (self.summary, "--summary"),
            (self.with_secrets, "--with-secrets"),
            (self.with_personal_data, "--with-personal-data"),
            (self.content_type.is_some(), "--content-type"),
            (self.status.is_some(), "--status"),
            (self.operation.is_some(), "--operation"),
            (self.at.is_some(), "--at"),
            (self.key_env.is_some(), "--key-env"),
            (!self.files.is_empty(), "files"),
        ];
        options.into_iter().find(|(given, _)| *given).map(|(_, option)| option)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        let options = Options::read(line.split_whitespace().map(OsString::from));
        options.map(|options| options.command).map_err(|error| error.to_string())
    }

    #[test]
    fn every_command_takes_its_options_and_no_other() {
        let content_type = || "multipart/x".to_owned();
        for (line, command) in [
            ("response --json", Ok(Command::Response { status: None, with_secrets: false })),
            ("--with-secrets response", Ok(Command::Response { status: None, with_secrets: true })),
            ("response --status 401", Ok(Command::Response { status: Some(401), with_secrets: false })),
            ("request --with-personal-data", Ok(Command::Request { with_personal_data: true })),
            ("responses --summary a b", Ok(Command::Summary { files: vec!["a".into(), "b".into()] })),
            ("batch --content-type multipart/x", Ok(Command::Batch { content_type: content_type() })),
            (
                "batch-request --content-type=multipart/x",
                Ok(Command::BatchRequest { content_type: content_type() }),
            ),
            ("response --help", Ok(Command::Help)),
            ("", Err("say what to explain; --help lists it")),
            ("gateway-request", Ok(Command::GatewayRequest)),
            ("webhook --json", Ok(Command::Webhook)),
            (
                "gateway-response --status 201",
                Ok(Command::GatewayResponse { status: 201, context: Context::default() }),
            ),
            (
                "gateway-response --status 200 --operation cancel_job --at 1970-01-01T00:00:07Z",
                Ok(Command::GatewayResponse {
                    status: 200,
                    context: Context {
                        operation: Some(Operation::CancelJob),
                        at: Some(SystemTime::UNIX_EPOCH + core::time::Duration::from_secs(7)),
                    },
                }),
            ),
            (
                "gateway-response --status 200 --operation cancel",
                Err("there is no operation that is called cancel; --help lists them"),
            ),
            (
                "gateway-response --status 200 --operation order_exists",
                Err("there is no operation that is called order_exists; --help lists them"),
            ),
            (
                "gateway-response --status 200 --at noon",
                Err("noon is no time; write it as 2021-08-18T11:04:38Z"),
            ),
            ("webhook --operation refund", Err("webhook does not take --operation")),
            ("webhook --at 1970-01-01T00:00:07Z", Err("webhook does not take --at")),
            ("gateway-response", Err("gateway-response takes --status NUMBER")),
            ("signature --key-env KEY", Ok(Command::Signature { key_env: "KEY".into() })),
            ("signature", Err("signature takes --key-env NAME")),
            ("webhook --status 200", Err("webhook does not take --status")),
            ("response --key-env KEY", Err("response does not take --key-env")),
            ("reply", Err("there is nothing to explain that is called reply")),
            ("responses", Err("responses takes --summary")),
            ("batch", Err("batch takes --content-type TYPE")),
            ("request --with-secrets", Err("request does not take --with-secrets")),
            ("response --with-personal-data", Err("response does not take --with-personal-data")),
            ("response file", Err("response does not take files")),
            ("response --jsno", Err("invalid option '--jsno'")),
        ] {
            assert_eq!(read(line), command.map_err(str::to_owned), "{line}");
        }
    }
}
