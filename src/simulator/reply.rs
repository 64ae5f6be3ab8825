//! What the acquirer sends back.

use bytes::Bytes;

use super::script::Symptom;
use crate::remote_auth::response::{Answer, Message, Response};
use crate::value::{Reason, ResponseCode};

/// What reaches the merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A payload.
    Payload(Payload),
    /// Nothing: the connection stays silent until somebody gives up.
    Silence,
}

/// The bytes that reach the merchant, their type, and the HTTP status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    status: u16,
    content_type: Box<str>,
    body: Bytes,
}

impl Payload {
    /// With status 200.
    pub(super) fn new(content_type: &str, body: Bytes) -> Self {
        Self::with_status(200, content_type, body)
    }

    pub(super) fn with_status(status: u16, content_type: &str, body: Bytes) -> Self {
        Self { status, content_type: content_type.into(), body }
    }

    /// The HTTP status: 200 for whatever Remote Auth answers, that of the answer for the gateway, and what
    /// a fault makes of it.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The `Content-Type` header: `text/plain` for a line (the pages name none), `text/html` for an
    /// error page, that of its body for the reply to a batch request, `application/json` for an answer
    /// of the gateway, and empty where there is no body.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The first half of it.
    pub(super) fn halved(self) -> Self {
        let half = self.body.slice(..self.body.len() / 2);
        Self { body: half, ..self }
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
        match symptom {
            Symptom::InternalError => Self::internal_error(),
            Symptom::HtmlPage => Self::html_page(),
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

    /// Status 500, and nothing that says more.
    pub(super) fn internal_error() -> Self {
        let body = Bytes::from_static(b"Internal Server Error\n");
        Self::Payload(Payload::with_status(500, "text/plain", body))
    }

    /// The error page of a proxy.
    pub(super) fn html_page() -> Self {
        const PAGE: &[u8] = b"<html><body><h1>502 Bad Gateway</h1></body></html>\n";
        Self::Payload(Payload::with_status(502, "text/html", Bytes::from_static(PAGE)))
    }

    fn text(line: Bytes) -> Self {
        Self::Payload(Payload::new("text/plain", line))
    }
}

/// The code of a reason: internal digit 2, as in the documented `V226` and `V249`.
pub(super) const fn code(reason: Reason) -> ResponseCode {
    ResponseCode::with_digit::<2>(reason)
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
