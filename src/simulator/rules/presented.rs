//! A card as it is shown to the gateway, in whichever of the ways of section 5.

use crate::remote_auth::request::Recurrence;
use crate::remote_auth::request::{Card, CardDetails, CardSource, SaleCard, StoringCard, VerifyCard};
use crate::value::{Authentication, Cvv, Eci, Expiry, FullThreeDs};

/// What the rules ask of a card of any kind.
#[derive(Clone, Copy)]
pub(super) struct Presented<'a> {
    pub(super) source: &'a CardSource,
    pub(super) expiry: Expiry,
    pub(super) cvv: Option<&'a Cvv>,
    pub(super) eci: Option<Eci>,
    /// What the request says, but where the manner says it already.
    pub(super) recurrence: Option<Recurrence>,
    pub(super) manner: Manner,
}

/// In which way a card is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Its holder gives it.
    Plain,
    /// Its holder gives it, to be kept.
    Storing,
    /// Its holder pays with the one that was kept.
    Stored,
    /// It is in a wallet.
    Wallet,
    /// The merchant charges a network token.
    MerchantInitiated,
}

impl Manner {
    /// Whether the card is on file, now or from now on.
    pub(super) const fn is_on_file(self) -> bool {
        matches!(self, Self::Storing | Self::Stored)
    }
}

impl Presented<'_> {
    /// How far the cardholder was authenticated. A wallet does that by itself, and need not say so.
    pub(super) fn authentication(self) -> Option<Authentication> {
        match (self.manner, self.eci) {
            (_, Some(eci)) => Some(eci.meaning()),
            (Manner::Wallet, None) => Some(Authentication::Full),
            (_, None) => None,
        }
    }
}

impl<'a> Presented<'a> {
    const fn of(details: &'a CardDetails, manner: Manner) -> Self {
        let CardDetails { source, expiry, .. } = details;
        Self { source, expiry: *expiry, cvv: None, eci: None, recurrence: None, manner }
    }

    fn card(card: &'a Card) -> Self {
        let (cvv, recurrence) = (Some(&card.cvv), card.recurrence);
        let eci = card.three_ds.as_ref().and_then(|three_ds| three_ds.eci);
        Self { cvv, eci, recurrence, ..Self::of(&card.details, Manner::Plain) }
    }

    fn on_file(details: &'a CardDetails, three_ds: &FullThreeDs, manner: Manner) -> Self {
        Self { eci: three_ds.three_ds().eci, ..Self::of(details, manner) }
    }

    fn storing(card: &'a StoringCard) -> Self {
        let cvv = Some(&card.cvv);
        Self { cvv, ..Self::on_file(&card.details, &card.three_ds, Manner::Storing) }
    }
}

impl<'a> From<&'a SaleCard> for Presented<'a> {
    fn from(card: &'a SaleCard) -> Self {
        match card {
            SaleCard::Card(card) => Self::card(card),
            SaleCard::Storing(card) => Self::storing(card),
            SaleCard::Stored(card) => Self::on_file(&card.details, &card.three_ds, Manner::Stored),
            SaleCard::Wallet(card) => {
                let (eci, recurrence) = (card.eci, card.recurrence);
                Self { eci, recurrence, ..Self::of(&card.details, Manner::Wallet) }
            }
            SaleCard::NetworkToken(card) => {
                let eci = card.three_ds.as_ref().and_then(|three_ds| three_ds.eci);
                let recurrence = card.recurrence;
                Self { eci, recurrence, ..Self::of(&card.details, Manner::MerchantInitiated) }
            }
        }
    }
}

impl<'a> From<&'a VerifyCard> for Presented<'a> {
    fn from(card: &'a VerifyCard) -> Self {
        match card {
            VerifyCard::Card(card) => Self::card(card),
            VerifyCard::Storing(card) => Self::storing(card),
        }
    }
}
