//! Errors of a request, with advice for the client.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use thiserror::Error;

use crate::orders::Refusal;
use crate::wanted::InvalidKey;

/// The reason why a request had no effect.
#[derive(Debug, Error)]
pub(super) enum Error {
    #[error("the header Idempotency-Key is missing: name the order, so that a repeated request is one order")]
    NoKey,
    #[error(transparent)]
    Key(#[from] InvalidKey),
    #[error("{what} (line {line}, column {column}); README.md shows each request")]
    Json { what: String, line: usize, column: usize },
    #[error("{}", .0.join("; "))]
    Fields(Vec<String>),
    #[error("there is no such order")]
    NoSuchOrder,
    #[error(
        "the service does not have this name: use the address that it printed at its start, or add the name with --host"
    )]
    OtherHost,
    #[error("a page of another site sent this request")]
    Elsewhere,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the service is stopping; send the same request with the same key again in a moment")]
    Stopping,
}

/// The response of an error.
#[derive(Debug, Serialize)]
struct Body<'a> {
    error: Said<'a>,
}

#[derive(Debug, Serialize)]
struct Said<'a> {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'a [String],
}

impl Error {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NoKey | Self::Key(_) | Self::Json { .. } => StatusCode::BAD_REQUEST,
            Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoSuchOrder => StatusCode::NOT_FOUND,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::Refused(Refusal::NoSuchOrder | Refusal::NoSuchSubscription) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Refused(Refusal::Stopping) | Self::Stopping => StatusCode::SERVICE_UNAVAILABLE,
            Self::Refused(Refusal::Failed(_)) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Refused(_) => StatusCode::CONFLICT,
        }
    }

    /// The code for programs.
    const fn code(&self) -> &'static str {
        match self {
            Self::NoKey => "no_key",
            Self::Key(_) => "invalid_key",
            Self::Json { .. } => "invalid_json",
            Self::Fields(_) => "invalid_fields",
            Self::NoSuchOrder => "no_such_order",
            Self::OtherHost => "other_host",
            Self::Elsewhere => "elsewhere",
            Self::Refused(refusal) => refusal.code(),
            Self::Stopping => "stopping",
        }
    }

    /// Time to wait before another try, where that helps.
    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(Refusal::EqualRefund { left }) => Some(*left),
            Self::Stopping | Self::Refused(Refusal::Stopping) => Some(Duration::from_secs(1)),
            _ => None,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Refused(Refusal::Failed(error)) = &self {
            tracing::error!(%error, "an order could not be written");
        }
        let fields = match &self {
            Self::Fields(fields) => fields.as_slice(),
            _ => &[],
        };
        let error = Said { code: self.code(), message: self.to_string(), fields };
        let mut response = (self.status(), Json(Body { error })).into_response();
        if let Some(left) = self.retry_after() {
            let seconds = HeaderValue::from(left.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
