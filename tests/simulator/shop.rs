//! A merchant who plays a scenario against the acquirer.

use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::remote_auth::request::Body;
use cashflows_codec::simulator::{Acquirer, Endpoint, Profile};

use crate::support::bodies::smallest;

/// Friday, 15 January 2027, 08:00 UTC.
pub fn morning() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

pub const SECRET: &str = "credit-secret";

pub fn credentials() -> Credentials {
    Credentials::new("1234567".parse().unwrap(), "Pa55&word".parse().unwrap())
}

pub fn profile() -> Profile {
    Profile::new(credentials()).with_digest_secret(SECRET.parse().unwrap())
}

pub struct Shop {
    pub acquirer: Acquirer,
    pub now: SystemTime,
}

impl Default for Shop {
    fn default() -> Self {
        Self::of(profile())
    }
}

impl Shop {
    pub fn of(profile: Profile) -> Self {
        Self { acquirer: Acquirer::new(profile), now: morning() }
    }

    pub fn post(&mut self, body: &[u8]) -> String {
        let delivery = self.acquirer.handle(self.now, Endpoint::Payment, Body::CONTENT_TYPE, body);
        String::from_utf8(delivery.body().to_vec()).unwrap()
    }

    /// Plays steps with semicolons between, and gives the last answer.
    ///
    /// A step is an operation with changes of its smallest body (`sale tran_amount=10.00 -card_cvv`),
    /// or a time that goes by (`+1d`, `+301s`).
    pub fn play(&mut self, scenario: &str) -> String {
        scenario.split(';').map(|step| self.step(step.trim())).last().unwrap()
    }

    fn step(&mut self, step: &str) -> String {
        let (verb, changes) = step.split_once(' ').unwrap_or((step, ""));
        if let Some(time) = verb.strip_prefix('+') {
            let (number, unit) = time.split_at(time.len() - 1);
            let seconds = if unit == "d" { 86_400 } else { 1 };
            self.now += Duration::from_secs(seconds * number.parse::<u64>().unwrap());
            return String::new();
        }
        let operation = match verb {
            "sale" => OperationKind::Sale,
            "verify" => OperationKind::Verify,
            "cont" => OperationKind::Continuous,
            "void" => OperationKind::Void,
            "refund" => OperationKind::Refund,
            "credit" => OperationKind::Credit,
            other => panic!("{other} is no operation"),
        };
        let mut pairs = smallest(operation);
        for (name, value) in own(operation) {
            pairs = pairs.with(name, value);
        }
        for change in changes.split_whitespace() {
            pairs = match (change.strip_prefix('-'), change.split_once('=')) {
                (Some(name), _) => pairs.without(name),
                (None, Some((name, value))) => pairs.with(name, &value.replace('+', " ")),
                (None, None) => panic!("{change} changes nothing"),
            };
        }
        self.post(&pairs.encode())
    }
}

/// What suits this shop better than the smallest bodies do: everything is about the first
/// transaction.
fn own(operation: OperationKind) -> &'static [(&'static str, &'static str)] {
    match operation {
        OperationKind::Sale => &[],
        OperationKind::Verify => &[("card_token", ""), ("card_num", "4000000000000002")],
        OperationKind::Continuous => &[("tran_orig_id", "01S00000001"), ("tran_ref", "month-2")],
        OperationKind::Void => &[("tran_orig_id", "01S00000001")],
        OperationKind::Refund => &[("tran_orig_id", "01S00000001"), ("tran_class", "ecom")],
        // Signed with `SECRET`, as another implementation of SHA-256 does it.
        OperationKind::Credit => {
            &[("tran_orig_id", "01S00000001"), ("tran_ref", "win-1"), ("security_hash", CREDIT_DIGEST)]
        }
    }
}

const CREDIT_DIGEST: &str = "2d56c3b0e83ef3fb108df71f64071d9e770c164fbaba8f47aad8dac1209aa0a5";

/// The code of an answer, or `A` and the authorisation code.
pub fn code(line: &str) -> String {
    let fields: Vec<&str> = line.split('|').collect();
    if fields[0] == "A" { "A".to_owned() } else { fields[3].to_owned() }
}
