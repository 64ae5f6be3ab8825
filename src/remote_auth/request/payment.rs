//! What a sale, a verification and a continuous payment carry alike.

use super::{Description, Descriptor, MpgId, Reference, RetryNumber};
use crate::remote_auth::ReturnFlags;
use crate::value::{Customer, Recipient};

/// A request that names its own reference and may say much about the customer: a
/// [`Sale`](super::Sale), a [`Verify`](super::Verify) or a [`Continuous`](super::Continuous).
///
/// `Terms` is what only that operation has: [`SaleTerms`](super::SaleTerms),
/// [`VerifyTerms`](super::VerifyTerms) or [`ContinuousTerms`](super::ContinuousTerms).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment<Terms> {
    pub(crate) terms: Terms,
    pub(crate) reference: Reference,
    pub(crate) customer: Customer,
    pub(crate) description: Option<Description>,
    pub(crate) mpg_id: Option<MpgId>,
    pub(crate) recipient: Option<Recipient>,
    pub(crate) return_flags: ReturnFlags,
    pub(crate) retry_number: Option<RetryNumber>,
    pub(crate) descriptor: Option<Descriptor>,
}

impl<Terms> Payment<Terms> {
    pub(crate) fn with_terms(terms: Terms, reference: Reference) -> Self {
        Self {
            terms,
            reference,
            customer: Customer::default(),
            description: None,
            mpg_id: None,
            recipient: None,
            return_flags: ReturnFlags::none(),
            retry_number: None,
            descriptor: None,
        }
    }

    /// Sets the customer's fields (`cust_…`).
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

    /// Names the merchant payment gateway to Mastercard (`gateway_id_mc`); mandatory on Mastercard
    /// transactions of such gateways.
    #[must_use]
    pub const fn with_mpg_id(mut self, mpg_id: MpgId) -> Self {
        self.mpg_id = Some(mpg_id);
        self
    }

    /// Names who receives the funds (`primary_recipient_…`); mandatory for MCC 6012, 6051 and 7299.
    #[must_use]
    pub fn with_recipient(mut self, recipient: Recipient) -> Self {
        self.recipient = Some(recipient);
        self
    }

    /// Numbers the attempt (`retry_number`); without it, it is the first.
    /// [`Request::retry`](super::Request::retry) counts by itself.
    #[must_use]
    pub const fn with_retry_number(mut self, number: RetryNumber) -> Self {
        self.retry_number = Some(number);
        self
    }

    /// Adds to the company's name on the cardholder's statement (`descriptor`).
    #[must_use]
    pub fn with_descriptor(mut self, descriptor: Descriptor) -> Self {
        self.descriptor = Some(descriptor);
        self
    }

    /// Asks for the acquirer reference number in the response (`return_acq_ref`). It can be told from
    /// whatever else is asked for: [`ReturnFlags`] says what else can be.
    #[must_use]
    #[doc(alias = "arn")]
    pub const fn returning_acquirer_reference(mut self) -> Self {
        self.return_flags = self.return_flags.with_acquirer_reference();
        self
    }

    /// Asks for the scheme transaction id in the response (`return_scheme_transaction_id`). With the
    /// token it cannot always be told from that: see [`ReturnFlags`].
    #[must_use]
    pub const fn returning_scheme_transaction_id(mut self) -> Self {
        self.return_flags = self.return_flags.with_scheme_transaction_id();
        self
    }

    /// The merchant's reference (`tran_ref`).
    #[must_use]
    pub const fn reference(&self) -> &Reference {
        &self.reference
    }

    /// The customer's fields (`cust_…`).
    #[must_use]
    pub const fn customer(&self) -> &Customer {
        &self.customer
    }

    /// The description (`tran_desc`).
    #[must_use]
    pub const fn description(&self) -> Option<&Description> {
        self.description.as_ref()
    }

    /// The merchant payment gateway's id (`gateway_id_mc`).
    #[must_use]
    pub const fn mpg_id(&self) -> Option<&MpgId> {
        self.mpg_id.as_ref()
    }

    /// Who receives the funds (`primary_recipient_…`).
    #[must_use]
    pub const fn recipient(&self) -> Option<&Recipient> {
        self.recipient.as_ref()
    }

    /// The number of the attempt (`retry_number`), where it is given.
    #[must_use]
    pub const fn retry_number(&self) -> Option<RetryNumber> {
        self.retry_number
    }

    /// The addition to the company's name (`descriptor`).
    #[must_use]
    pub const fn descriptor(&self) -> Option<&Descriptor> {
        self.descriptor.as_ref()
    }

    /// Which extras the response is asked to carry: they are resolved by
    /// [`Extras::resolve`](crate::remote_auth::response::Extras::resolve).
    #[must_use]
    pub const fn return_flags(&self) -> ReturnFlags {
        self.return_flags
    }
}

impl Payment<()> {
    /// The same with terms.
    pub(crate) fn of<Terms>(self, terms: Terms) -> Payment<Terms> {
        let Self {
            terms: (),
            reference,
            customer,
            description,
            mpg_id,
            recipient,
            return_flags,
            retry_number,
            descriptor,
        } = self;
        Payment {
            terms,
            reference,
            customer,
            description,
            mpg_id,
            recipient,
            return_flags,
            retry_number,
            descriptor,
        }
    }
}
