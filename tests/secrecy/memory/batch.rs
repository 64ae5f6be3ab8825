//! Batch requests, whole and broken: their form holds the password.

use core::hint::black_box;

use cashflows_codec::remote_auth::batch::{BatchRequest, Query, Submission};

use super::NOTHING;
use super::watch::left_behind;
use crate::support::secrets::*;

const B: &str = "multipart/x-vcg-remote-api; boundary=b";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded";
const FILE: &str = "Content-Type: text/csv\r\nContent-Disposition: attachment; filename=\"r.csv\"";

fn received(content_type: &str, body: &[u8]) {
    black_box(format!("{:?}", BatchRequest::decode(content_type, body)));
}

#[test]
fn uploads_and_queries_leave_no_secret() {
    let submission = Submission::new(vec![value("01S00001724"); 9_000]);
    let left = left_behind(|| {
        let credentials = credentials();
        for part in submission.split(&credentials) {
            let body = part.encode(&credentials).unwrap();
            black_box(format!("{body:?} {:?}", part.encoded_len(&credentials)));
            received(body.content_type(), body.as_bytes());
        }
        assert!(submission.encode(&credentials).is_err());
        let query = Query::new(value("26")).encode(&credentials);
        received(query.content_type(), query.as_bytes());
        query.clone().into_bytes()
    });
    assert_eq!(left, NOTHING);
}

/// The form in all places but the first part, which it should be.
#[test]
fn broken_requests_leave_no_secret() {
    let form = "profile_id=73&profile_pass=pa55%2Bw%25rd%26h0rse&batch_id=26&batch_op=onhold-release-query";
    let whole = format!("--b\r\n{FORM}\r\n\r\n{form}\r\n--b\r\n{FILE}\r\n\r\nA1\r\n--b--\r\n");
    for body in [
        whole.replace("A1", form),
        format!("{form}\r\n{whole}"),
        format!("{form}--b{form}\r\n{whole}"),
        format!("{whole}{form}: {form}"),
        format!("--b\r\n{FILE}\r\n\r\nA1\r\n--b\r\n{FORM}\r\n\r\n{form}\r\n--b--\r\n"),
        whole.replace("A1\r\n", &format!("A1\r\n--b\r\n{FORM}\r\n\r\n{form}\r\n")),
        // The blank line is missing, the delimiter indented, the line ends bare.
        whole.replace("\r\n\r\n", "\r\n"),
        whole.replace("\r\n\r\n", "\r\n").replace("h0rse", "h0rse:"),
        whole.replace("--b\r\n", &format!("--b {form}\r\n")),
        whole.replace("--b", "  --b"),
        whole.replace("\r\n", "\n"),
        whole.replace("--b", "--c"),
        form.to_owned(),
        whole.replace("73&", "x&").replace("A1", "A 1"),
    ] {
        assert_eq!(left_behind(|| received(B, body.as_bytes())), NOTHING, "{body}");
    }
    for end in 0..whole.len() {
        assert_eq!(left_behind(|| received(B, &whole.as_bytes()[..end])), NOTHING, "{end}");
    }
}
