//! The response grammar against a naive reader of the protocol page, section 3.
#![no_main]

use cashflows_codec::remote_auth::Response;
use libfuzzer_sys::fuzz_target;

fn text(field: &str, max: usize) -> bool {
    field.len() <= max && !field.chars().any(char::is_control)
}

fn is_code(status: &str, field: &str) -> bool {
    let code = field.as_bytes();
    let listed = |code: &[u8]| code[0].is_ascii_alphabetic() && code[1..].iter().all(u8::is_ascii_digit);
    match status {
        "D" | "R" | "B" | "C" | "V" | "S" => code.len() == 4 && listed(code),
        _ => !field.is_empty() && text(field, 32),
    }
}

fn is_response(body: &[u8]) -> bool {
    let Ok(body) = core::str::from_utf8(body) else { return false };
    let line = body.trim_end_matches(['\r', '\n']);
    let fields: Vec<&str> = line.split('|').collect();
    let [status, id, checks, code, message, extras @ ..] = &fields[..] else { return false };
    line.len() <= 4_096
        && status.len() == 1
        && status.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (1..=32).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && checks.len() == 3
        && checks.bytes().all(|byte| byte.is_ascii_digit())
        && is_code(status, code)
        && text(message, 3_072)
        && extras.iter().all(|extra| text(extra, usize::MAX))
}

fuzz_target!(|data: &[u8]| {
    assert_eq!(Response::decode(data).is_ok(), is_response(data));
});
