//! The caller: a configuration and the key that signs for it.

use crate::error::Rule;
use crate::value::rules;

text_value! {
    /// The id of a configuration, which the `ConfigurationId` header carries: 14 to 18 digits or a
    /// UUID in the vendor's examples, 1 to 64 visible ASCII characters here (section 2).
    open ConfigurationId(Box<str>) = "configuration id", |text| visible_up_to(text, 64);
}

text_value! {
    /// The key that signs calls (section 2): a UUID in the vendor's examples, 1 to 256 visible ASCII
    /// characters here. A secret.
    masked ApiKey = "API key", |text| visible_up_to(text, 256);
}

fn visible_up_to(text: &str, max: usize) -> Result<(), Rule> {
    rules::length(text, max)?;
    rules::require(text.bytes().all(|byte| byte.is_ascii_graphic()), Rule::Visible)
}

/// A configuration and its key: what every call is signed with.
///
/// ```
/// use cashflows_codec::gateway::Credentials;
///
/// let credentials = Credentials::new(
///     "200426117314086912".parse()?,
///     "845c51f6-1cd5-4338-a586-df752e65d690".parse()?,
/// );
/// assert!(!format!("{credentials:?}").contains("845c51f6"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    configuration: ConfigurationId,
    key: ApiKey,
}

impl Credentials {
    /// The id of a configuration, and one of its keys.
    #[must_use]
    pub const fn new(configuration: ConfigurationId, key: ApiKey) -> Self {
        Self { configuration, key }
    }

    /// The configuration.
    #[must_use]
    pub const fn configuration(&self) -> &ConfigurationId {
        &self.configuration
    }

    /// The key.
    #[must_use]
    pub const fn key(&self) -> &ApiKey {
        &self.key
    }
}
