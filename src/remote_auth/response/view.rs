//! A response that is read where it stands.

use core::fmt;

use super::{Answer, Extras, NO_CODE, Response, ResponseField};
use crate::value::{AuthorisationCode, Checks, Reason, ResponseCode, Status, TransactionId};

/// A response, borrowed from the line that it was read from: nothing is copied, nothing allocated.
///
/// It says what a [`Response`] says, by the same grammar, with the same errors: a response is a view
/// that is kept. For archives, where most lines are counted and forgotten; [`Lines`](super::Lines)
/// reads a buffer full of them.
///
/// ```
/// use cashflows_codec::remote_auth::response::{Response, View};
/// use cashflows_codec::remote_auth::Outcome;
/// use cashflows_codec::value::Reason;
///
/// let line = "D|01S00001723|400|D102|Not Authorised";
/// let view = View::decode(line)?;
/// assert_eq!(view.outcome(), Outcome::Refused);
/// assert_eq!(view.reason(), Some(Reason::InsufficientFunds));
///
/// let response: Response = view.to_owned();
/// assert_eq!(response, Response::decode(line)?);
/// assert_eq!(response.view(), view);
/// # Ok::<(), cashflows_codec::remote_auth::response::DecodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct View<'a> {
    line: &'a str,
    outline: Outline,
}

/// What a line says besides its texts, and where those end.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Outline {
    pub(crate) status: Status,
    pub(crate) checks: Checks,
    /// Every refusal has one; an authorisation has none, whatever its authorisation code looks like.
    pub(crate) response_code: Option<ResponseCode>,
    pub(crate) id_end: u16,
    pub(crate) code_end: u16,
    pub(crate) message_end: u16,
}

impl Outline {
    /// From the lengths of the texts, which no field allows to be as long as a `u16` can be.
    #[inline]
    pub(crate) const fn new(
        (status, checks, response_code): (Status, Checks, Option<ResponseCode>),
        (id, code, message): (usize, usize, usize),
    ) -> Self {
        let id_end = "A|".len() + id;
        let code_end = id_end + "|000|".len() + code;
        let message_end = code_end + "|".len() + message;
        Self {
            status,
            checks,
            response_code,
            id_end: id_end as u16,
            code_end: code_end as u16,
            message_end: message_end as u16,
        }
    }
}

impl<'a> View<'a> {
    #[inline]
    pub(crate) const fn of(line: &'a str, outline: Outline) -> Self {
        Self { line, outline }
    }

    /// The response, kept. One as short as every documented response is takes no allocation.
    #[inline]
    #[must_use]
    pub fn to_owned(self) -> Response {
        Response { line: self.line.into(), outline: self.outline }
    }

    /// The status. What it means for the money is the [`outcome`](Self::outcome).
    #[must_use]
    pub const fn status(self) -> Status {
        self.outline.status
    }

    /// The gateway's transaction id, unless it is malformed. Its text alone is
    /// [`field(ResponseField::TransactionId)`](Self::field).
    #[must_use]
    pub fn transaction_id(self) -> Option<TransactionId> {
        Some(TransactionId::checked(self.field(ResponseField::TransactionId)))
    }

    /// The checks of CVV, address and postcode.
    #[must_use]
    pub const fn checks(self) -> Checks {
        self.outline.checks
    }

    /// Status and code together.
    #[must_use]
    pub fn answer(self) -> Answer {
        Answer::read(self.status(), self.outline.response_code, self.code())
    }

    /// The authorisation code, if there is one. With an unlisted status it is whatever text stands
    /// there that is not a response code, and no sign of an approval.
    #[must_use]
    pub fn authorisation_code(self) -> Option<AuthorisationCode> {
        match self.outline.response_code {
            Some(_) => None,
            None => self.code(),
        }
    }

    /// The response code, if there is one: every refusal has it.
    #[must_use]
    pub const fn response_code(self) -> Option<ResponseCode> {
        self.outline.response_code
    }

    /// The reason that the response code names, if there is one.
    #[must_use]
    pub const fn reason(self) -> Option<Reason> {
        match self.outline.response_code {
            Some(code) => Some(code.reason()),
            None => None,
        }
    }

    /// The message: free text of varying case, not a key.
    #[must_use]
    pub fn message(self) -> &'a str {
        self.field(ResponseField::Message)
    }

    /// What follows the message.
    #[must_use]
    pub fn extras(self) -> Extras<'a> {
        Extras::from_wire(self.line.get(self.outline.message_end.into()..).unwrap_or_default())
    }

    /// The text of a field, as it stands in the line; all extras are one text, with `|` between
    /// them. One of them may be a card token: every place that asks for the extras or the whole line
    /// is a place to review.
    #[must_use]
    pub fn field(self, field: ResponseField) -> &'a str {
        let Outline { id_end, code_end, message_end, .. } = self.outline;
        let [id_end, code_end, message_end] = [id_end, code_end, message_end].map(usize::from);
        let place = match field {
            ResponseField::Line => 0..self.line.len(),
            ResponseField::Status => 0..1,
            ResponseField::TransactionId => 2..id_end,
            ResponseField::Checks => id_end + 1..id_end + 4,
            ResponseField::Code => id_end + 5..code_end,
            ResponseField::Message => code_end + 1..message_end,
            ResponseField::Extras => (message_end + 1).min(self.line.len())..self.line.len(),
        };
        self.line.get(place).unwrap_or_default()
    }

    /// What stands in the place of the code, unless that says that there is none.
    fn code(self) -> Option<AuthorisationCode> {
        let text = self.field(ResponseField::Code);
        (text != NO_CODE).then(|| AuthorisationCode::checked(text))
    }
}

/// As [`Response`]'s: the extras are counted and not shown.
impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug(*self, "View", f)
    }
}
