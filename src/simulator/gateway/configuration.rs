//! A merchant's configuration of the gateway.

use crate::gateway::request::ReturnUrls;
use crate::gateway::{ApiKey, ConfigurationId, Credentials, CustomerReference, Url};

/// A merchant's configuration of the gateway, as the portal has set it up.
///
/// ```
/// use cashflows_codec::gateway::Credentials;
/// use cashflows_codec::simulator::gateway::Configuration;
///
/// let key = "845c51f6-1cd5-4338-a586-df752e65d690".parse()?;
/// let credentials = Credentials::new("200426117314086912".parse()?, key);
/// let configuration = Configuration::new(credentials, "http://127.0.0.1:8080".parse()?).capturing_by_call();
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug)]
pub struct Configuration {
    pub(super) id: ConfigurationId,
    pub(super) keys: Vec<ApiKey>,
    pub(super) base: Url,
    pub(super) captures_by_call: bool,
    pub(super) captures_recurring_by_call: bool,
    pub(super) captures_whole_only: bool,
    pub(super) takes_external_three_ds: bool,
    pub(super) return_urls: ReturnUrls,
    pub(super) webhook_url: Option<Url>,
    pub(super) customers: Vec<CustomerReference>,
    pub(super) is_strict: bool,
}

impl Configuration {
    /// A configuration with one key that captures at once, takes the results of 3-D Secure that
    /// merchants bring along, and has neither return URLs nor a webhook. The gateway's pages are below
    /// `base`, `http://127.0.0.1:8080` say.
    #[must_use]
    pub fn new(credentials: Credentials, base: Url) -> Self {
        Self {
            id: credentials.configuration().clone(),
            keys: vec![credentials.key().clone()],
            base,
            captures_by_call: false,
            captures_recurring_by_call: false,
            captures_whole_only: false,
            takes_external_three_ds: true,
            return_urls: ReturnUrls::default(),
            webhook_url: None,
            customers: Vec::new(),
            is_strict: false,
        }
    }

    /// Takes calls that are signed by this key too, while one is being changed for the other.
    #[must_use]
    pub fn with_second_key(mut self, key: ApiKey) -> Self {
        self.keys.truncate(1);
        self.keys.push(key);
        self
    }

    /// Switches automatic capture off: payments are `Reserved` until they are captured, for seven days.
    #[must_use]
    pub const fn capturing_by_call(mut self) -> Self {
        self.captures_by_call = true;
        self
    }

    /// Switches automatic capture of children of recurring payments off, which is a switch of its own.
    #[must_use]
    pub const fn capturing_recurring_by_call(mut self) -> Self {
        self.captures_recurring_by_call = true;
        self
    }

    /// Takes captures of the whole amount only.
    #[must_use]
    pub const fn capturing_whole_only(mut self) -> Self {
        self.captures_whole_only = true;
        self
    }

    /// Switches "External MPI" off: whoever brings a result of 3-D Secure along is asked all the same.
    #[must_use]
    pub const fn without_external_three_ds(mut self) -> Self {
        self.takes_external_three_ds = false;
        self
    }

    /// Sends shoppers here whose job does not say where to.
    #[must_use]
    pub fn with_return_urls(mut self, urls: ReturnUrls) -> Self {
        self.return_urls = urls;
        self
    }

    /// Notifies this URL of jobs that name none.
    #[must_use]
    pub fn with_webhook_url(mut self, url: Url) -> Self {
        self.webhook_url = Some(url);
        self
    }

    /// Knows this customer; others are `InvalidCustomerReference`.
    #[must_use]
    pub fn with_customer(mut self, customer: CustomerReference) -> Self {
        self.customers.push(customer);
        self
    }

    /// Refuses what is otherwise read and passed over: members that are not known, not used or malformed,
    /// names and words in another case, empty text, numbers and booleans in the place of text, another
    /// content type of JSON or none, a slash behind a path, a body where none belongs. For tests in which a
    /// slip of the pen is to hurt.
    #[must_use]
    pub const fn reading_strictly(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// The credentials that sign calls, if only one key is to be used.
    pub(super) fn credentials(&self) -> Option<Credentials> {
        Some(Credentials::new(self.id.clone(), self.keys.first()?.clone()))
    }

    /// A page of the gateway's.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }
}
