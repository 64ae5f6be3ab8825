//! Responses to payment requests (section 3 of the protocol page).
//!
//! A [`Response`] is read by [`Response::decode`] and written by [`Response::encode`]; what it means
//! is its [`outcome`](Response::outcome). It owns its line, and does so inline where the line is as
//! short as every documented one. A [`View`] is the same, borrowed, and [`Lines`] reads many.

mod decision;
mod error;
mod extras;
mod finding;
mod lines;
mod message;
mod stored;
pub(crate) mod text;
mod view;

pub use decision::{Decision, WithoutCode};
pub use error::{DecodeError, DecodeErrorKind, ResponseField};
pub use extras::{AmbiguousExtras, Extras, Resolved};
pub use finding::{Problem, ResponseFinding};
pub use lines::{Line, LineError, Lines};
pub use message::Message;
pub use view::View;

pub(crate) use decision::{NO_CODE, listed};
pub(crate) use finding::Flaws;
pub(crate) use view::{Outline, Raw};

use core::fmt;

use crate::error::{InvalidValue, Rule};
use crate::secret::Wiped;
use crate::value::{
    AuthorisationCode, Checks, Reason, ResponseCode, SpillingText, Status, TransactionId, rules,
};

/// The response to a payment request: `status|transaction id|CVV/AVS|code|message[|extra…]`.
///
/// ```
/// use cashflows_codec::remote_auth::response::Response;
/// use cashflows_codec::value::{CvvCheck, Reason, Status};
///
/// let response = Response::decode(b"D|01S00001723|400|D102|Not Authorised|74698692333601146452212")?;
/// assert_eq!(response.status(), Status::Declined);
/// assert_eq!(response.transaction_id(), Some("01S00001723".parse().unwrap()));
/// assert_eq!(response.checks().cvv(), CvvCheck::NotMatched);
/// assert_eq!(response.reason(), Some(Reason::InsufficientFunds));
/// assert_eq!(response.message(), "Not Authorised");
/// assert_eq!(response.extras().len(), 1);
/// # Ok::<(), cashflows_codec::remote_auth::response::DecodeError>(())
/// ```
///
/// A gateway makes one from its parts:
///
/// ```
/// use cashflows_codec::remote_auth::response::{Decision, Response};
/// use cashflows_codec::value::Checks;
///
/// let decision = Decision::Authorised(Some("031971".parse()?));
/// let response = Response::new(decision, "05P00001724".parse()?, Checks::NONE, "Authorised".parse()?)
///     .with_extras(["74698692333601146452212"])?;
/// assert_eq!(response.encode(), "A|05P00001724|000|031971|Authorised|74698692333601146452212");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
///
/// An extra may be a card token, so `Debug` shows how many there are, and what is kept of a line with
/// extras is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Response {
    line: SpillingText<96>,
    outline: Outline,
}

impl Response {
    /// The most bytes of an extra that is to be written (the length is ours). One that was read may
    /// be longer, within the limit on the line.
    const MAX_EXTRA: usize = 255;
    /// The most bytes of all of them, with a separator before each. A line that has the longest of
    /// every field is still within the default limit of 4 KiB.
    const MAX_EXTRAS: usize = 3 * (1 + Self::MAX_EXTRA);

    /// A response without extras.
    #[must_use]
    pub fn new(decision: Decision, transaction_id: TransactionId, checks: Checks, message: Message) -> Self {
        let code = decision.code_text();
        let (status, id) = (decision.status(), transaction_id.as_str());
        let line = format!("{status}|{id}|{checks}|{code}|{message}");
        let response_code = decision.response_code();
        let outline = Outline::new(
            (listed(status, response_code), checks, response_code),
            (id.len(), code.len(), message.as_str().len()),
        );
        Self { line: line.as_str().into(), outline: outline.with_flaws(Flaws::of_id(id)) }
    }

    /// A refusal without checks, with the documented text of the reason as the message.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::Response;
    /// use cashflows_codec::value::Reason;
    ///
    /// let response = Response::refusal(Reason::InvalidRequest, "99E5D84B40F".parse()?);
    /// assert_eq!(response.encode(), "V|99E5D84B40F|000|V226|Invalid request");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn refusal(reason: Reason, transaction_id: TransactionId) -> Self {
        let message = Message::fixed(reason.text().unwrap_or_default());
        Self::new(Decision::refusal(ResponseCode::of(reason)), transaction_id, Checks::NONE, message)
    }

    /// Sets the extras that the request asked for, in the order of the wire. They replace earlier ones.
    ///
    /// # Errors
    ///
    /// An extra is longer than 255 bytes or has a `|` or a control character in it, or all of them
    /// together, with a separator before each, are longer than 768 bytes.
    pub fn with_extras<T: AsRef<str>>(
        self,
        extras: impl IntoIterator<Item = T>,
    ) -> Result<Self, InvalidValue> {
        self.with_extras_up_to(extras, Self::MAX_EXTRA, Self::MAX_EXTRAS)
    }

    /// The same with other limits: `max` bytes of one, `all` of all.
    pub(crate) fn with_extras_up_to<T: AsRef<str>>(
        self,
        extras: impl IntoIterator<Item = T>,
        max: usize,
        all: usize,
    ) -> Result<Self, InvalidValue> {
        let refused = |rule| InvalidValue::new("extra", rule);
        // Large enough from the start: growing would leave copies of a token behind.
        let mut wire = Wiped::new(String::with_capacity(all));
        for extra in extras {
            let extra = extra.as_ref();
            rules::field(extra, max).map_err(refused)?;
            if wire.len() + "|".len() + extra.len() > all {
                return Err(InvalidValue::new("extras", Rule::TooLong { max: all }));
            }
            wire.push('|');
            wire.push_str(extra);
        }
        Ok(self.with_extras_as_sent(&wire))
    }

    /// The same with extras that are known to be such, each with the separator before it.
    pub(crate) fn with_extras_as_sent(self, wire: &str) -> Self {
        let all = self.line.as_str();
        let kept = all.get(..all.len() - self.view().extras().wire_len()).unwrap_or_default();
        let mut line = Wiped::new(String::with_capacity(kept.len() + wire.len()));
        line.push_str(kept);
        line.push_str(wire);
        Self { line: line.as_str().into(), outline: self.outline }
    }

    /// A response whose line is text without control characters.
    #[inline]
    pub(crate) fn of(line: &str, outline: Outline) -> Self {
        Self { line: line.into(), outline }
    }

    /// The whole line.
    pub(crate) fn line(&self) -> &str {
        self.line.as_str()
    }

    /// The response, borrowed.
    #[inline]
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View::of(self.line.as_str(), self.outline)
    }

    /// Status and code together.
    #[must_use]
    pub fn decision(&self) -> Decision {
        self.view().decision()
    }

    /// The status. What it means for the money is the [`outcome`](Self::outcome).
    #[must_use]
    pub const fn status(&self) -> Status {
        self.outline.status
    }

    /// The gateway's transaction id, unless it is malformed or names nothing, as `null` does.
    /// [`findings`](Self::findings) tells.
    #[must_use]
    pub fn transaction_id(&self) -> Option<TransactionId> {
        self.view().transaction_id()
    }

    /// The checks of CVV, address and postcode: [`Checks::NONE`] where they are malformed.
    #[must_use]
    pub const fn checks(&self) -> Checks {
        self.outline.checks
    }

    /// The authorisation code, if there is one. With an unlisted status it is whatever text stands
    /// there that is not a response code, and no sign of an approval.
    #[must_use]
    pub fn authorisation_code(&self) -> Option<AuthorisationCode> {
        self.view().authorisation_code()
    }

    /// The response code, if there is one: every documented refusal has it.
    #[must_use]
    #[doc(alias = "code")]
    pub const fn response_code(&self) -> Option<ResponseCode> {
        self.outline.response_code
    }

    /// The reason that the response code names, if there is one.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.view().reason()
    }

    /// The message: free text of varying case, not a key. A byte that is not UTF-8, and a control
    /// character, is U+FFFD.
    #[must_use]
    pub fn message(&self) -> &str {
        self.outline.field(self.line.as_str(), ResponseField::Message)
    }

    /// The fields after the message.
    #[must_use]
    #[doc(alias = "token")]
    #[doc(alias = "arn")]
    pub fn extras(&self) -> Extras<'_> {
        self.view().extras()
    }

    /// Lists the malformed parts of the line that were left out. A correct line has none, and takes no allocation.
    #[must_use]
    pub fn findings(&self) -> Vec<ResponseFinding> {
        self.outline.flaws.findings()
    }
}

impl View<'_> {
    /// The response, kept. One as short as every documented response is takes no allocation.
    #[inline]
    #[must_use]
    pub fn to_owned(self) -> Response {
        match self.line {
            Raw::Text(line) if !self.outline.flaws.any_of(Flaws::UNCLEAN) => {
                Response { line: line.into(), outline: self.outline }
            }
            line => {
                let line = Wiped::new(text::cleaned(line.as_bytes()));
                let Outline { status, checks, response_code, flaws, .. } = self.outline;
                let flaws = flaws.without(Flaws::UNCLEAN).without(Flaws::LOOSE);
                let outline = Outline::of_line(line.as_bytes(), (status, checks, response_code), flaws);
                Response { line: line.as_str().into(), outline }
            }
        }
    }
}

impl Drop for Response {
    fn drop(&mut self) {
        if self.view().extras().wire_len() > 0 {
            self.line.wipe();
        }
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        view::debug(self.view(), "Response", f)
    }
}
