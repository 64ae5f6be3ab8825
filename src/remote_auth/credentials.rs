//! Who asks: the profile and its password.

use core::fmt;

use crate::secret::MASK;
use crate::value::rules;

text_value! {
    /// The profile (merchant) id: 1 to 20 digits (`auth_id`, section 2).
    open ProfileId(Box<str>) = "profile id", |text| rules::digits(text, 1, 20);
}

text_value! {
    /// The profile's password: 1 to 256 characters of any kind (`auth_pass`, section 2). A secret.
    masked Password = "password", |text| rules::length(text, 256);
}

/// The profile id and password that every request carries.
///
/// ```
/// use cashflows_codec::remote_auth::Credentials;
///
/// let credentials = Credentials::new("1234567".parse()?, "correct horse".parse()?);
/// assert_eq!(format!("{credentials:?}"), r#"Credentials { profile: ProfileId("1234567"), password: Password(***) }"#);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    profile: ProfileId,
    password: Password,
}

impl Credentials {
    /// The credentials of `profile`.
    #[must_use]
    pub const fn new(profile: ProfileId, password: Password) -> Self {
        Self { profile, password }
    }

    /// The profile id.
    #[must_use]
    pub const fn profile(&self) -> &ProfileId {
        &self.profile
    }

    /// The password.
    #[must_use]
    pub const fn password(&self) -> &Password {
        &self.password
    }
}

/// Credentials that came beside a request, in headers of HTTP: the page asks for them there (RA-233)
/// and has lost the names, so that these are the parameters' (ours).
///
/// ```
/// use cashflows_codec::remote_auth::{HeaderCredentials, Limits, Request};
///
/// let body = b"tran_type=void&tran_class=ecom&tran_orig_id=01S0135F74D&tran_amount=20.15\
///     &tran_currency=GBP&tran_testmode=0";
/// let headers = HeaderCredentials { profile: Some("1234567"), password: Some("secret") };
/// let decoded = Request::decode_with_headers(body, &Limits::default(), headers)?;
/// assert_eq!(decoded.credentials().profile().as_str(), "1234567");
/// # Ok::<(), cashflows_codec::remote_auth::request::RequestError>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct HeaderCredentials<'h> {
    /// The header `auth_id`.
    pub profile: Option<&'h str>,
    /// The header `auth_pass`.
    pub password: Option<&'h str>,
}

impl fmt::Debug for HeaderCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { profile, password } = self;
        let password = password.map(|_| MASK);
        f.debug_struct("HeaderCredentials").field("profile", profile).field("password", &password).finish()
    }
}
