//! Conversions from and to the responses of the `http` crate.

use ::http::header::CONTENT_TYPE;
use ::http::{HeaderValue, StatusCode};
use bytes::Bytes;

use super::{EncodedResponse, OrderPresence};

impl OrderPresence {
    /// Reads the response of an HTTP client, which has no body.
    #[must_use]
    pub fn from_http<B>(response: &::http::Response<B>) -> Self {
        Self::from_status(response.status().as_u16())
    }
}

impl EncodedResponse {
    /// The response as a server sends it, with its status and content type. A number that is no HTTP
    /// status becomes 500.
    ///
    /// The response's own `Debug` shows its body, tokens and all: do not print it.
    #[must_use]
    pub fn into_http(self) -> ::http::Response<Bytes> {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = ::http::Response::new(self.into_bytes());
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(Self::CONTENT_TYPE));
        response
    }
}
