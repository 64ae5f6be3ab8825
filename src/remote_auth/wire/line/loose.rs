//! Lines that are not as the page has them: read by their status and code, with a finding for each thing
//! that is malformed, or refused with its place. Slow and simple.

use crate::remote_auth::limits::Limits;
use crate::remote_auth::response::text::{
    authorisation_code, blanks_before, is_blank, is_no_code, transaction_id, trimmed,
};
use crate::remote_auth::response::{
    DecodeError, DecodeErrorKind, Flaws, Message, NO_CODE, Outline, Problem, Raw, ResponseField, View, listed,
};
use crate::scan::{contains_in_any_case, is_plain_text};
use crate::value::{Checks, ResponseCode, Status, rules};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The fields before the extras, in wire order.
const FIELDS: [ResponseField; 5] = [
    ResponseField::Status,
    ResponseField::TransactionId,
    ResponseField::Checks,
    ResponseField::Code,
    ResponseField::Message,
];

/// Reads a body.
#[cold]
pub(super) fn read<'a>(body: &'a [u8], limits: &Limits) -> Result<View<'a>, DecodeError> {
    let Trimmed { line, start, mut flaws } = Trimmed::of(body, limits)?;
    if let Some(at) = second_line(line) {
        let field = FIELDS.get(separators(line, at)).copied().unwrap_or(ResponseField::Extras);
        return Err(DecodeError::new(field, start + at, DecodeErrorKind::SecondLine));
    }
    let status = status(line, start, &mut flaws)?;
    let pieces = Pieces::of(line, start)?;
    let code = code(status, &pieces, &mut flaws)?;
    let status = listed(status, code);
    id(&pieces, &mut flaws);
    let checks = checks(&pieces, &mut flaws);
    free_texts(&pieces, &mut flaws);
    let outline = Outline::of_line(line, (status, checks, code), flaws);
    let raw = match str::from_utf8(line) {
        Ok(text) => Raw::Text(text),
        Err(_) => Raw::Bytes(line),
    };
    let is_clean = matches!(raw, Raw::Text(text) if !rules::has_control(text));
    Ok(View::of_raw(raw, if is_clean { outline } else { outline.unclean() }))
}

/// Returns true if a body that is no response line may hide one, whole or in part (section 6): it has a bar, or
/// one letter or digit alone, or is not plain text.
pub(crate) fn may_hide_a_line(body: &[u8]) -> bool {
    /// The bar as it is and as it is escaped, in lower case.
    const BARS: [&str; 9] =
        ["|", "%7c", "&#124;", "&#x7c;", "&vert;", "&verbar;", "&verticalline;", "\\u007c", "\\x7c"];
    !is_plain_text(body)
        || BARS.iter().any(|bar| contains_in_any_case(body, bar))
        || body.iter().filter(|byte| byte.is_ascii_alphanumeric()).count() == 1
}

/// A line without what stands before and behind it.
struct Trimmed<'a> {
    line: &'a [u8],
    /// The offset of the line in the body.
    start: usize,
    flaws: Flaws,
}

impl<'a> Trimmed<'a> {
    fn of(body: &'a [u8], limits: &Limits) -> Result<Self, DecodeError> {
        let mut flaws = Flaws::NONE;
        let marked = without_blanks(body);
        let unmarked = marked.strip_prefix(BYTE_ORDER_MARK);
        let line = without_blanks(unmarked.unwrap_or(marked));
        if unmarked.is_some() {
            flaws.note(ResponseField::Line, Problem::ByteOrderMark);
        }
        if marked.len() < body.len() || unmarked.is_some_and(|unmarked| line.len() < unmarked.len()) {
            flaws.note(ResponseField::Line, Problem::BlanksBefore);
        }
        let start = body.len() - line.len();
        let line = without_line_end(line);
        let refused = |offset, kind| Err(DecodeError::new(ResponseField::Line, offset, kind));
        if line.is_empty() {
            return refused(0, DecodeErrorKind::EmptyBody);
        }
        // Before the size: a long page is still a page.
        if line.starts_with(b"<") {
            return refused(start, DecodeErrorKind::Html);
        }
        if line.len() > limits.response_bytes {
            return refused(start + limits.response_bytes, DecodeErrorKind::TooLarge);
        }
        let inked = line.len() - line.iter().rev().take_while(|&&byte| is_blank(byte)).count();
        let (kept, blanks) = line.split_at_checked(inked).unwrap_or((line, &[]));
        if !blanks.is_empty() {
            flaws.note(ResponseField::Line, Problem::BlanksBehind);
        }
        // Spaces can be part of a message or an extra, so they stay.
        let line = if blanks.iter().all(|&byte| byte == b' ') { line } else { kept };
        Ok(Self { line, start, flaws })
    }
}

fn without_blanks(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().take_while(|&&byte| is_blank(byte)).count();
    bytes.get(blanks..).unwrap_or_default()
}

fn without_line_end(mut line: &[u8]) -> &[u8] {
    while let [rest @ .., b'\r' | b'\n'] = line {
        line = rest;
    }
    line
}

/// The line end, or other control character, that a second line follows: a letter and a bar, or a letter alone,
/// with anything but letters, digits and bars around the letter.
fn second_line(line: &[u8]) -> Option<usize> {
    let mut rest = line;
    while let Some(found) = rest.iter().position(|&byte| byte.is_ascii_control() && byte != b'\t') {
        let behind = without_marks(rest.get(found..).unwrap_or_default());
        if let Some((letter, after)) = behind.split_first()
            && letter.is_ascii_alphabetic()
            && matches!(without_marks(after), [] | [b'|', ..])
        {
            return Some(line.len() - rest.len() + found);
        }
        // All line ends before it are followed by the same bytes: one of them is looked at.
        rest = behind;
    }
    None
}

/// The bytes from the first letter, digit or bar on.
fn without_marks(bytes: &[u8]) -> &[u8] {
    let marks = bytes.iter().take_while(|&&byte| !byte.is_ascii_alphanumeric() && byte != b'|').count();
    bytes.get(marks..).unwrap_or_default()
}

/// The status, which decides.
fn status(line: &[u8], start: usize, flaws: &mut Flaws) -> Result<Status, DecodeError> {
    let end = line.iter().position(|&byte| byte == b'|').unwrap_or(line.len());
    // Only blanks can stand around the status, and none is before it.
    let text = line.get(..end).unwrap_or_default();
    let blanks = text.iter().rev().take_while(|&&byte| is_blank(byte)).count();
    let letters = text.get(..text.len() - blanks).unwrap_or_default();
    let refused = |offset, kind| Err(DecodeError::new(ResponseField::Status, start + offset, kind));
    if letters.len() < text.len() {
        flaws.note(ResponseField::Status, Problem::Blanks);
    }
    match letters {
        [] => refused(0, DecodeErrorKind::Empty),
        &[letter] => match Status::try_from(char::from(letter)) {
            Ok(status) => Ok(status),
            Err(_) => refused(0, DecodeErrorKind::Character),
        },
        _ => match letters.iter().position(|byte| !byte.is_ascii_alphabetic()) {
            Some(at) => refused(at, DecodeErrorKind::Character),
            None => refused(1, DecodeErrorKind::TooLong),
        },
    }
}

/// The fields, all of which have to be there.
struct Pieces<'a> {
    /// Each with its place in the body.
    fields: [(&'a [u8], usize); 5],
    /// With the separators between them.
    extras: &'a [u8],
}

impl<'a> Pieces<'a> {
    fn of(line: &'a [u8], start: usize) -> Result<Self, DecodeError> {
        let mut rest = line.splitn(FIELDS.len() + 1, |&byte| byte == b'|');
        let mut at = start;
        let mut fields = [(&[][..], 0); 5];
        for (place, field) in fields.iter_mut().zip(FIELDS) {
            let missing = DecodeError::new(field, start + line.len(), DecodeErrorKind::Missing);
            let piece = rest.next().ok_or(missing)?;
            *place = (piece, at);
            at += piece.len() + "|".len();
        }
        Ok(Self { fields, extras: rest.next().unwrap_or_default() })
    }
}

/// The response code, which decides. Of an authorisation, and of an unlisted status, it is any text.
fn code(status: Status, pieces: &Pieces<'_>, flaws: &mut Flaws) -> Result<Option<ResponseCode>, DecodeError> {
    let [.., (bytes, start), _] = pieces.fields;
    let text = String::from_utf8_lossy(bytes);
    let value = trimmed(&text);
    if value.len() < text.len() {
        flaws.note(ResponseField::Code, Problem::Blanks);
    }
    if matches!(status, Status::Authorised | Status::Unlisted(_)) {
        match value {
            "" => flaws.note(ResponseField::Code, Problem::Empty),
            NO_CODE => {}
            _ if authorisation_code(value).is_none() => flaws.note(ResponseField::Code, Problem::Malformed),
            _ => {}
        }
        if status == Status::Authorised {
            return Ok(None);
        }
    } else if is_no_code(value) {
        match value {
            "" => flaws.note(ResponseField::Code, Problem::Empty),
            NO_CODE => {}
            _ => flaws.note(ResponseField::Code, Problem::Malformed),
        }
        return Ok(None);
    }
    let code = ResponseCode::from_wire(value.as_bytes());
    if code.is_some() && value.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        flaws.note(ResponseField::Code, Problem::LowerCase);
    }
    let at = start + blanks_before(&text);
    match (code, status) {
        (None, Status::Unlisted(_)) | (Some(_), _) => Ok(code),
        (None, _) => Err(DecodeError::new(ResponseField::Code, at, DecodeErrorKind::NotACode)),
    }
}

/// Reads a value that does not decide: its fault is a finding.
fn value<T>(
    field: ResponseField,
    bytes: &[u8],
    flaws: &mut Flaws,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let text = String::from_utf8_lossy(bytes);
    let value = trimmed(&text);
    if value.len() < text.len() {
        flaws.note(field, Problem::Blanks);
    }
    let read = read(value);
    match (&read, value) {
        (Some(_), _) => {}
        (None, "") => flaws.note(field, Problem::Empty),
        (None, _) => flaws.note(field, Problem::Malformed),
    }
    read
}

fn id(pieces: &Pieces<'_>, flaws: &mut Flaws) {
    let [_, (bytes, _), ..] = pieces.fields;
    value(ResponseField::TransactionId, bytes, flaws, transaction_id);
}

fn checks(pieces: &Pieces<'_>, flaws: &mut Flaws) -> Checks {
    let [_, _, (bytes, _), ..] = pieces.fields;
    let read = |text: &str| Checks::from_wire(text.as_bytes());
    value(ResponseField::Checks, bytes, flaws, read).unwrap_or(Checks::NONE)
}

/// Notes faults of message and extras.
fn free_texts(pieces: &Pieces<'_>, flaws: &mut Flaws) {
    let [.., (message, _)] = pieces.fields;
    for (field, bytes) in [(ResponseField::Message, message), (ResponseField::Extras, pieces.extras)] {
        match str::from_utf8(bytes) {
            Err(_) => flaws.note(field, Problem::Utf8),
            Ok(text) if rules::has_control(text) => flaws.note(field, Problem::ControlCharacter),
            Ok(_) => {}
        }
    }
    if message.len() > Message::MAX_BYTES {
        flaws.note(ResponseField::Message, Problem::TooLong);
    }
}

/// The number of separators before a place.
fn separators(line: &[u8], at: usize) -> usize {
    line.iter().take(at).filter(|&&byte| byte == b'|').count()
}
