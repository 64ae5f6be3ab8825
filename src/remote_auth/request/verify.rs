//! Verify: checks a card without charging it.

use super::{Class, Exemption, MerchantReference, MotoCard, Payment, PaymentCard, VerifiableCard};
use crate::value::{Amount, Currency};

/// Checks a card without charging it (`tran_type=verify`, `tran_class=ecom` or `moto`).
///
/// Its CVV check decides whether continuous payments may follow. It has a currency even if it has no
/// amount.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, Verify};
/// use cashflows_codec::value::Currency;
///
/// let card = Card::new("4000000000000002".parse()?, "0130".parse()?, "123".parse()?);
/// let verify = Verify::ecom(card, Currency::GBP, "abc123".parse()?);
/// assert_eq!(verify.terms().amount, None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
pub type Verify = Payment<VerifyTerms>;

/// The part that only a [`Verify`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifyTerms {
    /// The card. It is never one that was kept.
    pub card: PaymentCard,
    /// The class: on the internet, or by mail or telephone (`tran_class`).
    pub class: Class,
    /// The amount (`tran_amount`).
    pub amount: Option<Amount>,
    /// The currency (`tran_currency`).
    pub currency: Currency,
    /// The claimed exemption from strong customer authentication (`SCA_exemption_indicator`).
    pub exemption: Option<Exemption>,
}

impl Verify {
    fn new(card: PaymentCard, class: Class, currency: Currency, reference: MerchantReference) -> Self {
        let storing = matches!(card, PaymentCard::Storing(_));
        let terms = VerifyTerms { card, class, amount: None, currency, exemption: None };
        let verify = Self::new_with(terms, reference);
        if storing { verify.returning_token() } else { verify }
    }

    /// A verification on the internet. With a [`StoringCard`](super::StoringCard) it also asks for the card's
    /// token.
    #[must_use]
    pub fn ecom(card: impl VerifiableCard, currency: Currency, reference: MerchantReference) -> Self {
        Self::new(card.into(), Class::Ecom, currency, reference)
    }

    /// A verification by mail or telephone. Cards on file are for the internet only (section 5).
    #[must_use]
    pub fn moto(card: impl MotoCard, currency: Currency, reference: MerchantReference) -> Self {
        Self::new(card.into(), Class::Moto, currency, reference)
    }

    /// Sets an amount (`tran_amount`). The documented examples have none.
    #[must_use]
    pub const fn with_amount(mut self, amount: Amount) -> Self {
        self.terms.amount = Some(amount);
        self
    }

    /// Claims an exemption from strong customer authentication (`SCA_exemption_indicator`).
    #[must_use]
    pub fn with_exemption(mut self, exemption: impl Into<Exemption>) -> Self {
        self.terms.exemption = Some(exemption.into());
        self
    }

    /// The card.
    #[must_use]
    pub const fn card(&self) -> &PaymentCard {
        &self.terms.card
    }
}
