//! Twice the bytes cost at most 2.3 times the allocations and allocated bytes, even for adversarial bytes. Bodies above
//! the limits cost almost no memory.

use cashflows_codec::gateway::call::{CallType, RetrieveJob};
use core::hint::black_box;

use cashflows_codec::gateway::{
    ApiKey, JsonLimits, Notification, ShopperReturn, Signature,
    incoming::{CallHeaders, IncomingCall},
    request::PaymentJob,
};
use cashflows_codec::hosted_page::PageRequest;
use cashflows_codec::remote_auth::batch::{BatchRequest, BatchResponse};
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::response::Lines;
use cashflows_codec::remote_auth::{Limits, Request, Response};

use crate::{cost, number};

const PARTS: &str = "multipart/x-vcg-remote-api; boundary=b";
const FORM: &str = "application/x-www-form-urlencoded";

/// Limits that no body here reaches: they are not the subject of these tests.
fn unlimited() -> Limits {
    const MAX: usize = 1_000_000_000;
    Limits {
        request_bytes: MAX,
        request_parameters: MAX,
        response_bytes: MAX,
        batch_request_bytes: MAX,
        batch_response_bytes: MAX,
        batch_parameters: MAX,
    }
}

/// The same limits for JSON.
fn json(limits: &Limits) -> JsonLimits {
    JsonLimits::default().with_bytes(limits.request_bytes).with_values(limits.request_bytes)
}

type Reader = fn(&[u8], &Limits);

/// Every reader. The result of reading does not matter.
const READERS: &[(&str, Reader)] = &[
    ("payment job", |body, limits| {
        let _ = black_box(PaymentJob::decode_with(body, &json(limits)));
    }),
    ("response about a job", |body, limits| {
        let _ = black_box(RetrieveJob::decode_with(200, body, &json(limits)));
    }),
    ("query of a call", |body, _| {
        let key: ApiKey = "key".parse().unwrap();
        let signature = Signature::of(&key, b"");
        let headers: [(&str, &[u8]); 2] =
            [("ConfigurationId", b"1"), ("Hash", signature.secret_str().as_bytes())];
        let headers = CallHeaders::read(headers).unwrap();
        let path = format!("/api/gateway/supported-payment-methods?{}", String::from_utf8_lossy(body));
        let _ = black_box(IncomingCall::decode("GET", &path, &headers, b"", &[key]));
    }),
    ("notification", |body, limits| {
        let _ = black_box(Notification::decode_with(body, &json(limits)));
    }),
    ("shopper's return", |body, _| {
        let _ = black_box(ShopperReturn::decode(&format!("https://a/?{}", String::from_utf8_lossy(body))));
    }),
    ("page of the other provider", |body, limits| {
        let _ = black_box(PageRequest::decode_with(body, &json(limits)));
    }),
    ("lines", |body, limits| {
        black_box(Lines::new(body).with_limits(*limits).filter(Result::is_err).count());
    }),
    ("response", |body, limits| {
        let _ = black_box(Response::decode_with(body, limits));
    }),
    ("request", |body, limits| {
        let _ = black_box(Request::decode_with(body, limits));
    }),
    ("masked form", |body, _| {
        black_box(MaskedForm::new(body).to_string());
    }),
    ("batch request", |body, limits| {
        let _ = black_box(BatchRequest::decode_with(PARTS, body, limits));
    }),
    ("batch response", |body, limits| {
        let reply = BatchResponse::decode_with(PARTS, body.to_vec(), limits);
        if let Ok(BatchResponse::Report(report)) = reply {
            black_box(report.findings());
        }
    }),
    ("batch form", |body, limits| {
        let _ = black_box(BatchResponse::decode_with(FORM, body.to_vec(), limits));
    }),
];

/// Bodies of about `size` bytes that are hard to read.
fn adversarial(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    let repeat = |piece: &str| piece.repeat(size / piece.len()).into_bytes();
    let numbered = |piece: &str| {
        let pieces = (0..size / (piece.len() + 5)).map(|number| piece.replace('#', &format!("{number:06}")));
        pieces.collect::<String>().into_bytes()
    };
    let part = format!("--b\r\nContent-Type: {FORM}\r\n\r\nresult=x\r\n");
    let around = |before: &str, piece: &str, after: &str| {
        [before.as_bytes(), &repeat(piece), after.as_bytes()].concat()
    };
    let members = |piece: &str| {
        let mut members = numbered(piece);
        members.insert(0, b'{');
        members.extend_from_slice(br#""z":1}"#);
        members
    };
    vec![
        ("separators of fields", repeat("|")),
        ("separators of pairs", repeat("&")),
        ("separators of names", repeat("=")),
        ("half escapes", repeat("%")),
        ("escapes", around("cust_name=", "%41", "")),
        ("line ends", repeat("\r\n")),
        ("blanks", repeat(" ")),
        ("one field", around("A|1|200|-|", "x", "")),
        ("one name", around("", "x", "=")),
        ("one value", around("auth_pass=", "x", "")),
        ("duplicates", repeat("card_num=1&")),
        ("duplicates of a wrong value", repeat("card_num=%&")),
        ("unknown names", numbered("n#=&")),
        ("unknown names with wrong values", numbered("n#=%&")),
        ("wrong names", numbered("n#%=1&")),
        ("digits", repeat("4929918273645542 ")),
        ("card numbers", around("tran_desc=", "4000000000000002", "")),
        ("card numbers in groups", around("tran_desc=", "4000 0000-0000.0002/", "")),
        ("card numbers as references", around("tran_ref=", "4000 0000 0000 0002 ", "")),
        ("one long reference", around("tran_ref=", "4", "")),
        ("names of secrets, almost", around("tran_desc=", "primary_recipient_account_", "")),
        ("UUIDs, almost", around("tran_ref=", "01a22e0d-1328-7020-8123-45876b723d6-", "")),
        ("digits that are none of ASCII", around("tran_desc=", "\u{ff14}\u{664}", "")),
        ("zeros", around("tran_desc=", "0", "")),
        ("names", around("cust_name=", "Ab ", "")),
        ("one e-mail address", around("cust_email=a@", "1.a", "")),
        ("delimiters", repeat("\r\n--b")),
        ("delimiters cut short", repeat("\r\n--")),
        ("parts", around("", &part, "--b--\r\n")),
        ("members", members(r#""n#":1,"#)),
        ("members with escapes", members(r#""\u0061#":1,"#)),
        ("duplicate members", members(r#""a":1,"#)),
        ("objects with duplicates", around(r#"{"data":["#, r#"{"a":1,"a":2},"#, "1]}")),
        ("products that are none", around(r#"{"order":{"orderLines":["#, r#"{"x":1},"#, "{}]}}")),
        ("parameters that are none", around(r#"{"parameters":{"#, r#""a":"b","#, r#""b":"c"}}"#)),
        ("parameters of no table", [br#"{"parameters":"#, &members(r#""n#":"","#)[..], b"}"].concat()),
        ("payments", around(r#"{"data":{"payments":["#, r#"{"status":"?"},"#, "{}]}}")),
        ("payments that are none", around(r#"{"data":{"payments":["#, "1,", "{}]}}")),
        ("links", around(r#"{"links":{"#, r#""a":{"url":1},"#, r#""z":{}}}"#)),
        ("lists in lists", repeat("[")),
        ("white space in JSON", around("{", " \n", "}")),
        ("a string of escapes", around(r#"{"reference":""#, r"\u00e9", r#""}"#)),
        ("half a pair of surrogates", around(r#"{"reference":""#, r"\ud83d", r#""}"#)),
        ("a long number", around(r#"{"amountToCollect":"#, "1", "}")),
        ("a long fraction", around(r#"{"amountToCollect":1."#, "0", "1}")),
        ("blank lines", around("--b\r\n", "\r\n\r\n", "")),
        ("headers", around("--b\r\n", "a: b\r\n", "\r\n\r\n\r\n--b--\r\n")),
        (
            "rows",
            around(
                &format!(
                    "--b\r\nContent-Type: {FORM}\r\n\r\nresult=release_report&batch_id=1&batch_status=complete\r\n\
                     --b\r\nContent-Type: text/csv\r\n\r\n"
                ),
                "A1,x\r\n,\r\n",
                "\r\n--b--\r\n",
            ),
        ),
    ]
}

/// Compares the cost of bodies of `size` bytes with that of bodies twice as long.
fn cost_is_linear(size: usize) {
    for ((name, once), (_, twice)) in adversarial(size).into_iter().zip(adversarial(2 * size)) {
        for (reader, read) in READERS {
            let [once, twice] = [&once, &twice].map(|body| cost(|| read(body, &unlimited())));
            // At few allocations, a buffer more or less is no trend.
            let bound = |once: usize, free: usize| once * 23 / 10 + free;
            assert!(twice.allocations <= bound(once.allocations, 8), "{reader}, {name}: {once:?} {twice:?}");
            assert!(twice.bytes <= bound(once.bytes, 1_000), "{reader}, {name}: {once:?} {twice:?}");
        }
    }
}

#[test]
fn cost_is_linear_in_kilobytes() {
    cost_is_linear(2_000);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn cost_is_linear_in_tens_of_kilobytes() {
    cost_is_linear(16_000);
}

/// Reads the body of a number at one size with every reader, for `tests/cost/instructions`.
#[test]
#[ignore = "run by tests/cost/instructions"]
fn instructions() {
    let mut bodies = adversarial(number("SIZE", 100) as usize);
    let count = bodies.len();
    let (name, body) = bodies.swap_remove(number("BODY", 0) as usize);
    println!("body of {count}: {name}");
    measured(&body);
}

#[inline(never)]
fn measured(body: &[u8]) {
    for (_, read) in READERS {
        read(body, &unlimited());
    }
}

/// Readers without a limit: their callers have the whole text already.
const UNLIMITED: [&str; 3] = ["masked form", "query of a call", "shopper's return"];

/// Expects that a body over the limit is refused before it is read.
fn too_large_is_refused_unread(bytes: &[u8]) {
    for &byte in bytes {
        let body = vec![byte; 17_000_000];
        for (reader, read) in READERS.iter().filter(|(reader, _)| !UNLIMITED.contains(reader)) {
            // A batch response is passed as a copy, which is the test's own.
            let copied = if reader.starts_with("batch") { body.len() } else { 0 };
            let cost = cost(|| read(&body, &Limits::default()));
            // The list of errors takes one.
            assert!(cost.allocations <= 2 && cost.bytes <= copied + 64, "{reader}, {byte}: {cost:?}");
        }
    }
}

#[test]
fn too_large_body_is_refused_unread() {
    too_large_is_refused_unread(b"&");
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn too_large_body_of_any_separator_is_refused_unread() {
    too_large_is_refused_unread(b"|%=x\n");
}

/// Ten thousand parts, parameters and fields, each above its limit.
#[test]
fn decoders_refuse_too_many_parts_with_an_error() {
    let part = format!("--b\r\nContent-Type: {FORM}\r\n\r\nresult=x\r\n");
    for (error, expected) in [
        (
            Request::decode(&b"a&".repeat(10_000)).unwrap_err().to_string(),
            "more than 128 parameters in the form",
        ),
        (
            BatchResponse::decode(FORM, b"a&".repeat(10_000)).unwrap_err().to_string(),
            "more than 128 parameters in the form",
        ),
        (
            Response::decode(&[b"A|1|200|-|", &b"|".repeat(10_000)[..]].concat()).unwrap_err().to_string(),
            "response field line, byte 4096: the line is too long",
        ),
        (
            BatchResponse::decode(PARTS, format!("{part}{}--b--\r\n", part.repeat(10_000)))
                .unwrap_err()
                .to_string(),
            "the attachment is neither text/csv nor text/plain",
        ),
    ] {
        assert_eq!(error, expected);
    }
}
