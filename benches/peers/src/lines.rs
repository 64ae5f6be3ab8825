//! From response lines to typed values.

use std::sync::LazyLock;

use cashflows_codec::remote_auth::Response;
use cashflows_codec::remote_auth::response::View;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::corpus::{BULK, DOCUMENTED, MIXED};
use crate::group::{Group, Role};

const OURS: (Role, &str) = (Role::Ours, "Response::decode");
const VIEW: (Role, &str) = (Role::Ours, "View::decode");
const OWNED: (Role, &str) = (Role::Peer, "Response::decode");
const JSON: (Role, &str) = (Role::Peer, "serde_json, borrowed, of an equivalent object");
const SPLIT: (Role, &str) = (Role::Peer, "split to owned Strings");

static INPUTS: LazyLock<Vec<&[u8]>> = LazyLock::new(|| MIXED.iter().map(Vec::as_slice).collect());
static OBJECTS: LazyLock<Vec<String>> = LazyLock::new(|| MIXED.iter().map(|line| to_json(line)).collect());

pub fn mixed() -> Group {
    Group::new("line")
        .case(OURS, &INPUTS, |line| Response::decode(line).expect("a response"), |response| shown(&response))
        .case(SPLIT, &INPUTS, |line| split(line).expect("a response"), |owned| owned.shown())
        .case(
            JSON,
            &OBJECTS,
            |json| serde_json::from_str::<Object<'static>>(json).expect("an object"),
            |object| object.shown(),
        )
        .case(
            (Role::Peer, "regex"),
            &INPUTS,
            |line| by_regex(line).expect("a response"),
            |owned| owned.shown(),
        )
        .case((Role::Peer, "csv"), &INPUTS, |line| by_csv(line).expect("a response"), |owned| owned.shown())
        .floor("memchr count of the separators", &INPUTS, |line| memchr::memchr_iter(b'|', line).count())
}

/// The same lines, read in place.
pub fn view() -> Group {
    Group::new("view of a line")
        .case(VIEW, &INPUTS, |line| View::decode(line).expect("a response"), |view| shown(&view.to_owned()))
        .case(OWNED, &INPUTS, |line| Response::decode(line).expect("a response"), |response| shown(&response))
        .case(
            JSON,
            &OBJECTS,
            |json| serde_json::from_str::<Object<'static>>(json).expect("an object"),
            |object| object.shown(),
        )
        .floor("memchr count of the separators", &INPUTS, |line| memchr::memchr_iter(b'|', line).count())
}

pub fn documented() -> Group {
    Group::new("documented line")
        .case(
            OURS,
            &DOCUMENTED,
            |line| Response::decode(line).expect("a response"),
            |response| shown(&response),
        )
        .case(SPLIT, &DOCUMENTED, |line| split(line).expect("a response"), |owned| owned.shown())
        .floor("memchr count of the separators", &DOCUMENTED, |line| memchr::memchr_iter(b'|', line).count())
}

pub fn bulk() -> Group {
    Group::new("100 MB of lines")
        .not_countable()
        .case(OURS, &*BULK, |lines| each(lines, |line| Response::decode(line).is_ok()), ok)
        .case(SPLIT, &*BULK, |lines| each(lines, |line| split(line).is_some()), ok)
        .floor("memcpy", &*BULK, |lines| copy(lines))
}

/// Copies into memory allocated before, to measure copying without the system's paging.
pub fn copy(lines: &[u8]) {
    use std::cell::RefCell;
    thread_local!(static TARGET: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });
    TARGET.with_borrow_mut(|target| {
        target.clear();
        target.extend_from_slice(lines);
        std::hint::black_box(target);
    });
}

/// Number of lines that are responses.
pub fn each(lines: &'static [u8], mut is_response: impl FnMut(&'static [u8]) -> bool) -> usize {
    let mut start = 0;
    let mut count = 0;
    for end in memchr::memchr_iter(b'\n', lines) {
        count += usize::from(is_response(&lines[start..end]));
        start = end + 1;
    }
    count
}

fn ok(count: usize) -> Vec<u8> {
    count.to_string().into_bytes()
}

/// Two threads decode the mixed lines, against one.
pub fn threads() -> Group {
    static ONE: [usize; 1] = [1];
    static TWO: [usize; 1] = [2];
    let decode = |threads: &'static usize| {
        std::thread::scope(|scope| {
            for _ in 0..*threads {
                scope.spawn(|| {
                    for line in (0..100).flat_map(|_| MIXED.iter()) {
                        std::hint::black_box(Response::decode(line).is_ok());
                    }
                });
            }
        });
    };
    Group::new("threads")
        .not_countable()
        .case((Role::Ours, "two threads, twice the work"), &TWO, decode, |()| Vec::new())
        .case((Role::Peer, "one thread"), &ONE, decode, |()| Vec::new())
}

/// The content of a response, as text between vertical lines.
fn shown(response: &Response) -> Vec<u8> {
    let code = response.response_code().map(|code| code.to_string());
    let code = code.or_else(|| response.authorisation_code().map(|code| code.to_string()));
    let (status, id, checks) = (response.status(), response.transaction_id(), response.checks());
    let id = id.expect("an id");
    let (code, message) = (code.unwrap_or_else(|| "-".to_owned()), response.message());
    let mut shown = format!("{status}|{id}|{checks}|{code}|{message}");
    for extra in response.extras().iter() {
        shown = shown + "|" + extra;
    }
    shown.into_bytes()
}

/// A typical handwritten reader.
struct Owned {
    status: String,
    id: String,
    checks: String,
    code: String,
    message: String,
    extras: Vec<String>,
}

impl Owned {
    fn shown(&self) -> Vec<u8> {
        let Self { status, id, checks, code, message, extras } = self;
        let mut shown = format!("{status}|{id}|{checks}|{code}|{message}");
        for extra in extras {
            shown = shown + "|" + extra;
        }
        shown.into_bytes()
    }
}

fn split(line: &[u8]) -> Option<Owned> {
    let line = std::str::from_utf8(line).ok()?;
    let fields: Vec<&str> = line.trim_end().split('|').collect();
    let [status, id, checks, code, message, extras @ ..] = fields.as_slice() else { return None };
    Some(Owned {
        status: (*status).to_owned(),
        id: (*id).to_owned(),
        checks: (*checks).to_owned(),
        code: (*code).to_owned(),
        message: (*message).to_owned(),
        extras: extras.iter().map(|&extra| extra.to_owned()).collect(),
    })
}

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([A-Za-z])\|([0-9A-Za-z]+)\|([0-9]{3})\|([^|]+)\|([^|]*)((?:\|[^|]*)*)\r?\n?$")
        .expect("a pattern")
});

fn by_regex(line: &'static [u8]) -> Option<Object<'static>> {
    let captures = PATTERN.captures(std::str::from_utf8(line).ok()?)?;
    let text = |group| captures.get(group).map_or("", |found| found.as_str());
    Some(Object {
        status: text(1),
        id: text(2),
        checks: text(3),
        code: text(4),
        message: text(5),
        extras: text(6).split('|').skip(1).collect(),
    })
}

fn by_csv(line: &[u8]) -> Option<Owned> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'|').has_headers(false).quoting(false).from_reader(line);
    let record = reader.records().next()?.ok()?;
    let text = |field| record.get(field).map(str::to_owned);
    Some(Owned {
        status: text(0)?,
        id: text(1)?,
        checks: text(2)?,
        code: text(3)?,
        message: text(4)?,
        extras: record.iter().skip(5).map(str::to_owned).collect(),
    })
}

/// The same as a JSON object, as a similar gateway would send it.
#[derive(Serialize, Deserialize)]
struct Object<'a> {
    status: &'a str,
    id: &'a str,
    checks: &'a str,
    code: &'a str,
    message: &'a str,
    #[serde(borrow)]
    extras: Extras<'a>,
}

/// Up to three, in place: a `Vec` would cost `serde_json` an allocation that the format does not need.
#[derive(Serialize, Deserialize)]
struct Extras<'a>(#[serde(borrow)] Option<&'a str>, Option<&'a str>, Option<&'a str>);

impl<'a> FromIterator<&'a str> for Extras<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut texts = texts.into_iter();
        Self(texts.next(), texts.next(), texts.next())
    }
}

impl Object<'_> {
    fn shown(&self) -> Vec<u8> {
        let Self { status, id, checks, code, message, extras: Extras(first, second, third) } = self;
        let mut shown = format!("{status}|{id}|{checks}|{code}|{message}");
        for extra in [first, second, third].into_iter().flatten() {
            shown = shown + "|" + extra;
        }
        shown.into_bytes()
    }
}

fn to_json(line: &'static [u8]) -> String {
    serde_json::to_string(&by_regex(line).expect("a response")).expect("an object")
}
