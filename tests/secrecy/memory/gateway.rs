//! Calls of the gateway: signed, sent, received, whole and broken.

use core::hint::black_box;

use cashflows_codec::gateway::Signature;
use cashflows_codec::gateway::call::{Call, SignedCall};
use cashflows_codec::gateway::incoming::{CallHeaders, IncomingCall};

use super::NOTHING;
use super::watch::left_behind;
use crate::support::gateway::{bodies, calls, credentials, keys};

/// All actions of a merchant with a call.
fn sent(call: &Call) -> SignedCall {
    let signed = call.sign(&credentials());
    black_box(format!("{call:?} {signed:?} {:?}", signed.clone().into_body().len()));
    signed
}

/// All actions of a gateway with a call.
fn received(path: &str, body: &[u8]) {
    let signature = Signature::of(&keys()[0], body);
    let headers = [
        ("ConfigurationId", b"1".as_slice()),
        ("Hash", signature.secret_str().as_bytes()),
        ("Content-Type", b"application/json"),
    ];
    let Ok(headers) = CallHeaders::read(headers) else { return };
    match IncomingCall::decode("POST", path, &headers, body, &keys()) {
        Ok(call) => drop(black_box((format!("{call:?}"), call.clone(), call.into_call()))),
        Err(error) => drop(black_box((format!("{error} {error:?}"), error.clone()))),
    }
}

#[test]
fn calls_leave_no_secret() {
    assert_eq!(left_behind(|| calls().iter().map(sent).collect::<Vec<_>>()), NOTHING);
}

#[test]
fn received_calls_leave_no_secret() {
    for (path, body) in bodies() {
        assert_eq!(left_behind(|| received(&path, &body)), NOTHING, "{}", body.escape_ascii());
    }
}

#[test]
fn some_cut_calls_leave_no_secret() {
    cut_calls_leave_no_secret(17);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn all_cut_calls_leave_no_secret() {
    cut_calls_leave_no_secret(1);
}

/// Reads calls that end at each `step`th byte.
fn cut_calls_leave_no_secret(step: usize) {
    for (path, body) in bodies() {
        for end in (0..body.len()).step_by(step) {
            assert_eq!(left_behind(|| received(&path, &body[..end])), NOTHING, "{end}");
        }
    }
}

#[test]
fn broken_calls_leave_no_secret() {
    for (path, body) in bodies() {
        let text = String::from_utf8(body).unwrap();
        for changed in [
            text.replace("CardNumber", "CardNumbers"),
            text.replace("CardCvc", "CardCvcs"),
            text.replace("Token", "CardNumber"),
            text.replace("CardExpiryMonth", "CardCvc"),
            text.replace("ThreeDSecureCavv", "Mcc"),
            text.replace("CRes", "C Res"),
            text.replace("\"parameters\":{", "\"parameters\":[{"),
            text.replace("\":\"", "\":[\""),
            text.replace("\":\"", "\":\"x"),
            text.replace("\":\"", "x\":\""),
            text.replace("1130", "13"),
        ] {
            let left = left_behind(|| received(&path, changed.as_bytes()));
            assert_eq!(left, NOTHING, "{changed}");
        }
    }
}

#[test]
fn signatures_leave_no_part_of_the_key() {
    let left = left_behind(|| {
        let signature = Signature::of(&keys()[0], b"{}");
        black_box((signature.verify(&keys(), b"{}"), signature.clone(), format!("{signature:?}")))
    });
    assert_eq!(left, NOTHING);
}
