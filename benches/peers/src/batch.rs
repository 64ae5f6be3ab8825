//! The batch bodies: an upload of 64 KiB, a report of 5,000 rows.

use std::convert::Infallible;
use std::hint::black_box;
use std::io::Write as _;

use bytes::Bytes;
use cashflows_codec::batch::Boundary;
use cashflows_codec::batch::{Reply, Report, RowResult, Submission};
use cashflows_codec::value::{Credentials, TransactionId};
use futures_util::{FutureExt, StreamExt, stream};
use http_body_util::BodyExt;
use serde::Deserialize;

use crate::corpus::Random;
use crate::group::{Group, Role};

const FORM: &str =
    "profile_id=73&profile_pass=password1234&attached_type=onhold_v0&batch_op=onhold-release-submit";
const BOUNDARY: &str = "_partBoundary_";

/// As many references as an upload can hold.
struct Upload {
    credentials: Credentials,
    submission: Submission,
    references: Vec<String>,
    body: Vec<u8>,
    client: reqwest::Client,
}

pub fn upload() -> Group {
    let upload = make_upload();
    let length = upload[0].body.len();
    assert!((65_520..=65_536).contains(&length), "{length} bytes");
    Group::new("upload")
        .case((Role::Ours, "Submission::encode"), upload, ours, |body| rows_of(&body))
        .case((Role::Peer, "reqwest's multipart"), upload, by_reqwest, |body| rows_of(&body))
        .case((Role::Peer, "write! a row"), upload, by_write, |body| rows_of(&body))
        .floor("memcpy and allocation", upload, |upload| upload.body.clone())
}

fn make_upload() -> &'static [Upload] {
    let mut random = Random(0xBA7C);
    let credentials =
        Credentials::new("73".parse().expect("an id"), "password1234".parse().expect("a password"));
    let references: Vec<String> = (0..6_000).map(|_| format!("01S{:08X}", random.next() as u32)).collect();
    let ids: Vec<TransactionId> = references.iter().map(|id| id.parse().expect("an id")).collect();
    let submission = Submission::new(ids).split(&credentials).swap_remove(0);
    let references = references[..submission.references().len()].to_vec();
    let body = submission.encode(&credentials).expect("64 KiB").into_bytes().to_vec();
    vec![Upload { credentials, submission, references, body, client: reqwest::Client::new() }].leak()
}

fn ours(upload: &Upload) -> Bytes {
    upload.submission.encode(&upload.credentials).expect("64 KiB").into_bytes()
}

/// The references of a body: its headers may differ from ours.
fn rows_of(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    text.lines().filter(|line| line.starts_with("01S")).collect::<Vec<_>>().join("\n").into_bytes()
}

fn csv(upload: &Upload) -> String {
    upload.references.join("\r\n")
}

fn by_reqwest(upload: &Upload) -> Bytes {
    let form =
        reqwest::multipart::Part::text(FORM).mime_str("application/x-www-form-urlencoded").expect("a type");
    let rows = reqwest::multipart::Part::text(csv(upload)).file_name("releaseRefs.csv").mime_str("text/csv");
    let parts = reqwest::multipart::Form::new().part("form", form).part("file", rows.expect("a type"));
    let mut request = upload.client.post("https://localhost/").multipart(parts).build().expect("a request");
    let body = request.body_mut().take().expect("a body");
    body.collect().now_or_never().expect("in memory").expect("no error").to_bytes()
}

fn by_write(upload: &Upload) -> Vec<u8> {
    let mut body = Vec::new();
    let form = "Content-Type: application/x-www-form-urlencoded";
    let file = "Content-Type: text/csv\r\nContent-Disposition: attachment; filename=\"releaseRefs.csv\"";
    write!(body, "--{BOUNDARY}\r\n{form}\r\n\r\n{FORM}\r\n--{BOUNDARY}\r\n{file}\r\n\r\n").expect("memory");
    for reference in &upload.references {
        write!(body, "{reference}\r\n").expect("memory");
    }
    write!(body, "--{BOUNDARY}--\r\n").expect("memory");
    body
}

/// A report as it comes.
struct Answer {
    content_type: String,
    body: Bytes,
}

pub fn report() -> Group {
    let answer = make_report();
    Group::new("report")
        .case((Role::Ours, "Reply::decode and its rows"), answer, read, |count| {
            count.to_string().into_bytes()
        })
        .case((Role::Peer, "multer + csv + serde"), answer, by_csv, |count| count.to_string().into_bytes())
        .floor("memchr count of lines", answer, |answer| memchr::memchr_iter(b'\n', &answer.body).count())
}

fn make_report() -> &'static [Answer] {
    const RESULTS: [&str; 5] =
        ["batchrel_ok", "batchrel_ok", "batchrel_notonhold", "batchrel_expired", "batchrel_invalref"];
    let mut random = Random(0x5E77);
    let rows = (0..5_000).map(|_| {
        let result: RowResult = random.pick(&RESULTS).parse().expect("a result");
        cashflows_codec::batch::Row::new(
            format!("01S{:08X}", random.next() as u32).parse().expect("an id"),
            result,
        )
    });
    let report = Report::complete("26".parse().expect("an id"), rows.collect::<Vec<_>>());
    let boundary: Boundary = BOUNDARY.parse().expect("a boundary");
    let body = Reply::Report(report).encode(&boundary).expect("a body");
    vec![Answer { content_type: body.content_type().to_string(), body: body.into_bytes() }].leak()
}

/// How many rows there are, and how many of them were released.
fn read(answer: &Answer) -> String {
    let Ok(Reply::Report(report)) = Reply::decode(&answer.content_type, answer.body.clone()) else {
        panic!("a report");
    };
    let (mut all, mut released) = (0, 0);
    for row in report.rows() {
        let row = row.expect("a row");
        black_box(&row);
        all += 1;
        released += u32::from(row.result().is_released());
    }
    format!("{all} {released}")
}

#[derive(Deserialize)]
struct Row {
    reference: String,
    result: String,
}

fn by_csv(answer: &Answer) -> String {
    let stream = stream::iter([Ok::<_, Infallible>(answer.body.clone())]);
    let mut parts = multer::Multipart::new(stream.boxed(), BOUNDARY);
    let mut next =
        || parts.next_field().now_or_never().expect("in memory").expect("a part").expect("two parts");
    let form = next().text().now_or_never().expect("in memory").expect("a form");
    black_box(serde_urlencoded::from_str::<Vec<(String, String)>>(&form).expect("a form"));
    let rows = next().bytes().now_or_never().expect("in memory").expect("rows");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&rows[..]);
    let (mut all, mut released) = (0, 0);
    for row in reader.deserialize::<Row>() {
        let row = row.expect("a row");
        black_box((&row, &row.reference));
        all += 1;
        released += u32::from(row.result == "batchrel_ok");
    }
    format!("{all} {released}")
}
