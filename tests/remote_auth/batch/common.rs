//! The documented bodies, and bodies made by hand.

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::{BatchResponse, Report, Submission};
use cashflows_codec::value::OriginalId;

pub(crate) const SUBMIT: &[u8] = include_bytes!("../../data/batch/submit.body");
pub(crate) const QUERY: &[u8] = include_bytes!("../../data/batch/query.body");
pub(crate) const REFUSED: &[u8] = include_bytes!("../../data/batch/refused.body");
pub(crate) const PENDING: &[u8] = include_bytes!("../../data/batch/pending.body");
pub(crate) const COMPLETE: &[u8] = include_bytes!("../../data/batch/complete.body");

/// The content type of a bare form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// The content type of the documented requests.
pub(crate) const PARTS: &str = "multipart/x-vcg-remote-api; boundary=_partBoundary_";
/// The content type of the documented complete report.
pub(crate) const REPORT_PARTS: &str = "multipart/x-vcg-remote-api; boundary=remote_batch-4C4106B0";
/// The content type of the bodies that are made here.
pub(crate) const B: &str = "multipart/x-vcg-remote-api; boundary=b";

pub(crate) fn credentials() -> Credentials {
    Credentials::new("73".parse().unwrap(), "password1234".parse().unwrap())
}

pub(crate) fn ids(texts: &[&str]) -> Vec<OriginalId> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

pub(crate) fn documented_submission() -> Submission {
    Submission::new(ids(&["01S00001724", "01S00001725", "01S00001726"]))
}

pub(crate) fn report(content_type: &str, body: impl Into<bytes::Bytes>) -> Report {
    match BatchResponse::decode(content_type, body).unwrap() {
        BatchResponse::Report(report) => report,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn one_part(form: &str) -> Vec<u8> {
    format!("--b\r\nContent-Type: {FORM}\r\n\r\n{form}\r\n--b--\r\n").into_bytes()
}

pub(crate) fn two_parts(form: &str, headers: &str, file: &str) -> Vec<u8> {
    format!("--b\r\nContent-Type: {FORM}\r\n\r\n{form}\r\n--b\r\n{headers}\r\n\r\n{file}\r\n--b--\r\n")
        .into_bytes()
}
