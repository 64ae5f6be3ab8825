//! What holds for every response and for every body.
#![expect(clippy::indexing_slicing, reason = "clippy takes only what has the attribute for a test")]

use cashflows_codec::remote_auth::Outcome;
use cashflows_codec::remote_auth::response::Response;
use cashflows_codec::remote_auth::response::{DecodeErrorKind, ResponseField};
use proptest::prelude::*;

/// Bytes that look like a line, or like nothing.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        "[ADSX]\\|[0-9A-Z]{0,12}\\|[0-9]{2,4}\\|[-A-Z0-9]{0,5}\\|?[^\\n]{0,20}".prop_map(String::into_bytes),
        "([A-Za-z0-9|é\\n-]){0,60}".prop_map(String::into_bytes),
    ]
}

proptest! {
    #[test]
    fn decode_reads_what_encode_wrote(response in crate::support::responses::response()) {
        prop_assert_eq!(Response::decode(&response.encode()), Ok(response));
    }

    #[test]
    fn encode_writes_what_decode_read(body in body()) {
        if let Ok(response) = Response::decode(&body) {
            let line = response.encode();
            if response.findings().is_empty() {
                prop_assert_eq!(&line[..], without_line_end(&body));
            }
            let again = Response::decode(&line);
            prop_assert_eq!(Outcome::of(&again), response.outcome());
            prop_assert_eq!(again, Ok(response));
        }
    }

    #[test]
    fn only_status_a_is_authorised_in_garbled_lines(
        response in crate::support::responses::response(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut line = response.encode().to_vec();
        let at = at.index(line.len());
        line[at] = byte;
        let decoded = Response::decode(&line);
        prop_assert_eq!(Outcome::of(&decoded) == Outcome::Authorised, decoded.is_ok() && line[0] == b'A');
    }

    #[test]
    fn decode_error_offset_is_within_the_body(body in body()) {
        if let Err(error) = Response::decode(&body) {
            prop_assert!(error.offset <= body.len());
            let is_code = error.field == ResponseField::Code;
            prop_assert!(is_code || error.kind != DecodeErrorKind::NotACode);
            prop_assert_eq!(Outcome::of(&error), Outcome::Unknown);
        }
    }
}

fn without_line_end(body: &[u8]) -> &[u8] {
    let end = body.iter().rposition(|byte| !b"\r\n".contains(byte)).map_or(0, |last| last + 1);
    &body[..end]
}
