//! Sale: charges a card.

use super::hint::GoesWithTheCard;
use super::{
    Card, Class, NetworkTokenCard, Payment, Reference, SaleExemption, StoredCard, StoringCard, WalletCard,
};
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
/// assert!(sale.return_flags().acquirer_reference());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
pub type Sale = Payment<SaleTerms>;

/// What only a [`Sale`] has: what is paid with, where, how much, and why without authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleTerms {
    pub(crate) card: SaleCard,
    pub(crate) class: Class,
    pub(crate) money: Money,
    pub(crate) exemption: Option<SaleExemption>,
}

/// What a sale is paid with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaleCard {
    /// A card with its security code.
    Card(Card),
    /// A card that is to be kept.
    Storing(StoringCard),
    /// A card that was kept.
    Stored(StoredCard),
    /// A card in a wallet.
    Wallet(WalletCard),
    /// A network token without a security code.
    NetworkToken(NetworkTokenCard),
}

impl From<Card> for SaleCard {
    fn from(card: Card) -> Self {
        Self::Card(card)
    }
}

impl From<StoringCard> for SaleCard {
    fn from(card: StoringCard) -> Self {
        Self::Storing(card)
    }
}

impl From<StoredCard> for SaleCard {
    fn from(card: StoredCard) -> Self {
        Self::Stored(card)
    }
}

impl From<WalletCard> for SaleCard {
    fn from(card: WalletCard) -> Self {
        Self::Wallet(card)
    }
}

impl From<NetworkTokenCard> for SaleCard {
    fn from(card: NetworkTokenCard) -> Self {
        Self::NetworkToken(card)
    }
}

/// What a sale by mail or telephone is paid with: anything but a card on file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MotoCard {
    /// A card with its security code.
    Card(Card),
    /// A card in a wallet.
    Wallet(WalletCard),
    /// A network token without a security code.
    NetworkToken(NetworkTokenCard),
}

impl From<Card> for MotoCard {
    fn from(card: Card) -> Self {
        Self::Card(card)
    }
}

impl From<WalletCard> for MotoCard {
    fn from(card: WalletCard) -> Self {
        Self::Wallet(card)
    }
}

impl From<NetworkTokenCard> for MotoCard {
    fn from(card: NetworkTokenCard) -> Self {
        Self::NetworkToken(card)
    }
}

impl From<MotoCard> for SaleCard {
    fn from(card: MotoCard) -> Self {
        match card {
            MotoCard::Card(card) => Self::Card(card),
            MotoCard::Wallet(card) => Self::Wallet(card),
            MotoCard::NetworkToken(card) => Self::NetworkToken(card),
        }
    }
}

impl Sale {
    fn new(card: SaleCard, class: Class, money: Money, reference: Reference) -> Self {
        let storing = matches!(card, SaleCard::Storing(_));
        let sale = Self::with_terms(SaleTerms { card, class, money, exemption: None }, reference);
        if storing { sale.returning_token() } else { sale }
    }

    /// A sale on the internet. A [`StoringCard`] also asks for the card's token.
    #[must_use]
    pub fn ecom(card: impl Into<SaleCard>, money: Money, reference: Reference) -> Self {
        Self::new(card.into(), Class::Ecom, money, reference)
    }

    /// A sale by mail or telephone. Cards on file are for the internet only (section 5).
    #[must_use]
    pub fn moto(card: impl Into<MotoCard>, money: Money, reference: Reference) -> Self {
        Self::new(card.into().into(), Class::Moto, money, reference)
    }

    /// Does not exist: 3-D Secure is a matter of the card, and what compiles instead is
    /// [`Card::with_three_ds`].
    ///
    /// ```compile_fail
    /// use cashflows_codec::remote_auth::request::Sale;
    /// use cashflows_codec::value::ThreeDs;
    ///
    /// fn authenticated(sale: Sale, three_ds: ThreeDs) -> Sale {
    ///     sale.with_three_ds(three_ds)
    /// }
    /// ```
    #[doc(hidden)]
    #[must_use]
    pub fn with_three_ds(self, _: impl GoesWithTheCard) -> Self {
        self
    }

    /// Claims an exemption from strong customer authentication (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn with_exemption(mut self, exemption: SaleExemption) -> Self {
        self.terms.exemption = Some(exemption);
        self
    }

    /// What is paid with.
    #[must_use]
    pub const fn card(&self) -> &SaleCard {
        &self.terms.card
    }

    /// Where the cardholder is (`tran_class`).
    #[must_use]
    pub const fn class(&self) -> Class {
        self.terms.class
    }

    /// How much (`tran_amount`, `tran_currency`).
    #[must_use]
    pub const fn money(&self) -> Money {
        self.terms.money
    }

    /// The exemption that is claimed (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn exemption(&self) -> Option<SaleExemption> {
        self.terms.exemption
    }
}
