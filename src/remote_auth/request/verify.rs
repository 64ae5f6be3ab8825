//! Verify: checks a card without charging it.

use super::{
    Card, Class, Exemption, MotoCard, NetworkTokenCard, Payment, Reference, StoringCard, WalletCard,
};
use crate::value::{Amount, Currency};

/// Checks a card without charging it (`tran_type=verify`, `tran_class=ecom` or `moto`).
///
/// Its CVV check decides whether continuous payments may follow.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, Verify};
/// use cashflows_codec::value::Currency;
///
/// let card = Card::new("4000000000000002".parse()?, "0130".parse()?, "123".parse()?);
/// let verify = Verify::ecom(card, Currency::GBP, "abc123".parse()?);
/// assert_eq!(verify.amount(), None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
pub type Verify = Payment<VerifyTerms>;

/// What only a [`Verify`] has: the card, where, and perhaps an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyTerms {
    pub(crate) card: VerifyCard,
    pub(crate) class: Class,
    pub(crate) amount: Option<Amount>,
    pub(crate) currency: Currency,
    pub(crate) exemption: Option<Exemption>,
}

/// What is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyCard {
    /// A card with its security code.
    Card(Card),
    /// A card that is to be kept.
    Storing(StoringCard),
    /// A card in a wallet.
    Wallet(WalletCard),
    /// A network token without a security code.
    NetworkToken(NetworkTokenCard),
}

impl From<Card> for VerifyCard {
    fn from(card: Card) -> Self {
        Self::Card(card)
    }
}

impl From<StoringCard> for VerifyCard {
    fn from(card: StoringCard) -> Self {
        Self::Storing(card)
    }
}

impl From<WalletCard> for VerifyCard {
    fn from(card: WalletCard) -> Self {
        Self::Wallet(card)
    }
}

impl From<NetworkTokenCard> for VerifyCard {
    fn from(card: NetworkTokenCard) -> Self {
        Self::NetworkToken(card)
    }
}

impl From<MotoCard> for VerifyCard {
    fn from(card: MotoCard) -> Self {
        match card {
            MotoCard::Card(card) => Self::Card(card),
            MotoCard::Wallet(card) => Self::Wallet(card),
            MotoCard::NetworkToken(card) => Self::NetworkToken(card),
        }
    }
}

impl Verify {
    fn new(card: VerifyCard, class: Class, currency: Currency, reference: Reference) -> Self {
        let storing = matches!(card, VerifyCard::Storing(_));
        let verify =
            Self::with_terms(VerifyTerms { card, class, amount: None, currency, exemption: None }, reference);
        if storing { verify.returning_token() } else { verify }
    }

    /// A verification on the internet. A [`StoringCard`] also asks for the card's token.
    #[must_use]
    pub fn ecom(card: impl Into<VerifyCard>, currency: Currency, reference: Reference) -> Self {
        Self::new(card.into(), Class::Ecom, currency, reference)
    }

    /// A verification by mail or telephone. Cards on file are for the internet only (section 5).
    #[must_use]
    pub fn moto(card: impl Into<MotoCard>, currency: Currency, reference: Reference) -> Self {
        Self::new(card.into().into(), Class::Moto, currency, reference)
    }

    /// Sets an amount (`tran_amount`); the documented examples have none.
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

    /// The exemption that is claimed (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn exemption(&self) -> Option<Exemption> {
        self.terms.exemption
    }

    /// What is verified.
    #[must_use]
    pub const fn card(&self) -> &VerifyCard {
        &self.terms.card
    }

    /// Where the cardholder is (`tran_class`).
    #[must_use]
    pub const fn class(&self) -> Class {
        self.terms.class
    }

    /// The amount (`tran_amount`), where there is one.
    #[must_use]
    pub const fn amount(&self) -> Option<Amount> {
        self.terms.amount
    }

    /// The currency (`tran_currency`).
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.terms.currency
    }
}
