//! Any request that can be built: what is written is read.
#![no_main]

use cashflows_codec::Request;
use cashflows_codec::value::Credentials;
use cashflows_codec_fuzz::{chosen, requests};
use libfuzzer_sys::fuzz_target;
use proptest::strategy::{BoxedStrategy, Strategy};

thread_local!(static REQUEST: BoxedStrategy<(Request, Credentials)> =
    (requests::request(), requests::credentials()).boxed());

fuzz_target!(|data: &[u8]| {
    let Some((request, credentials)) = REQUEST.with(|strategy| chosen(strategy, data)) else { return };
    let body = request.encode(&credentials);
    let decoded = Request::decode(body.as_bytes()).expect("it was written");
    assert_eq!((decoded.request(), decoded.credentials()), (&request, &credentials));
    assert!(decoded.unknown().is_empty() && !decoded.test_mode());
});
