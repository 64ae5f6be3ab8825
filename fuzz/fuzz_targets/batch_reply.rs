//! Any batch response, with the content type in the first line. Values read are written and read again.
#![no_main]

use bytes::Bytes;
use cashflows_codec::remote_auth::batch::{BatchResponse, Boundary};
use cashflows_codec_fuzz::halves;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (content_type, body) = halves(data);
    let decoded = BatchResponse::decode(content_type, Bytes::copy_from_slice(body));
    let _shown = format!("{decoded:?} {:?}", decoded.as_ref().map_err(|error| error.to_string()));
    let Ok(reply) = decoded else { return };
    if let BatchResponse::Report(report) = &reply {
        for finding in report.findings() {
            assert_eq!(finding.to_string(), format!("{} {}", finding.at(), finding.problem()));
        }
        assert!(report.rows().count() <= body.len());
    }
    let Ok(body) = reply.encode(&Boundary::default()) else { return };
    let again = BatchResponse::decode(body.content_type(), body.as_bytes().clone()).expect("it was written");
    match (again, reply) {
        // Unlisted rows are not written.
        (BatchResponse::Report(again), BatchResponse::Report(reply)) => {
            assert_eq!((again.batch_id(), again.status()), (reply.batch_id(), reply.status()));
            assert_eq!(again.attachment(), reply.attachment());
            assert_eq!(again.item_count(), reply.item_count());
        }
        (again, reply) => assert_eq!(again, reply),
    }
});
