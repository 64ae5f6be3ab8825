//! The response line: `status|transaction id|CVV/AVS|code|message[|extra…]` (section 3).
//!
//! There is one grammar of what the page has. It finds a response where it stands: a [`View`]; a
//! [`Response`] is a view that is kept. A line that it refuses is read again in `loose`, which finds out
//! what is wrong and whether that decides anything, so that the lines that are right pay nothing for it.

mod loose;

pub(crate) use loose::begins_like_a_line;

use bytes::Bytes;
use nom::sequence::terminated;
use nom::{IResult, Parser};

use crate::remote_auth::limits::Limits;
use crate::remote_auth::response::text::NULL;
use crate::remote_auth::response::{DecodeError, Message, NO_CODE, Outline, Response, View};
use crate::scan::before;
use crate::secret::Wiped;
use crate::value::{AuthorisationCode, Checks, Family, ResponseCode, Status, TransactionId, rules};

impl<'a> View<'a> {
    /// Reads a response body where it stands, with the default [`Limits`]. A run of CR and LF at its
    /// end is not part of it. What is malformed and decides nothing is a [finding](View::findings).
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
    /// its end is not part of it. What is malformed and decides nothing is a
    /// [finding](Response::findings).
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
    ///
    /// Of a response that was read it is the line that came, findings and all, but for this: what stands
    /// before and behind the line is left out (a byte order mark, tabs, line ends), and U+FFFD stands for
    /// what is not UTF-8 and for control characters.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(Wiped::new(self.line().to_owned()))
    }
}

/// Reads a body.
fn read<'a>(body: &'a [u8], limits: &Limits) -> Result<View<'a>, DecodeError> {
    match documented(body, limits) {
        Some(view) => Ok(view),
        None => loose::read(body, limits),
    }
}

/// A body that is as the page has it, and its line end.
#[inline]
fn documented<'a>(body: &'a [u8], limits: &Limits) -> Option<View<'a>> {
    let mut line = body;
    while let [rest @ .., b'\r' | b'\n'] = line {
        line = rest;
    }
    if line.len() > limits.response_bytes() || line.ends_with(b" ") {
        return None;
    }
    strict(str::from_utf8(line).ok()?)
}

/// A line that is as the page has it.
#[inline]
fn strict(line: &str) -> Option<View<'_>> {
    match outline(line) {
        Ok((_extras, outline)) if !rules::has_control(line) => Some(View::of(line, outline)),
        _ => None,
    }
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
            let is_text = (1..=AuthorisationCode::MAX_BYTES).contains(&text.len()) && text != NULL;
            let is_unlisted = status != Status::Authorised;
            is_text.then_some(response_code.filter(|_| is_unlisted))
        }
        _ if text == NO_CODE => Some(None),
        _ => response_code.map(Some),
    }
}
