//! Answers as responses of the `http` crate, and out of them.

use ::http::header::CONTENT_TYPE;
use ::http::{HeaderValue, Response, StatusCode};
use bytes::Bytes;

use super::{Answer, AnswerData, AnswerError, EncodedAnswer, OrderPresence};

impl<T: AnswerData> Answer<T> {
    /// Reads the response of an HTTP client, with the default limits. That a client stops to collect a
    /// body that is too large is its own business.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn from_http(response: &Response<impl AsRef<[u8]>>) -> Result<Self, AnswerError> {
        Self::decode(response.status().as_u16(), response.body().as_ref())
    }
}

impl OrderPresence {
    /// What the response of an HTTP client says, which has no body.
    #[must_use]
    pub fn from_http<B>(response: &Response<B>) -> Self {
        Self::from_status(response.status().as_u16())
    }
}

impl EncodedAnswer {
    /// The response as a server sends it, with its status and content type. A number that is no HTTP
    /// status becomes 500.
    ///
    /// The response's own `Debug` shows its body, tokens and all: do not print it.
    #[must_use]
    pub fn into_http(self) -> Response<Bytes> {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::new(self.into_bytes());
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(Self::CONTENT_TYPE));
        response
    }
}
