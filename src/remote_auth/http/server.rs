//! The acquirer's side: requests from `http::Request`, responses as `http::Response`.

use ::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use ::http::{Method, Request as HttpRequest, Response as HttpResponse};
use bytes::Bytes;
use thiserror::Error;

use crate::remote_auth::limits::Limits;
use crate::remote_auth::request::{Body, DecodedRequest, Request, RequestError};
use crate::remote_auth::response::Response;
use crate::remote_auth::{HeaderCredentials, Parameter};
use crate::value::Reason;

/// An HTTP request that is none of the protocol's.
///
/// `E` is what is wrong with a body: [`RequestError`], or, of a batch request, `BatchDecodeError`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HttpRequestError<E = RequestError> {
    /// The method is not POST.
    #[error("the method is not POST")]
    Method,
    /// The content type is missing, or is not that of the protocol's requests.
    #[error("the content type is not that of a request")]
    ContentType,
    /// The body cannot be read.
    #[error(transparent)]
    Body(E),
}

impl HttpRequestError {
    /// The reason with which a gateway refuses it: V226, invalid request, unless the body has
    /// parameters with a [reason](RequestError::reason) of their own.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Body(error) => error.reason(),
            Self::Method | Self::ContentType => Reason::InvalidRequest,
        }
    }
}

impl Request {
    /// Reads the request that an HTTP server has received, with the default [`Limits`]: a POST of
    /// `application/x-www-form-urlencoded`. Where it was sent to is the server's business.
    ///
    /// Credentials that the body has not are taken from the headers `auth_id` and `auth_pass` (RA-233;
    /// the page has lost the names, so these are ours). Where both have them and differ, the body's
    /// count, and the header is a [finding](DecodedRequest::findings).
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{Credentials, Environment, Request, Response};
    /// use cashflows_codec::remote_auth::request::{OriginalClass, Void};
    /// use cashflows_codec::value::Money;
    ///
    /// let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
    /// let void = Void::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15));
    /// let received = Request::Void(void).encode(&credentials).into_http(Environment::Integration);
    ///
    /// let decoded = Request::from_http(&received)?;
    /// assert_eq!(decoded.credentials, credentials);
    ///
    /// let response = Response::decode(b"A|01V0135F755|000|-|Authorised")?;
    /// assert_eq!(response.into_http().body(), "A|01V0135F755|000|-|Authorised");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Method or content type are others, or the body is no request.
    pub fn from_http(request: &HttpRequest<impl AsRef<[u8]>>) -> Result<DecodedRequest, HttpRequestError> {
        Self::from_http_with(request, &Limits::default())
    }

    /// Reads the request that an HTTP server has received, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`from_http`](Self::from_http).
    pub fn from_http_with(
        request: &HttpRequest<impl AsRef<[u8]>>,
        limits: &Limits,
    ) -> Result<DecodedRequest, HttpRequestError> {
        posted(request)?;
        if !Body::is_content_type(content_type(request.headers())) {
            return Err(HttpRequestError::ContentType);
        }
        let headers = HeaderCredentials::of(request.headers());
        Self::decode_with_headers(request.body().as_ref(), limits, headers).map_err(HttpRequestError::Body)
    }
}

impl Response {
    /// The response as an HTTP server sends it: status 200, whatever became of the payment, and
    /// `text/plain`, for which the pages name no type.
    #[must_use]
    pub fn into_http(self) -> HttpResponse<Bytes> {
        respond(HeaderValue::from_static("text/plain"), self.encode())
    }
}

/// A response of status 200.
fn respond(content_type: HeaderValue, body: Bytes) -> HttpResponse<Bytes> {
    let mut response = HttpResponse::new(body);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

fn posted<B, E>(request: &HttpRequest<B>) -> Result<(), HttpRequestError<E>> {
    if request.method() == Method::POST { Ok(()) } else { Err(HttpRequestError::Method) }
}

impl<'h> HeaderCredentials<'h> {
    /// The credentials in the headers `auth_id` and `auth_pass`. A header that is there twice, or is no
    /// text, is none.
    #[must_use]
    pub fn of(headers: &'h HeaderMap) -> Self {
        Self {
            profile: the_only(headers, Parameter::AuthId),
            password: the_only(headers, Parameter::AuthPass),
        }
    }
}

/// The value of the header that has the name of a parameter, if there is one such header and its value
/// is text.
fn the_only(headers: &HeaderMap, parameter: Parameter) -> Option<&str> {
    let mut all = headers.get_all(parameter.as_str()).iter();
    let value = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(value)
}

/// The content type; no text where there is none, or none that is text.
fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(feature = "batch")]
mod batch {
    use super::{Bytes, HttpRequest, HttpRequestError, HttpResponse, Limits, content_type, posted, respond};
    use crate::error::InvalidValue;
    use crate::remote_auth::Credentials;
    use crate::remote_auth::batch::{BatchDecodeError, BatchRefusal, BatchRequest, BatchResponse, Boundary};
    use crate::remote_auth::http::content_type_header;

    impl HttpRequestError<BatchDecodeError> {
        /// The `result` with which a gateway answers it (section 7).
        #[must_use]
        pub const fn refusal(&self) -> BatchRefusal {
            match self {
                Self::Body(error) => error.refusal(),
                Self::Method | Self::ContentType => BatchRefusal::InvalidRequest,
            }
        }
    }

    impl BatchRequest {
        /// Reads the request that an HTTP server has received, with the default [`Limits`]: a POST
        /// of `multipart/x-vcg-remote-api`.
        ///
        /// # Errors
        ///
        /// Method or content type are others, or the body is no batch request.
        pub fn from_http(
            request: &HttpRequest<impl AsRef<[u8]>>,
        ) -> Result<(Credentials, Self), HttpRequestError<BatchDecodeError>> {
            Self::from_http_with(request, &Limits::default())
        }

        /// Reads the request that an HTTP server has received, with limits of your own.
        ///
        /// # Errors
        ///
        /// As [`from_http`](Self::from_http).
        pub fn from_http_with(
            request: &HttpRequest<impl AsRef<[u8]>>,
            limits: &Limits,
        ) -> Result<(Credentials, Self), HttpRequestError<BatchDecodeError>> {
            posted(request)?;
            let content_type = content_type(request.headers());
            Self::decode_with(content_type, request.body().as_ref(), limits).map_err(|error| match error {
                BatchDecodeError::ContentType => HttpRequestError::ContentType,
                error => HttpRequestError::Body(error),
            })
        }
    }

    impl BatchResponse {
        /// The response as an HTTP server sends it, with status 200 and its content type. Rows are
        /// separated from the form by `boundary`.
        ///
        /// # Errors
        ///
        /// As for [`encode`](Self::encode): the rows hold the boundary.
        pub fn into_http(self, boundary: &Boundary) -> Result<HttpResponse<Bytes>, InvalidValue> {
            let body = self.encode(boundary)?;
            Ok(respond(content_type_header(&body), body.into_bytes()))
        }
    }
}
