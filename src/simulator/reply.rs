//! What the gateway sends back.

use bytes::Bytes;

use super::script::Seen;
use crate::remote_auth::response::Message;
use crate::remote_auth::response::{Answer, Response};
use crate::value::{Reason, ResponseCode};

/// What comes back from the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handled {
    /// Bytes.
    Reply(Reply),
    /// Nothing: the connection stays silent until somebody gives up.
    Silence,
}

/// The bytes that come back, and what a transport has to know of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    content_type: Box<str>,
    body: Bytes,
}

impl Reply {
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

impl Handled {
    /// The body that comes back: no byte where there is silence.
    #[must_use]
    pub fn body(&self) -> Bytes {
        match self {
            Self::Reply(reply) => reply.body.clone(),
            Self::Silence => Bytes::new(),
        }
    }

    /// A response as it should be.
    pub(super) fn line(response: &Response) -> Self {
        Self::text(response.encode())
    }

    /// A response as the merchant sees it.
    pub(super) fn garbled(response: &Response, seen: Seen) -> Self {
        const PAGE: &[u8] = b"<html><body><h1>502 Bad Gateway</h1></body></html>\n";
        match seen {
            Seen::HtmlPage => Self::Reply(Reply::new("text/html", Bytes::from_static(PAGE))),
            Seen::HalfLine => {
                Self::text(format!("{}|{}", response.status(), response.transaction_id()).into())
            }
            Seen::Silence => Self::Silence,
            Seen::ConnectFailure | Seen::Timeout | Seen::InvalidResponse | Seen::ResponseTimeout => {
                Self::line(response)
            }
        }
    }

    fn text(line: Bytes) -> Self {
        Self::Reply(Reply::new("text/plain", line))
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
