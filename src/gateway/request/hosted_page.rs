//! The gateway's own page, which asks for the card.

use super::FreeText;
use crate::gateway::{PaymentMethod, Url};

/// A payment by the gateway's own page (section 4). The response has a link to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostedPage {
    /// The payment methods that are offered (`paymentMethodsToUse`); none is all of the configuration. A job takes
    /// them over as [`payment_methods`](super::PaymentJob::payment_methods).
    pub methods: Vec<PaymentMethod>,
    /// The reference of a page that the portal knows (`PaymentPageReference`).
    pub page_reference: Option<FreeText>,
    /// The domains that may show the page in a frame (`AllowedParentFrameDomains`).
    pub parent_frame_domains: Option<FreeText>,
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
}

/// The pages that the shopper is sent to afterwards (section 4). The portal's setting takes the place of an
/// absent one, and without a setting a page of the gateway (section 8).
///
/// A shopper who comes to one of them is no proof of a payment: ask for the payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnUrls {
    /// The page after a payment (`ReturnUrlSuccess`).
    pub success: Option<Url>,
    /// The page after a failure (`ReturnUrlFailed`).
    pub failed: Option<Url>,
    /// The page after the shopper cancelled (`ReturnUrlCancelled`).
    pub cancelled: Option<Url>,
}

impl ReturnUrls {
    /// A page for each end.
    #[must_use]
    pub const fn new(success: Url, failed: Url, cancelled: Url) -> Self {
        Self { success: Some(success), failed: Some(failed), cancelled: Some(cancelled) }
    }

    /// One page for every end.
    #[must_use]
    pub fn all(url: Url) -> Self {
        Self::new(url.clone(), url.clone(), url)
    }
}
