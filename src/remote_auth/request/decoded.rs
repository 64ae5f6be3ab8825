//! A request as the gateway reads it.

use super::{Finding, Request};
use crate::media::form::{Unlisted, UnlistedName};
use crate::remote_auth::{Credentials, Parameter, ReturnFlags};

/// Everything that a request body says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedRequest {
    pub(crate) credentials: Credentials,
    pub(crate) request: Request,
    pub(crate) test_mode: bool,
    pub(crate) unlisted: Vec<UnlistedParameter>,
    pub(crate) ignored: Vec<Parameter>,
    pub(crate) findings: Vec<Finding>,
}

impl DecodedRequest {
    /// Who asks (`auth_id`, `auth_pass`).
    #[must_use]
    pub const fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What is asked.
    #[must_use]
    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// What is asked.
    #[must_use]
    pub fn into_request(self) -> Request {
        self.request
    }

    /// Which extras the response is asked to carry.
    #[must_use]
    pub fn return_flags(&self) -> ReturnFlags {
        self.request.return_flags()
    }

    /// Whether `tran_testmode` is `1`, as old integrations send it. The documented value is `0`,
    /// and the only one that this crate writes.
    #[must_use]
    pub const fn test_mode(&self) -> bool {
        self.test_mode
    }

    /// The parameters that the table does not know, in the order of the body. They are kept, never
    /// an error.
    #[must_use]
    pub fn unlisted(&self) -> &[UnlistedParameter] {
        &self.unlisted
    }

    /// The parameters that the table knows and this request does not use, in the order of the table.
    /// Their values were not looked at, and are not kept.
    #[must_use]
    pub fn ignored(&self) -> &[Parameter] {
        &self.ignored
    }

    /// Lists the values that are malformed and decide nothing. The request was read without them.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// A parameter that the table does not know. Its value may be anything, so it counts as a secret.
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
