//! A request as the acquirer reads it.

use super::{Finding, Request};
use crate::media::form::{Unlisted, UnlistedName};
use crate::remote_auth::{Credentials, Parameter};

/// The contents of a request body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodedRequest {
    /// The credentials (`auth_id`, `auth_pass`).
    pub credentials: Credentials,
    /// The request.
    pub request: Request,
    /// True if `tran_testmode` is `1`, as old integrations send it. The documented value is `0`, and
    /// the only one that this crate writes.
    pub test_mode: bool,
    /// The parameters that the table does not have, in the order of the body. They are kept, never an
    /// error.
    pub unlisted: Vec<UnlistedParameter>,
    /// The parameters of the table that this request does not use, in the order of the table. Their
    /// values are not read, and not kept.
    pub ignored: Vec<Parameter>,
    /// The malformed values that do not matter. The request was read without them, but for text, which is
    /// [kept](Finding::is_kept).
    pub findings: Vec<Finding>,
}

/// A parameter that the table does not have. Its value may be anything, so it counts as a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlistedParameter(pub(crate) Unlisted);

impl UnlistedParameter {
    /// The name, fit to be printed.
    #[must_use]
    pub const fn name(&self) -> &UnlistedName {
        &self.0.shown
    }

    /// The name as it stands in the body, decoded.
    #[must_use]
    pub fn secret_name(&self) -> &str {
        self.0.name.expose()
    }

    /// The value, decoded; may be empty.
    #[must_use]
    pub fn secret_value(&self) -> &str {
        self.0.value.expose()
    }
}
