//! What the gateway answers to a payment request (section 3 of the protocol page).
//!
//! A [`Response`] is read by [`Response::decode`] and written by [`Response::encode`]; what it means
//! is its [`outcome`](Response::outcome). It owns its text, and does so inline where the text is as
//! short as in every documented response.

mod answer;
mod error;
mod extras;
mod message;

pub use answer::Answer;
pub use error::{AmbiguousExtras, DecodeError, DecodeErrorKind, ResponseField};
pub use extras::{Extras, Resolved};
pub use message::Message;

pub(crate) use answer::{Code, NO_CODE};

use crate::value::{AuthorisationCode, Checks, Reason, ResponseCode, Status, TransactionId};

/// The reply to a payment request: `status|transaction id|CVV/AVS|code|message[|extra…]`.
///
/// ```
/// use cashflows_codec::remote_auth::response::Response;
/// use cashflows_codec::value::{CvvCheck, Reason, Status};
///
/// let response = Response::decode(b"D|01S00001723|400|D102|Not Authorised|74698692333601146452212")?;
/// assert_eq!(response.status(), Status::Declined);
/// assert_eq!(response.transaction_id().as_str(), "01S00001723");
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
/// use cashflows_codec::remote_auth::response::{Answer, Extras, Response};
/// use cashflows_codec::value::Checks;
///
/// let answer = Answer::Authorised(Some("031971".parse()?));
/// let response = Response::new(answer, "05P00001724".parse()?, Checks::NONE, "Authorised".parse()?)
///     .with_extras(Extras::new(["74698692333601146452212"])?);
/// assert_eq!(response.encode(), "A|05P00001724|000|031971|Authorised|74698692333601146452212");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Response {
    pub(crate) answer: Answer,
    pub(crate) transaction_id: TransactionId,
    pub(crate) checks: Checks,
    pub(crate) message: Message,
    pub(crate) extras: Extras,
}

impl Response {
    /// A response without extras.
    #[must_use]
    pub fn new(answer: Answer, transaction_id: TransactionId, checks: Checks, message: Message) -> Self {
        Self::from_parts(answer, transaction_id, checks, message, Extras::none())
    }

    /// What a line is read into: its fields are filled where they are, since a processor that moves
    /// text which it has only just written waits for it. It is no approval, and no valid response.
    ///
    /// Inlined, as are the blank fields, so that only what is there is written: a call would return
    /// all of it, and what is moved then is mostly nothing.
    #[inline(always)]
    pub(crate) fn blank() -> Self {
        Self {
            answer: Answer::blank(),
            transaction_id: TransactionId::blank(),
            checks: Checks::NONE,
            message: Message::blank(),
            extras: Extras::none(),
        }
    }

    pub(crate) const fn from_parts(
        answer: Answer,
        transaction_id: TransactionId,
        checks: Checks,
        message: Message,
        extras: Extras,
    ) -> Self {
        Self { answer, transaction_id, checks, message, extras }
    }

    /// Adds what the request asked for, in the place of earlier extras.
    #[must_use]
    pub fn with_extras(mut self, extras: Extras) -> Self {
        self.extras = extras;
        self
    }

    /// Status and code together.
    #[must_use]
    pub const fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The status. What it means for the money is the [`outcome`](Self::outcome).
    #[must_use]
    pub const fn status(&self) -> Status {
        self.answer.status()
    }

    /// The gateway's transaction id.
    #[must_use]
    pub const fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }

    /// The checks of CVV, address and postcode.
    #[must_use]
    pub const fn checks(&self) -> Checks {
        self.checks
    }

    /// The authorisation code, if there is one. With an unlisted status it is whatever text stands
    /// there that is not a response code, and no sign of an approval.
    #[must_use]
    pub fn authorisation_code(&self) -> Option<&AuthorisationCode> {
        match self.answer.code() {
            Some(Code::Authorisation(code)) => Some(code),
            _ => None,
        }
    }

    /// The response code, if there is one: every refusal has it.
    #[must_use]
    pub fn response_code(&self) -> Option<ResponseCode> {
        match self.answer.code() {
            Some(Code::Response(code)) => Some(code),
            _ => None,
        }
    }

    /// The reason that the response code names, if there is one.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.response_code().map(ResponseCode::reason)
    }

    /// The message: free text of varying case, not a key.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_str()
    }

    /// What follows the message.
    #[must_use]
    pub const fn extras(&self) -> &Extras {
        &self.extras
    }
}
