//! The card of a sale or verification as the request gives it, in whichever of the ways of section 5.

use crate::remote_auth::request::Recurrence;
use crate::remote_auth::request::{Card, CardDetails, SaleCard, StoringCard, VerifyCard};
use crate::value::{Authentication, Cvv, Eci, Expiry, FullThreeDs};

/// What the rules ask of a card of any kind.
#[derive(Clone, Copy)]
pub(super) struct RequestCard<'a> {
    pub(super) expiry: Expiry,
    pub(super) cvv: Option<&'a Cvv>,
    pub(super) eci: Option<Eci>,
    /// What the request says of it; none where the use implies it.
    pub(super) recurrence: Option<Recurrence>,
    pub(super) usage: CardUse,
}

/// How a card is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CardUse {
    /// The cardholder enters it for this payment.
    Entered,
    /// The cardholder enters it, and lets the merchant keep it.
    Storing,
    /// The cardholder pays with a card that the merchant kept.
    Stored,
    /// It comes from a wallet.
    Wallet,
    /// The merchant charges a network token.
    MerchantInitiated,
}

impl CardUse {
    /// Whether the card is on file, now or from now on.
    pub(super) const fn is_on_file(self) -> bool {
        matches!(self, Self::Storing | Self::Stored)
    }
}

impl RequestCard<'_> {
    /// How far the cardholder was authenticated. A wallet does that by itself, and need not say so.
    pub(super) fn authentication(self) -> Option<Authentication> {
        match (self.usage, self.eci) {
            (_, Some(eci)) => Some(eci.meaning()),
            (CardUse::Wallet, None) => Some(Authentication::Full),
            (_, None) => None,
        }
    }
}

impl<'a> RequestCard<'a> {
    const fn of(details: &'a CardDetails, usage: CardUse) -> Self {
        Self { expiry: details.expiry, cvv: None, eci: None, recurrence: None, usage }
    }

    fn card(card: &'a Card) -> Self {
        let (cvv, recurrence) = (Some(&card.cvv), card.recurrence);
        let eci = card.three_ds.as_ref().and_then(|three_ds| three_ds.eci);
        Self { cvv, eci, recurrence, ..Self::of(&card.details, CardUse::Entered) }
    }

    fn on_file(details: &'a CardDetails, three_ds: &FullThreeDs, usage: CardUse) -> Self {
        Self { eci: three_ds.three_ds().eci, ..Self::of(details, usage) }
    }

    fn storing(card: &'a StoringCard) -> Self {
        let cvv = Some(&card.cvv);
        Self { cvv, ..Self::on_file(&card.details, &card.three_ds, CardUse::Storing) }
    }
}

impl<'a> From<&'a SaleCard> for RequestCard<'a> {
    fn from(card: &'a SaleCard) -> Self {
        match card {
            SaleCard::Card(card) => Self::card(card),
            SaleCard::Storing(card) => Self::storing(card),
            SaleCard::Stored(card) => Self::on_file(&card.details, &card.three_ds, CardUse::Stored),
            SaleCard::Wallet(card) => {
                let (eci, recurrence) = (card.eci, card.recurrence);
                Self { eci, recurrence, ..Self::of(&card.details, CardUse::Wallet) }
            }
            SaleCard::NetworkToken(card) => {
                let eci = card.three_ds.as_ref().and_then(|three_ds| three_ds.eci);
                let recurrence = card.recurrence;
                Self { eci, recurrence, ..Self::of(&card.details, CardUse::MerchantInitiated) }
            }
        }
    }
}

impl<'a> From<&'a VerifyCard> for RequestCard<'a> {
    fn from(card: &'a VerifyCard) -> Self {
        match card {
            VerifyCard::Card(card) => Self::card(card),
            VerifyCard::Storing(card) => Self::storing(card),
        }
    }
}
