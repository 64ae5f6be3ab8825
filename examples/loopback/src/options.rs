//! The command line.

use std::error::Error;
use std::str::FromStr;
use std::time::Duration;

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::simulator::{Acquirer, Effect, Profile, Symptom, When};
use loopback::IDLE;

/// What `--help` prints.
pub const HELP: &str = "\
The simulated acquirer on 127.0.0.1. Its first line of output is its port.

usage: loopback [port] [options]

  [port]                             listen there, else at any that is free
  --profile <id>                     profile id, else 1234567
  --password <text>                  password, else secret
  --credit-secret <text>             what credits are signed with, else credit-secret
  --faster <n>                       time goes by n times faster
  --idle <seconds>                   close a connection without a request after so long, else 30

About the first request with a tran_ref:

  --hold <reference>                 put it on hold when it is authorised
  --refuse <reference>=<code>        refuse it, with D102 say
  --lose-answer <reference>=<symptom>   process it, and lose the answer
  --lose-request <reference>=<symptom>  lose it, and process nothing
  --delay <reference>=<seconds>      let it take so long; a retry gets V249 until then

symptoms: connect_fail, timeout, invalid_response, response_timeout, html_page, half_line, silence
";

/// What the command line says.
pub struct Options {
    pub port: u16,
    pub faster: u32,
    pub idle: Duration,
    profile: String,
    password: String,
    credit_secret: String,
    script: Vec<(When, Effect)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            faster: 1,
            idle: IDLE,
            profile: "1234567".to_owned(),
            password: "secret".to_owned(),
            credit_secret: "credit-secret".to_owned(),
            script: Vec::new(),
        }
    }
}

impl Options {
    /// Reads `[port] [--option value]…`.
    pub fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            if !argument.starts_with("--") {
                options.port = argument.parse().map_err(|_| format!("{argument} is no port: see --help"))?;
                continue;
            }
            let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
            options.set(&argument, value).map_err(|error| format!("{argument}: {error}"))?;
        }
        Ok(options)
    }

    fn set(&mut self, option: &str, value: String) -> Result<(), Box<dyn Error>> {
        match option {
            "--profile" => self.profile = value,
            "--password" => self.password = value,
            "--credit-secret" => self.credit_secret = value,
            "--faster" => self.faster = value.parse()?,
            "--idle" => self.idle = Duration::from_secs(value.parse()?),
            "--hold" => self.script.push((first(&value)?, Effect::Hold)),
            "--lose-answer" => self.add(&value, Effect::LoseAnswer)?,
            "--lose-request" => self.add(&value, Effect::LoseRequest)?,
            "--refuse" => self.add(&value, Effect::Refuse)?,
            "--delay" => {
                self.add(&value, |seconds| Effect::Delay(Duration::from_secs(seconds), Symptom::Timeout))?
            }
            _ => return Err("no such option: see --help".into()),
        }
        Ok(())
    }

    /// Reads `reference=value`, and adds the effect of the value.
    fn add<T: FromStr<Err: Error + 'static>>(
        &mut self,
        rule: &str,
        effect: impl FnOnce(T) -> Effect,
    ) -> Result<(), Box<dyn Error>> {
        let (reference, value) = rule.split_once('=').ok_or("a rule is reference=value")?;
        self.script.push((first(reference)?, effect(value.parse()?)));
        Ok(())
    }

    /// The acquirer that the options describe.
    pub fn acquirer(&self) -> Result<Acquirer, Box<dyn Error>> {
        let credentials = Credentials::new(self.profile.parse()?, self.password.parse()?);
        let profile = Profile::new(credentials).with_digest_secret(self.credit_secret.parse()?);
        let mut acquirer = Acquirer::new(profile);
        for (when, effect) in &self.script {
            acquirer.script(when.clone(), *effect);
        }
        Ok(acquirer)
    }
}

/// The first request with a reference.
fn first(reference: &str) -> Result<When, Box<dyn Error>> {
    Ok(When::any().reference(reference.parse()?).on_call(1))
}
