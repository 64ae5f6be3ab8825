//! The command line.

use std::error::Error;
use std::str::FromStr;
use std::time::Duration;

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::simulator::{Acquirer, Effect, Profile, Symptom, When};
use loopback::IDLE;

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
                options.port = argument.parse()?;
                continue;
            }
            let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
            options.set(&argument, value)?;
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
            unknown => return Err(format!("{unknown} is no option: see README.md").into()),
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
