//! Response lines: what each field reads as, and what is wrong with those that cannot be read.

mod meaning;
mod properties;
mod stored;
mod view;

use cashflows_codec::remote_auth::response::{DecodeError, DecodeErrorKind, ResponseField};
use cashflows_codec::remote_auth::response::{Response, View};
use cashflows_codec::remote_auth::{Limits, Outcome};
use cashflows_codec::value::{AddressCheck, Checks, CvvCheck, Family, Status, Unlisted};

const RESPONSES: &str = include_str!("../data/responses.txt");

/// What a documented line says, field by field.
struct Documented {
    status: &'static str,
    id: &'static str,
    names_a_transaction: bool,
    checks: [&'static str; 3],
    authorisation_code: Option<&'static str>,
    response_code: Option<&'static str>,
    message: &'static str,
    extras: &'static [&'static str],
    outcome: Outcome,
}

const FULL: &str = "full_match";
const NONE: &str = "not_checked";
const ARN: &str = "74698692333601146452212";

/// An authorised transaction.
const fn authorised(
    id: &'static str,
    checks: [&'static str; 3],
    authorisation_code: Option<&'static str>,
    extras: &'static [&'static str],
) -> Documented {
    Documented {
        status: "authorised",
        id,
        names_a_transaction: true,
        checks,
        authorisation_code,
        response_code: None,
        message: "Authorised",
        extras,
        outcome: Outcome::Authorised,
    }
}

/// The documented lines, in the order of the file.
#[rustfmt::skip]
const KNOWN: [Documented; 9] = [
    authorised("01S0135FD47", [FULL, NONE, NONE], Some("AUTHOK"), &["MCC6830070529"]),
    authorised("01S01356909", [FULL, NONE, NONE], Some("AUTHOK"), &[]),
    authorised("01V0135F755", [NONE; 3], None, &[]),
    authorised("01R0135F71B", [NONE; 3], None, &[]),
    authorised("05P00001724", [FULL, "partial_match", FULL], Some("031971"), &[]),
    authorised("01S00001724", [FULL, "partial_match", FULL], Some("031971"), &[ARN, "1000000000030419"]),
    Documented {
        status: "declined", id: "01S00001723", names_a_transaction: true,
        checks: ["not_matched", NONE, NONE],
        authorisation_code: None, response_code: Some("D102"),
        message: "Not Authorised", extras: &[ARN], outcome: Outcome::Refused,
    },
    Documented {
        status: "validation_error", id: "99E5D84B40F", names_a_transaction: false,
        checks: [NONE; 3],
        authorisation_code: None, response_code: Some("V226"),
        message: "Invalid request", extras: &[], outcome: Outcome::Refused,
    },
    Documented {
        status: "blocked", id: "01S00632BE2", names_a_transaction: true,
        checks: [NONE; 3],
        authorisation_code: None, response_code: Some("D090"),
        message: "Not authorised", extras: &[], outcome: Outcome::Refused,
    },
];

#[test]
fn documented_lines_round_trip() {
    assert_eq!(RESPONSES.lines().count(), KNOWN.len());
    for (line, known) in RESPONSES.lines().zip(KNOWN) {
        let response = Response::decode(line.as_bytes()).unwrap();
        assert_eq!(response.status().as_str(), known.status, "{line}");
        let id = response.transaction_id().unwrap();
        assert_eq!(id.as_str(), known.id, "{line}");
        assert_eq!(id.names_a_transaction(), known.names_a_transaction, "{line}");
        let checks = response.checks();
        let words = [checks.cvv().as_str(), checks.address().as_str(), checks.postcode().as_str()];
        assert_eq!(words, known.checks, "{line}");
        assert_eq!(
            response.authorisation_code().as_ref().map(|code| code.as_str()),
            known.authorisation_code,
            "{line}"
        );
        let code = response.response_code().map(|code| code.to_string());
        assert_eq!(response.reason(), response.response_code().map(|code| code.reason()), "{line}");
        assert_eq!(code.as_deref(), known.response_code, "{line}");
        assert_eq!(response.message(), known.message, "{line}");
        assert_eq!(response.extras().iter().collect::<Vec<_>>(), known.extras, "{line}");
        assert_eq!(response.outcome(), known.outcome, "{line}");

        assert_eq!(response.encode(), line);
        assert_eq!(Response::decode(&response.encode()), Ok(response));
    }
}

#[test]
fn decode_keeps_unlisted_statuses_as_no_approval() {
    for (line, authorisation_code, response_code) in [
        ("a|1|200|031971|Authorised", Some("031971"), None),
        ("X|1|200|-|Authorised", None, None),
        ("X|1|200|D102|Authorised", None, Some("D102")),
        ("z|1|200|d102|", None, Some("d102")),
    ] {
        let response = Response::decode(line.as_bytes()).unwrap();
        assert_eq!(response.status().as_str(), "unlisted", "{line}");
        assert_eq!(response.status().letter(), line.chars().next().unwrap(), "{line}");
        assert_eq!(
            response.authorisation_code().as_ref().map(|code| code.as_str()),
            authorisation_code,
            "{line}"
        );
        assert_eq!(response.response_code(), response_code.map(|code| code.parse().unwrap()), "{line}");
        assert_eq!(response.outcome(), Outcome::Unknown, "{line}");
        assert_eq!(response.encode(), line);
    }
}

#[test]
fn decode_reads_authorisation_with_any_code() {
    for code in ["116", "D102", "--", "a b", "ünïcode", "0123456789abcdef0123456789abcdef"] {
        let line = format!("A|01S01356909|200|{code}|");
        let response = Response::decode(line.as_bytes()).unwrap();
        assert_eq!(response.authorisation_code().as_ref().map(|code| code.as_str()), Some(code));
        assert_eq!((response.response_code(), response.outcome()), (None, Outcome::Authorised));
        assert_eq!(response.encode(), line);
    }
}

#[test]
fn decode_leaves_out_line_ends() {
    let line = RESPONSES.lines().next().unwrap();
    let response = Response::decode(line.as_bytes()).unwrap();
    for end in ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"] {
        assert_eq!(Response::decode(format!("{line}{end}").as_bytes()), Ok(response.clone()), "{end:?}");
    }
}

#[test]
fn decode_keeps_extras_raw_and_in_order() {
    for (end, extras) in [
        ("", &[][..]),
        // What stands for nothing is no extra.
        ("|", &[]),
        ("||", &[]),
        ("|-|null|NULL| ", &[]),
        ("|b|a|b", &["b", "a", "b"]),
        ("| x ||é", &[" x ", "é"]),
        // One more than can be asked for: what was authorised stays authorised.
        ("|a|b|c|d", &["a", "b", "c", "d"]),
        ("||||||", &[]),
    ] {
        let line = format!("A|01S01356909|200|AUTHOK|{end}");
        let response = Response::decode(line.as_bytes()).unwrap();
        assert_eq!(response.extras().iter().collect::<Vec<_>>(), extras);
        assert_eq!(
            (response.extras().len(), response.extras().is_empty()),
            (extras.len(), extras.is_empty())
        );
        assert_eq!(response.outcome(), Outcome::Authorised);
        assert_eq!(response.encode(), line);
    }
}

#[test]
fn decode_keeps_every_digit_of_checks() {
    const WORDS: [&str; 10] = [
        "not_checked",
        "unavailable",
        "full_match",
        "partial_match",
        "not_matched",
        "error",
        "unlisted",
        "unlisted",
        "unlisted",
        "unlisted",
    ];
    for (digit, word) in ('0'..='9').zip(WORDS) {
        let cvv_word = if digit == '3' { "unlisted" } else { word };
        for (place, words) in
            [[cvv_word, NONE, NONE], [NONE, word, NONE], [NONE, NONE, word]].iter().enumerate()
        {
            let mut digits = ['0'; 3];
            digits[place] = digit;
            let text = String::from_iter(digits);
            let line = format!("A|01S01356909|{text}|AUTHOK|Authorised");
            let response = Response::decode(line.as_bytes()).unwrap();
            let checks = response.checks();
            assert_eq!(
                [checks.cvv().as_str(), checks.address().as_str(), checks.postcode().as_str()],
                *words
            );
            assert_eq!(response.encode(), line);
            assert_eq!(text.parse::<Checks>(), Ok(checks));
        }
    }
    assert_eq!(Checks::NONE, "000".parse().unwrap());
}

#[test]
fn unlisted_types_refuse_listed_words() {
    for character in (0..=255_u8).map(char::from) {
        let letter = character.is_ascii_alphabetic();
        let digit = character.is_ascii_digit();
        for (is_unlisted, expected) in [
            (
                character.to_string().parse::<Unlisted<Status>>().is_ok(),
                letter && !"ADRBCVS".contains(character),
            ),
            (
                character.to_string().parse::<Unlisted<Family>>().is_ok(),
                letter && !"DRECSVdrecsv".contains(character),
            ),
            (
                character.to_string().parse::<Unlisted<CvvCheck>>().is_ok(),
                digit && !"01245".contains(character),
            ),
            (
                character.to_string().parse::<Unlisted<AddressCheck>>().is_ok(),
                digit && !"012345".contains(character),
            ),
            (Status::try_from(character).is_ok(), letter),
            (CvvCheck::try_from(character).is_ok(), digit),
            (AddressCheck::try_from(character).is_ok(), digit),
        ] {
            assert_eq!(is_unlisted, expected, "{character:?}");
        }
    }
    assert_eq!(
        Unlisted::<Status>::try_from("A").unwrap_err().to_string(),
        "status is listed and has a name of its own"
    );
}

#[test]
fn decode_error_has_field_offset_and_kind() {
    use DecodeErrorKind::*;
    use ResponseField::*;
    let long = |count: usize| "x".repeat(count);
    let rows: &[(&[u8], _, _, _)] = &[
        (b"", Line, 0, EmptyBody),
        (b"\r\n", Line, 0, EmptyBody),
        (b" \t", Line, 0, EmptyBody),
        (b"\xef\xbb\xbf", Line, 0, EmptyBody),
        (b"<html></html>", Line, 0, Html),
        (b" \r\n\t<?xml", Line, 4, Html),
        (b"\xef\xbb\xbf<?xml", Line, 3, Html),
        (b"<br/>\nA|1|200|-|ok", Line, 0, Html),
        (b"\xff", Status, 0, Character),
        (b"|1|200|-|ok", Status, 0, Empty),
        (b" |1|200|-|ok", Status, 1, Empty),
        (b"1|1|200|-|ok", Status, 0, Character),
        (b"\xef\xbb\xbf\xef\xbb\xbfA|1|200|-|ok", Status, 3, Character),
        (b"{\"error\":true}", Status, 0, Character),
        (b"AB|1|200|-|ok", Status, 1, TooLong),
        (b"  AB|1|200|-|ok", Status, 3, TooLong),
        (b"A B|1|200|-|ok", Status, 1, Character),
        (b"A", TransactionId, 1, Missing),
        (b"OK", Status, 1, TooLong),
        (b"A|", Checks, 2, Missing),
        (b"A|1", Checks, 3, Missing),
        (b"A|01S\xff|2x0", Code, 10, Missing),
        (b"A|1|", Code, 4, Missing),
        (b"A|1|200", Code, 7, Missing),
        // An empty code counts only with the bar behind it.
        (b"A|1|200|", Message, 8, Missing),
        (b"D|1|200|", Message, 8, Missing),
        (b"D|1|200|D10\xe9|ok", Code, 8, NotACode),
        (b"R|1|200|D10|ok", Code, 8, NotACode),
        (b"B|1|200|D1022|ok", Code, 8, NotACode),
        (b"C|1|200|1102|ok", Code, 8, NotACode),
        (b"V|1|200|Dx02|ok", Code, 8, NotACode),
        (b"S|1|200|031971|ok", Code, 8, NotACode),
        (b"S|1|200|D\xc3\xa91|ok", Code, 8, NotACode),
        (b"\tS|1|200| D1|ok", Code, 10, NotACode),
        (b"D|1|200|--|ok", Code, 8, NotACode),
        (b"A|1|200|-", Message, 9, Missing),
        (b"D|1|200|D102", Message, 12, Missing),
        (b"D|1|200|D102 \r\n", Message, 13, Missing),
        (b"A|1|200|-|ok\nD|1|200|D102|no", Message, 12, SecondLine),
        (b"A|1|200|-|ok\r\n\r\n D|", Message, 12, SecondLine),
        (b"A|1|200|-|ok|x\rA|1|200|-|ok", Extras, 14, SecondLine),
        (b"A|1|2\nA|1|200|-|ok", Checks, 5, SecondLine),
        (b"A|1|200|-|ok\n\xef\xbb\xbfD|1", Message, 12, SecondLine),
    ];
    for &(body, field, offset, kind) in rows {
        assert_eq!(place(Response::decode(body)), Err((field, offset, kind)), "{}", body.escape_ascii());
    }
    for (body, field, offset, kind) in [
        (format!("D|1|200|{}|ok", long(33)), Code, 8, NotACode),
        (long(4_097), Line, 4_096, TooLarge),
        (format!("  {}", long(4_097)), Line, 4_098, TooLarge),
        (format!("<{}", long(4_096)), Line, 0, Html),
    ] {
        assert_eq!(place(Response::decode(body.as_bytes())), Err((field, offset, kind)));
    }
}

fn place(
    decoded: Result<Response, DecodeError>,
) -> Result<Response, (ResponseField, usize, DecodeErrorKind)> {
    decoded.map_err(|error| (error.field, error.offset, error.kind))
}

#[test]
fn longest_response_is_within_default_limit() {
    let line = format!("A|{0}|000|{0}|{1}|{2}|{2}|{2}", "x".repeat(32), "x".repeat(3_072), "x".repeat(255));
    assert!(line.len() <= Limits::default().response_bytes);
    assert_eq!(Response::decode(&line).unwrap().encode(), line);
}

#[test]
fn decode_reads_extra_up_to_the_line_limit() {
    let line = format!("A|1|200|-|ok|{}|b", "x".repeat(1_000));
    let response = Response::decode(&line).unwrap();
    assert_eq!((response.outcome(), response.extras().len()), (Outcome::Authorised, 2));
    assert_eq!(response.encode(), line);
}

#[test]
fn decode_takes_text_and_bytes() {
    let line = RESPONSES.lines().next().unwrap();
    let response = Response::decode(line).unwrap();
    assert_eq!(Response::decode(line.as_bytes()), Ok(response.clone()));
    assert_eq!(Response::decode(&line.to_owned()), Ok(response.clone()));
    assert_eq!(Response::decode(&Vec::from(line)), Ok(response.clone()));
    assert_eq!(Response::decode(&response.encode()), Ok(response.clone()));
    assert_eq!(View::decode(&response.encode()).map(View::to_owned), Ok(response));
}

#[test]
fn decode_limit_does_not_count_the_line_end() {
    let line = b"A|1|200|-|ok";
    let limit = Limits { response_bytes: line.len(), ..Limits::default() };
    assert!(Response::decode_with(line, &limit).is_ok());
    assert!(Response::decode_with(b"A|1|200|-|ok\r\n", &limit).is_ok());
    let error = Response::decode_with(b"A|1|200|-|ok!", &limit);
    assert_eq!(place(error), Err((ResponseField::Line, 12, DecodeErrorKind::TooLarge)));
}

#[test]
fn decode_of_every_truncation_fails_or_reads_less() {
    for line in RESPONSES.lines() {
        for end in 0..line.len() {
            let cut = &line[..end];
            let decoded = Response::decode(cut.as_bytes());
            match cut_reading(cut) {
                Ok(()) => {
                    let response = decoded.unwrap();
                    assert_eq!(response.encode(), cut);
                    let authorised = cut.starts_with('A');
                    assert_eq!(response.outcome() == Outcome::Authorised, authorised, "{cut}");
                }
                Err(fault) => {
                    assert_eq!(Outcome::of(&decoded), Outcome::Unknown, "{cut}");
                    assert_eq!(place(decoded), Err(fault), "{cut}");
                }
            }
        }
    }
}

/// What the beginning of a documented line reads as.
fn cut_reading(cut: &str) -> Result<(), (ResponseField, usize, DecodeErrorKind)> {
    use DecodeErrorKind::*;
    use ResponseField::*;
    let fields: Vec<&str> = cut.split('|').collect();
    let end = cut.len();
    match *fields.as_slice() {
        [""] => Err((Line, end, EmptyBody)),
        [_] => Err((TransactionId, end, Missing)),
        [_, _] => Err((Checks, end, Missing)),
        [_, _, _] => Err((Code, end, Missing)),
        [_, _, _, _] => Err((Message, end, Missing)),
        _ => Ok(()),
    }
}

#[test]
fn decode_error_shows_no_body() {
    const MARKER: &str = "7ZQX";
    let filled = |place: usize| {
        let mut fields = ["D", "1", "200", "D102", "ok", "x", "x", "x"].map(str::to_owned);
        fields[place] = MARKER.repeat(80) + "\t";
        fields.join("|")
    };
    for place in [1, 2, 4, 5, 6, 7] {
        let response = Response::decode(&filled(place)).unwrap();
        let shown = format!("{:?} {}", response.findings(), response.findings()[0]);
        assert!(!shown.contains("7ZQ"), "{shown}");
    }
    let wrong = [0, 3].map(filled).into_iter().chain([MARKER.repeat(2_000), format!("<{MARKER}>")]);
    for body in wrong {
        let error = Response::decode(body.as_bytes()).unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains(MARKER) && !shown.contains("7ZQ"), "{shown}");
    }
}

#[test]
fn response_size_is_bounded() {
    assert!(size_of::<Response>() <= 128, "{}", size_of::<Response>());
    assert!(size_of::<View>() <= 48, "{}", size_of::<View>());
}

#[test]
fn decode_error_kind_has_a_word() {
    use DecodeErrorKind::*;
    for (kind, word) in [
        (EmptyBody, "empty_body"),
        (Html, "html"),
        (TooLarge, "too_large"),
        (Missing, "missing"),
        (Empty, "empty"),
        (TooLong, "too_long"),
        (Character, "character"),
        (NotACode, "not_a_code"),
        (SecondLine, "second_line"),
    ] {
        assert_eq!(kind.as_str(), word);
    }
}

/// What came is what is written again; what stands around it and what is no text is left out.
#[test]
fn encode_writes_malformed_lines_as_read() {
    let blocked = Response::decode("E|01S00632BE2|000|E001|Transaction error").unwrap();
    let stored = serde_json::to_string(&blocked).unwrap();
    assert!(stored.starts_with(r#"{"status":"E","#), "{stored}");
    assert_eq!(serde_json::from_str::<Response>(&stored).unwrap(), blocked);
    assert_eq!(blocked.status(), Status::Blocked);
    for (body, line) in [
        (&b"A|01S-0135|2x0||Authorised|"[..], "A|01S-0135|2x0||Authorised|"),
        (b"D |01S00001723| 400 | D102 |no|x", "D |01S00001723| 400 | D102 |no|x"),
        (b"E|01S00632BE2|000|E001|Transaction error", "E|01S00632BE2|000|E001|Transaction error"),
        (b"\xef\xbb\xbf\t A|1|200|-|ok \t\r\n", "A|1|200|-|ok"),
        (b"A|1|200|-|ok  \r\n", "A|1|200|-|ok  "),
        (b"A|1|200|-|caf\xe9 \x01|x\xff|y", "A|1|200|-|caf\u{fffd} \u{fffd}|\u{fffd}|y"),
        (b"A|\xff|200|-|two\r\nlines", "A|\u{fffd}|200|-|two\u{fffd}\u{fffd}lines"),
        (b"A\t|\r\n1|\t200\n\n|031971\t|\tok", "A |  1| 200  |031971 |\u{fffd}ok"),
        (b"A|1 \xff|2\x010 |03\x0071\n|ok", "A|1 \u{fffd}|2\u{fffd}0 |03\u{fffd}71 |ok"),
        (b"A|1|200| 031971 |ok", "A|1|200| 031971 |ok"),
        (b"y|1|200|Q161 \n|ok ", "y|1|200|Q161  |ok "),
    ] {
        let response = Response::decode(body).unwrap();
        assert_eq!(response.encode(), line);
        assert!(!response.findings().is_empty() || body.starts_with(b"E"), "{line}");
        // Findings are of what came: they take no part in comparing.
        assert_eq!(Response::decode(line), Ok(response.clone()));
        assert!(Response::decode(line).unwrap().findings().len() <= response.findings().len(), "{line}");
        assert_eq!(response.view().to_owned(), response);
        let stored: Response = serde_json::from_str(&serde_json::to_string(&response).unwrap()).unwrap();
        assert_eq!((stored.outcome(), stored.message()), (response.outcome(), response.message()));
    }
}

#[test]
fn field_finds_fields_of_malformed_lines() {
    use ResponseField::*;
    let body = b"\xef\xbb\xbfD |01S-0135|40|D102|caf\xe9|t\xff|MCC6830070529";
    let (view, response) = (View::decode(body).unwrap(), Response::decode(body).unwrap());
    for (field, text) in [
        (Status, "D "),
        (TransactionId, "01S-0135"),
        (Checks, "40"),
        (Code, "D102"),
        (Message, "caf\u{fffd}"),
        (Extras, "\u{fffd}|MCC6830070529"),
        (Line, "D |01S-0135|40|D102|caf\u{fffd}|\u{fffd}|MCC6830070529"),
    ] {
        assert_eq!(view.field(field), text);
        assert_eq!(response.view().field(field), text);
    }
    for found in [view, response.view()] {
        assert_eq!(
            (found.status(), found.transaction_id()),
            (cashflows_codec::value::Status::Declined, None)
        );
        assert_eq!(found.checks(), cashflows_codec::value::Checks::NONE);
        assert_eq!(found.response_code(), Some("D102".parse().unwrap()));
        assert_eq!(found.message(), "caf\u{fffd}");
        assert_eq!(found.extras().iter().collect::<Vec<_>>(), ["\u{fffd}", "MCC6830070529"]);
        assert_eq!(found.outcome(), Outcome::Refused);
    }
    let more = response.with_extras(["new"]).unwrap();
    assert_eq!(more.encode(), "D |01S-0135|40|D102|caf\u{fffd}|new");
}

/// A line as long as the caller allows.
#[test]
fn decode_reads_approval_with_message_of_any_length() {
    let limits = Limits { response_bytes: 200_000, ..Limits::default() };
    for length in [3_072, 3_073, 70_000] {
        let line = format!("A|1|200|031971|{}|10000", "x".repeat(length));
        let response = Response::decode_with(&line, &limits).unwrap();
        assert_eq!((response.outcome(), response.message().len()), (Outcome::Authorised, length));
        assert_eq!(response.findings().len(), usize::from(length > 3_072));
        assert_eq!(response.extras().iter().collect::<Vec<_>>(), ["10000"]);
        assert_eq!(response.encode(), line);
        let stored = serde_json::to_string(&response).unwrap();
        assert_eq!(serde_json::from_str::<Response>(&stored).unwrap(), response);
    }
}
