//! A borrowed response.

use core::fmt;
use core::ops::Range;
use std::borrow::Cow;

use super::{Decision, Extras, Flaws, NO_CODE, ResponseField, ResponseFinding, text};
use crate::secret::Wiped;
use crate::value::{AuthorisationCode, Checks, MaskedText, Reason, ResponseCode, Status, TransactionId};

/// A response, borrowed from the line that it was read from: nothing is copied, nothing allocated.
///
/// It says what a [`Response`](super::Response) says, by the same grammar, with the same errors: a response is a view
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
    pub(super) line: Raw<'a>,
    pub(super) outline: Outline,
}

/// A line as it stands: text, or, where it has bytes that are none, bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Raw<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Raw<'a> {
    pub(super) const fn as_bytes(self) -> &'a [u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// The values of a line, and the ends of its texts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Outline {
    pub(crate) flaws: Flaws,
    pub(crate) status: Status,
    pub(crate) checks: Checks,
    /// Every refusal has one, but for those without a code; an authorisation has none, whatever its
    /// authorisation code looks like.
    pub(crate) response_code: Option<ResponseCode>,
    id_end: u16,
    code_end: u16,
    message_end: u16,
}

impl Outline {
    /// From the lengths of the texts of a line without flaws, which no field allows to be as long as a
    /// `u16` can be.
    #[inline]
    pub(crate) const fn new(
        (status, checks, response_code): (Status, Checks, Option<ResponseCode>),
        (id, code, message): (usize, usize, usize),
    ) -> Self {
        let id_end = "A|".len() + id;
        let code_end = id_end + "|000|".len() + code;
        let message_end = code_end + "|".len() + message;
        Self {
            flaws: Flaws::NONE,
            status,
            checks,
            response_code,
            id_end: id_end as u16,
            code_end: code_end as u16,
            message_end: message_end as u16,
        }
    }

    /// From a line that is not as it should be, cut by its separators. The places are left out where status
    /// and checks have not their lengths, and where the line is longer than a `u16` can say.
    pub(crate) fn of_line(
        line: &[u8],
        (status, checks, response_code): (Status, Checks, Option<ResponseCode>),
        flaws: Flaws,
    ) -> Self {
        let length = |field| text::place(line, field).len();
        let [id, code, message] =
            [ResponseField::TransactionId, ResponseField::Code, ResponseField::Message].map(length);
        let outline = Self::new((status, checks, response_code), (id, code, message));
        let has_lengths = length(ResponseField::Status) == 1 && length(ResponseField::Checks) == 3;
        if has_lengths && line.len() <= usize::from(u16::MAX) {
            return outline.with_flaws(flaws);
        }
        Self { id_end: 0, code_end: 0, message_end: 0, ..outline.with_flaws(flaws.and(Flaws::LOOSE)) }
    }

    /// The range of a field in its line.
    fn place(self, line: &[u8], field: ResponseField) -> Range<usize> {
        if self.flaws.any_of(Flaws::LOOSE) {
            return text::place(line, field);
        }
        let Self { id_end, code_end, message_end, .. } = self;
        let [id_end, code_end, message_end] = [id_end, code_end, message_end].map(usize::from);
        match field {
            ResponseField::Line => 0..line.len(),
            ResponseField::Status => 0..1,
            ResponseField::TransactionId => 2..id_end,
            ResponseField::Checks => id_end + 1..id_end + 4,
            ResponseField::Code => id_end + 5..code_end,
            ResponseField::Message => code_end + 1..message_end,
            ResponseField::Extras => (message_end + 1).min(line.len())..line.len(),
        }
    }

    /// A field of a line of text.
    pub(super) fn field(self, line: &str, field: ResponseField) -> &str {
        line.get(self.place(line.as_bytes(), field)).unwrap_or_default()
    }

    /// The same of a line with bytes that cannot stand in one.
    pub(crate) const fn unclean(self) -> Self {
        self.with_flaws(self.flaws.and(Flaws::UNCLEAN))
    }

    pub(super) const fn with_flaws(mut self, flaws: Flaws) -> Self {
        self.flaws = flaws;
        self
    }
}

impl<'a> View<'a> {
    #[inline]
    pub(crate) const fn of(line: &'a str, outline: Outline) -> Self {
        Self { line: Raw::Text(line), outline }
    }

    pub(crate) const fn of_raw(line: Raw<'a>, outline: Outline) -> Self {
        Self { line, outline }
    }

    /// The status. What it means for the money is the [`outcome`](Self::outcome).
    #[must_use]
    pub const fn status(self) -> Status {
        self.outline.status
    }

    /// The gateway's transaction id, unless it is malformed or names nothing, as `null` does. Its text alone is
    /// [`field(ResponseField::TransactionId)`](Self::field).
    #[must_use]
    pub fn transaction_id(self) -> Option<TransactionId> {
        let text = self.field(ResponseField::TransactionId);
        if self.outline.flaws.are_none() {
            return Some(TransactionId::checked(&text));
        }
        text::transaction_id(&text)
    }

    /// The checks of CVV, address and postcode: [`Checks::NONE`] where they are malformed.
    #[must_use]
    pub const fn checks(self) -> Checks {
        self.outline.checks
    }

    /// Status and code together.
    #[must_use]
    pub fn decision(self) -> Decision {
        Decision::read(self.status(), self.response_code(), self.authorisation_code())
    }

    /// The authorisation code, if there is one. With an unlisted status it is whatever text stands
    /// there that is not a response code, and no sign of an approval.
    #[must_use]
    pub fn authorisation_code(self) -> Option<AuthorisationCode> {
        match (self.status(), self.outline.response_code) {
            (Status::Authorised | Status::Unlisted(_), None) => {
                let text = self.field(ResponseField::Code);
                if self.outline.flaws.are_none() {
                    return (text != NO_CODE).then(|| AuthorisationCode::checked(&text));
                }
                text::authorisation_code(&text)
            }
            _ => None,
        }
    }

    /// The response code, if there is one: every documented refusal has it.
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

    /// The message: free text of varying case, not a key. A byte that is not UTF-8, and a control
    /// character, is U+FFFD.
    #[must_use]
    pub fn message(self) -> Cow<'a, str> {
        self.field(ResponseField::Message)
    }

    /// The fields after the message.
    #[must_use]
    pub fn extras(self) -> Extras<'a> {
        let line = self.line.as_bytes();
        // With the separator before them.
        let end = self.outline.place(line, ResponseField::Message).end;
        Extras::from_wire(line.get(end..).unwrap_or_default())
    }

    /// Lists the malformed parts of the line that were left out. A correct line has none, and takes no allocation.
    #[must_use]
    pub fn findings(self) -> Vec<ResponseFinding> {
        self.outline.flaws.findings()
    }

    /// The text of a field, as it stands in the line; all extras are one text, with `|` between
    /// them. One of them may be a card token: every place that asks for the extras or the whole line
    /// is a place to review.
    ///
    /// The line begins behind blanks and a byte order mark, and ends before its line end. Borrowed, but
    /// for a line with bytes that are not UTF-8 or with control characters, which are U+FFFD.
    #[inline]
    #[must_use]
    pub fn field(self, field: ResponseField) -> Cow<'a, str> {
        match self.line {
            Raw::Text(line) if !self.outline.flaws.any_of(Flaws::UNCLEAN) => {
                Cow::Borrowed(self.outline.field(line, field))
            }
            line => {
                let line = Wiped::new(text::cleaned(line.as_bytes()));
                Cow::Owned(line.get(text::place(line.as_bytes(), field)).unwrap_or_default().to_owned())
            }
        }
    }
}

/// As [`Response`](super::Response)'s: the extras are counted and not shown.
impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(*self, "View", f)
    }
}

/// Shows every field but the extras, with card numbers masked wherever one stands.
pub(super) fn debug(view: View<'_>, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name)
        .field("decision", &view.decision())
        .field("transaction_id", &view.transaction_id())
        .field("checks", &view.checks())
        .field("message", &MaskedText::new(&view.message()).to_string())
        .field("extras", &view.extras())
        .finish()
}
