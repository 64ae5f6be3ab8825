//! What the acquirer sends back.

use bytes::Bytes;

use super::script::Symptom;
use crate::remote_auth::response::{Answer, Message, Response};
use crate::value::{Family, Reason, ResponseCode};

/// What reaches the merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A payload.
    Payload(Payload),
    /// Nothing: the connection stays silent until somebody gives up.
    Silence,
}

/// The bytes that reach the merchant, and their type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    content_type: Box<str>,
    body: Bytes,
}

impl Payload {
    pub(super) fn new(content_type: &str, body: Bytes) -> Self {
        Self { content_type: content_type.into(), body }
    }

    /// The `Content-Type` header: `text/plain` for a line (the pages name none), `text/html` for an
    /// error page, that of its body for the reply to a batch request.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body.
    #[must_use]
    pub fn into_body(self) -> Bytes {
        self.body
    }
}

impl Delivery {
    /// The body: no byte where there is silence.
    #[must_use]
    pub fn body(&self) -> Bytes {
        match self {
            Self::Payload(payload) => payload.body.clone(),
            Self::Silence => Bytes::new(),
        }
    }

    /// A response as it should be.
    pub(super) fn line(response: &Response) -> Self {
        Self::text(response.encode())
    }

    /// A response, or what a fault makes of it.
    pub(super) fn with_symptom(response: &Response, symptom: Symptom) -> Self {
        const PAGE: &[u8] = b"<html><body><h1>502 Bad Gateway</h1></body></html>\n";
        match symptom {
            Symptom::HtmlPage => Self::Payload(Payload::new("text/html", Bytes::from_static(PAGE))),
            Symptom::HalfLine => {
                Self::text(format!("{}|{}", response.status(), response.transaction_id()).into())
            }
            Symptom::Silence => Self::Silence,
            Symptom::ConnectFailure
            | Symptom::Timeout
            | Symptom::InvalidResponse
            | Symptom::ResponseTimeout => Self::line(response),
        }
    }

    fn text(line: Bytes) -> Self {
        Self::Payload(Payload::new("text/plain", line))
    }
}

/// The code of a reason: internal digit 2, as in the documented `V226` and `V249`.
pub(super) const fn code(reason: Reason) -> ResponseCode {
    ResponseCode::with_digit::<2>(reason)
}

/// The answer that a code comes with: the status of its family, and `B` for the fraud blocks, as in
/// the documented `B|01S00632BE2|000|D090|Not authorised`.
pub(super) const fn refused(code: ResponseCode) -> Answer {
    match (code.reason(), code.family()) {
        (Reason::PreAuthorisationFraudBlock | Reason::PostAuthorisationFraudBlock, _)
        | (_, Family::Blocked) => Answer::Blocked(code),
        (_, Family::Referral) => Answer::Referral(code),
        (_, Family::Cancelled) => Answer::Cancelled(code),
        (_, Family::SystemError) => Answer::SystemError(code),
        (_, Family::ValidationError) => Answer::ValidationError(code),
        // Nobody lists a status for another family; nothing was authorised, whatever it is.
        (_, Family::Declined | Family::Unlisted(_)) => Answer::Declined(code),
    }
}

/// The message that an answer comes with: that of the documented lines, or the text of the table.
pub(super) fn message(answer: &Answer) -> Message {
    Message::fixed(match answer {
        Answer::Authorised(_) => "Authorised",
        Answer::ValidationError(code) | Answer::SystemError(code) | Answer::Cancelled(code) => {
            code.reason().text().unwrap_or("Error")
        }
        _ => "Not Authorised",
    })
}
