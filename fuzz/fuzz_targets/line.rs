//! The response grammar against a naive reader of the protocol page, section 3.
#![no_main]

use cashflows_codec::remote_auth::Response;
use libfuzzer_sys::fuzz_target;

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

fn text(field: &str, max: usize) -> bool {
    field.len() <= max && !field.chars().any(char::is_control)
}

fn is_refusal(status: &str) -> bool {
    matches!(status, "D" | "R" | "B" | "C" | "V" | "S")
}

fn is_code(field: &str) -> bool {
    let code = field.as_bytes();
    code.len() == 4 && code[0].is_ascii_alphabetic() && code[1..].iter().all(u8::is_ascii_digit)
}

/// An authorisation code, or the `-` that stands for none. U+FFFD stands for bytes that are no text.
fn is_approval_code(code: &str) -> bool {
    !code.is_empty()
        && !code.eq_ignore_ascii_case("null")
        && !code.contains('\u{fffd}')
        && code.trim_matches(' ') == code
        && text(code, 32)
}

/// The conditions of a response: a status of one letter, five fields, in a refusal a code or none, one line.
fn is_response(body: &[u8]) -> bool {
    // Each byte is a character: status and code have only ASCII.
    let body: String = body.iter().copied().map(char::from).collect();
    let line = body.trim_start_matches(BLANKS);
    let line = line.strip_prefix("\u{ef}\u{bb}\u{bf}").unwrap_or(line).trim_start_matches(BLANKS);
    let line = line.trim_end_matches(['\r', '\n']);
    let fields: Vec<&str> = line.split('|').collect();
    let [status, _, _, code, _, ..] = &fields[..] else { return false };
    let (status, code) = (status.trim_end_matches(BLANKS), code.trim_matches(BLANKS));
    line.chars().count() <= 4_096
        && status.len() == 1
        && status.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (!is_refusal(status)
            || is_code(code)
            || matches!(code, "" | "-")
            || code.eq_ignore_ascii_case("null"))
        && !line.match_indices(ends_line).any(|(at, _)| begins_a_line(&line[at..]))
}

fn ends_line(it: char) -> bool {
    it.is_ascii_control() && it != '\t'
}

/// A letter, then a bar or the end, with any characters but letters, digits and bars around the letter.
fn begins_a_line(rest: &str) -> bool {
    let is_mark = |it: char| !it.is_ascii_alphanumeric() && it != '|';
    let mut characters = rest.trim_start_matches(is_mark).chars();
    let letter = characters.next().is_some_and(|it| it.is_ascii_alphabetic());
    let after = characters.as_str().trim_start_matches(is_mark);
    letter && (after.is_empty() || after.starts_with('|'))
}

/// An id of a transaction, or one of an error.
fn is_id(id: &str) -> bool {
    const NOTHING: [&str; 6] = ["null", "nil", "none", "undefined", "nan", "na"];
    (1..=32).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && id.bytes().any(|byte| byte != b'0')
        && !NOTHING.iter().any(|word| id.eq_ignore_ascii_case(word))
}

/// A line of the page's form: it has no findings.
fn is_documented(body: &[u8]) -> bool {
    let Ok(body) = core::str::from_utf8(body) else { return false };
    let line = body.trim_end_matches(['\r', '\n']);
    let fields: Vec<&str> = line.split('|').collect();
    let [status, id, checks, code, message, extras @ ..] = &fields[..] else { return false };
    !line.ends_with(' ')
        && status.len() == 1
        && is_id(id)
        && checks.len() == 3
        && checks.bytes().all(|byte| byte.is_ascii_digit())
        && (is_refusal(status) || is_approval_code(code))
        && (!is_refusal(status) || is_code(code) || *code == "-")
        // An unlisted status may have a response code, too.
        && (status == &"A" || !is_code(code) || code.as_bytes()[0].is_ascii_uppercase())
        && text(message, 3_072)
        && extras.iter().all(|extra| text(extra, usize::MAX))
}

fuzz_target!(|data: &[u8]| {
    let decoded = Response::decode(data);
    assert_eq!(decoded.is_ok(), is_response(data));
    if let Ok(response) = decoded {
        assert_eq!(response.findings().is_empty(), is_documented(data));
    }
});
