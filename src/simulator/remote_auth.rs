//! The front door of Remote Auth: payments, and the batch release of those on hold.

mod batch;
mod batch_script;
mod endpoint;

use std::time::SystemTime;

use bytes::Bytes;

pub use batch_script::{BatchEffect, BatchSymptom, BatchWhen};
pub use endpoint::Endpoint;

pub(super) use batch::Batch;

use super::delivery::Payload;
use super::facts::RequestFacts;
use super::transaction::{Fate, Overrides, code};
use super::{Acquirer, Delivery, Symptom};
use crate::remote_auth::request::{Body, Request};
use crate::remote_auth::response::{DecodeError, Response, ResponseField};
use crate::remote_auth::{HeaderCredentials, Limits};
use crate::value::Reason;

impl Acquirer {
    /// Answers a request that arrives at one of the endpoints. `now` is the caller's time and should
    /// not go back.
    ///
    /// Any body gets an answer of its endpoint's kind: a payment response, or a batch reply. A batch that
    /// is posted to the payment endpoint is answered as a batch (RA-113). A body
    /// of more than 64 KiB is too large for either, so a server need not keep more of one than the
    /// first 65,537 bytes.
    pub fn handle(
        &mut self,
        now: SystemTime,
        endpoint: Endpoint,
        content_type: &str,
        body: &[u8],
    ) -> Delivery {
        self.handle_with_headers(now, endpoint, content_type, HeaderCredentials::default(), body)
    }

    /// Answers a request that arrives with credentials in its headers. They count where the body of a
    /// payment request has none: see [`Request::decode_with_headers`].
    pub fn handle_with_headers(
        &mut self,
        now: SystemTime,
        endpoint: Endpoint,
        content_type: &str,
        headers: HeaderCredentials<'_>,
        body: &[u8],
    ) -> Delivery {
        self.pass(now);
        match endpoint {
            Endpoint::Payment if Body::is_content_type(content_type) => self.payment(now, headers, body),
            // Batches are sent here too (RA-113).
            Endpoint::Payment if is_batch(content_type) => self.batch(now, content_type, body),
            Endpoint::Payment => Delivery::line(&self.reject(code(Reason::InvalidRequest))),
            Endpoint::Batch => self.batch(now, content_type, body),
        }
    }

    /// Encodes a request with the profile's credentials, [handles](Self::handle) it and decodes the
    /// answer: what a merchant with a perfect network would see.
    ///
    /// # Errors
    ///
    /// The answer cannot be read, because the script says so.
    pub fn send(&mut self, now: SystemTime, request: &Request) -> Result<Response, DecodeError> {
        let body = request.encode(&self.profile.credentials);
        let delivery = self.handle(now, Endpoint::Payment, body.content_type(), body.as_bytes());
        Response::decode(&delivery.body())
    }

    fn payment(&mut self, now: SystemTime, headers: HeaderCredentials<'_>, body: &[u8]) -> Delivery {
        let decoded = match Request::decode_with_headers(body, &Limits::default(), headers) {
            Ok(decoded) => decoded,
            Err(error) => return Delivery::line(&self.reject(code(error.reason()))),
        };
        if decoded.credentials != self.profile.credentials {
            return Delivery::line(&self.reject(code(Reason::InvalidMerchantDetails)));
        }
        if decoded.test_mode {
            return Delivery::line(&self.reject(code(Reason::LiveTestMismatch)));
        }
        self.answer_by_script(now, &decoded.request)
    }

    fn answer_by_script(&mut self, now: SystemTime, request: &Request) -> Delivery {
        let facts = RequestFacts::of(request);
        let (overrides, fate) = Overrides::default().scripted(self.script.effect(&facts));
        if let Fate::RequestLost(symptom) = fate {
            return self.faulty(None, symptom);
        }
        let response = self.answer(now, request, &facts, overrides);
        match fate {
            Fate::AnswerLost(symptom) | Fate::Late(_, symptom) => self.faulty(Some(response), symptom),
            Fate::Answered | Fate::RequestLost(_) => Delivery::line(&response),
        }
    }

    /// The delivery to the merchant in place of a response, or where there is none.
    fn faulty(&mut self, response: Option<Response>, symptom: Symptom) -> Delivery {
        let shown = match (symptom.code(), response) {
            (None, Some(response)) => response,
            (error, _) => self.reject(error.unwrap_or(code(Reason::ResponseTimeout))),
        };
        Delivery::with_symptom(&shown, symptom)
    }
}

/// Returns true if a content type, its parameters aside, is that of a batch.
fn is_batch(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("multipart/x-vcg-remote-api")
}

impl Delivery {
    /// A response as it should be.
    pub(super) fn line(response: &Response) -> Self {
        Self::text(response.encode())
    }

    /// A response, or what a fault makes of it.
    pub(super) fn with_symptom(response: &Response, symptom: Symptom) -> Self {
        match symptom {
            Symptom::InternalError => Self::internal_error(),
            Symptom::HtmlPage => Self::html_page(),
            Symptom::HalfLine => {
                let id = response.view().field(ResponseField::TransactionId);
                Self::text(format!("{}|{id}", response.status()).into())
            }
            Symptom::Silence => Self::Silence,
            Symptom::ConnectFailure
            | Symptom::Timeout
            | Symptom::InvalidResponse
            | Symptom::ResponseTimeout => Self::line(response),
        }
    }

    fn text(line: Bytes) -> Self {
        Self::Payload(Payload::new("text/plain", line))
    }
}
