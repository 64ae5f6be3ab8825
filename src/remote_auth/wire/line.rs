//! The response line: `status|transaction id|CVV/AVS|code|message[|extra…]` (section 3).
//!
//! The grammar keeps nothing for the case of failure: what is wrong is found out afterwards, so that
//! the lines that are right pay nothing for it.

use core::fmt::{self, Write};

use bytes::Bytes;
use nom::combinator::verify;
use nom::{IResult, Parser};

use crate::remote_auth::limits::Limits;
use crate::remote_auth::response::Message;
use crate::remote_auth::response::{Answer, Extras, NO_CODE, Response};
use crate::remote_auth::response::{DecodeError, DecodeErrorKind, ResponseField};
use crate::secret::Wiped;
use crate::value::{Checks, Status};
use crate::value::{Field, Rest, Separators, rules};

/// What is said of a line that the grammar refuses and nobody knows why; a test shows that there is
/// none.
const UNEXPLAINED: DecodeError = DecodeError::new(ResponseField::Line, 0, DecodeErrorKind::Character);

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
        // One place for either result, so that what is read is not moved into another one.
        let mut response = Ok(Self::blank());
        if let Ok(blank) = &mut response
            && let Err(error) = read(body, limits, blank)
        {
            response = Err(error);
        }
        response
    }

    /// Writes the response as a line, without a line end. The bytes are wiped when they are dropped,
    /// because an extra may be a card token.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        // Large enough from the start: growing would leave copies of a token behind.
        let length = LONGEST_HEAD.len() + self.message().len() + self.extras().as_wire().len();
        let mut line = Wiped::new(String::with_capacity(length));
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

/// Everything before the message, where nothing could be longer.
const LONGEST_HEAD: &str = "A|99999999999999999999999999999999|000|99999999999999999999999999999999|";

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

/// Reads a body into a blank response.
fn read(body: &[u8], limits: &Limits, blank: &mut Response) -> Result<(), DecodeError> {
    let line = line(body, limits)?;
    fill(blank, line).ok_or_else(|| fault(line).unwrap_or(UNEXPLAINED))
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

/// The fields of a line, none of which was looked into.
struct Fields<'a> {
    status: Field<'a>,
    id: Field<'a>,
    checks: Field<'a>,
    code: Field<'a>,
    message: Field<'a>,
    /// All of them, each with the separator before it.
    extras: &'a str,
}

/// The grammar.
#[inline]
fn fields(line: Rest<'_>) -> IResult<Rest<'_>, Fields<'_>, ()> {
    let grammar = (field, field, field, field, field, verify(extras, Extras::are_short));
    let fields =
        |(status, id, checks, code, message, extras)| Fields { status, id, checks, code, message, extras };
    grammar.map(fields).parse(line)
}

#[inline]
fn field(line: Rest<'_>) -> IResult<Rest<'_>, Field<'_>, ()> {
    let (field, rest) = line.next().ok_or(nom::Err::Error(()))?;
    Ok((rest, field))
}

/// Whatever is left: there are not more separators than a response can have.
#[inline]
fn extras(line: Rest<'_>) -> IResult<Rest<'_>, &str, ()> {
    Ok((line, line.as_str()))
}

/// Makes a blank response the one that a line is, if every field is what it should be.
#[inline]
fn fill(blank: &mut Response, line: &str) -> Option<()> {
    let mut separators = Separators::default();
    let (_, fields) = fields(Rest::of(line, separators.find(line)?)).ok()?;
    let &[status] = fields.status.as_bytes() else { return None };
    let status = Status::try_from(char::from(status)).ok()?;
    blank.checks = Checks::from_wire(fields.checks.as_bytes())?;
    blank.answer.fill(status, fields.code)?;
    blank.transaction_id.fill(fields.id)?;
    blank.message.fill(fields.message)?;
    blank.extras.fill(fields.extras);
    // Last, so that the text is in memory by the time that the caller moves it.
    (!rules::has_control(line)).then_some(())
}

/// Says what is wrong with a line that the grammar refuses: the first thing, field by field. Slow
/// and obvious, and so the test of the grammar too.
fn fault(line: &str) -> Option<DecodeError> {
    let mut start = 0;
    for (number, text) in line.split('|').enumerate() {
        let field = field_number(number);
        let flaw = if number < FIELDS.len() + Extras::MAX {
            flaw(field, text, line)
        } else {
            Some((0, DecodeErrorKind::TooManyFields))
        };
        if let Some((offset, kind)) = flaw {
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
        ResponseField::Code => (printable, 1, 32),
        ResponseField::Message | ResponseField::Line => (printable, 0, Message::MAX_BYTES),
        ResponseField::Extras => (printable, 0, Extras::MAX_BYTES),
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
            prop_assert_eq!(fill(&mut Response::blank(), &line).is_some(), fault(&line).is_none());
        }
    }
}
