//! The merchant's profile.

use super::gateway;
use crate::remote_auth::{Credentials, DigestSecret};
use crate::value::Currency;

/// A merchant's profile, as the acquirer has set it up.
///
/// ```
/// use cashflows_codec::simulator::Profile;
/// use cashflows_codec::remote_auth::Credentials;
///
/// let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
/// let profile = Profile::new(credentials).with_digest_secret("credit-secret".parse()?);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug)]
pub struct Profile {
    pub(super) credentials: Credentials,
    pub(super) digest_secret: Option<DigestSecret>,
    currencies: Option<Vec<Currency>>,
    category: Option<u16>,
    pub(super) requires_three_ds: bool,
    pub(super) requires_name: bool,
    pub(super) gateway: Option<gateway::Configuration>,
}

impl Profile {
    /// A profile that takes every currency, belongs to no merchant category in particular, does
    /// not insist on 3-D Secure or on the cardholder's name, and has neither credit transfers nor the gateway.
    #[must_use]
    pub const fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            digest_secret: None,
            currencies: None,
            category: None,
            requires_three_ds: false,
            requires_name: false,
            gateway: None,
        }
    }

    /// Enables credit transfers, signed with this secret (section 4 of the protocol page).
    #[must_use]
    pub fn with_digest_secret(mut self, secret: DigestSecret) -> Self {
        self.digest_secret = Some(secret);
        self
    }

    /// Takes these currencies only; others are V214.
    #[must_use]
    pub fn with_currencies(mut self, currencies: impl IntoIterator<Item = Currency>) -> Self {
        self.currencies = Some(currencies.into_iter().collect());
        self
    }

    /// Sets the merchant category code (MCC): it decides who may have credits (section 4) and who
    /// has to name the recipient of the funds (section 2).
    #[must_use]
    pub const fn with_category(mut self, code: u16) -> Self {
        self.category = Some(code);
        self
    }

    /// Insists on 3-D Secure for sales on the internet (V259) and for the transactions that
    /// continuous payments go back to (V258).
    #[must_use]
    pub const fn requiring_three_ds(mut self) -> Self {
        self.requires_three_ds = true;
        self
    }

    /// Insists on the cardholder's name in sales and verifications (V07). The pages demand it (RA-228) and
    /// show accepted requests without it (RA-159).
    #[must_use]
    pub const fn requiring_name(mut self) -> Self {
        self.requires_name = true;
        self
    }

    /// Lets the merchant use the gateway, by this configuration.
    #[must_use]
    pub fn with_gateway(mut self, configuration: gateway::Configuration) -> Self {
        self.gateway = Some(configuration);
        self
    }

    pub(super) fn takes(&self, currency: Currency) -> bool {
        self.currencies.as_ref().is_none_or(|taken| taken.contains(&currency))
    }

    pub(super) fn may_credit(&self) -> bool {
        let listed = |code| matches!(code, 5262 | 6010 | 6011 | 6012 | 6300 | 6399 | 7994 | 7995 | 8999);
        self.category.is_none_or(listed)
    }

    pub(super) fn names_recipients(&self) -> bool {
        matches!(self.category, Some(6012 | 6051 | 7299))
    }
}
