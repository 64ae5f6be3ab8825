//! Sale: charges a card.

use super::{Class, MerchantReference, MotoCard, Payment, PaymentCard, SaleExemption};
use crate::value::Money;

/// Charges a card (`tran_type=sale`, `tran_class=ecom` or `moto`).
///
/// ```
/// use cashflows_codec::remote_auth::request::{Sale, WalletCard, WalletKind};
/// use cashflows_codec::value::Money;
///
/// let card = WalletCard::new(
///     WalletKind::ApplePay,
///     "4510400400099005".parse()?,
///     "1130".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
/// );
/// let sale = Sale::ecom(card, Money::eur(9_99), "cart-2".parse()?).returning_acquirer_reference();
/// assert_eq!(sale.terms().money, Money::eur(9_99));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
///
/// A result of 3-D Secure goes with the card, [`Card::with_three_ds`](super::Card::with_three_ds), and not
/// with the sale:
///
/// ```compile_fail
/// use cashflows_codec::remote_auth::request::Sale;
/// use cashflows_codec::value::ThreeDs;
///
/// fn authenticated(sale: Sale, three_ds: ThreeDs) -> Sale {
///     sale.with_three_ds(three_ds)
/// }
/// ```
pub type Sale = Payment<SaleTerms>;

/// The part that only a [`Sale`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SaleTerms {
    /// The card.
    pub card: PaymentCard,
    /// The class: on the internet, or by mail or telephone (`tran_class`).
    pub class: Class,
    /// The amount (`tran_amount`, `tran_currency`).
    pub money: Money,
    /// The claimed exemption from strong customer authentication (`SCA_exemption_indicator`).
    pub exemption: Option<SaleExemption>,
}

impl Sale {
    fn new(card: PaymentCard, class: Class, money: Money, reference: MerchantReference) -> Self {
        let storing = matches!(card, PaymentCard::Storing(_));
        let sale = Self::new_with(SaleTerms { card, class, money, exemption: None }, reference);
        if storing { sale.returning_token() } else { sale }
    }

    /// A sale on the internet. With a [`StoringCard`](super::StoringCard) it also asks for the card's token.
    #[must_use]
    pub fn ecom(card: impl Into<PaymentCard>, money: Money, reference: MerchantReference) -> Self {
        Self::new(card.into(), Class::Ecom, money, reference)
    }

    /// A sale by mail or telephone. Cards on file are for the internet only (section 5):
    ///
    /// ```compile_fail
    /// use cashflows_codec::remote_auth::request::{MerchantReference, Sale, StoringCard};
    /// use cashflows_codec::value::Money;
    ///
    /// fn by_telephone(card: StoringCard, money: Money, reference: MerchantReference) -> Sale {
    ///     Sale::moto(card, money, reference)
    /// }
    /// ```
    #[must_use]
    pub fn moto(card: impl MotoCard, money: Money, reference: MerchantReference) -> Self {
        Self::new(card.into(), Class::Moto, money, reference)
    }

    /// Claims an exemption from strong customer authentication (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn with_exemption(mut self, exemption: SaleExemption) -> Self {
        self.terms.exemption = Some(exemption);
        self
    }

    /// The card.
    #[must_use]
    pub const fn card(&self) -> &PaymentCard {
        &self.terms.card
    }
}
