//! The gateway's own page, which asks for the card.

use super::FreeText;
use crate::gateway::{PaymentMethod, Url};

/// A payment by the gateway's own page (section 4): the answer has a link to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostedPage {
    pub(super) methods: Vec<PaymentMethod>,
    pub(super) page_reference: Option<FreeText>,
    pub(super) parent_frame_domains: Option<FreeText>,
}

impl HostedPage {
    /// The page, with all payment methods of the configuration.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Offers this payment method, and only those that are named so (`paymentMethodsToUse`).
    #[must_use]
    pub fn with_payment_method(mut self, method: PaymentMethod) -> Self {
        if !self.methods.contains(&method) {
            self.methods.push(method);
        }
        self
    }

    /// Takes a page that the portal knows by this reference (`PaymentPageReference`).
    #[must_use]
    pub fn with_page_reference(mut self, reference: FreeText) -> Self {
        self.page_reference = Some(reference);
        self
    }

    /// Allows these domains to show the page in a frame (`AllowedParentFrameDomains`).
    #[must_use]
    pub fn with_parent_frame_domains(mut self, domains: FreeText) -> Self {
        self.parent_frame_domains = Some(domains);
        self
    }

    /// The reference of the page, if one is named.
    #[must_use]
    pub const fn page_reference(&self) -> Option<&FreeText> {
        self.page_reference.as_ref()
    }

    /// The domains that may show the page in a frame, if some are named.
    #[must_use]
    pub const fn parent_frame_domains(&self) -> Option<&FreeText> {
        self.parent_frame_domains.as_ref()
    }
}

/// Where the shopper is sent afterwards (section 4). What is not said here is the portal's setting,
/// and where that says nothing either, a page of the gateway's (section 8).
///
/// That a shopper comes to one of them proves nothing: ask for the payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnUrls {
    pub(super) success: Option<Url>,
    pub(super) failed: Option<Url>,
    pub(super) cancelled: Option<Url>,
}

impl ReturnUrls {
    /// One for each end.
    #[must_use]
    pub const fn new(success: Url, failed: Url, cancelled: Url) -> Self {
        Self { success: Some(success), failed: Some(failed), cancelled: Some(cancelled) }
    }

    /// The same for every end.
    #[must_use]
    pub fn all(url: Url) -> Self {
        Self::new(url.clone(), url.clone(), url)
    }

    /// Sets where to after a payment (`ReturnUrlSuccess`).
    #[must_use]
    pub fn with_success(mut self, url: Url) -> Self {
        self.success = Some(url);
        self
    }

    /// Sets where to after a failure (`ReturnUrlFailed`).
    #[must_use]
    pub fn with_failed(mut self, url: Url) -> Self {
        self.failed = Some(url);
        self
    }

    /// Sets where to after the shopper cancelled (`ReturnUrlCancelled`).
    #[must_use]
    pub fn with_cancelled(mut self, url: Url) -> Self {
        self.cancelled = Some(url);
        self
    }

    /// Where to after a payment, if it is said.
    #[must_use]
    pub const fn success(&self) -> Option<&Url> {
        self.success.as_ref()
    }

    /// Where to after a failure, if it is said.
    #[must_use]
    pub const fn failed(&self) -> Option<&Url> {
        self.failed.as_ref()
    }

    /// Where to after the shopper cancelled, if it is said.
    #[must_use]
    pub const fn cancelled(&self) -> Option<&Url> {
        self.cancelled.as_ref()
    }
}
