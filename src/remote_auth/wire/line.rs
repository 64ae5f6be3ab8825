//! The response line: `status|transaction id|CVV/AVS|code|message[|extra…]` (section 3).
//!
//! There is one grammar of what the page has. It finds a response where it stands: a [`View`]; a
//! [`Response`] is a view that is kept. A line that it refuses is read again in `loose`, which finds out
//! what is wrong and whether that decides anything, so that the lines that are right pay nothing for it.

mod loose;

pub(crate) use loose::may_hide_a_line;

use bytes::Bytes;
use nom::sequence::terminated;
use nom::{IResult, Parser};

use crate::remote_auth::limits::Limits;
use crate::remote_auth::response::{DecodeError, Message, NO_CODE, Outline, Response, View, listed};
use crate::scan::before;
use crate::secret::Wiped;
use crate::value::{AuthorisationCode, Checks, ResponseCode, Status, TransactionId, rules};

impl<'a> View<'a> {
    /// Reads a response body where it stands, with the default [`Limits`]. A run of CR and LF at its
    /// end is not part of it. A malformed part that does not decide is a [finding](View::findings).
    ///
    /// # Errors
    ///
    /// The body is not a response: the error says in which field, at which byte, and in which way,
    /// and holds no part of the body. The outcome is then unknown, not refused.
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
        view(body.as_ref(), limits)
    }
}

impl Response {
    /// Reads a response body, of text or bytes, with the default [`Limits`]. A run of CR and LF at
    /// its end is not part of it. A malformed part that does not decide is a
    /// [finding](Response::findings).
    ///
    /// # Errors
    ///
    /// The body is not a response: the error says in which field, at which byte, and in which way,
    /// and holds no part of the body. The outcome is then unknown, not refused.
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
        response(body.as_ref(), limits)
    }

    /// Writes the response as a line, without a line end. The bytes are wiped when they are dropped,
    /// because an extra may be a card token.
    ///
    /// A response that was read is written as the line that came, findings and all, with three exceptions.
    /// A byte order mark, tabs and line ends around the line are left out. Tabs and line ends around status,
    /// id, checks or code become spaces. U+FFFD stands for other control characters and for bytes that are
    /// not UTF-8.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(Wiped::new(self.line().to_owned()))
    }
}

fn view<'a>(body: &'a [u8], limits: &Limits) -> Result<View<'a>, DecodeError> {
    match documented(body, limits) {
        Some((line, outline)) => Ok(View::of(line, outline)),
        None => loose::read(body, limits),
    }
}

/// The view, kept: without the detour that a line which is not clean takes.
fn response(body: &[u8], limits: &Limits) -> Result<Response, DecodeError> {
    match documented(body, limits) {
        Some((line, outline)) => Ok(Response::of(line, outline)),
        None => loose::read(body, limits).map(View::to_owned),
    }
}

/// The line of a body that is as the page has it.
#[inline(always)]
fn documented<'a>(body: &'a [u8], limits: &Limits) -> Option<(&'a str, Outline)> {
    let mut line = body;
    while let [rest @ .., b'\r' | b'\n'] = line {
        line = rest;
    }
    if line.len() > limits.response_bytes || line.ends_with(b" ") {
        return None;
    }
    let line = str::from_utf8(line).ok()?;
    match outline(line) {
        Ok((_extras, outline)) if !rules::has_control(line) => Some((line, outline)),
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
    self::id(id)?;
    let checks = Checks::from_wire(digits.as_bytes())?;
    let response_code = code(status, text)?;
    let status = listed(status, response_code);
    (message.len() <= Message::MAX_BYTES)
        .then(|| Outline::new((status, checks, response_code), (id.len(), text.len(), message.len())))
}

/// The error of the grammar. The loose reader finds the reason.
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

/// Reads the code field: `None` if the text cannot stand there, and for an unlisted status, of which no page
/// tells what does.
#[inline]
fn code(status: Status, text: &str) -> Option<Option<ResponseCode>> {
    match status {
        Status::Authorised => is_text(text).then_some(None),
        Status::Unlisted(_) => None,
        _ if text == NO_CODE => Some(None),
        _ if text.starts_with(|letter: char| letter.is_ascii_lowercase()) => None,
        _ => ResponseCode::from_wire(text.as_bytes()).map(Some),
    }
}

/// Reads the id: `None` for an id such as `null`, which is left out with a finding.
#[inline(always)]
fn id(text: &str) -> Option<()> {
    // An id of the documented form begins with two digits that are not both 0.
    if !matches!(text.as_bytes(), [b'0', b'1'..=b'9', ..] | [b'1'..=b'9', ..]) && rules::names_nothing(text) {
        return None;
    }
    TransactionId::check(text).ok()
}

/// Returns true for an authorisation code, or the `-` that stands for none.
#[inline(always)]
fn is_text(text: &str) -> bool {
    match text.as_bytes() {
        [b' ', ..] | [.., b' '] | [b'N' | b'n', b'U' | b'u', b'L' | b'l', b'L' | b'l'] => false,
        bytes => {
            (1..=AuthorisationCode::MAX_BYTES).contains(&bytes.len())
                && (text.is_ascii() || !text.contains(char::REPLACEMENT_CHARACTER))
        }
    }
}
