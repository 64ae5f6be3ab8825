//! Any bytes as a response: what is read is written back byte for byte, and a view says the same.
#![no_main]

use cashflows_codec::remote_auth::ReturnFlags;
use cashflows_codec::remote_auth::response::View;
use cashflows_codec::remote_auth::{Outcome, Response};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let decoded = Response::decode(data);
    let outcome = Outcome::of(&decoded);
    let view = View::decode(data);
    assert_eq!(view.map(View::to_owned), decoded);
    assert_eq!(view.ok(), decoded.as_ref().ok().map(Response::view));
    assert!(outcome != Outcome::Authorised || data.starts_with(b"A|"));
    let _shown = format!("{decoded:?} {:?}", decoded.as_ref().map_err(ToString::to_string));
    match decoded {
        Ok(response) => {
            let line = response.encode();
            assert!(data.starts_with(&line));
            assert!(data[line.len()..].iter().all(|byte| b"\r\n".contains(byte)));
            let _origin = response.recurring_origin();
            let asked = ReturnFlags::none().with_acquirer_reference().with_token();
            let _resolved = response.extras().resolve(asked);
        }
        Err(error) => assert!(error.offset() <= data.len()),
    }
});
