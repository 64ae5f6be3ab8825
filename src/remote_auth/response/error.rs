//! Errors of responses: the field, the byte and the fault.

use core::fmt;

use thiserror::Error;

/// A field of a response line (section 3 of the protocol page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseField {
    /// The whole line.
    Line,
    /// The status letter.
    Status,
    /// The transaction id.
    TransactionId,
    /// The three CVV/AVS digits.
    Checks,
    /// The authorisation code or response code.
    Code,
    /// The message.
    Message,
    /// Anything after the message.
    Extras,
}

impl ResponseField {
    /// The field's name: `line`, `status`, `transaction_id`, `checks`, `code`, `message`, `extras`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Status => "status",
            Self::TransactionId => "transaction_id",
            Self::Checks => "checks",
            Self::Code => "code",
            Self::Message => "message",
            Self::Extras => "extras",
        }
    }
}

impl fmt::Display for ResponseField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The fault of an unreadable response line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The body is empty, or a line end only.
    #[error("the body is empty")]
    EmptyBody,
    /// The body begins with `<`: a web server's page, not the gateway's line.
    #[error("the body is HTML or XML")]
    Html,
    /// The line is longer than the limits allow.
    #[error("the line is too long")]
    TooLarge,
    /// The line ends before this field.
    #[error("the field is missing")]
    Missing,
    /// The field is empty.
    #[error("the field is empty")]
    Empty,
    /// The field is longer than it can be.
    #[error("the field is too long")]
    TooLong,
    /// A character that cannot stand in this field.
    #[error("a character that cannot stand here")]
    Character,
    /// Neither a letter and three digits, nor anything else that can stand here.
    #[error("not a response code")]
    NotACode,
    /// A second line follows. Which of the two is the response is unknown.
    #[error("a second line follows")]
    SecondLine,
}

impl DecodeErrorKind {
    /// The kind in one word of lower case, such as `too_long`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EmptyBody => "empty_body",
            Self::Html => "html",
            Self::TooLarge => "too_large",
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Character => "character",
            Self::NotACode => "not_a_code",
            Self::SecondLine => "second_line",
        }
    }
}

/// An error of a response that cannot be read. The outcome is **unknown**: the card may have been charged.
///
/// Only what decides makes a line unreadable: a status that is not one letter, a code of a refusal that is
/// none, fewer than five fields, a second line, or more than the limits. The rest is a
/// [`ResponseFinding`](super::ResponseFinding).
///
/// ```
/// use cashflows_codec::remote_auth::{Outcome, Response};
/// use cashflows_codec::remote_auth::response::{DecodeErrorKind, ResponseField};
///
/// let error = Response::decode("D|01S01356909|200|D1x2|Not Authorised").unwrap_err();
/// assert_eq!(error.field, ResponseField::Code);
/// assert_eq!(error.offset, 18);
/// assert_eq!(error.kind, DecodeErrorKind::NotACode);
/// assert_eq!(error.to_string(), "response field code, byte 18: not a response code");
/// assert_eq!(Outcome::of(&error), Outcome::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("response field {field}, byte {offset}: {kind}")]
pub struct DecodeError {
    /// The field that cannot be read.
    pub field: ResponseField,
    /// The place of the error: bytes from the beginning of the body, from 0.
    pub offset: usize,
    /// The error of the field.
    pub kind: DecodeErrorKind,
}

impl DecodeError {
    pub(crate) const fn new(field: ResponseField, offset: usize, kind: DecodeErrorKind) -> Self {
        Self { field, offset, kind }
    }
}
