//! Our half of the talk with independent multipart parsers; `tests/interop/run` drives it.
//!
//! `write_ours` puts each case into the folder `INTEROP_DIR` as `ours/<case>.{type,body,json}`; the others
//! read these, check them against the JSON, and write the same parts as `<writer>/<case>.{type,body}`,
//! which `read_theirs` decodes. Without the variable there is no other writer, and ours are read alone.

use std::path::PathBuf;
use std::{env, fs};

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::{
    BatchBody, BatchRefusal, BatchRequest, BatchResponse, BatchStatus, Boundary, Query, Report, Row,
    RowResult, Submission,
};
use serde_json::{Value, json};

use super::common::{FORM, documented_submission, ids};

const WRITERS: [&str; 2] = ["python", "node"];

/// The folder that other programs fill, if there are any.
fn shared_folder() -> Option<PathBuf> {
    env::var_os("INTEROP_DIR").map(PathBuf::from)
}

/// What a body says, however it is framed.
#[derive(Debug, PartialEq)]
enum Message {
    Request(Credentials, BatchRequest),
    BatchResponse(BatchResponse),
}

impl Message {
    fn decode(case: &str, content_type: &str, body: Vec<u8>) -> Self {
        if case.starts_with("reply") {
            return Self::BatchResponse(BatchResponse::decode(content_type, body).expect(case));
        }
        // Each writer has a boundary of its own, which is not what the message says.
        let (credentials, request) = BatchRequest::decode(content_type, &body).expect(case);
        let request = match request {
            BatchRequest::Submit(submit) => BatchRequest::Submit(submit.with_boundary(Boundary::default())),
            BatchRequest::Query(query) => BatchRequest::Query(query.with_boundary(Boundary::default())),
        };
        Self::Request(credentials, request)
    }
}

/// A body of ours and the parts that an independent parser has to find in it.
struct Case {
    name: &'static str,
    body: BatchBody,
    parts: Value,
}

fn part(content_type: &str, file_name: Option<&str>, data: &str) -> Value {
    json!({ "type": content_type, "file_name": file_name, "data": data })
}

fn query(name: &'static str, credentials: &Credentials, form: &str) -> Case {
    let body = Query::new("26".parse().unwrap()).encode(credentials);
    let form = format!("{form}&batch_id=26&batch_op=onhold-release-query");
    Case { name, body, parts: json!([part(FORM, None, &form)]) }
}

fn submission(name: &'static str, submission: &Submission, credentials: &Credentials, form: &str) -> Case {
    let file_name = submission.file_name();
    let references: Vec<_> = submission.references().iter().map(|reference| reference.as_str()).collect();
    let form = format!("{form}&attached_type=onhold_v0&batch_op=onhold-release-submit");
    let file = part(file_name.media_type(), Some(file_name.as_str()), &references.join("\r\n"));
    Case {
        name,
        body: submission.encode(credentials).unwrap(),
        parts: json!([part(FORM, None, &form), file]),
    }
}

fn reply(name: &'static str, reply: impl Into<BatchResponse>, parts: Value) -> Case {
    let boundary = "remote_batch-4C4106B0".parse().unwrap();
    Case { name, body: reply.into().encode(&boundary).unwrap(), parts }
}

fn cases() -> Vec<Case> {
    let credentials = |password: &str| Credentials::new("73".parse().unwrap(), password.parse().unwrap());
    let plain = (&credentials("password1234"), "profile_id=73&profile_pass=password1234");
    let hostile = (
        &credentials("\r\n--_partBoundary_--\r\n&batch_op=x%&=+ \"é\u{1F511}"),
        "profile_id=73&profile_pass=%0D%0A--_partBoundary_--%0D%0A%26batch_op%3Dx%25%26%3D%2B+%22%C3%A9%F0%9F%94%91",
    );
    let three = documented_submission();
    let many = Submission::new(three.references().repeat(1_600));
    let other = three.clone().with_file_name("a name; with=signs.txt".parse().unwrap());
    let other = other.with_boundary("a b'()+_,-./:=?".parse().unwrap());
    let results = RowResult::ALL.iter().zip(ids(&["A1", "B2", "C3", "D4", "E5"]));
    let id = "26".parse().unwrap();
    let complete = Report::complete(id, results.map(|(result, id)| Row::new(id.transaction_id(), *result)));
    let rows = "A1,batchrel_ok\r\nB2,batchrel_notonhold\r\nC3,batchrel_invalref\r\nD4,batchrel_expired\r\n\
                E5,batchrel_error";
    let form = "result=release_report&batch_id=26&batch_status=complete&item_count=5&item_succ=1&item_fail=4&\
                attached_type=onhold_v0";
    let pending = "result=release_report&batch_id=26&batch_status=pending";
    vec![
        submission("request-submit", &three, plain.0, plain.1),
        submission("request-submit-hostile", &three, hostile.0, hostile.1),
        submission("request-submit-many", &many, hostile.0, hostile.1),
        submission("request-submit-other", &other, hostile.0, hostile.1),
        query("request-query", plain.0, plain.1),
        query("request-query-hostile", hostile.0, hostile.1),
        reply("reply-complete", complete, json!([part(FORM, None, form), part("text/csv", None, rows)])),
        reply("reply-pending", Report::new(id, BatchStatus::Pending), json!([part(FORM, None, pending)])),
        reply(
            "reply-refused",
            BatchRefusal::RequestTooBig,
            json!([part(FORM, None, "result=request_toobig")]),
        ),
    ]
}

#[test]
fn write_ours() {
    let folder = shared_folder().unwrap_or_else(|| env!("CARGO_TARGET_TMPDIR").into());
    let ours = folder.join("ours");
    fs::create_dir_all(&ours).unwrap();
    for Case { name, body, parts } in cases() {
        let file = |extension: &str| ours.join(name).with_extension(extension);
        fs::write(file("type"), body.content_type()).unwrap();
        fs::write(file("body"), body.as_bytes()).unwrap();
        fs::write(file("json"), parts.to_string()).unwrap();
    }
}

#[test]
fn read_theirs() {
    let folder = shared_folder();
    for Case { name, body, .. } in cases() {
        let ours = Message::decode(name, body.content_type(), body.as_bytes().to_vec());
        for (folder, writer) in folder.iter().flat_map(|folder| WRITERS.map(|writer| (folder, writer))) {
            let file = |extension: &str| folder.join(writer).join(name).with_extension(extension);
            let content_type = fs::read_to_string(file("type")).unwrap();
            let theirs = Message::decode(name, &content_type, fs::read(file("body")).unwrap());
            assert_eq!(theirs, ours, "{name} by {writer}");
        }
    }
}
