//! Any bytes as a request body: a request that is read can be written and read again.
#![no_main]

use cashflows_codec::remote_auth::request::{Finding, RequestError};
use cashflows_codec::remote_auth::{HeaderCredentials, Limits, Request};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let decoded = Request::decode(data);
    let _shown = format!("{decoded:?}");
    match decoded {
        Ok(decoded) => {
            let body = decoded.request.encode(&decoded.credentials);
            let again = Request::decode(body.as_bytes()).expect("it was written");
            assert_eq!((&again.request, &again.credentials), (&decoded.request, &decoded.credentials));
            assert!(again.ignored.is_empty() && again.unlisted.is_empty());
            // Received text is written as it came, with its control characters.
            assert!(again.findings.iter().all(Finding::is_kept));
            // A header changes no value that the body has.
            let headers = HeaderCredentials { profile: Some("1"), password: Some("p") };
            let beside = Request::decode_with_headers(data, &Limits::default(), headers).expect("it is read");
            assert_eq!((beside.request, beside.credentials), (decoded.request, decoded.credentials));
        }
        Err(RequestError::Parameters(errors)) => {
            assert!(!errors.is_empty());
            let _reasons: Vec<_> = errors.iter().map(|error| (error.to_string(), error.reason())).collect();
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
