//! What a sale, a verification, a continuous payment and a credit carry alike.

use super::added::add;
use super::{Description, Descriptor, MpgId, Reference, RetryNumber};
use crate::error::InvalidValue;
use crate::media::form::Added;
use crate::remote_auth::ReturnFlags;
use crate::value::{Customer, Recipient};

/// A request that names its own reference and may say much about the customer: a
/// [`Sale`](super::Sale), a [`Verify`](super::Verify), a [`Continuous`](super::Continuous) or a
/// [`Credit`](super::Credit).
///
/// `Terms` is what only that operation has: [`SaleTerms`](super::SaleTerms),
/// [`VerifyTerms`](super::VerifyTerms), [`ContinuousTerms`](super::ContinuousTerms) or
/// [`CreditTerms`](super::CreditTerms). `Ref` is the type of the reference: a credit's may hold no colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment<Terms, Ref = Reference> {
    pub(crate) terms: Terms,
    pub(crate) reference: Ref,
    pub(crate) customer: Customer,
    pub(crate) description: Option<Description>,
    pub(crate) mpg_id: Option<MpgId>,
    pub(crate) recipient: Option<Recipient>,
    pub(crate) return_flags: ReturnFlags,
    pub(crate) retry_number: Option<RetryNumber>,
    pub(crate) descriptor: Option<Descriptor>,
    pub(crate) added: Added,
}

impl<Terms, Ref> Payment<Terms, Ref> {
    pub(crate) fn with_terms(terms: Terms, reference: Ref) -> Self {
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
            added: Added::default(),
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

    /// Adds a parameter that this crate does not know, behind all others: for what the vendor's pages do
    /// not list. The name has 1 to 64 letters, digits, `_`, `-`, `.`, `[` and `]`, the value 1 to 1,024
    /// characters of any kind. The value counts as a secret: it is masked, wiped and not stored. After a
    /// restart an attempt at such a request needs it from the caller again, as it needs a card.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::request::{Card, Sale};
    /// use cashflows_codec::value::Money;
    ///
    /// let card = Card::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?);
    /// let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?).with_parameter("shop_id", "17")?;
    /// // Whatever the crate knows is set by its own method.
    /// assert!(sale.with_parameter("CARD_NUM", "4000000000000002").is_err());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The name is known, in any case of its letters, or was added before, or has another form; or the
    /// value is empty or too long.
    pub fn with_parameter(mut self, name: &str, value: &str) -> Result<Self, InvalidValue> {
        add(&mut self.added, name, value)?;
        Ok(self)
    }

    /// The merchant's reference (`tran_ref`).
    #[must_use]
    pub const fn reference(&self) -> &Ref {
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

impl<Terms> Payment<Terms> {
    /// Numbers the attempt (`retry_number`); without it, it is the first.
    /// [`Request::retry`](super::Request::retry) counts by itself.
    #[must_use]
    pub const fn with_retry_number(mut self, number: RetryNumber) -> Self {
        self.retry_number = Some(number);
        self
    }

    /// Asks for the card's token in the response (`return_token`); the gateway gives it with an
    /// authorised transaction only. Asked for alone, or with the acquirer reference number, it can be
    /// told: see [`ReturnFlags`](crate::remote_auth::ReturnFlags).
    #[must_use]
    pub const fn returning_token(mut self) -> Self {
        self.return_flags = self.return_flags.with_token();
        self
    }

    /// Asks for the scheme transaction id in the response (`return_scheme_transaction_id`). With the
    /// token it cannot always be told from that: see [`ReturnFlags`].
    #[must_use]
    pub const fn returning_scheme_transaction_id(mut self) -> Self {
        self.return_flags = self.return_flags.with_scheme_transaction_id();
        self
    }
}

impl<Ref> Payment<(), Ref> {
    /// The same with terms.
    pub(crate) fn of<Terms>(self, terms: Terms) -> Payment<Terms, Ref> {
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
            added,
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
            added,
        }
    }
}
