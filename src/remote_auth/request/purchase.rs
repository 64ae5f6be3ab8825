//! What several operations carry alike, said once.

use crate::remote_auth::ReturnFlags;
use crate::remote_auth::request::{Description, Descriptor, MpgId, Reference, RetryNumber};
use crate::value::{Customer, Recipient};

/// What a sale, a verification and a continuous payment carry alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Purchase {
    pub(crate) reference: Reference,
    pub(crate) customer: Customer,
    pub(crate) description: Option<Description>,
    pub(crate) mpg_id: Option<MpgId>,
    pub(crate) recipient: Option<Recipient>,
    pub(crate) return_flags: ReturnFlags,
    pub(crate) attempt: Attempt,
}

impl Purchase {
    pub(crate) fn new(reference: Reference) -> Self {
        Self {
            reference,
            customer: Customer::default(),
            description: None,
            mpg_id: None,
            recipient: None,
            return_flags: ReturnFlags::none(),
            attempt: Attempt::default(),
        }
    }
}

/// What every operation but a credit carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) retry_number: Option<RetryNumber>,
    pub(crate) descriptor: Option<Descriptor>,
}

/// The methods that sale, verification and continuous payment share.
macro_rules! purchase_methods {
    ($Operation:ident) => {
        impl $Operation {
            /// The merchant's reference (`tran_ref`).
            #[must_use]
            pub const fn reference(&self) -> &crate::remote_auth::request::Reference {
                &self.purchase.reference
            }

            /// Sets the customer's fields (`cust_…`).
            #[must_use]
            pub fn with_customer(mut self, customer: crate::value::Customer) -> Self {
                self.purchase.customer = customer;
                self
            }

            /// The customer's fields (`cust_…`).
            #[must_use]
            pub const fn customer(&self) -> &crate::value::Customer {
                &self.purchase.customer
            }

            /// Describes the transaction (`tran_desc`).
            #[must_use]
            pub fn with_description(mut self, description: crate::remote_auth::request::Description) -> Self {
                self.purchase.description = Some(description);
                self
            }

            /// The description (`tran_desc`).
            #[must_use]
            pub const fn description(&self) -> Option<&crate::remote_auth::request::Description> {
                self.purchase.description.as_ref()
            }

            /// Names the merchant payment gateway to Mastercard (`gateway_id_mc`); mandatory on
            /// Mastercard transactions of such gateways.
            #[must_use]
            pub const fn with_mpg_id(mut self, mpg_id: crate::remote_auth::request::MpgId) -> Self {
                self.purchase.mpg_id = Some(mpg_id);
                self
            }

            /// The merchant payment gateway's id (`gateway_id_mc`).
            #[must_use]
            pub const fn mpg_id(&self) -> Option<&crate::remote_auth::request::MpgId> {
                self.purchase.mpg_id.as_ref()
            }

            /// Names who receives the funds (`primary_recipient_…`); mandatory for MCC 6012, 6051
            /// and 7299.
            #[must_use]
            pub fn with_recipient(mut self, recipient: crate::value::Recipient) -> Self {
                self.purchase.recipient = Some(recipient);
                self
            }

            /// Who receives the funds (`primary_recipient_…`).
            #[must_use]
            pub const fn recipient(&self) -> Option<&crate::value::Recipient> {
                self.purchase.recipient.as_ref()
            }

            /// Asks for the acquirer reference number in the response (`return_acq_ref`).
            #[must_use]
            pub const fn returning_acquirer_reference(mut self) -> Self {
                self.purchase.return_flags = self.purchase.return_flags.with_acquirer_reference();
                self
            }

            /// Asks for the scheme transaction id in the response
            /// (`return_scheme_transaction_id`).
            #[must_use]
            pub const fn returning_scheme_transaction_id(mut self) -> Self {
                self.purchase.return_flags = self.purchase.return_flags.with_scheme_transaction_id();
                self
            }

            /// Which extras the response is asked to carry.
            #[must_use]
            pub const fn return_flags(&self) -> crate::remote_auth::ReturnFlags {
                self.purchase.return_flags
            }
        }

        attempt_methods!($Operation, purchase.attempt);
    };
}

/// The methods that every operation but a credit shares.
macro_rules! attempt_methods {
    ($Operation:ident, $($attempt:ident).+) => {
        impl $Operation {
            /// Numbers the attempt (`retry_number`); without it, it is the first.
            /// [`Request::retry`](crate::remote_auth::Request::retry) counts by itself.
            #[must_use]
            pub const fn with_retry_number(mut self, number: crate::remote_auth::request::RetryNumber) -> Self {
                self.$($attempt).+.retry_number = Some(number);
                self
            }

            /// The number of the attempt (`retry_number`), where it is given.
            #[must_use]
            pub const fn retry_number(&self) -> Option<crate::remote_auth::request::RetryNumber> {
                self.$($attempt).+.retry_number
            }

            /// Adds to the company's name on the cardholder's statement (`descriptor`).
            #[must_use]
            pub fn with_descriptor(mut self, descriptor: crate::remote_auth::request::Descriptor) -> Self {
                self.$($attempt).+.descriptor = Some(descriptor);
                self
            }

            /// The addition to the company's name (`descriptor`).
            #[must_use]
            pub const fn descriptor(&self) -> Option<&crate::remote_auth::request::Descriptor> {
                self.$($attempt).+.descriptor.as_ref()
            }
        }
    };
}

/// The method that sale and verification share.
macro_rules! returning_token {
    ($Operation:ident) => {
        impl $Operation {
            /// Asks for the card's token in the response (`return_token`); the gateway gives it
            /// with an authorised transaction only.
            #[must_use]
            pub const fn returning_token(mut self) -> Self {
                self.purchase.return_flags = self.purchase.return_flags.with_token();
                self
            }
        }
    };
}

/// What a void and a refund have in common: both reverse an original transaction.
macro_rules! reversal_methods {
    ($Operation:ident, $doc:literal) => {
        attempt_methods!($Operation, attempt);

        impl $Operation {
            #[doc = $doc]
            #[must_use]
            pub fn new(original: OriginalId, class: OriginalClass, money: Money) -> Self {
                Self { original, class, money, attempt: Attempt::default() }
            }

            /// The original transaction (`tran_orig_id`).
            #[must_use]
            pub const fn original(&self) -> &OriginalId {
                &self.original
            }

            /// The original's class (`tran_class`).
            #[must_use]
            pub const fn class(&self) -> OriginalClass {
                self.class
            }

            /// How much (`tran_amount`, `tran_currency`).
            #[must_use]
            pub const fn money(&self) -> Money {
                self.money
            }
        }
    };
}
