//! Deliveries of the acquirer.

use bytes::Bytes;

/// The delivery that reaches the merchant.
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

    /// The first half of the body.
    pub(super) fn halved(self) -> Self {
        match self {
            Self::Payload(payload) => {
                let half = payload.body.slice(..payload.body.len() / 2);
                Self::Payload(Payload { body: half, ..payload })
            }
            Self::Silence => Self::Silence,
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
}
