//! A call as it goes over the wire.

use core::fmt;

use bytes::Bytes;

use super::path::add_to_query;
use super::{Call, CapturePayment, CreateJob, Method, RefundPayment, TokeniseCard};
use crate::error::Rule;
use crate::gateway::{ConfigurationId, Credentials, Environment, Locale, Operation, Signature};
use crate::secret::MASK;
use crate::value::rules;

text_value! {
    /// The origin of a request or of its payment data (section 2, `RequestOrigin` and
    /// `PaymentDataOrigin`; `HostedPaymentPage` say): 1 to 255 printable ASCII characters, no space at
    /// either end, so that it fits a header.
    open Origin(Box<str>) = "origin", |text| {
        rules::length(text, 255)?;
        let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        rules::require(printable && text.trim() == text, Rule::Visible)
    };
}

/// A call as it goes over the wire: method, place, headers and body.
///
/// The body is signed and sent as the same bytes: write nothing of it anew. Its memory is wiped when
/// the last clone of the bytes is dropped. `Debug` shows neither signature nor body.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedCall {
    operation: Operation,
    path_and_query: String,
    /// The place in it where the language begins: it is the last pair of the query.
    locale_at: usize,
    configuration: ConfigurationId,
    signature: Signature,
    request_origin: Option<Origin>,
    payment_data_origin: Option<Origin>,
    body: Bytes,
}

impl Call {
    /// Writes and signs the call.
    ///
    /// It cannot fail: every value was checked when it was made, and what contradicts itself cannot be
    /// built. The body is written into one buffer, which is wiped when the last clone of its bytes is
    /// dropped.
    #[must_use]
    pub fn sign(&self, credentials: &Credentials) -> SignedCall {
        let body = self.body();
        let path_and_query = self.path_and_query();
        SignedCall {
            operation: self.operation(),
            locale_at: path_and_query.len(),
            path_and_query,
            configuration: credentials.configuration().clone(),
            signature: Signature::of(credentials.key(), &body),
            request_origin: None,
            payment_data_origin: None,
            body,
        }
    }

    fn body(&self) -> Bytes {
        match self {
            Self::CreateJob(CreateJob { job }) => job.encode(),
            Self::RefundPayment(RefundPayment { refund, .. }) => refund.encode(),
            Self::CapturePayment(CapturePayment { capture, .. }) => capture.encode(),
            Self::TokeniseCard(TokeniseCard { card }) => card.encode(),
            _ => Bytes::new(),
        }
    }
}

impl SignedCall {
    /// The media type of every body (section 2).
    pub const CONTENT_TYPE: &'static str = "application/json";

    /// Asks for texts in a language (query `locale`), which is no part of what is signed. There is no text in
    /// the answer to [`FindOrder`](super::FindOrder), and it takes none.
    #[must_use]
    pub fn with_locale(mut self, locale: &Locale) -> Self {
        self.path_and_query.truncate(self.locale_at);
        if self.operation != Operation::FindOrder {
            add_to_query(&mut self.path_and_query, "locale", locale.as_str());
        }
        self
    }

    /// Says where the request comes from (`RequestOrigin`).
    #[must_use]
    pub fn with_request_origin(mut self, origin: Origin) -> Self {
        self.request_origin = Some(origin);
        self
    }

    /// Says where the payment data was collected (`PaymentDataOrigin`).
    #[must_use]
    pub fn with_payment_data_origin(mut self, origin: Origin) -> Self {
        self.payment_data_origin = Some(origin);
        self
    }

    /// The operation of the call.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// The method of HTTP.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.operation.method()
    }

    /// The text behind scheme and host, percent-encoded.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// The URL in an environment.
    #[must_use]
    pub fn url(&self, environment: Environment) -> String {
        self.url_at(environment.base_url())
    }

    /// The URL below a base of your own, such as a simulator's: scheme, host, perhaps a path.
    #[must_use]
    pub fn url_at(&self, base: &str) -> String {
        [base.trim_end_matches('/'), &self.path_and_query].concat()
    }

    /// The headers: `ConfigurationId`, `Hash`, with a body `Content-Type`, and the origins that were
    /// given. The hash is a secret; [`Signature`] says why.
    pub fn secret_headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let content_type = self.operation.has_body().then_some(Self::CONTENT_TYPE);
        [
            ("ConfigurationId", Some(self.configuration.as_str())),
            ("Hash", Some(self.signature.secret_str())),
            ("Content-Type", content_type),
            ("RequestOrigin", self.request_origin.as_ref().map(Origin::as_str)),
            ("PaymentDataOrigin", self.payment_data_origin.as_ref().map(Origin::as_str)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }

    /// The signature.
    #[must_use]
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The body, empty if the call has none. It can hold card data: pass it to a transport, and to
    /// nothing else.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, to be given to a transport; shares the memory, which is wiped with the last clone.
    #[must_use]
    pub fn into_body(self) -> Bytes {
        self.body
    }
}

impl fmt::Debug for SignedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, path_and_query, configuration, signature, .. } = self;
        f.debug_struct("SignedCall")
            .field("operation", operation)
            .field("path_and_query", path_and_query)
            .field("configuration", configuration)
            .field("signature", signature)
            .field("request_origin", &self.request_origin)
            .field("payment_data_origin", &self.payment_data_origin)
            .field("body", &format_args!("{MASK} ({} bytes)", self.body.len()))
            .finish()
    }
}
