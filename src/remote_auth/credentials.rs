//! Who asks: the profile and its password.

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
