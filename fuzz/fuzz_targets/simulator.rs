//! The simulated acquirer: each of five lines is a body, a minute after the one before. Each result is a response, and
//! authorisations are in the ledger.
#![no_main]

use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::{Outcome, Response};
use cashflows_codec::simulator::{Acquirer, Delivery, Endpoint, Profile};
use libfuzzer_sys::fuzz_target;

/// Enough for a charge, a retry of it, two refunds, and a void.
const BODIES: usize = 5;

fn acquirer() -> Acquirer {
    let credentials =
        Credentials::new("1234".parse().expect("an id"), "Password".parse().expect("a password"));
    Acquirer::new(Profile::new(credentials))
}

fuzz_target!(|data: &[u8]| {
    let mut acquirer = acquirer();
    let mut now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    for body in data.split(|&byte| byte == b'\n').take(BODIES) {
        let delivery = acquirer.handle(now, Endpoint::Payment, "application/x-www-form-urlencoded", body);
        let Delivery::Payload(payload) = delivery else { panic!("nothing is to go wrong") };
        let response = Response::decode(payload.body()).expect("a response");
        let entry = response.transaction_id().and_then(|id| acquirer.ledger().get(&id));
        let booked = entry.is_some_and(|entry| entry.is_authorised());
        assert_eq!(response.outcome() == Outcome::Authorised, booked);
        now += Duration::from_secs(60);
    }
});
