//! Any request that can be built: it is written and read.
#![no_main]

use cashflows_codec::remote_auth::Request;
use cashflows_codec_fuzz::{Source, requests};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let source = &mut Source::new(data);
    let (request, credentials) = (requests::request(source), requests::credentials(source));
    let body = request.encode(&credentials);
    let decoded = Request::decode(body.as_bytes()).expect("it was written");
    assert_eq!((decoded.request, decoded.credentials), (request, credentials));
    assert!(
        decoded.unlisted.is_empty()
            && decoded.ignored.is_empty()
            && decoded.findings.is_empty()
            && !decoded.test_mode
    );
});
