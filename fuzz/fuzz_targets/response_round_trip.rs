//! Any response that can be built: what is written is read.
#![no_main]

use cashflows_codec::Response;
use cashflows_codec_fuzz::{chosen, responses};
use libfuzzer_sys::fuzz_target;
use proptest::strategy::{BoxedStrategy, Strategy};

thread_local!(static RESPONSE: BoxedStrategy<Response> = responses::response().boxed());

fuzz_target!(|data: &[u8]| {
    let Some(response) = RESPONSE.with(|strategy| chosen(strategy, data)) else { return };
    assert_eq!(Response::decode(&response.encode()), Ok(response));
});
