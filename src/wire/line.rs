//! The response line: `status|transaction id|CVV/AVS|code|message[|extra…]` (section 3).
//!
//! The grammar keeps nothing for the case of failure but the place: what is wrong there is found out
//! afterwards, so that the lines that are right pay nothing for it.

use core::fmt::{self, Write};

use bytes::Bytes;
use nom::character::complete::char;
use nom::combinator::{eof, map_res, recognize, verify};
use nom::error::{Error, ErrorKind};
use nom::multi::fold;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Input, Parser};
use zeroize::Zeroizing;

use crate::error::{DecodeError, DecodeErrorKind, InvalidValue, ResponseField};
use crate::limits::Limits;
use crate::response::{Answer, Checks, Extras, Response, Status};
use crate::value::{Message, TransactionId};

/// Stands in the place of a code where there is none.
const NO_CODE: &str = "-";

impl Response {
    /// Reads a response body with the default [`Limits`]. A run of CR and LF at its end is not part
    /// of it.
    ///
    /// # Errors
    ///
    /// The body is not a response: the error says in which field, at which byte, and in which way,
    /// and holds nothing of the body. Its [outcome](DecodeError::outcome) is unknown, not a refusal.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        Self::decode_with(body, &Limits::default())
    }

    /// Reads a response body with limits of the caller's.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &Limits) -> Result<Self, DecodeError> {
        let line = line(body, limits)?;
        response(line).map(|(_, response)| response).map_err(|error| fault(line, error))
    }

    /// Writes the response as a line, without a line end. The bytes are wiped when they are dropped,
    /// because an extra may be a card token.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        // Large enough from the start: growing would leave copies of a token behind.
        let length = FIXED_BYTES + self.message().len() + self.extras().as_wire().len();
        let mut line = Zeroizing::new(String::with_capacity(length));
        let written = write!(
            line,
            "{}|{}|{}|{}|{}{}",
            self.status(),
            self.transaction_id(),
            self.checks(),
            CodeField(self.answer()),
            self.message(),
            self.extras().as_wire()
        );
        debug_assert!(written.is_ok() && line.len() <= length, "the line fits");
        Bytes::from_owner(line)
    }
}

/// The most bytes of everything before the message.
const FIXED_BYTES: usize = "A|".len() + (32 + 1) + "000|".len() + (32 + 1);

/// The code as on the wire.
struct CodeField<'a>(&'a Answer);

impl fmt::Display for CodeField<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.code() {
            Some(code) => code.fmt(f),
            None => f.write_str(NO_CODE),
        }
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

/// The grammar.
fn response(line: &str) -> IResult<&str, Response> {
    let (rest, status) = map_res(text, Status::try_from).parse(line)?;
    let (rest, id) = next(TransactionId::try_from).parse(rest)?;
    let (rest, checks) = next(Checks::try_from).parse(rest)?;
    let (rest, answer) = next(|code| Answer::new(status, (code != NO_CODE).then_some(code))).parse(rest)?;
    let (rest, message) = next(Message::try_from).parse(rest)?;
    let (end, extras) = extras(rest)?;
    Ok((end, Response::from_parts(answer, id, checks, message, Extras::from_wire(extras))))
}

/// A separator and the value after it. One that is no value fails where its text begins.
fn next<'a, T>(
    value: impl FnMut(&'a str) -> Result<T, InvalidValue>,
) -> impl Parser<&'a str, Output = T, Error = Error<&'a str>> {
    preceded(char('|'), map_res(text, value))
}

/// All the extras, each with the separator before it. Fails where the first one begins that cannot
/// stand there.
fn extras(line: &str) -> IResult<&str, &str> {
    let extra = preceded(char('|'), verify(text, |extra: &str| Extras::check(extra).is_ok()));
    terminated(recognize(fold(0..=Extras::MAX, extra, || (), |(), _| ())), eof).parse(line)
}

/// Everything up to the next separator or the end. Bytes rather than characters: it is the one loop
/// that every line goes through.
fn text(line: &str) -> IResult<&str, &str> {
    let end = line.bytes().position(|byte| byte == b'|').unwrap_or(line.len());
    Ok(line.take_split(end))
}

/// Says what is wrong where the grammar failed.
fn fault(line: &str, error: nom::Err<Error<&str>>) -> DecodeError {
    let (rest, code) = match error {
        nom::Err::Error(error) | nom::Err::Failure(error) => (error.input, error.code),
        // Only streaming parsers give this, and there are none here.
        nom::Err::Incomplete(_) => ("", ErrorKind::Char),
    };
    let at = line.len() - rest.len();
    let before = separators(line.as_bytes(), at);
    let (number, start) = match code {
        ErrorKind::Char => {
            return DecodeError::new(field_number(before + 1), at, DecodeErrorKind::Missing);
        }
        // Extras fail at the separator before them.
        ErrorKind::Eof => (before + 1, at + 1),
        _ => (before, at),
    };
    let field = field_number(number);
    if number >= FIELDS.len() + Extras::MAX {
        return DecodeError::new(field, start, DecodeErrorKind::TooManyFields);
    }
    let rest = line.get(start..).unwrap_or_default();
    let (offset, kind) = flaw(field, rest.split('|').next().unwrap_or_default());
    DecodeError::new(field, start + offset, kind)
}

/// What keeps a text from being the value of a field, and where in it.
fn flaw(field: ResponseField, text: &str) -> (usize, DecodeErrorKind) {
    type Allowed = fn(char) -> bool;
    let printable: Allowed = |character| !character.is_control();
    let (allowed, min, max): (Allowed, _, _) = match field {
        ResponseField::Status => (|character| character.is_ascii_alphabetic(), 1, 1),
        ResponseField::TransactionId => (|character| character.is_ascii_alphanumeric(), 1, 32),
        ResponseField::Checks => (|character| character.is_ascii_digit(), 3, 3),
        ResponseField::Code => (printable, 1, 32),
        ResponseField::Message | ResponseField::Line => (printable, 0, Message::MAX_BYTES),
        ResponseField::Extras => (printable, 0, Extras::MAX_BYTES),
    };
    if text.is_empty() {
        (0, DecodeErrorKind::Empty)
    } else if let Some(at) = text.find(|character| !allowed(character)) {
        (at, DecodeErrorKind::Character)
    } else if text.len() > max {
        (max, DecodeErrorKind::TooLong)
    } else if text.len() < min {
        (text.len(), DecodeErrorKind::TooShort)
    } else {
        (0, DecodeErrorKind::NotACode)
    }
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
