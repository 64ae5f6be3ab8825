//! Any batch request, with the content type in the first line. Values read are written and read again.
#![no_main]

use cashflows_codec::remote_auth::batch::BatchRequest;
use cashflows_codec_fuzz::halves;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (content_type, body) = halves(data);
    let decoded = BatchRequest::decode(content_type, body);
    let _shown = format!("{decoded:?}");
    let Ok((credentials, request)) = decoded else { return };
    let written = match &request {
        BatchRequest::Query(query) => query.encode(&credentials),
        BatchRequest::Submit(submission) => match submission.encode(&credentials) {
            Ok(body) => body,
            // Ours is longer, with CRLF between the references.
            Err(_) => return,
        },
    };
    let again = BatchRequest::decode(written.content_type(), written.as_bytes());
    assert_eq!(again, Ok((credentials, request)));
});
