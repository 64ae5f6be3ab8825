//! Sale: charges a card.

use super::{Card, Class, NetworkTokenCard, Purchase, StoredCard, StoringCard, WalletCard};
use crate::remote_auth::request::{Reference, SaleExemption};
use crate::value::Money;

/// Charges a card (`tran_type=sale`, `tran_class=ecom` or `moto`).
///
/// ```
/// use cashflows_codec::remote_auth::request::{Sale, WalletCard};
/// use cashflows_codec::remote_auth::request::WalletKind;
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    pub(crate) means: SaleMeans,
    pub(crate) class: Class,
    pub(crate) money: Money,
    pub(crate) exemption: Option<SaleExemption>,
    pub(crate) purchase: Purchase,
}

/// What a sale is paid with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaleMeans {
    /// A card with its security code.
    Card(Card),
    /// A card that is to be kept.
    Storing(StoringCard),
    /// A card that was kept.
    Stored(StoredCard),
    /// A card in a wallet.
    Wallet(WalletCard),
    /// A network token on the merchant's initiative.
    NetworkToken(NetworkTokenCard),
}

means_from! {
    SaleMeans: Card(Card), Storing(StoringCard), Stored(StoredCard), Wallet(WalletCard),
    NetworkToken(NetworkTokenCard)
}

/// What a sale by mail or telephone is paid with: anything but a card on file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MotoMeans {
    /// A card with its security code.
    Card(Card),
    /// A card in a wallet.
    Wallet(WalletCard),
    /// A network token on the merchant's initiative.
    NetworkToken(NetworkTokenCard),
}

means_from! { MotoMeans: Card(Card), Wallet(WalletCard), NetworkToken(NetworkTokenCard) }

impl From<MotoMeans> for SaleMeans {
    fn from(means: MotoMeans) -> Self {
        match means {
            MotoMeans::Card(card) => Self::Card(card),
            MotoMeans::Wallet(card) => Self::Wallet(card),
            MotoMeans::NetworkToken(card) => Self::NetworkToken(card),
        }
    }
}

purchase_methods!(Sale);
returning_token!(Sale);

impl Sale {
    pub(crate) fn new(means: SaleMeans, class: Class, money: Money, reference: Reference) -> Self {
        let storing = matches!(means, SaleMeans::Storing(_));
        let sale = Self { means, class, money, exemption: None, purchase: Purchase::new(reference) };
        if storing { sale.returning_token() } else { sale }
    }

    /// A sale on the internet. A [`StoringCard`] also asks for the card's token.
    #[must_use]
    pub fn ecom(means: impl Into<SaleMeans>, money: Money, reference: Reference) -> Self {
        Self::new(means.into(), Class::Ecom, money, reference)
    }

    /// A sale by mail or telephone. Cards on file are for the internet only (section 5).
    #[must_use]
    pub fn moto(means: impl Into<MotoMeans>, money: Money, reference: Reference) -> Self {
        Self::new(means.into().into(), Class::Moto, money, reference)
    }

    /// Claims an exemption from strong customer authentication (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn with_exemption(mut self, exemption: SaleExemption) -> Self {
        self.exemption = Some(exemption);
        self
    }

    /// The exemption that is claimed (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn exemption(&self) -> Option<SaleExemption> {
        self.exemption
    }

    /// What is paid with.
    #[must_use]
    pub const fn means(&self) -> &SaleMeans {
        &self.means
    }

    /// Where the cardholder is (`tran_class`).
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }

    /// How much (`tran_amount`, `tran_currency`).
    #[must_use]
    pub const fn money(&self) -> Money {
        self.money
    }
}
