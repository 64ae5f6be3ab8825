//! A request as the gateway reads it.

use super::Request;
use crate::media::form::{Unlisted, UnlistedName};
use crate::remote_auth::Credentials;
use crate::remote_auth::ReturnFlags;

/// Everything that a request body says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedRequest {
    pub(crate) credentials: Credentials,
    pub(crate) request: Request,
    pub(crate) test_mode: bool,
    pub(crate) unknown: Vec<UnknownParameter>,
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
    pub fn unknown(&self) -> &[UnknownParameter] {
        &self.unknown
    }
}

/// A parameter that the table does not know. Nobody can say what is in it, so its value counts as a
/// secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownParameter(pub(crate) Unlisted);

impl UnknownParameter {
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
