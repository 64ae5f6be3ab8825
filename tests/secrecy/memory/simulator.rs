//! The simulated acquirer keeps card numbers for its lifetime, and every other secret for the time of a request.

use core::hint::black_box;
use core::time::Duration;
use std::time::SystemTime;

use cashflows_codec::simulator::{Acquirer, Effect, Endpoint, Profile, Symptom, When};

use super::NOTHING;
use super::watch::left_behind;
use crate::support::secrets::*;

#[test]
fn acquirer_leaves_no_secret_in_freed_memory() {
    let left = left_behind(|| {
        let profile =
            Profile::new(credentials()).with_digest_secret(value(DIGEST_SECRET)).with_category(7995);
        let mut acquirer = Acquirer::new(profile);
        acquirer.script(When::any().on_call(3), Effect::LoseAnswer(Symptom::Silence));
        for minute in 0..4 {
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + 60 * minute);
            for request in requests() {
                let body = request.encode(&credentials());
                black_box(format!(
                    "{:?}",
                    acquirer.handle(now, Endpoint::Payment, body.content_type(), body.as_bytes())
                ));
                black_box(format!(
                    "{:?}",
                    acquirer.handle(now, Endpoint::Batch, "multipart/mixed; boundary=b", body.as_bytes())
                ));
                black_box(format!("{:?}", acquirer.send(now, &request)));
            }
        }
        assert!(acquirer.ledger().entries().iter().any(|entry| entry.card().is_some()));
        black_box(format!("{acquirer:?} {:?}", acquirer.clone().ledger()));
        acquirer
    });
    assert_eq!(left, NOTHING);
}
