//! Requests that a gateway has to refuse, and those that a merchant must not send.

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::{BatchRefusal, BatchRequest, Query, Submission};

use super::common::*;

const SUBMIT_FORM: &str =
    "profile_id=73&profile_pass=x&attached_type=onhold_v0&batch_op=onhold-release-submit";
const QUERY_FORM: &str = "profile_id=73&profile_pass=x&batch_id=26&batch_op=onhold-release-query";

fn csv(name: &str) -> String {
    format!("Content-Type: text/csv\r\nContent-Disposition: attachment; filename=\"{name}\"")
}

#[test]
fn refusal_of_every_wrong_form_is_invalid_request() {
    let operations = "batch_op must be one of: onhold-release-submit, onhold-release-query";
    for (form, message) in [
        (String::new(), "profile_id is mandatory; profile_pass is mandatory; batch_op is mandatory"),
        (QUERY_FORM.replace("-query", ""), operations),
        (QUERY_FORM.replace("26", "x"), "batch_id must be 1 to 20 digits"),
        (QUERY_FORM.replace("26", ""), "batch_id is mandatory"),
        (format!("{QUERY_FORM}&batch_id=26"), "batch_id appears more than once"),
        (format!("{QUERY_FORM}&%zz=1"), "a parameter's name has an invalid percent escape"),
        (
            QUERY_FORM.replace("73", "a").replace("=x", "=%FF"),
            "profile_pass is not valid UTF-8; profile_id must be 1 to 20 digits",
        ),
        (SUBMIT_FORM.replace("_v0", "_v1"), "attached_type must be one of: onhold_v0"),
        (SUBMIT_FORM.to_owned(), "the attachment is missing"),
        ("a&".repeat(129), "more than 128 parameters in the form"),
    ] {
        let error = BatchRequest::decode(B, &one_part(&form)).unwrap_err();
        assert_eq!(error.to_string(), message, "{form}");
        assert_eq!(error.refusal(), BatchRefusal::InvalidRequest, "{form}");
    }
}

#[test]
fn refusal_of_every_wrong_attachment_is_the_documented_one() {
    let no_name = "file name must end in .csv or .txt and contain neither /, \\ nor quotes";
    let (request, name) = (BatchRefusal::InvalidRequest, BatchRefusal::InvalidFileName);
    for (form, headers, file, message, refusal) in [
        (QUERY_FORM, csv("r.csv"), "A1", "an attachment where none may be", request),
        (
            SUBMIT_FORM,
            csv("r.csv"),
            "A1\r\nB 2",
            "row 2, byte 4 of the attachment: the reference is not a transaction id",
            request,
        ),
        (
            SUBMIT_FORM,
            csv("r.csv"),
            "A1\n\nB 2",
            "row 3, byte 4 of the attachment: the reference is not a transaction id",
            request,
        ),
        (
            SUBMIT_FORM,
            "Content-Type: image/png".to_owned(),
            "A1",
            "the attachment is neither text/csv nor text/plain",
            request,
        ),
        (SUBMIT_FORM, "Content-Type: text/csv".to_owned(), "A1", "file name must not be empty", name),
        (SUBMIT_FORM, csv("../r.csv"), "A1", no_name, name),
        (SUBMIT_FORM, csv("r.exe"), "A1", no_name, name),
        (SUBMIT_FORM, csv(""), "A1", "file name must not be empty", name),
    ] {
        let error = BatchRequest::decode(B, &two_parts(form, &headers, file)).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.refusal(), refusal, "{message}");
    }
}

#[test]
fn upload_of_a_reference_that_names_no_transaction_is_refused() {
    for id in ["null", "NULL", "0", "00000000000", "undefined", "none", "nil", "99e00000001", "99E00000001"] {
        let message = "row 2, byte 13 of the attachment: the reference names no transaction";
        let file = format!("01S00001724\r\n{id}\r\n01S00001725");
        let error = BatchRequest::decode(B, &two_parts(SUBMIT_FORM, &csv("r.csv"), &file)).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.refusal()), (message, BatchRefusal::InvalidRequest));
    }
}

#[test]
fn decode_reads_other_line_ends_in_the_file() {
    let headers = "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=r.txt";
    for (file, references) in [
        ("", &[][..]),
        ("A1", &["A1"]),
        ("A1\r\n", &["A1"]),
        ("A1\nB2", &["A1", "B2"]),
        ("A1\r\nB2\nC3\n", &["A1", "B2", "C3"]),
    ] {
        let (_, request) = BatchRequest::decode(B, &two_parts(SUBMIT_FORM, headers, file)).unwrap();
        let BatchRequest::Submit(submission) = request else { panic!("{file:?} is a submission") };
        assert_eq!(submission.references(), ids(references), "{file:?}");
        assert_eq!(submission.file_name().as_str(), "r.txt");
    }
}

#[test]
fn decode_reads_what_spreadsheets_write() {
    for (file, references, found) in [
        (
            "A1;\r\nB2;;\r\n",
            &["A1", "B2"][..],
            &["has rows that are written otherwise: 2, the first is row 1"][..],
        ),
        ("A1\r\n\"B2\"\r\n", &["A1", "B2"], &["has rows that are written otherwise: 1, the first is row 2"]),
        ("\"Reference\"\t\r\nA1", &["A1"], &["begins with a header row"]),
        ("A1\r\n,,\r\n\r\n", &["A1"], &["has empty lines: 2"]),
    ] {
        let (_, request) = BatchRequest::decode(B, &two_parts(SUBMIT_FORM, &csv("r.csv"), file)).unwrap();
        let BatchRequest::Submit(submission) = request else { panic!("{file:?} is a submission") };
        assert_eq!(submission.references(), ids(references), "{file:?}");
        let findings: Vec<String> = submission.findings().iter().map(ToString::to_string).collect();
        assert_eq!(findings, found.iter().map(|found| format!("attachment {found}")).collect::<Vec<_>>());
    }
    for wrong in ["1.00E+02", "1,00E+02", "A1;B2", "A1,batchrel_ok", "\"A1", ";A1", "A1 B2"] {
        let file = format!("C3\r\n{wrong}");
        let error = BatchRequest::decode(B, &two_parts(SUBMIT_FORM, &csv("r.csv"), &file)).unwrap_err();
        let message = "row 2, byte 4 of the attachment: the reference is not a transaction id";
        assert_eq!(error.to_string(), message, "{wrong}");
    }
}

#[test]
fn decode_ignores_unlisted_parameters() {
    assert!(BatchRequest::decode(B, &one_part(&format!("{QUERY_FORM}&submit=submit"))).is_ok());
}

#[test]
fn encode_refuses_large_upload_before_building_it() {
    let room = Submission::MAX_BYTES - Submission::new([]).encoded_len(&credentials());
    let most = (room + 2) / 13;
    let full = Submission::new(ids(&["01S00001724"]).repeat(most));
    let body = full.encode(&credentials()).unwrap();
    assert!((Submission::MAX_BYTES - 12..=Submission::MAX_BYTES).contains(&body.content_length()));
    assert_eq!(full.encoded_len(&credentials()), body.content_length());

    let over = Submission::new(ids(&["01S00001724"]).repeat(most + 1));
    assert_eq!(over.encoded_len(&credentials()), body.content_length() + 13);
    let error = over.encode(&credentials()).unwrap_err();
    assert_eq!(error.to_string(), "more than 65536 bytes in the body");
}

#[test]
fn body_of_exactly_the_limit_round_trips() {
    // The last reference takes up what the others leave.
    let base = Submission::new(ids(&["01S00001724"]).repeat(4_900));
    let left = Submission::MAX_BYTES - base.encoded_len(&credentials());
    let mut references = base.references().to_vec();
    references.extend(ids(&["A"]).repeat(left / 3 - 1));
    references.push("B".repeat(1 + left % 3).parse().unwrap());
    let body = Submission::new(references).encode(&credentials()).unwrap();
    assert_eq!(body.content_length(), Submission::MAX_BYTES);
    assert!(BatchRequest::decode(PARTS, body.as_bytes()).is_ok());
}

#[test]
fn split_of_no_references_is_empty() {
    assert_eq!(Submission::new([]).split(&credentials()), []);
}

#[test]
fn debug_hides_the_password() {
    let credentials = Credentials::new("73".parse().unwrap(), "hunter2".parse().unwrap());
    let body = documented_submission().encode(&credentials).unwrap();
    let shown = format!("{body:?} {:#?}", Query::new("26".parse().unwrap()).encode(&credentials));
    assert!(shown.starts_with("BatchBody { content_type: \"multipart/"), "{shown}");
    let decoded = BatchRequest::decode(PARTS, body.as_bytes()).unwrap();
    let broken = BatchRequest::decode(PARTS, &body.as_bytes()[..100]).unwrap_err();
    for text in [shown, format!("{decoded:?}"), format!("{broken:?} {broken}")] {
        assert!(!text.contains("hunter2"), "{text}");
    }
}
