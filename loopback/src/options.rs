//! The command line.

use std::error::Error;
use std::str::FromStr;
use std::time::Duration;

use cashflows_codec::gateway;
use cashflows_codec::gateway::request::ReturnUrls;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::simulator::gateway::Configuration;
use cashflows_codec::simulator::hosted_page::{Account, Provider};
use cashflows_codec::simulator::{Acquirer, Effect, Profile, Symptom, When};
use cashflows_codec::value::Url;
use cashflows_loopback::IDLE;

/// What `--help` prints.
pub const HELP: &str = "\
The simulated acquirer on 127.0.0.1. Its first line of output is its port, the second the address of
its dashboard.

usage: loopback [port] [options]

  [port]                             listen there, else at any that is free
  --profile <id>                     profile id, else 1234567
  --password <text>                  password, else secret
  --credit-secret <text>             what credits are signed with, else credit-secret
  --faster <n>                       time goes by n times faster
  --idle <seconds>                   close a connection without a request after so long, else 30

About the gateway:

  --configuration <id>               configuration id, else 200426117314086912
  --api-key <key>                    API key, else 845c51f6-1cd5-4338-a586-df752e65d690
  --capture-by-call                  payments are reserved until they are captured
  --strict                           refuse what is otherwise passed over: unknown members, say
  --webhook <url>                    where notifications go, unless the job says
  --return-url <url>                 where shoppers go back to, unless the job says

About the first request with a tran_ref:

  --hold <reference>                 put it on hold when it is authorised
  --refuse <reference>=<code>        refuse it, with D102 say
  --lose-answer <reference>=<symptom>   process it, and lose the answer
  --lose-request <reference>=<symptom>  lose it, and process nothing
  --delay <reference>=<seconds>      let it take so long; a retry gets V249 until then

symptoms: connect_fail, timeout, invalid_response, response_timeout, internal_error, html_page,
half_line, silence
";

/// What the command line says.
pub struct Options {
    pub port: u16,
    pub faster: u32,
    pub idle: Duration,
    profile: String,
    password: String,
    credit_secret: String,
    configuration: String,
    api_key: String,
    capture_by_call: bool,
    strict: bool,
    webhook: Option<Url>,
    return_url: Option<Url>,
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
            configuration: "200426117314086912".to_owned(),
            api_key: "845c51f6-1cd5-4338-a586-df752e65d690".to_owned(),
            capture_by_call: false,
            strict: false,
            webhook: None,
            return_url: None,
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
            if argument == "--capture-by-call" {
                options.capture_by_call = true;
                continue;
            }
            if argument == "--strict" {
                options.strict = true;
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
            "--configuration" => self.configuration = value,
            "--api-key" => self.api_key = value,
            "--webhook" => self.webhook = Some(value.parse()?),
            "--return-url" => self.return_url = Some(value.parse()?),
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

    /// The acquirer that the options describe, whose pages are below `base`.
    pub fn acquirer(&self, base: &str) -> Result<Acquirer, Box<dyn Error>> {
        let credentials = Credentials::new(self.profile.parse()?, self.password.parse()?);
        let profile = Profile::new(credentials).with_digest_secret(self.credit_secret.parse()?);
        let mut acquirer = Acquirer::new(profile.with_gateway(self.gateway(base)?));
        for (when, effect) in &self.script {
            acquirer.script(when.clone(), *effect);
        }
        Ok(acquirer)
    }

    /// The other provider, with an account that README.md names.
    pub fn provider(&self, base: &str) -> Result<Provider, Box<dyn Error>> {
        let (name, password) = ("shop".parse()?, "pa55word".parse()?);
        let account = Account::new(name, password, "api-key".parse()?, "client-key".parse()?);
        Ok(Provider::new(account, base.parse()?))
    }

    fn gateway(&self, base: &str) -> Result<Configuration, Box<dyn Error>> {
        let credentials = gateway::Credentials::new(self.configuration.parse()?, self.api_key.parse()?);
        let mut gateway = Configuration::new(credentials, base.parse()?);
        if self.capture_by_call {
            gateway = gateway.capturing_by_call();
        }
        if self.strict {
            gateway = gateway.reading_strictly();
        }
        if let Some(url) = &self.webhook {
            gateway = gateway.with_webhook_url(url.clone());
        }
        if let Some(url) = &self.return_url {
            gateway = gateway.with_return_urls(ReturnUrls::all(url.clone()));
        }
        Ok(gateway)
    }
}

/// The first request with a reference.
fn first(reference: &str) -> Result<When, Box<dyn Error>> {
    Ok(When::any().reference(reference.parse()?).on_call(1))
}
