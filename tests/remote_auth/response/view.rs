//! A view says of every body what a response says of it, and lines are its bodies, one by one.

use std::num::NonZeroUsize;

use cashflows_codec::remote_auth::response::{Lines, Response, ResponseField, View};
use cashflows_codec::remote_auth::{Limits, Outcome, ReturnFlags};
use proptest::prelude::*;

/// Bytes that look like a line, or like nothing.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        "[ADSXVa]\\|[0-9A-Z]{0,34}\\|[0-9]{2,4}\\|(-|[DSV][0-9]{3}|[-A-Z0-9é\\t]{0,34})(\\|[^\\n]{0,20}){0,6}\\r?\\n?"
            .prop_map(String::into_bytes),
        crate::support::responses::response().prop_map(|response| response.encode().to_vec()),
    ]
}

const FIELDS: [ResponseField; 7] = {
    use ResponseField::*;
    [Line, Status, TransactionId, Checks, Code, Message, Extras]
};

proptest! {
    #[test]
    fn view_and_response_agree_on_every_body(body in body(), max in 0..200_usize) {
        for limits in [Limits::default(), Limits { response_bytes: max, ..Limits::default() }] {
            let (view, response) = (View::decode_with(&body, &limits), Response::decode_with(&body, &limits));
            prop_assert_eq!(Outcome::of(&view), Outcome::of(&response));
            // The same error in the same place, or the same response, there and back.
            prop_assert_eq!(view.map(View::to_owned), response.clone());
            let (Ok(view), Ok(response)) = (view, response) else { continue };
            prop_assert_eq!(view.findings(), response.findings());
            prop_assert_eq!(view.transaction_id(), response.transaction_id());
            prop_assert_eq!(view.decision(), response.decision());
            prop_assert_eq!(view.message(), response.message());
            prop_assert!(view.extras().iter().eq(response.extras().iter()));
            for field in FIELDS {
                prop_assert_eq!(view.field(field), response.view().field(field));
            }
            // Only what is not text is kept as something else.
            if str::from_utf8(&body).is_ok_and(|body| !body.trim_matches([' ', '\t', '\r', '\n']).contains(char::is_control)) {
                prop_assert_eq!(view, response.view());
            }
        }
    }

    #[test]
    fn view_has_the_values_of_its_response(
        response in crate::support::responses::response(),
        flags in any::<[bool; 3]>(),
    ) {
        let line = response.encode();
        let view = View::decode(&line).unwrap();
        prop_assert_eq!(view.decision(), response.decision());
        prop_assert_eq!(view.status(), response.status());
        prop_assert_eq!(view.transaction_id(), response.transaction_id());
        prop_assert_eq!(view.checks(), response.checks());
        prop_assert_eq!(view.authorisation_code(), response.authorisation_code());
        prop_assert_eq!(view.response_code(), response.response_code());
        prop_assert_eq!(view.reason(), response.reason());
        prop_assert_eq!(view.message(), response.message());
        prop_assert_eq!(view.extras(), response.extras());
        prop_assert_eq!(view.outcome(), response.outcome());
        let mut asked = ReturnFlags::none();
        asked = if flags[0] { asked.with_acquirer_reference() } else { asked };
        asked = if flags[1] { asked.with_token() } else { asked };
        asked = if flags[2] { asked.with_scheme_transaction_id() } else { asked };
        prop_assert_eq!(view.extras().resolve(asked), response.extras().resolve(asked));
        let shown = format!("{view:?}");
        prop_assert_eq!(shown.replacen("View", "Response", 1), format!("{response:?}"));
    }

    #[test]
    fn view_fields_match_a_split(response in crate::support::responses::response()) {
        use ResponseField::*;
        let line = response.encode();
        let line = str::from_utf8(&line).unwrap();
        let view = View::decode(line).unwrap();
        let mut split = line.splitn(6, '|');
        for field in [Status, TransactionId, Checks, Code, Message] {
            prop_assert_eq!(Some(&*view.field(field)), split.next());
        }
        prop_assert_eq!(view.field(Extras), split.next().unwrap_or(""));
        prop_assert_eq!(view.field(Line), line);
        let is_blocked = view.field(Status) == "E" && view.decision().status().to_string() == "B";
        prop_assert!(is_blocked || view.decision().status().to_string() == view.field(Status));
    }

    /// What a value of its own takes is no finding, and what it does not take is one, or decides.
    #[test]
    fn view_fields_match_the_values(
        id in "[0-9A-Za-z]{0,34}|[!-{}~]{0,5}",
        checks in "[0-9]{2,4}|[!-{]{3}",
        code in "[A-Z]?[0-9]{2,4}|-|[!-{é]{0,34}",
        status in "[A-Za-z]|[!-{]",
    ) {
        use cashflows_codec::remote_auth::response::Decision;
        use cashflows_codec::value::{Checks, Status, TransactionId};
        let line = format!("{status}|{id}|{checks}|{code}|");
        let view = View::decode(&line);
        let Ok(letter) = Status::try_from(status.as_str()) else {
            prop_assert!(view.is_err());
            return Ok(());
        };
        let is_refusal = !matches!(letter, Status::Authorised | Status::Unlisted(_));
        let is_code = Decision::new(letter, (code != "-").then_some(code.as_str())).is_ok();
        prop_assert_eq!(view.is_ok(), !is_refusal || is_code || code.is_empty() || code == "-", "{}", line);
        let Ok(view) = view else { return Ok(()) };
        let found = |field| view.findings().iter().any(|finding| finding.at == field);
        // An id that names nothing is malformed, unlike one that begins with 99E.
        let names_nothing = |id: TransactionId| !id.names_a_transaction() && !id.as_str().to_uppercase().starts_with("99E");
        let is_malformed = TransactionId::try_from(id.as_str()).map_or(true, names_nothing);
        prop_assert_eq!(found(ResponseField::TransactionId), is_malformed);
        prop_assert_eq!(found(ResponseField::Checks), Checks::try_from(checks.as_str()).is_err());
        prop_assert_eq!(found(ResponseField::Code), !is_code && code != "-");
        prop_assert_eq!(&*view.field(ResponseField::Line), line.as_str());
    }

    #[test]
    fn lines_match_bodies_read_one_by_one(
        bodies in proptest::collection::vec((body(), prop_oneof!["\n", "\r\n"]), 0..20),
        ends in any::<bool>(),
    ) {
        // A line end within a body would make two of it.
        let within = |body: &[u8]| body.iter().copied().filter(|byte| *byte != b'\n').collect::<Vec<u8>>();
        let mut buffer = Vec::new();
        let mut expected = Vec::new();
        for (number, (body, end)) in bodies.iter().enumerate() {
            let body = within(body);
            expected.push((number as u64 + 1, buffer.len() as u64, View::decode(&body).map(View::to_owned)));
            buffer.extend_from_slice(&body);
            buffer.extend_from_slice(end.as_bytes());
        }
        if !ends && expected.last().is_some_and(|(.., read)| read.is_ok()) {
            let line_end = bodies.last().unwrap().1.len();
            buffer.truncate(buffer.len() - line_end);
        }
        prop_assert_eq!(read(Lines::new(&buffer)), expected.clone());
        // However it is cut, it is the same, but for the numbers, which begin anew.
        for parts in 1..9 {
            let parts: Vec<_> = Lines::new(&buffer).split(NonZeroUsize::new(parts).unwrap()).collect();
            prop_assert!(parts.iter().all(|part| part.number() == 1));
            let (mut found, mut number) = (Vec::new(), 1);
            for part in parts {
                let offset = part.offset();
                let mut part = part.starting_at(number, offset);
                found.extend(read(part.by_ref()));
                number = part.number();
            }
            prop_assert_eq!(&found, &expected);
        }
    }
}

type Found = (u64, u64, Result<Response, cashflows_codec::remote_auth::response::DecodeError>);

fn read<'a>(lines: impl Iterator<Item = <Lines<'a> as Iterator>::Item>) -> Vec<Found> {
    let found = |line: <Lines<'a> as Iterator>::Item| match line {
        Ok(line) => (line.number(), line.offset(), Ok(line.view().to_owned())),
        Err(error) => (error.number, error.offset, Err(error.error)),
    };
    lines.map(found).collect()
}

#[test]
fn unreadable_line_is_an_item_with_its_place() {
    let buffer = b"A|1|200|-|ok\n\nD|1|200|D1|ok\r\n\xff\n<html>\r\nA|1|200|-|last";
    let found: Vec<String> = Lines::new(buffer)
        .map(|line| match line {
            Ok(line) => format!("{} {} {}", line.number(), line.offset(), line.view().message()),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(
        found,
        [
            "1 0 ok",
            "line 2, at byte 13: response field line, byte 0: the body is empty",
            "line 3, at byte 14: response field code, byte 8: not a response code",
            "line 4, at byte 29: response field status, byte 0: a character that cannot stand here",
            "line 5, at byte 31: response field line, byte 0: the body is HTML or XML",
            "6 39 last",
        ]
    );
}

#[test]
fn split_cuts_at_line_ends_into_even_parts() {
    let line = "A|01S01356909|200|AUTHOK|Authorised\n";
    let buffer = line.repeat(1_000);
    for count in 1..20 {
        let parts: Vec<_> = Lines::new(&buffer).split(NonZeroUsize::new(count).unwrap()).collect();
        assert_eq!(parts.len(), count);
        let starts = parts.iter().map(|part| part.offset() as usize);
        assert!(starts.clone().all(|start| start % line.len() == 0));
        let sizes: Vec<_> = parts.into_iter().map(Iterator::count).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 1_000);
        let least = sizes.iter().min().unwrap();
        assert!(
            *least + 1_000 / count + 1 >= 1_000 / count
                && sizes.iter().max().unwrap() <= &(1_000 / count + 1)
        );
    }
    assert_eq!(Lines::new("").split(NonZeroUsize::MIN).count(), 0);
    assert_eq!(Lines::new("a\nb\nc").split(NonZeroUsize::new(100).unwrap()).count(), 3);
    // One line is never cut, however long it is.
    assert_eq!(Lines::new(&"x".repeat(10_000)).split(NonZeroUsize::new(8).unwrap()).count(), 1);
}

#[test]
fn lines_debug_shows_no_bytes() {
    let token = "1000000000030419";
    let line = format!("A|1|200|-|ok|{token}\n");
    let mut lines = Lines::new(&line);
    let shown = format!("{lines:?} {:?}", lines.clone().next());
    assert!(!shown.contains(token), "{shown}");
    assert_eq!(format!("{lines:?}"), "Lines { number: 1, offset: 0, bytes: 30, .. }");
    assert!(lines.next().is_some_and(|line| line.is_ok()));
    assert_eq!(format!("{lines:?}"), "Lines { number: 2, offset: 30, bytes: 0, .. }");
}
