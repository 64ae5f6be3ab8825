//! The texts of a line that is not as it should be.

use core::iter::repeat_n;
use core::ops::Range;

use super::{NO_CODE, ResponseField};
use crate::value::{AuthorisationCode, TransactionId, rules};

/// Stands for a byte or a character that cannot be kept, and for an extra that has one.
pub(super) const REPLACEMENT: &str = "\u{fffd}";

/// Returns true for a blank of a line: a space, a tab, or a line end.
pub(crate) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The blanks of a line, as characters.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A value without the blanks around it.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(BLANKS)
}

/// The number of blanks before a value.
pub(crate) fn blanks_before(text: &str) -> usize {
    text.len() - text.trim_start_matches(BLANKS).len()
}

/// A word that some write for an empty field.
pub(crate) const NULL: &str = "null";

/// Returns true for a text that stands for no code.
pub(crate) fn is_no_code(text: &str) -> bool {
    matches!(text, "" | NO_CODE) || text.eq_ignore_ascii_case(NULL)
}

/// The id that stands in the place of one, if it is not malformed and can name something.
pub(crate) fn transaction_id(text: &str) -> Option<TransactionId> {
    let text = trimmed(text);
    if rules::names_nothing(text) { None } else { text.try_into().ok() }
}

/// The authorisation code that stands in the place of a code, if there is one and it is not malformed.
pub(crate) fn authorisation_code(text: &str) -> Option<AuthorisationCode> {
    trimmed(text).try_into().ok()
}

/// The range of a field, found by the separators. All extras are one field.
pub(super) fn place(line: &[u8], field: ResponseField) -> Range<usize> {
    let number = match field {
        ResponseField::Line => return 0..line.len(),
        ResponseField::Status => 0,
        ResponseField::TransactionId => 1,
        ResponseField::Checks => 2,
        ResponseField::Code => 3,
        ResponseField::Message => 4,
        ResponseField::Extras => 5,
    };
    let mut start = 0;
    for (index, piece) in line.splitn(6, |&byte| byte == b'|').enumerate() {
        if index == number {
            return start..start + piece.len();
        }
        start += piece.len() + "|".len();
    }
    line.len()..line.len()
}

/// A line without control characters and bytes that are not UTF-8, which is read as the line itself is.
/// Blanks around the values of the first four fields become spaces. U+FFFD stands for other control
/// characters, for bytes that are not UTF-8, and for a whole extra that has either.
pub(super) fn cleaned(line: &[u8]) -> String {
    let mut cleaned = String::with_capacity(REPLACEMENT.len() * line.len());
    for (index, field) in line.split(|&byte| byte == b'|').enumerate() {
        if index > 0 {
            cleaned.push('|');
        }
        if index > 4 {
            cleaned.push_str(extra(field));
            continue;
        }
        let text = String::from_utf8_lossy(field);
        let (before, value) = if index < 4 { (blanks_before(&text), trimmed(&text)) } else { (0, &*text) };
        cleaned.extend(repeat_n(' ', before));
        cleaned.extend(value.chars().map(|it| if it.is_control() { '\u{fffd}' } else { it }));
        cleaned.extend(repeat_n(' ', text.len() - before - value.len()));
    }
    cleaned
}

/// An extra as text: U+FFFD, if it is none.
pub(super) fn extra(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).ok().filter(|text| !rules::has_control(text)).unwrap_or(REPLACEMENT)
}
