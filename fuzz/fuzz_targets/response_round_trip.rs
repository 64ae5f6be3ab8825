//! Any response that can be built: it is written and read.
#![no_main]

use cashflows_codec::remote_auth::Response;
use cashflows_codec_fuzz::{Source, responses};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let response = responses::response(&mut Source::new(data));
    assert_eq!(Response::decode(&response.encode()), Ok(response));
});
