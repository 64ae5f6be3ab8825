//! Twice the bytes cost at most 2.3 times the allocations and allocated bytes, however adversarial
//! they are, and above the limits next to nothing. `tests/complexity/instructions` counts
//! instructions in the same way.
#![cfg(feature = "batch")]
#![allow(unsafe_code, reason = "counting allocations takes an allocator, which is unsafe to implement")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod attempts;
#[cfg(feature = "simulator")]
#[path = "../support/jobs.rs"]
mod job_support;
#[cfg(feature = "simulator")]
mod jobs;
#[cfg(feature = "simulator")]
mod ledger;
#[cfg(feature = "simulator")]
#[path = "../support/load.rs"]
mod support;

use core::cell::Cell;
use core::hint::black_box;
use std::alloc::{GlobalAlloc, Layout, System};

#[cfg(feature = "gateway")]
use cashflows_codec::gateway::{
    ApiKey, JsonLimits, Notification, ShopperReturn, Signature,
    incoming::{CallHeaders, IncomingCall},
    request::PaymentJob,
    response::Job,
};
#[cfg(feature = "hosted-page")]
use cashflows_codec::hosted_page::PageRequest;
use cashflows_codec::remote_auth::batch::{BatchRequest, BatchResponse};
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::response::Lines;
use cashflows_codec::remote_auth::{Limits, Request, Response};

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    /// Allocations and their bytes, of this thread: the test harness has others.
    static COST: Cell<Cost> = const { Cell::new(Cost { allocations: 0, bytes: 0 }) };
    /// Bytes that are allocated now. A thread that frees what another one allocated goes below zero.
    static LIVE: Cell<usize> = const { Cell::new(0) };
}

#[derive(Clone, Copy, Debug)]
struct Cost {
    allocations: usize,
    bytes: usize,
}

// SAFETY: the system's allocator does the work; this only counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Cost { allocations, bytes } = COST.get();
        COST.set(Cost { allocations: allocations + 1, bytes: bytes + layout.size() });
        LIVE.set(LIVE.get().wrapping_add(layout.size()));
        // SAFETY: the caller's promise is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.set(LIVE.get().wrapping_sub(layout.size()));
        // SAFETY: the caller's promise is the system's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

fn cost<T>(work: impl FnOnce() -> T) -> Cost {
    let before = COST.get();
    drop(black_box(work()));
    let after = COST.get();
    Cost { allocations: after.allocations - before.allocations, bytes: after.bytes - before.bytes }
}

const PARTS: &str = "multipart/x-vcg-remote-api; boundary=b";
const FORM: &str = "application/x-www-form-urlencoded";

/// The limits are not what is tested here: they are set so that all is read.
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
#[cfg(feature = "gateway")]
fn json(limits: &Limits) -> JsonLimits {
    JsonLimits::default().with_bytes(limits.request_bytes).with_values(limits.request_bytes)
}

type Reader = fn(&[u8], &Limits);

/// Every reader. What they make of the bytes does not matter.
const READERS: &[(&str, Reader)] = &[
    #[cfg(feature = "gateway")]
    ("payment job", |body, limits| {
        let _ = black_box(PaymentJob::decode_with(body, &json(limits)));
    }),
    #[cfg(feature = "gateway")]
    ("answer about a job", |body, limits| {
        let _ = black_box(cashflows_codec::gateway::response::Response::<Job>::decode_with(
            200,
            body,
            &json(limits),
        ));
    }),
    #[cfg(feature = "gateway")]
    ("query of a call", |body, _| {
        let key: ApiKey = "key".parse().unwrap();
        let signature = Signature::of(&key, b"");
        let headers: [(&str, &[u8]); 2] =
            [("ConfigurationId", b"1"), ("Hash", signature.secret_str().as_bytes())];
        let headers = CallHeaders::read(headers).unwrap();
        let path = format!("/api/gateway/supported-payment-methods?{}", String::from_utf8_lossy(body));
        let _ = black_box(IncomingCall::decode("GET", &path, &headers, b"", &[key]));
    }),
    #[cfg(feature = "gateway")]
    ("notification", |body, limits| {
        let _ = black_box(Notification::decode_with(body, &json(limits)));
    }),
    #[cfg(feature = "gateway")]
    ("shopper's return", |body, _| {
        let _ = black_box(ShopperReturn::decode(&format!("https://a/?{}", String::from_utf8_lossy(body))));
    }),
    #[cfg(all(feature = "gateway", feature = "hosted-page"))]
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
    ("batch reply", |body, limits| {
        let reply = BatchResponse::decode_with(PARTS, body.to_vec(), limits);
        if let Ok(BatchResponse::Report(report)) = reply {
            black_box(report.findings());
        }
    }),
    ("batch form", |body, limits| {
        let _ = black_box(BatchResponse::decode_with(FORM, body.to_vec(), limits));
    }),
];

/// Bodies of about `size` bytes that are meant to be hard to read.
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

#[test]
fn twice_the_bytes_cost_at_most_2_3_times_as_much() {
    const SIZE: usize = 16_000;
    for ((name, once), (_, twice)) in adversarial(SIZE).into_iter().zip(adversarial(2 * SIZE)) {
        for (reader, read) in READERS {
            let [once, twice] = [&once, &twice].map(|body| cost(|| read(body, &unlimited())));
            // Where next to nothing is allocated, a buffer more or less is no trend.
            let bound = |once: usize, free: usize| once * 23 / 10 + free;
            assert!(twice.allocations <= bound(once.allocations, 8), "{reader}, {name}: {once:?} {twice:?}");
            assert!(twice.bytes <= bound(once.bytes, 1_000), "{reader}, {name}: {once:?} {twice:?}");
        }
    }
}

/// For `tests/complexity/instructions`: everything reads one body of one size.
#[test]
#[ignore = "run by tests/complexity/instructions"]
fn instructions() {
    let variable = |name| std::env::var(name).ok().and_then(|number| number.parse::<usize>().ok()).unwrap();
    let (_, body) = adversarial(variable("SIZE")).swap_remove(variable("BODY"));
    measured(&body);
}

#[test]
#[ignore = "run by tests/complexity/instructions"]
fn list() {
    for (name, _) in adversarial(100) {
        println!("body: {name}");
    }
}

#[inline(never)]
fn measured(body: &[u8]) {
    for (_, read) in READERS {
        read(body, &unlimited());
    }
}

/// What has no limit: its caller has the whole text already.
const UNLIMITED: [&str; 3] = ["masked form", "query of a call", "shopper's return"];

/// A body that is too large is refused before anything of it is read.
#[test]
fn above_the_limits_nothing_is_done() {
    for byte in *b"|&%=x\n" {
        let body = vec![byte; 17_000_000];
        for (reader, read) in READERS.iter().filter(|(reader, _)| !UNLIMITED.contains(reader)) {
            // A reply is handed over as a copy, which is the test's own.
            let copied = if reader.starts_with("batch") { body.len() } else { 0 };
            let cost = cost(|| read(&body, &Limits::default()));
            // The list of errors has one.
            assert!(cost.allocations <= 2 && cost.bytes <= copied + 64, "{reader}, {byte}: {cost:?}");
        }
    }
}

/// Ten thousand parts, parameters and fields, each above its limit.
#[test]
fn what_is_too_many_is_a_typed_error_at_once() {
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
