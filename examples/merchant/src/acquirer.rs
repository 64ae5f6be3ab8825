//! The way to the acquirer, by each of its two doors: one request out, one reply in, and what it means
//! when that fails.

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
    /// A client that posts to `url`, and takes an answer for lost after `reply_within`.
    ///
    /// # Errors
    ///
    /// There is no client to be had, for want of a TLS backend say.
    pub fn new(
        url: Uri,
        credentials: Credentials,
        clock: Clock,
        reply_within: Duration,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self { transport: Transport::new(clock, reply_within)?, url, credentials })
    }

    /// Sends a request, and reads the reply, as much of it as a reply may have.
    ///
    /// # Errors
    ///
    /// No reply came: the error says whether the request may have arrived.
    pub async fn send(&self, request: &Request) -> Result<http::Response<Bytes>, TransportFailure> {
        let body = request.encode(&self.credentials);
        tracing::debug!(body = %MaskedForm::new(body.as_bytes()), "request");
        let most = Limits::default().response_bytes + 1;
        self.transport.exchange(body.into_http_at(self.url.clone()), most).await
    }
}
