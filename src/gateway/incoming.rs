//! The other side: a call as a gateway receives it.
//!
//! First the headers are read, then the key of their configuration is looked up, then the call is
//! decoded, which verifies its signature before anything of the body is parsed:
//!
//! ```
//! use cashflows_codec::gateway::call::Call;
//! use cashflows_codec::gateway::incoming::{CallHeaders, IncomingCall, IncomingError};
//! use cashflows_codec::gateway::{ApiKey, Signature};
//!
//! let key: ApiKey = "845c51f6-1cd5-4338-a586-df752e65d690".parse()?;
//! let receive = |body: &[u8]| -> Result<IncomingCall, IncomingError> {
//!     let signature = Signature::of(&key, body);
//!     let headers = CallHeaders::read([
//!         ("configurationid", b"200426117314086912".as_slice()),
//!         ("hash", signature.secret_str().as_bytes()),
//!         ("content-type", b"application/json; charset=utf-8"),
//!     ])?;
//!     IncomingCall::decode("POST", "/api/gateway/payment-jobs?locale=en_GB", &headers, body, &[key.clone()])
//! };
//!
//! let received = receive(br#"{"amountToCollect": 10, "currency": "GBP"}"#)?;
//! let Call::CreateJob(create) = received.call() else { panic!("another call") };
//! assert_eq!(create.job.amount().to_string(), "10.00");
//!
//! // What is not known is passed over, and told.
//! let received = receive(br#"{"amountToCollect": 10, "currency": "GBP", "metadata": {"cart": 7}}"#)?;
//! assert_eq!(received.unlisted()[0].as_str(), "metadata");
//!
//! let error = receive(br#"{"amountToCollect": "1,000.00", "curency": "GBP"}"#).unwrap_err();
//! assert_eq!(error.status(), 400);
//! let members: Vec<&str> = error.members().iter().map(|error| error.member().as_str()).collect();
//! assert_eq!(members, ["amountToCollect", "currency"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod headers;
#[cfg(feature = "http")]
mod http;
mod query;
mod route;

use thiserror::Error;

pub use headers::{CallHeader, CallHeaders, HeaderError, HeaderProblem};

use super::call::{
    Call, CancelJob, CancelPayment, CapturePayment, CreateJob, FindOrder, Method, RefundPayment, RetrieveJob,
    RetrievePayment, TokeniseCard,
};
use super::request::{
    Body, CaptureRequest, Faults, InvalidRequest, MemberError, MemberProblem, PaymentJob, RefundRequest,
    Tokenisation, decode,
};
use super::{ApiKey, Finding, JsonLimits, JsonProblem, Locale, MemberPath, SignatureMismatch};
use crate::media::json::Passed;
use query::Query;
use route::Route;

/// A call that one of the keys signed, and what its headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingCall {
    call: Call,
    locale: Option<Locale>,
    headers: CallHeaders,
    passed: Passed,
}

impl IncomingCall {
    /// Reads a call, with the default [limits](JsonLimits).
    ///
    /// `method` and `path_and_query` are those of the request line, `body` its exact bytes, empty if
    /// there are none. The signature is verified, against each of `keys` and in constant time, before
    /// the body is parsed and before the path is.
    ///
    /// # Errors
    ///
    /// The body is too large; none of the keys signed it; there is no such path, or not by this
    /// method; the content type of a body is something else than JSON; or something is wrong with members
    /// of the body or parameters of the query, which are all told at once. What is not known, not used, or
    /// malformed without deciding anything is no error: it is told of the call that was read.
    pub fn decode(
        method: &str,
        path_and_query: &str,
        headers: &CallHeaders,
        body: &[u8],
        keys: &[ApiKey],
    ) -> Result<Self, IncomingError> {
        Self::decode_with(method, path_and_query, headers, body, keys, &JsonLimits::default())
    }

    /// Reads a call, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(
        method: &str,
        path_and_query: &str,
        headers: &CallHeaders,
        body: &[u8],
        keys: &[ApiKey],
        limits: &JsonLimits,
    ) -> Result<Self, IncomingError> {
        Self::decode_as(method, path_and_query, headers, body, keys, (limits, false))
    }

    /// Reads a call within limits, strictly or not.
    pub(crate) fn decode_as(
        method: &str,
        path_and_query: &str,
        headers: &CallHeaders,
        body: &[u8],
        keys: &[ApiKey],
        (limits, strict): (&JsonLimits, bool),
    ) -> Result<Self, IncomingError> {
        if body.len() > limits.bytes() {
            return Err(IncomingError::TooLarge { max: limits.bytes() });
        }
        headers.signature().verify(keys, body)?;
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let path = path.strip_suffix('/').filter(|_| !strict).unwrap_or(path);
        let route = Route::of(path).ok_or(IncomingError::UnknownPath)?;
        let allowed = route.method();
        if method != allowed.as_str() {
            return Err(IncomingError::Method { allowed });
        }
        if allowed == Method::Post {
            headers.require_json(strict)?;
        }
        let ((call, locale), passed) = decode_call(route, query, body, limits, strict)?;
        Ok(Self { call, locale, headers: headers.clone(), passed })
    }

    /// The call.
    #[must_use]
    pub const fn call(&self) -> &Call {
        &self.call
    }

    /// The call, without the rest.
    #[must_use]
    pub fn into_call(self) -> Call {
        self.call
    }

    /// The language that texts are asked for in (query `locale`), if one is.
    #[must_use]
    pub const fn locale(&self) -> Option<&Locale> {
        self.locale.as_ref()
    }

    /// The headers of the call.
    #[must_use]
    pub const fn headers(&self) -> &CallHeaders {
        &self.headers
    }

    /// The places of members of the body and of parameters of the query that are not known. The path of
    /// a parameter begins with `query`.
    #[must_use]
    pub fn unlisted(&self) -> &[MemberPath] {
        &self.passed.unlisted
    }

    /// The places of members and parameters that are known, and that this call does not use. They are
    /// not checked. An empty path is that of a body where none belongs.
    #[must_use]
    pub fn ignored(&self) -> &[MemberPath] {
        &self.passed.ignored
    }

    /// Members and parameters that are malformed and decide nothing. The call has none in their place.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.passed.findings
    }

    /// Tells that everything in the call is known, used and well formed. A receiver that wants to be
    /// strict refuses the others.
    #[must_use]
    pub const fn is_understood(&self) -> bool {
        self.passed.is_nothing()
    }

    /// The call, and the members that were passed over.
    #[cfg(feature = "simulator")]
    pub(crate) fn into_parts(self) -> (Call, Passed) {
        (self.call, self.passed)
    }
}

fn decode_call(
    route: Route,
    query: &str,
    body: &[u8],
    limits: &JsonLimits,
    strict: bool,
) -> Result<((Call, Option<Locale>), Passed), InvalidRequest> {
    let mut faults = Faults::strict(strict);
    let mut query = Query::read(query, &mut faults);
    let locale = if matches!(route, Route::Order(_)) { None } else { query.locale(&mut faults) };
    let mut posted = Posted { body, limits, faults: &mut faults };
    let call = match route {
        Route::Jobs => posted.read::<PaymentJob>().map(|job| CreateJob { job }.into()),
        Route::Job(job) => posted.none().map(|()| RetrieveJob { job }.into()),
        Route::CancelJob(job) => posted.none().map(|()| CancelJob { job }.into()),
        Route::Payment(job, payment) => posted.none().map(|()| RetrievePayment { job, payment }.into()),
        Route::CancelPayment(job, payment) => posted.none().map(|()| CancelPayment { job, payment }.into()),
        Route::Refunds(job, payment) => {
            posted.read::<RefundRequest>().map(|refund| RefundPayment { job, payment, refund }.into())
        }
        Route::Captures(job, payment) => {
            posted.read::<CaptureRequest>().map(|capture| CapturePayment { job, payment, capture }.into())
        }
        Route::Tokenisation => posted.read::<Tokenisation>().map(|card| TokeniseCard { card }.into()),
        Route::Methods => {
            let none = posted.none();
            let methods = query.methods(&mut faults);
            none.map(|()| methods.into())
        }
        Route::Order(number) => posted.none().map(|()| FindOrder { number }.into()),
    };
    query.ignore_rest(&mut faults);
    faults.result(call.map(|call| (call, locale)))
}

/// The body, and where what is wrong with it is kept.
struct Posted<'a> {
    body: &'a [u8],
    limits: &'a JsonLimits,
    faults: &'a mut Faults,
}

impl Posted<'_> {
    fn read<T: Body>(&mut self) -> Option<T> {
        match decode(self.body, self.limits, self.faults.is_strict(), T::read) {
            Ok(decoded) => {
                let (request, passed) = decoded.into_parts();
                self.faults.pass(passed);
                Some(request)
            }
            Err(errors) => {
                errors.into_members().into_iter().for_each(|error| self.faults.push(error));
                None
            }
        }
    }

    /// A body where none belongs is not looked at.
    fn none(&mut self) -> Option<()> {
        if !self.body.is_empty() {
            self.faults.ignored(MemberPath::default(), MemberProblem::Json(JsonProblem::Trailing));
        }
        (self.body.is_empty() || !self.faults.is_strict()).then_some(())
    }
}

/// A call that cannot be read. [`status`](Self::status) says what to answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IncomingError {
    /// A header is missing or wrong.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The body is larger than the limits allow. It was not even hashed.
    #[error("the body has more than {max} bytes")]
    TooLarge {
        /// The most that are allowed.
        max: usize,
    },
    /// None of the keys signed the call.
    #[error(transparent)]
    Signature(#[from] SignatureMismatch),
    /// There is nothing at this path.
    #[error("there is no such path")]
    UnknownPath,
    /// There is something at this path, but not by this method.
    #[error("the method must be {allowed}")]
    Method {
        /// The method that there is, for the `Allow` header.
        allowed: Method,
    },
    /// Something is wrong with members of the body or parameters of the query: all of it.
    #[error(transparent)]
    Members(#[from] InvalidRequest),
}

impl IncomingError {
    /// The status of HTTP to answer: 400, 401 or 404, of which the protocol page tells, or 405, 413 or
    /// 415, of which it does not.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Header(error) => error.status(),
            Self::TooLarge { .. } => 413,
            Self::Signature(_) => 401,
            Self::UnknownPath => 404,
            Self::Method { .. } => 405,
            Self::Members(_) => 400,
        }
    }

    /// The errors of members of the body and parameters of the query; empty if it is something
    /// else that is wrong.
    #[must_use]
    pub fn members(&self) -> &[MemberError] {
        match self {
            Self::Members(errors) => errors.members(),
            _ => &[],
        }
    }
}
