//! Verify: checks a card without charging it.

use super::{Card, Class, Purchase, StoringCard};
use crate::remote_auth::request::Reference;
use crate::value::{Amount, Currency};

/// Checks a card without charging it (`tran_type=verify`, `tran_class=ecom` or `moto`).
///
/// Its CVV check decides whether continuous payments may follow.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, Verify};
/// use cashflows_codec::value::{CardNumber, Currency};
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let card = Card::new(number, "0130".parse()?, "123".parse()?);
/// let verify = Verify::ecom(card, Currency::GBP, "abc123".parse()?);
/// assert_eq!(verify.amount(), None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verify {
    pub(crate) means: VerifyMeans,
    pub(crate) class: Class,
    pub(crate) amount: Option<Amount>,
    pub(crate) currency: Currency,
    pub(crate) purchase: Purchase,
}

/// What is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyMeans {
    /// A card with its security code.
    Card(Card),
    /// A card that is to be kept.
    Storing(StoringCard),
}

means_from! { VerifyMeans: Card(Card), Storing(StoringCard) }
purchase_methods!(Verify);
returning_token!(Verify);

impl Verify {
    pub(crate) fn new(means: VerifyMeans, class: Class, currency: Currency, reference: Reference) -> Self {
        let storing = matches!(means, VerifyMeans::Storing(_));
        let verify = Self { means, class, amount: None, currency, purchase: Purchase::new(reference) };
        if storing { verify.returning_token() } else { verify }
    }

    /// A verification on the internet. A [`StoringCard`] also asks for the card's token.
    #[must_use]
    pub fn ecom(means: impl Into<VerifyMeans>, currency: Currency, reference: Reference) -> Self {
        Self::new(means.into(), Class::Ecom, currency, reference)
    }

    /// A verification by mail or telephone. Cards on file are for the internet only (section 5).
    #[must_use]
    pub fn moto(card: Card, currency: Currency, reference: Reference) -> Self {
        Self::new(card.into(), Class::Moto, currency, reference)
    }

    /// Sets an amount (`tran_amount`); the documented examples have none.
    #[must_use]
    pub const fn with_amount(mut self, amount: Amount) -> Self {
        self.amount = Some(amount);
        self
    }

    /// The amount (`tran_amount`), where there is one.
    #[must_use]
    pub const fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// The currency (`tran_currency`).
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// What is verified.
    #[must_use]
    pub const fn means(&self) -> &VerifyMeans {
        &self.means
    }

    /// Where the cardholder is (`tran_class`).
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }
}
