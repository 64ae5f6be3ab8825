//! The signature (section 2).

use cashflows_codec::gateway::{ApiKey, Signature};
use proptest::prelude::*;

const KEY: &str = "845c51f6-1cd5-4338-a586-df752e65d690";
const BODY: &[u8] = br#"{"amountToCollect": "10.00", "currency": "GBP", "locale": "en_GB" }"#;

/// The known answers of the page.
const KNOWN: [(&[u8], &str); 2] = [
    (
        BODY,
        "3CDF192F6AC67E3A491EF2B60EA9A03C6B408056CE19C3BBC307EB06A4CE1F40\
         81B8D021B1E9760E7CC18EED479EDBAFF926DADC2953B5F8B25717B8D5CB7609",
    ),
    (
        b"",
        "3DC38F55F8A4D5CEC49F1CDA9CE0F233A51AF9966F94FCC23EC09F1C6C5E08E6\
         51682F363A829EE2FC0CBDE7D7DA540877EDF69CB016D8CF847629F955BF1E66",
    ),
];

fn key(text: &str) -> ApiKey {
    text.parse().unwrap()
}

#[test]
fn the_known_answers_are_given_and_accepted_in_any_case() {
    for (body, digits) in KNOWN {
        assert_eq!(Signature::of(&key(KEY), body).secret_str(), digits);
        let mixed: String = digits
            .chars()
            .enumerate()
            .map(|(place, digit)| if place % 3 == 0 { digit.to_ascii_lowercase() } else { digit })
            .collect();
        for spelled in [digits.to_owned(), digits.to_lowercase(), mixed] {
            let signature: Signature = spelled.parse().unwrap();
            assert_eq!(signature.verify(&[key(KEY)], body), Ok(()), "{spelled}");
            assert_eq!(signature, Signature::of(&key(KEY), body));
        }
    }
}

/// Two keys are good at a time, in either order; the same one twice is good too.
#[test]
fn any_of_the_keys_will_do() {
    let signature = Signature::of(&key(KEY), BODY);
    let other = || key("another");
    for (keys, is_right) in [
        (vec![], false),
        (vec![other()], false),
        (vec![key(KEY), other()], true),
        (vec![other(), key(KEY)], true),
        (vec![key(KEY), key(KEY)], true),
        (vec![other(), other()], false),
    ] {
        assert_eq!(signature.verify(&keys, BODY).is_ok(), is_right, "{} keys", keys.len());
    }
}

#[test]
fn a_changed_byte_anywhere_fails() {
    let signature = Signature::of(&key(KEY), BODY);
    for place in 0..BODY.len() {
        for changed in [BODY[place] ^ 1, BODY[place] ^ 0x80, b' ', 0] {
            let mut body = BODY.to_vec();
            body[place] = changed;
            assert_eq!(signature.verify(&[key(KEY)], &body).is_ok(), body == BODY, "byte {place}");
        }
    }
    for place in 0..KEY.len() {
        let mut other = KEY.as_bytes().to_vec();
        other[place] = b'x';
        let other = key(core::str::from_utf8(&other).unwrap());
        assert!(signature.verify(&[other], BODY).is_err(), "byte {place} of the key");
    }
    for place in 0..128 {
        let mut digits = signature.secret_str().as_bytes().to_vec();
        digits[place] = if digits[place] == b'0' { b'1' } else { b'0' };
        let other: Signature = core::str::from_utf8(&digits).unwrap().parse().unwrap();
        assert!(other.verify(&[key(KEY)], BODY).is_err(), "digit {place}");
        assert_ne!(other, signature);
    }
    for other in [&BODY[1..], &BODY[..BODY.len() - 1], &[BODY, b"\n"].concat(), b""] {
        assert!(signature.verify(&[key(KEY)], other).is_err());
    }
}

#[test]
fn any_of_the_keys_may_have_signed_and_no_other() {
    let signature = Signature::of(&key("new"), BODY);
    for (keys, right) in [
        (vec![], false),
        (vec!["old"], false),
        (vec!["new"], true),
        (vec!["old", "new"], true),
        (vec!["new", "old"], true),
        (vec!["old", "older"], false),
    ] {
        let keys: Vec<ApiKey> = keys.into_iter().map(key).collect();
        assert_eq!(signature.verify(&keys, BODY).is_ok(), right, "{}", keys.len());
    }
}

#[test]
fn only_128_hexadecimal_digits_are_a_signature() {
    let digits = KNOWN[0].1;
    for wrong in ["", &digits[1..], &digits[2..], &format!("{digits}00"), &digits.replace('F', "G"), " "] {
        let error = wrong.parse::<Signature>().unwrap_err();
        assert_eq!(error.to_string(), "signature must be 128 hexadecimal digits");
    }
}

#[test]
fn neither_key_nor_signature_is_printed() {
    let (key, signature) = (key(KEY), Signature::of(&key(KEY), BODY));
    assert_eq!(format!("{key:?} {signature:?}"), "ApiKey(***) Signature(***)");
}

proptest! {
    #[test]
    fn what_is_signed_verifies_and_nothing_else_does(
        key_text in "[!-~]{1,256}",
        body: Vec<u8>,
        other: Vec<u8>,
    ) {
        let key = key(&key_text);
        let signature = Signature::of(&key, &body);
        prop_assert!(signature.verify(core::slice::from_ref(&key), &body).is_ok());
        prop_assert_eq!(signature.verify(&[key], &other).is_ok(), other == body);
    }
}
