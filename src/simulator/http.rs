//! What reaches the merchant as an `http` response (feature `http`).

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::Payload;

impl Payload {
    /// The payload as a server sends it, with status 200 and its content type.
    #[must_use]
    pub fn into_http(self) -> http::Response<Bytes> {
        let content_type = HeaderValue::from_str(self.content_type());
        let mut response = http::Response::new(self.into_body());
        if let Ok(content_type) = content_type {
            response.headers_mut().insert(CONTENT_TYPE, content_type);
        }
        response
    }
}
