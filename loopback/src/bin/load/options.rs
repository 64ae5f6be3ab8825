//! The command line.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use cashflows_codec::{gateway, remote_auth};

use crate::Failure;
use crate::operation::Mix;

/// What `--help` prints.
pub const HELP: &str = "\
Many clients at once, with both protocols, and an audit of the books afterwards: was a reference charged
twice, does the ledger balance? Use it with cargo run --release.

usage: load [address] [options]

  [address]              the acquirer, 127.0.0.1:8080 say, which nobody else uses meanwhile; else one is
                         started in the same process
  --clients <n>          so many at once, each with a connection of its own, else 64
  --requests <n>         so many of all clients together, else 1000000
  --operations <mix>     how often each operation comes, as sale=30,void=5; else
                         sale=30,retry=5,verify=5,void=5,refund=5,continuous=5,moto=20,duplicate=2,retrieve=15,hosted=8

A retry repeats a sale that was answered, and a duplicate a job that was paid: neither may charge again.
";

/// What the command line says.
pub struct Options {
    pub address: Option<SocketAddr>,
    pub clients: u32,
    pub requests: u64,
    pub mix: Mix,
    pub remote_auth: remote_auth::Credentials,
    pub gateway: gateway::Credentials,
    /// What references begin with, so that one acquirer can be asked by several runs.
    pub run: String,
}

impl Options {
    /// Reads `[address] [--option value]…`.
    pub fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self {
            address: None,
            clients: 64,
            requests: 1_000_000,
            mix: Mix::default(),
            remote_auth: remote_auth::Credentials::new("1234567".parse()?, "secret".parse()?),
            gateway: gateway::Credentials::new(
                "200426117314086912".parse()?,
                "845c51f6-1cd5-4338-a586-df752e65d690".parse()?,
            ),
            run: format!("{:x}", SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros()),
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            if !argument.starts_with("--") {
                let address = argument.trim_start_matches("http://").trim_end_matches('/');
                options.address =
                    Some(address.parse().map_err(|_| format!("{argument} is no address: see --help"))?);
                continue;
            }
            let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
            options.set(&argument, &value).map_err(|error| format!("{argument}: {error}"))?;
        }
        Ok(options)
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), Failure> {
        match option {
            "--clients" => self.clients = at_least_one(value)?,
            "--requests" => self.requests = at_least_one(value)?.into(),
            "--operations" => self.mix = value.parse()?,
            _ => return Err("no such option: see --help".into()),
        }
        Ok(())
    }
}

fn at_least_one(value: &str) -> Result<u32, Failure> {
    match value.replace('_', "").parse()? {
        0 => Err("none is too few".into()),
        number => Ok(number),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn the_help_has_the_default_mix() {
        assert!(HELP.contains(&format!("  {}\n", Mix::default())));
    }

    #[test]
    fn an_address_may_be_a_url() {
        for text in ["127.0.0.1:8080", "http://127.0.0.1:8080/"] {
            let options = Options::read([text.to_owned()]).unwrap();
            assert_eq!(options.address.unwrap().to_string(), "127.0.0.1:8080");
        }
    }
}
