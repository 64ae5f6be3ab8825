//! The signature against another SHA-512: the first line is the key, the rest the body.
#![no_main]

use cashflows_codec::gateway::{ApiKey, Signature};
use cashflows_codec_fuzz::halves;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (key, body) = halves(data);
    let Ok(key) = ApiKey::try_from(key) else { return };
    let digest = hmac_sha512::Hash::hash([key.secret_str().as_bytes(), body].concat());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let signature = Signature::of(&key, body);
    assert_eq!(signature.secret_str(), digits.to_uppercase());
    let received: Signature = digits.parse().expect("digits");
    assert!(received == signature);
    let other: ApiKey = "another-key".parse().expect("a key");
    assert!(received.verify(&[other.clone(), key.clone()], body).is_ok());
    assert!(received.verify(&[other.clone()], body).is_err() || key == other);
    assert!(received.verify(&[key], &[body, b" "].concat()).is_err());
});
