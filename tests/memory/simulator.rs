//! The gateway of the tests keeps card numbers, and what the others carry for as long as a request
//! takes.

use core::hint::black_box;
use core::time::Duration;
use std::time::SystemTime;

use cashflows_codec::simulator::{Effect, Gateway, Profile, Seen, When};

use crate::NOTHING;
use crate::support::secrets::*;
use crate::watch::left_behind;

#[test]
fn the_gateway_leaves_nothing() {
    let left = left_behind(|| {
        let profile =
            Profile::new(credentials()).with_digest_secret(value(DIGEST_SECRET)).with_category(7995);
        let mut gateway = Gateway::new(profile);
        gateway.script(When::any().on_call(3), Effect::LoseAnswer(Seen::Silence));
        for minute in 0..4 {
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + 60 * minute);
            for request in requests() {
                let body = request.encode(&credentials());
                black_box(format!("{:?}", gateway.handle(now, body.content_type(), body.as_bytes())));
                black_box(format!(
                    "{:?}",
                    gateway.handle(now, "multipart/mixed; boundary=b", body.as_bytes())
                ));
                black_box(format!("{:?}", gateway.send(now, &request)));
            }
        }
        assert!(gateway.ledger().entries().iter().any(|entry| entry.card().is_some()));
        black_box(format!("{gateway:?} {:?}", gateway.clone().ledger()));
        gateway
    });
    assert_eq!(left, NOTHING);
}
