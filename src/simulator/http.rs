//! Deliveries as `http` responses (feature `http`).

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::Payload;

impl Payload {
    /// The payload as a server sends it, with its status and its content type.
    #[must_use]
    pub fn into_http(self) -> http::Response<Bytes> {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let content_type = HeaderValue::from_str(self.content_type());
        let mut response = http::Response::new(self.into_body());
        *response.status_mut() = status;
        if let Some(content_type) = content_type.ok().filter(|content_type| !content_type.is_empty()) {
            response.headers_mut().insert(CONTENT_TYPE, content_type);
        }
        response
    }
}
