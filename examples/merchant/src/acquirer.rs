//! The acquirer's two interfaces, Remote Auth and the Gateway: one request out, one response in, and the meaning of a
//! failure.

pub mod gateway;
#[cfg(feature = "loopback")]
pub mod loopback;
mod transport;

use std::time::Duration;

use bytes::Bytes;
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::{Credentials, Limits, Request, TransportFailure};
use http::Uri;
use transport::Transport;

pub use transport::failure;

use crate::clock::Clock;

/// A client of Remote Auth.
#[derive(Clone, Debug)]
pub struct Acquirer {
    transport: Transport,
    url: Uri,
    credentials: Credentials,
}

impl Acquirer {
    /// Makes a client that posts to `url`, and counts a response as lost after `reply_within`.
    ///
    /// # Errors
    ///
    /// No client can be made, for want of a TLS backend say.
    pub fn new(
        url: Uri,
        credentials: Credentials,
        clock: Clock,
        reply_within: Duration,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self { transport: Transport::new(clock, reply_within)?, url, credentials })
    }

    /// Sends a request, and reads the response, up to its longest valid size.
    ///
    /// # Errors
    ///
    /// No response came: the error says whether the request may have arrived.
    pub async fn send(&self, request: &Request) -> Result<http::Response<Bytes>, TransportFailure> {
        let body = request.encode(&self.credentials);
        tracing::debug!(body = %MaskedForm::new(body.as_bytes()), "request");
        let most = Limits::default().response_bytes + 1;
        self.transport.exchange(body.into_http_at(self.url.clone()), most).await
    }
}
