//! The response line: `status|transaction id|CVV/AVS|code|message[|extra…]` (section 3).
//!
//! There is one grammar. It finds a response where it stands: a [`View`]; a [`Response`] is a view
//! that is kept. The grammar keeps nothing for the case of failure: what is wrong is found out
//! afterwards, so that the lines that are right pay nothing for it.

use bytes::Bytes;
use nom::sequence::terminated;
use nom::{IResult, Parser};

use crate::remote_auth::limits::Limits;
use crate::remote_auth::response::{
    Answer, DecodeError, DecodeErrorKind, Message, NO_CODE, Outline, Response, ResponseField, View,
};
use crate::scan::before;
use crate::secret::Wiped;
use crate::value::{AuthorisationCode, Checks, Family, ResponseCode, Status, TransactionId, rules};

/// What is said of a line that the grammar refuses and nobody knows why; a test shows that there is
/// none.
const UNEXPLAINED: DecodeError = DecodeError::new(ResponseField::Line, 0, DecodeErrorKind::Character);

impl<'a> View<'a> {
    /// Reads a response body where it stands, with the default [`Limits`]. A run of CR and LF at its
    /// end is not part of it.
    ///
    /// # Errors
    ///
    /// The body is not a response: the error says in which field, at which byte, and in which way,
    /// and holds nothing of the body. Its [outcome](DecodeError::outcome) is unknown, not a refusal.
    #[inline]
    pub fn decode<B: AsRef<[u8]> + ?Sized>(body: &'a B) -> Result<Self, DecodeError> {
        Self::decode_with(body, &Limits::default())
    }

    /// Reads a response body where it stands, with limits of the caller's.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    #[inline]
    pub fn decode_with<B: AsRef<[u8]> + ?Sized>(body: &'a B, limits: &Limits) -> Result<Self, DecodeError> {
        read(body.as_ref(), limits)
    }
}

impl Response {
    /// Reads a response body, of text or bytes, with the default [`Limits`]. A run of CR and LF at
    /// its end is not part of it.
    ///
    /// # Errors
    ///
    /// The body is not a response: the error says in which field, at which byte, and in which way,
    /// and holds nothing of the body. Its [outcome](DecodeError::outcome) is unknown, not a refusal.
    #[inline]
    pub fn decode<B: AsRef<[u8]> + ?Sized>(body: &B) -> Result<Self, DecodeError> {
        Self::decode_with(body, &Limits::default())
    }

    /// Reads a response body with limits of the caller's.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    #[inline]
    pub fn decode_with<B: AsRef<[u8]> + ?Sized>(body: &B, limits: &Limits) -> Result<Self, DecodeError> {
        View::decode_with(body, limits).map(View::to_owned)
    }

    /// Writes the response as a line, without a line end. The bytes are wiped when they are dropped,
    /// because an extra may be a card token.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(Wiped::new(self.view().field(ResponseField::Line).to_owned()))
    }
}

/// Reads a body.
fn read<'a>(body: &'a [u8], limits: &Limits) -> Result<View<'a>, DecodeError> {
    let line = line(body, limits)?;
    match outline(line) {
        Ok((_extras, outline)) if !rules::has_control(line) => Ok(View::of(line, outline)),
        _ => Err(fault(line).unwrap_or(UNEXPLAINED)),
    }
}

/// The text of a body without its line end.
fn line<'a>(body: &'a [u8], limits: &Limits) -> Result<&'a str, DecodeError> {
    let refused = |offset, kind| Err(DecodeError::new(ResponseField::Line, offset, kind));
    let mut line = body;
    while let [rest @ .., b'\r' | b'\n'] = line {
        line = rest;
    }
    if line.is_empty() {
        return refused(0, DecodeErrorKind::EmptyBody);
    }
    // Before the size: a long page is still a page.
    let inked = line.trim_ascii_start();
    if inked.starts_with(b"<") {
        return refused(line.len() - inked.len(), DecodeErrorKind::Html);
    }
    if line.len() > limits.response_bytes() {
        return refused(limits.response_bytes(), DecodeErrorKind::TooLarge);
    }
    str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        DecodeError::new(field_number(separators(line, at)), at, DecodeErrorKind::Utf8)
    })
}

/// The grammar of a line without control characters. What it leaves are the extras, each with the
/// separator before it.
#[inline(always)]
fn outline(line: &str) -> IResult<&str, Outline, ()> {
    let (extras, (letter, id, digits, code, message)) = (
        terminated(bytes::<1>, separator),
        terminated(field, separator),
        terminated(bytes::<3>, separator),
        terminated(field, separator),
        field,
    )
        .parse(line)?;
    let outline = typed(letter, id, digits, code, message).ok_or(REFUSED)?;
    Ok((extras, outline))
}

#[inline(always)]
fn typed(letter: &str, id: &str, digits: &str, text: &str, message: &str) -> Option<Outline> {
    let &[letter] = letter.as_bytes() else { return None };
    let status = Status::try_from(char::from(letter)).ok()?;
    TransactionId::check(id).ok()?;
    let checks = Checks::from_wire(digits.as_bytes())?;
    let response_code = code(status, text)?;
    let status = listed(status, response_code);
    (message.len() <= Message::MAX_BYTES)
        .then(|| Outline::new((status, checks, response_code), (id.len(), text.len(), message.len())))
}

/// What the grammar says of a line that it refuses.
const REFUSED: nom::Err<()> = nom::Err::Error(());

/// Whatever stands before the next separator.
#[inline(always)]
fn field(line: &str) -> IResult<&str, &str, ()> {
    split(line, before(line.as_bytes(), [b'|']))
}

/// A field of so many bytes.
#[inline(always)]
fn bytes<const LENGTH: usize>(line: &str) -> IResult<&str, &str, ()> {
    split(line, LENGTH)
}

#[inline(always)]
fn split(line: &str, at: usize) -> IResult<&str, &str, ()> {
    let (field, rest) = line.split_at_checked(at).ok_or(REFUSED)?;
    Ok((rest, field))
}

#[inline(always)]
fn separator(line: &str) -> IResult<&str, (), ()> {
    let rest = line.strip_prefix('|').ok_or(REFUSED)?;
    Ok((rest, ()))
}

/// The status that a letter and its code name. The letter `E` with a code of family `E` is what the table
/// of codes lists as blocked: `E|…|E001` (API overview).
#[inline]
fn listed(status: Status, code: Option<ResponseCode>) -> Status {
    match (status, code) {
        (Status::Unlisted(letter), Some(code))
            if code.family() == Family::Blocked && Status::Unlisted(letter).letter() == 'E' =>
        {
            Status::Blocked
        }
        _ => status,
    }
}

/// Whether a text can stand in the place of the code, and which response code it is. Nobody says what
/// an unlisted status comes with, so there its form decides.
#[inline]
fn code(status: Status, text: &str) -> Option<Option<ResponseCode>> {
    let response_code = ResponseCode::from_wire(text.as_bytes());
    match status {
        Status::Authorised | Status::Unlisted(_) => {
            let is_text = (1..=AuthorisationCode::MAX_BYTES).contains(&text.len());
            let is_unlisted = status != Status::Authorised;
            is_text.then_some(response_code.filter(|_| is_unlisted))
        }
        _ => response_code.map(Some),
    }
}

/// Says what is wrong with a line that the grammar refuses: the first thing, field by field. Slow
/// and obvious, and so the test of the grammar too.
fn fault(line: &str) -> Option<DecodeError> {
    let mut start = 0;
    for (number, text) in line.split('|').enumerate() {
        let field = field_number(number);
        if let Some((offset, kind)) = flaw(field, text, line) {
            return Some(DecodeError::new(field, start + offset, kind));
        }
        start += text.len() + "|".len();
    }
    let missing = FIELDS.get(line.split('|').count())?;
    Some(DecodeError::new(*missing, line.len(), DecodeErrorKind::Missing))
}

/// What keeps a text from being the value of a field, and where in it.
fn flaw(field: ResponseField, text: &str, line: &str) -> Option<(usize, DecodeErrorKind)> {
    type Allowed = fn(char) -> bool;
    let printable: Allowed = |character| !character.is_control();
    let (allowed, min, max): (Allowed, _, _) = match field {
        ResponseField::Status => (|character| character.is_ascii_alphabetic(), 1, 1),
        ResponseField::TransactionId => (|character| character.is_ascii_alphanumeric(), 1, 32),
        ResponseField::Checks => (|character| character.is_ascii_digit(), 3, 3),
        ResponseField::Code => (printable, 1, AuthorisationCode::MAX_BYTES),
        ResponseField::Message => (printable, 0, Message::MAX_BYTES),
        ResponseField::Extras | ResponseField::Line => (printable, 0, usize::MAX),
    };
    if text.is_empty() && min > 0 {
        Some((0, DecodeErrorKind::Empty))
    } else if let Some(at) = text.find(|character| !allowed(character)) {
        Some((at, DecodeErrorKind::Character))
    } else if text.len() > max {
        Some((max, DecodeErrorKind::TooLong))
    } else if text.len() < min {
        Some((text.len(), DecodeErrorKind::TooShort))
    } else if field == ResponseField::Code && !goes_with_the_status(text, line) {
        Some((0, DecodeErrorKind::NotACode))
    } else {
        None
    }
}

/// Whether a code is one that the status at the beginning of the line can have.
fn goes_with_the_status(code: &str, line: &str) -> bool {
    let status = line.chars().next().and_then(|letter| Status::try_from(letter).ok());
    status.is_some_and(|status| Answer::new(status, (code != NO_CODE).then_some(code)).is_ok())
}

/// The fields before the extras, in wire order.
const FIELDS: [ResponseField; 5] = [
    ResponseField::Status,
    ResponseField::TransactionId,
    ResponseField::Checks,
    ResponseField::Code,
    ResponseField::Message,
];

/// The field after so many separators.
fn field_number(separators: usize) -> ResponseField {
    FIELDS.get(separators).copied().unwrap_or(ResponseField::Extras)
}

/// How many separators there are before a place.
fn separators(line: &[u8], at: usize) -> usize {
    line.iter().take(at).filter(|&&byte| byte == b'|').count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_the_grammar_refuses_has_a_fault_and_nothing_else_has(
            line in prop_oneof![
                "[ADX]\\|[0-9A-Z]{1,33}\\|[0-9]{3}\\|(-|D102|[ -~]{1,33})\\|[ -~é]{0,30}(\\|[ -{}]{0,30}){0,4}",
                "[ADX1]{0,2}\\|[0-9A-Z-]{0,3}\\|[0-9a]{2,4}\\|[-D0-9\\t]{0,4}\\|?[ -~é\\x00-\\x9f]{0,20}",
                any::<String>(),
            ],
        ) {
            let is_read = outline(&line).is_ok() && !rules::has_control(&line);
            prop_assert_eq!(is_read, fault(&line).is_none());
        }
    }
}
