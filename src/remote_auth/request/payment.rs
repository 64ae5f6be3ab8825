//! The common part of a sale, a verification, a continuous payment and a credit.

use super::options::with_options;
use super::{Description, MerchantReference, Options};
use crate::value::{Customer, Recipient};

/// A [`Sale`](super::Sale), a [`Verify`](super::Verify), a [`Continuous`](super::Continuous) or a
/// [`Credit`](super::Credit): a request that has a reference and may name the customer.
///
/// `Terms` is the part that only one operation has: [`SaleTerms`](super::SaleTerms),
/// [`VerifyTerms`](super::VerifyTerms), [`ContinuousTerms`](super::ContinuousTerms) or
/// [`CreditTerms`](super::CreditTerms). `Ref` is the type of the reference. A credit's has no colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment<Terms, Ref = MerchantReference> {
    /// The customer (`cust_…`).
    pub customer: Customer,
    /// The description of the transaction (`tran_desc`).
    pub description: Option<Description>,
    /// The recipient of the funds (`primary_recipient_…`).
    pub recipient: Option<Recipient>,
    pub(crate) terms: Terms,
    pub(crate) reference: Ref,
    pub(crate) options: Options,
}

impl<Terms, Ref> Payment<Terms, Ref> {
    pub(crate) fn new_with(terms: Terms, reference: Ref) -> Self {
        let (customer, options) = (Customer::default(), Options::default());
        Self { customer, description: None, recipient: None, terms, reference, options }
    }

    /// Names the customer (`cust_…`).
    #[must_use]
    #[doc(alias = "avs")]
    pub fn with_customer(mut self, customer: Customer) -> Self {
        self.customer = customer;
        self
    }

    /// Describes the transaction (`tran_desc`).
    #[must_use]
    pub fn with_description(mut self, description: Description) -> Self {
        self.description = Some(description);
        self
    }

    /// Names the recipient of the funds (`primary_recipient_…`). It is mandatory for MCC 6012, 6051 and 7299.
    #[must_use]
    pub fn with_recipient(mut self, recipient: Recipient) -> Self {
        self.recipient = Some(recipient);
        self
    }

    /// The part that only this operation has.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The merchant's reference (`tran_ref`).
    #[must_use]
    pub const fn reference(&self) -> &Ref {
        &self.reference
    }
}

with_options!([Terms, Ref] Payment<Terms, Ref>);

impl<Terms> Payment<Terms> {
    /// Asks for the card's token in the response (`return_token`). The acquirer gives it with an authorised
    /// transaction only. It can be told if it is asked for alone, or with the acquirer reference number: see
    /// [`ReturnFlags`](crate::remote_auth::ReturnFlags).
    #[must_use]
    pub const fn returning_token(mut self) -> Self {
        self.options.return_flags.token = true;
        self
    }

    /// Asks for the scheme transaction id in the response (`return_scheme_transaction_id`). Beside the token
    /// it cannot always be told: see [`ReturnFlags`](crate::remote_auth::ReturnFlags).
    #[must_use]
    pub const fn returning_scheme_transaction_id(mut self) -> Self {
        self.options.return_flags.scheme_transaction_id = true;
        self
    }
}
