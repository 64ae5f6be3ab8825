//! The batch bodies: an upload of 64 KiB, a report of 5,000 rows.

use std::convert::Infallible;
use std::hint::black_box;
use std::io::Write as _;

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::Boundary;
use cashflows_codec::remote_auth::batch::{BatchResponse, Report, RowResult, Submission};
use cashflows_codec::value::OriginalId;
use futures_util::{FutureExt, StreamExt, stream};
use serde::Deserialize;

use crate::corpus::Random;
use crate::group::{Group, Role};

const FORM: &str =
    "profile_id=73&profile_pass=password1234&attached_type=onhold_v0&batch_op=onhold-release-submit";
const BOUNDARY: &str = "_partBoundary_";

/// The references of a full upload.
struct Upload {
    credentials: Credentials,
    submission: Submission,
    references: Vec<String>,
    body: Vec<u8>,
}

pub fn upload() -> Group {
    let upload = make_upload();
    let length = upload[0].body.len();
    assert!((65_520..=65_536).contains(&length), "{length} bytes");
    Group::new("upload")
        .case((Role::Ours, "Submission::encode"), upload, ours, |body| rows_of(&body))
        .case((Role::Peer, "reqwest's multipart"), upload, by_reqwest, |frames| rows_of(&frames.concat()))
        .case((Role::Peer, "write! a row"), upload, by_write, |body| rows_of(&body))
        .floor("memcpy and allocation", upload, |upload| upload.body.clone())
        .floor("memcpy, allocation and wiping", upload, |upload| Wiped(upload.body.clone()))
}

/// Wiped on drop like ours. The peers leave the password in memory.
struct Wiped(Vec<u8>);

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.fill(0);
        black_box(&mut self.0);
    }
}

fn make_upload() -> &'static [Upload] {
    let mut random = Random(0xBA7C);
    let credentials =
        Credentials::new("73".parse().expect("an id"), "password1234".parse().expect("a password"));
    let references: Vec<String> = (0..6_000).map(|_| format!("01S{:08X}", random.next() as u32)).collect();
    let ids: Vec<OriginalId> = references.iter().map(|id| id.parse().expect("an id")).collect();
    let submission = Submission::new(ids).split(&credentials).swap_remove(0);
    let references = references[..submission.references().len()].to_vec();
    let body = submission.encode(&credentials).expect("64 KiB").into_bytes().to_vec();
    vec![Upload { credentials, submission, references, body }].leak()
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

/// The frames as a client sends them, without a request around them, and not joined.
fn by_reqwest(upload: &Upload) -> Vec<Bytes> {
    let form =
        reqwest::multipart::Part::text(FORM).mime_str("application/x-www-form-urlencoded").expect("a type");
    let rows = reqwest::multipart::Part::text(csv(upload)).file_name("releaseRefs.csv").mime_str("text/csv");
    let parts = reqwest::multipart::Form::new().part("form", form).part("file", rows.expect("a type"));
    let frames = parts.into_stream().map(|frame| frame.expect("no error"));
    frames.collect().now_or_never().expect("in memory")
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

/// A report as received.
struct Answer {
    content_type: String,
    body: Bytes,
}

pub fn report() -> Group {
    let answer = make_report();
    compare_rows(&answer[0]);
    Group::new("report")
        .case((Role::Ours, "BatchResponse::decode and its rows"), answer, read, Count::show)
        .case((Role::Peer, "multer + csv + serde"), answer, count_by_csv, Count::show)
        .floor("memchr count of lines", answer, |answer| memchr::memchr_iter(b'\n', &answer.body).count())
}

fn make_report() -> &'static [Answer] {
    const RESULTS: [&str; 5] =
        ["batchrel_ok", "batchrel_ok", "batchrel_notonhold", "batchrel_expired", "batchrel_invalref"];
    let mut random = Random(0x5E77);
    let rows = (0..5_000).map(|_| {
        let result: RowResult = random.pick(&RESULTS).parse().expect("a result");
        cashflows_codec::remote_auth::batch::Row::new(
            format!("01S{:08X}", random.next() as u32).parse().expect("an id"),
            result,
        )
    });
    let report = Report::complete("26".parse().expect("an id"), rows.collect::<Vec<_>>());
    let boundary: Boundary = BOUNDARY.parse().expect("a boundary");
    let body = BatchResponse::Report(report).encode(&boundary).expect("a body");
    vec![Answer { content_type: body.content_type().to_string(), body: body.into_bytes() }].leak()
}

/// Number of rows, and of the released ones.
#[derive(Default)]
struct Count {
    all: u32,
    released: u32,
}

impl Count {
    fn row(&mut self, is_released: bool) {
        self.all += 1;
        self.released += u32::from(is_released);
    }

    fn show(self) -> Vec<u8> {
        format!("{} {}", self.all, self.released).into_bytes()
    }
}

fn ours_of(answer: &Answer) -> Report {
    match BatchResponse::decode(&answer.content_type, answer.body.clone()) {
        Ok(BatchResponse::Report(report)) => report,
        other => panic!("{other:?}"),
    }
}

fn read(answer: &Answer) -> Count {
    let mut count = Count::default();
    for row in ours_of(answer).rows() {
        let row = row.expect("a row");
        black_box(&row);
        count.row(row.result().is_released());
    }
    count
}

#[derive(Deserialize)]
struct Row {
    reference: String,
    result: String,
}

/// The rows by multer, csv and serde.
fn by_csv(answer: &Answer, mut each: impl FnMut(Row)) {
    let stream = stream::iter([Ok::<_, Infallible>(answer.body.clone())]);
    let mut parts = multer::Multipart::new(stream.boxed(), BOUNDARY);
    let mut next =
        || parts.next_field().now_or_never().expect("in memory").expect("a part").expect("two parts");
    let form = next().text().now_or_never().expect("in memory").expect("a form");
    black_box(serde_urlencoded::from_str::<Vec<(String, String)>>(&form).expect("a form"));
    let rows = next().bytes().now_or_never().expect("in memory").expect("rows");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&rows[..]);
    for row in reader.deserialize() {
        each(row.expect("a row"));
    }
}

fn count_by_csv(answer: &Answer) -> Count {
    let mut count = Count::default();
    by_csv(answer, |row| {
        black_box(&row);
        count.row(row.result == "batchrel_ok");
    });
    count
}

/// The measured work only counts rows. This compares them.
fn compare_rows(answer: &Answer) {
    let mut theirs = Vec::new();
    by_csv(answer, |Row { reference, result }| theirs.push(format!("{reference},{result}")));
    let report = ours_of(answer);
    let ours = report.rows().map(|row| row.map(|row| format!("{},{}", row.reference(), row.result())));
    assert_eq!(ours.collect::<Result<Vec<_>, _>>(), Ok(theirs));
}
