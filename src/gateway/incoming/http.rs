//! A call out of a request of the `http` crate.

use ::http::{HeaderMap, Request};

use super::{CallHeaders, HeaderError, IncomingCall, IncomingError};
use crate::gateway::ApiKey;

impl CallHeaders {
    /// Reads the headers of a request.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn from_http(headers: &HeaderMap) -> Result<Self, HeaderError> {
        Self::read(headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())))
    }
}

impl IncomingCall {
    /// Reads the request of an HTTP server, with the default limits, where the keys do not depend on
    /// the configuration. The body has to be all there; that a server stops to collect one that is too
    /// large is its own business.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and what is wrong with the headers.
    pub fn from_http(request: &Request<impl AsRef<[u8]>>, keys: &[ApiKey]) -> Result<Self, IncomingError> {
        let headers = CallHeaders::from_http(request.headers())?;
        let place = request.uri().path_and_query().map_or("/", |place| place.as_str());
        Self::decode(request.method().as_str(), place, &headers, request.body().as_ref(), keys)
    }
}
