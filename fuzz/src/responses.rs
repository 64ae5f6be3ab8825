//! Every response that can be built.

use cashflows_codec::remote_auth::Response;
use cashflows_codec::remote_auth::response::Decision;
use cashflows_codec::remote_auth::response::Message;
use cashflows_codec::value::TransactionId;
use cashflows_codec::value::{Checks, Status};

use crate::source::{Max, Source, some, value};

pub fn response(source: &mut Source<'_>) -> Response {
    let answer = answer(source);
    let id: TransactionId = value(source.spelled(Source::ALPHANUMERIC, 1..=32));
    let checks: Checks = value(source.spelled(Source::DIGITS, 3..=3));
    let message: Message = value(field(source, 3_072));
    // More extras than a request can ask for; three of the longest are the most that is written.
    let (count, max) = if source.choice(2) == 0 { (source.choice(4), 255) } else { (source.choice(7), 127) };
    let extras: Vec<String> = (0..count).map(|_| field(source, max)).collect();
    Response::new(answer, id, checks, message).with_extras(extras).expect("extras that can be written")
}

/// Listed statuses more often than others.
fn answer(source: &mut Source<'_>) -> Decision {
    let status: Status = match source.maybe(|source| source.one_of(Status::ALL)) {
        Some(listed) => listed,
        None => value(source.spelled(&Source::ALPHANUMERIC[10..], 1..=1)),
    };
    let code = match status {
        Status::Authorised | Status::Unlisted(_) => source.maybe(authorisation_code),
        _ => Some(response_code(source)),
    };
    Decision::new(status, code.as_deref()).expect("a code that the status has")
}

fn response_code(source: &mut Source<'_>) -> String {
    let family = source.spelled(&Source::ALPHANUMERIC[10..], 1..=1);
    family + &source.spelled(Source::DIGITS, 3..=3)
}

/// `-` and `null` mean none, U+FFFD stands for no text, and neither end is a blank.
fn authorisation_code(source: &mut Source<'_>) -> String {
    let code = source.written(Max::Bytes(32), |it| !matches!(it, '|' | '\u{fffd}') && !it.is_control());
    let code = some(code.trim_matches(' ').to_owned());
    if code == "-" || code.eq_ignore_ascii_case("null") { "--".into() } else { code }
}

fn field(source: &mut Source<'_>, max: usize) -> String {
    source.written(Max::Bytes(max), |it| it != '|' && !it.is_control())
}
