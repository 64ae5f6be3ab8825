//! Every response that can be built is built from some input.

use std::collections::BTreeSet;

use cashflows_codec::remote_auth::response::Decision;
use cashflows_codec::value::Status;

use crate::{Source, responses};

/// Inputs of up to 600 bytes, always the same (xorshift64*).
fn inputs() -> impl Iterator<Item = Vec<u8>> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes()
    };
    core::iter::repeat_with(move || {
        let words = 2 + usize::from(next()[7]) % 74;
        (0..words).flat_map(|_| next()).collect()
    })
    .take(20_000)
}

#[test]
fn responses_have_every_status_code_and_count_of_extras() {
    let mut seen = BTreeSet::new();
    for input in inputs() {
        let response = responses::response(&mut Source::new(&input));
        let coded = match response.decision() {
            Decision::Authorised(code) | Decision::Unlisted(_, code) => code.is_some(),
            _ => true,
        };
        let letter = match response.status() {
            Status::Unlisted(_) => '?',
            listed => listed.letter(),
        };
        // Codes that mean none are written too.
        let extras = response.encode().iter().filter(|&&byte| byte == b'|').count() - 4;
        seen.insert((letter, coded, extras, response.message().is_empty()));
    }
    for letter in Status::ALL.iter().map(|status| status.letter()).chain(['?']) {
        for coded in [true, false] {
            for count in 0..=6 {
                let can_be = coded || matches!(letter, 'A' | '?');
                let built = seen.iter().any(|&(a, b, c, _)| (a, b, c) == (letter, coded, count));
                assert_eq!(built, can_be, "{letter}, code: {coded}, extras: {count}");
            }
        }
    }
    assert!(seen.iter().any(|response| response.3), "no message");
}
