//! One exchange over HTTP: a request out, and the response in, up to a limit.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use cashflows_codec::remote_auth::TransportFailure;

use crate::clock::Clock;

/// An HTTP client that sends each request once, and only to its own URL.
#[derive(Clone, Debug)]
pub(super) struct Transport {
    client: reqwest::Client,
    clock: Clock,
    reply_within: Duration,
}

impl Transport {
    /// Makes a client that counts a response as lost after `reply_within`.
    ///
    /// # Errors
    ///
    /// No client can be made, for want of a TLS backend say.
    pub(super) fn new(clock: Clock, reply_within: Duration) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            // A redirect would send the card to the URL in the response.
            .redirect(reqwest::redirect::Policy::none())
            // A proxy from the environment would see it.
            .no_proxy()
            // The stored attempt alone decides on repeated sending.
            .retry(reqwest::retry::never())
            .connect_timeout(Duration::from_secs(5))
            .build()?;
        Ok(Self { client, clock, reply_within })
    }

    /// Sends a request, and reads at most `most` bytes of the response.
    ///
    /// # Errors
    ///
    /// No response came: the error says whether the request may have arrived.
    pub(super) async fn exchange<B: Into<reqwest::Body>>(
        &self,
        request: http::Request<B>,
        most: usize,
    ) -> Result<http::Response<Bytes>, TransportFailure> {
        let request = request.try_into().map_err(|_| TransportFailure::NotConnected)?;
        let exchange = async {
            let reply = self.client.execute(request).await.map_err(|error| failure(&error))?;
            capped(reply, most).await
        };
        self.clock.within(self.reply_within, exchange).await.unwrap_or(Err(TransportFailure::Lost))
    }
}

/// Tells whether a request that failed may have arrived.
///
/// [`is_connect`](reqwest::Error::is_connect) is true for failures before there is a connection to write to: no such
/// name, connection refused, no route, no TLS. [`is_builder`](reqwest::Error::is_builder) is true for a request that
/// was never valid. After every other failure (a timeout, a reset, an end in the middle of the response) the other side
/// may have read the request.
#[must_use]
pub fn failure(error: &reqwest::Error) -> TransportFailure {
    if error.is_connect() || error.is_builder() {
        TransportFailure::NotConnected
    } else {
        TransportFailure::Lost
    }
}

/// Reads a response up to the first byte over the limit. The codec finds it too long, and it cannot fill the memory.
async fn capped(
    mut reply: reqwest::Response,
    most: usize,
) -> Result<http::Response<Bytes>, TransportFailure> {
    let mut body = BytesMut::new();
    while body.len() < most {
        let Some(chunk) = reply.chunk().await.map_err(|_| TransportFailure::Lost)? else { break };
        body.extend_from_slice(chunk.get(..most - body.len()).unwrap_or(&chunk));
    }
    let mut read = http::Response::new(body.freeze());
    *read.status_mut() = reply.status();
    *read.headers_mut() = reply.headers().clone();
    Ok(read)
}
