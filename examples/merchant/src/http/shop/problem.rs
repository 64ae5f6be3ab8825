//! Errors of a shopper's request.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::page;
use crate::orders::Refusal;
use crate::store::StoreError;

/// The reason why a request had no effect.
#[derive(Debug)]
pub(super) enum Problem {
    /// The form is not one of the shop's.
    Form,
    /// The form is on a page of another site.
    Elsewhere,
    /// The shop does not have this name.
    OtherHost,
    NotFound,
    Refused(Refusal),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl Problem {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Form => StatusCode::BAD_REQUEST,
            Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::NotFound | Self::Refused(Refusal::NoSuchOrder) => StatusCode::NOT_FOUND,
            Self::Refused(Refusal::Stopping) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Refused(Refusal::Failed(_)) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Refused(_) => StatusCode::CONFLICT,
        }
    }

    /// The text for shoppers, which repeats no value of the request.
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Form => ("That did not work", "Please go back to the shop and choose again.".to_owned()),
            Self::Refused(Refusal::OtherBody) => (
                "That did not work",
                "This form was sent before, for something else. Please reload its page, and choose again.".to_owned(),
            ),
            Self::Elsewhere => (
                "That did not work",
                "This form was on another site’s page. Please start at the shop.".to_owned(),
            ),
            Self::OtherHost => (
                "That did not work",
                "The shop is not at this address. Please use the one that it was started with.".to_owned(),
            ),
            Self::NotFound | Self::Refused(Refusal::NoSuchOrder) => {
                ("Not found", "There is no such page, or no such order.".to_owned())
            }
            Self::Refused(Refusal::Stopping) => (
                "One moment, please",
                "The shop is just closing and will be back soon. If you have paid, please do not pay again. If you have \
                 pressed a button, press it again then: it still counts once."
                    .to_owned(),
            ),
            Self::Refused(Refusal::Failed(_)) => (
                "That did not work",
                "Our database is not available just now. If you have paid, please do not pay again. If you have pressed \
                 a button, press it again in a moment: it still counts once."
                    .to_owned(),
            ),
            Self::Refused(refusal) => ("That cannot be done", refusal.to_string()),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Self::Refused(Refusal::Failed(error)) = &self {
            tracing::error!(%error, "the shop's database fails");
        }
        let (heading, text) = self.words();
        (self.status(), page::problem(heading, &text)).into_response()
    }
}
