//! The seam to HTTP software, by the types of the `http` crate (feature `http`): reqwest, hyper,
//! ureq, axum and others take these requests and give these responses.
//!
//! Nothing is sent here. A merchant's encoded body becomes a request, and a response becomes a
//! [`Response`] or a batch `BatchResponse`. On the acquirer's side a request becomes a [`Request`] or a
//! `BatchRequest`, and the result a response.
//!
//! | | merchant | acquirer |
//! | --- | --- | --- |
//! | a payment | [`Body::into_http`] | [`Request::from_http`] |
//! | its response | [`Response::from_http`] | [`Response::into_http`] |
//! | a batch | `BatchBody::into_http` | `BatchRequest::from_http` |
//! | its response | `batch::BatchResponse::from_http` | `batch::BatchResponse::into_http` |
//!
//! [`Request`]: crate::remote_auth::Request
//! [`Request::from_http`]: crate::remote_auth::Request::from_http
//!
//! ```
//! use bytes::Bytes;
//! use cashflows_codec::remote_auth::{HasOutcome, HttpResponseError};
//! use cashflows_codec::remote_auth::request::{OriginalClass, Void};
//! use cashflows_codec::remote_auth::Credentials;
//! use cashflows_codec::value::Money;
//! use cashflows_codec::remote_auth::{Environment, NextStep, Outcome, Request, Response};
//!
//! let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
//! let void = Void::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15));
//! let request = Request::Void(void).encode(&credentials).into_http(Environment::Integration);
//! assert_eq!(request.uri(), "https://secure-int.cashflows.com/gateway/remote_auth");
//!
//! // What a client of any make would give back:
//! let response = http::Response::new("A|01V0135F755|000|-|Authorised");
//! assert_eq!(Response::from_http(&response)?.outcome(), Outcome::Authorised);
//!
//! // A line decides, whatever the status.
//! let response = http::Response::builder().status(400).body("V|99E5D84B40F|000|V226|Invalid request")?;
//! assert_eq!(Response::from_http(&response)?.outcome(), Outcome::Refused);
//!
//! // A page of a proxy says nothing of the money.
//! let page = http::Response::builder().status(502).body(Bytes::from("<html>Bad Gateway</html>"))?;
//! let error = Response::from_http(&page).unwrap_err();
//! assert_eq!(error, HttpResponseError::Status(502));
//! assert_eq!(error.outcome(), Outcome::Unknown);
//!
//! // A server that refuses the sending does.
//! let page = http::Response::builder().status(401).body("")?;
//! let error = Response::from_http(&page).unwrap_err();
//! assert_eq!((error.outcome(), error.next_step()), (Outcome::Refused, NextStep::CheckAccess));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod server;

pub use server::HttpRequestError;

use ::http::header::{CONTENT_TYPE, HeaderValue};
use ::http::{Method, Uri};
use bytes::Bytes;

use crate::remote_auth::environment::Environment;
use crate::remote_auth::limits::Limits;
use crate::remote_auth::request::Body;
use crate::remote_auth::response::Response;
use crate::remote_auth::transport::HttpResponseError;

impl Body {
    /// The request to be sent: a POST to the endpoint of `environment`, with its content type. The
    /// client adds host and length.
    ///
    /// The request's own `Debug` shows its body, card data and all: do not print it.
    #[must_use]
    pub fn into_http(self, environment: Environment) -> ::http::Request<Bytes> {
        self.into_http_at(Uri::from_static(environment.payment_url()))
    }

    /// The same to another place, such as a gateway of your own. Its `Debug` shows the body too.
    #[must_use]
    pub fn into_http_at(self, uri: Uri) -> ::http::Request<Bytes> {
        post(uri, HeaderValue::from_static(Self::CONTENT_TYPE), self.into_bytes())
    }
}

fn post(uri: Uri, content_type: HeaderValue, body: Bytes) -> ::http::Request<Bytes> {
    let mut request = ::http::Request::new(body);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    request.headers_mut().insert(CONTENT_TYPE, content_type);
    request
}

impl Response {
    /// Reads the response of an HTTP client, with the default [`Limits`].
    ///
    /// # Errors
    ///
    /// The body is not a response; [`HttpResponseError::Status`] where the status explains that. A body that is
    /// one is read whatever the status.
    pub fn from_http(response: &::http::Response<impl AsRef<[u8]>>) -> Result<Self, HttpResponseError> {
        Self::from_http_with(response, &Limits::default())
    }

    /// Reads the response of an HTTP client, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`from_http`](Self::from_http).
    pub fn from_http_with(
        response: &::http::Response<impl AsRef<[u8]>>,
        limits: &Limits,
    ) -> Result<Self, HttpResponseError> {
        Self::decode_http_with(response.status().as_u16(), response.body().as_ref(), limits)
    }
}

#[cfg(feature = "batch")]
use batch::content_type_header;

#[cfg(feature = "batch")]
mod batch {
    use super::{Bytes, CONTENT_TYPE, Environment, HeaderValue, HttpResponseError, Limits, Uri, post};
    use crate::remote_auth::batch::{BatchBody, BatchDecodeError, BatchParameter, BatchResponse};
    use crate::scan::{contains_in_any_case, is_plain_text};

    impl BatchBody {
        /// The request to be sent: a POST to the batch endpoint of `environment`.
        ///
        /// The request's own `Debug` shows its body, password and all: do not print it.
        #[must_use]
        pub fn into_http(self, environment: Environment) -> ::http::Request<Bytes> {
            self.into_http_at(Uri::from_static(environment.batch_url()))
        }

        /// The same to another place. Its `Debug` shows the body too.
        #[must_use]
        pub fn into_http_at(self, uri: Uri) -> ::http::Request<Bytes> {
            post(uri, content_type_header(&self), self.into_bytes())
        }
    }

    /// A boundary is visible ASCII, so its type is always a header; without one the peer finds that
    /// nothing can be read.
    pub(super) fn content_type_header(body: &BatchBody) -> HeaderValue {
        let content_type = HeaderValue::from_str(body.content_type());
        debug_assert!(content_type.is_ok(), "a media type is a header");
        content_type.unwrap_or(HeaderValue::from_static("multipart/x-vcg-remote-api"))
    }

    impl BatchResponse {
        /// Reads the response of an HTTP client, with the default [`Limits`]. One without a
        /// `Content-Type` is no response.
        ///
        /// # Errors
        ///
        /// The body is not a batch response; [`HttpResponseError::Status`] where the status explains that. A body that is
        /// one is read whatever the status.
        pub fn from_http(
            response: &::http::Response<impl AsRef<[u8]>>,
        ) -> Result<Self, HttpResponseError<BatchDecodeError>> {
            Self::from_http_with(response, &Limits::default())
        }

        /// Reads the response of an HTTP client, with limits of your own.
        ///
        /// # Errors
        ///
        /// As [`from_http`](Self::from_http).
        pub fn from_http_with(
            response: &::http::Response<impl AsRef<[u8]>>,
            limits: &Limits,
        ) -> Result<Self, HttpResponseError<BatchDecodeError>> {
            let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let body = Bytes::copy_from_slice(response.body().as_ref());
            Self::decode_with(content_type.unwrap_or_default(), body, limits).map_err(|error| match error {
                // A page of another type, and no batch body that went wrong.
                BatchDecodeError::ContentType
                    if !response.status().is_success() && !may_hide_a_result(response.body().as_ref()) =>
                {
                    HttpResponseError::Status(response.status().as_u16())
                }
                error => HttpResponseError::Body(error),
            })
        }
    }

    /// Returns true if a body of another type may hide a batch response (section 6): it has the parameter that each
    /// of them has, or is not plain text.
    fn may_hide_a_result(body: &[u8]) -> bool {
        !is_plain_text(body) || contains_in_any_case(body, BatchParameter::Result.as_str())
    }
}
