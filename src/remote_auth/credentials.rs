//! The profile and its password.

use core::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::secret::MASK;
use crate::value::rules;
use crate::value::stored::{AnyText, Object};

text_value! {
    /// The profile (merchant) id: 1 to 20 digits (`auth_id`, section 2).
    open ProfileId(Box<str>) = "profile id", |text| rules::digits(text, 1, 20);
}

text_value! {
    /// The profile's password: 1 to 256 characters of any kind (`auth_pass`, section 2). A secret.
    masked Password = "password", |text| rules::length(text, 256);
}

stored_as_text!(ProfileId);

/// The profile id and password that every request carries. They are read from a configuration (`serde`),
/// and never written to one.
///
/// ```
/// use cashflows_codec::remote_auth::Credentials;
///
/// let credentials = Credentials::new("1234567".parse()?, "correct horse".parse()?);
/// let json = r#"{"profile":"1234567","password":"correct horse"}"#;
/// let configured: Credentials = serde_json::from_str(json).unwrap();
/// assert_eq!(configured, credentials);
/// assert_eq!(format!("{credentials:?}"), r#"Credentials { profile: ProfileId("1234567"), password: Password(***) }"#);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The profile id (`auth_id`).
    pub profile: ProfileId,
    /// The password (`auth_pass`).
    pub password: Password,
}

impl Credentials {
    /// The credentials of `profile`.
    #[must_use]
    pub const fn new(profile: ProfileId, password: Password) -> Self {
        Self { profile, password }
    }
}

impl<'de> Deserialize<'de> for Credentials {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Texts {
            profile: AnyText,
            password: AnyText,
        }
        let Texts { profile, password } = Object::<Texts>::read(deserializer)?;
        let profile = ProfileId::try_from(profile.as_str()).map_err(D::Error::custom)?;
        let password = Password::try_from(password.as_str()).map_err(D::Error::custom)?;
        Ok(Self { profile, password })
    }
}

/// Credentials in headers of an HTTP request. The page asks for them there (RA-233) and does not have the
/// names of the headers. These are named like the parameters (ours).
///
/// ```
/// use cashflows_codec::remote_auth::{HeaderCredentials, Limits, Request};
///
/// let body = b"tran_type=void&tran_class=ecom&tran_orig_id=01S0135F74D&tran_amount=20.15\
///     &tran_currency=GBP&tran_testmode=0";
/// let headers = HeaderCredentials { profile: Some("1234567"), password: Some("secret") };
/// let decoded = Request::decode_with_headers(body, &Limits::default(), headers)?;
/// assert_eq!(decoded.credentials.profile.as_str(), "1234567");
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
