//! The card of a sale or verification as the request gives it, in whichever of the ways of section 5.

use crate::remote_auth::request::Recurrence;
use crate::remote_auth::request::{
    Card, CardDetails, NetworkTokenCard, SaleCard, StoredCard, StoringCard, VerifyCard, WalletCard,
};
use crate::value::{Authentication, Cvv, Eci, Expiry, ThreeDs};

/// What the rules ask of a card of any kind.
#[derive(Clone, Copy)]
pub(super) struct RequestCard<'a> {
    pub(super) expiry: Expiry,
    pub(super) cvv: Option<&'a Cvv>,
    pub(super) eci: Option<Eci>,
    /// How far the cardholder was authenticated.
    pub(super) authentication: Option<Authentication>,
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
}

impl CardUse {
    /// Whether the card is on file, now or from now on.
    pub(super) const fn is_on_file(self) -> bool {
        matches!(self, Self::Storing | Self::Stored)
    }
}

impl<'a> RequestCard<'a> {
    const fn of(details: &'a CardDetails, usage: CardUse) -> Self {
        let expiry = details.expiry;
        Self { expiry, cvv: None, eci: None, authentication: None, recurrence: None, usage }
    }

    fn with_three_ds(self, three_ds: Option<&ThreeDs>) -> Self {
        let (eci, authentication) =
            three_ds.map_or((None, None), |three_ds| (three_ds.eci(), three_ds.authentication()));
        Self { eci, authentication, ..self }
    }

    fn card(card: &'a Card) -> Self {
        let (cvv, recurrence) = (Some(&card.cvv), card.recurrence);
        let entered = Self { cvv, recurrence, ..Self::of(&card.details, CardUse::Entered) };
        entered.with_three_ds(card.three_ds.as_ref())
    }

    fn storing(card: &'a StoringCard) -> Self {
        let storing = Self { cvv: card.cvv(), ..Self::of(&card.details, CardUse::Storing) };
        storing.with_three_ds(Some(card.three_ds.three_ds()))
    }

    fn stored(card: &'a StoredCard) -> Self {
        let stored = Self { cvv: card.cvv(), ..Self::of(&card.details, CardUse::Stored) };
        stored.with_three_ds(Some(card.three_ds.three_ds()))
    }

    fn wallet(card: &'a WalletCard) -> Self {
        Self {
            cvv: card.cvv(),
            eci: card.eci,
            authentication: card.authentication(),
            recurrence: card.recurrence,
            ..Self::of(&card.details, CardUse::Wallet)
        }
    }

    /// The cardholder's too: no security code does not make it the merchant's (RA-218).
    fn network_token(card: &'a NetworkTokenCard) -> Self {
        let entered = Self { recurrence: card.recurrence, ..Self::of(&card.details, CardUse::Entered) };
        entered.with_three_ds(card.three_ds.as_ref())
    }
}

impl<'a> From<&'a SaleCard> for RequestCard<'a> {
    fn from(card: &'a SaleCard) -> Self {
        match card {
            SaleCard::Card(card) => Self::card(card),
            SaleCard::Storing(card) => Self::storing(card),
            SaleCard::Stored(card) => Self::stored(card),
            SaleCard::Wallet(card) => Self::wallet(card),
            SaleCard::NetworkToken(card) => Self::network_token(card),
        }
    }
}

impl<'a> From<&'a VerifyCard> for RequestCard<'a> {
    fn from(card: &'a VerifyCard) -> Self {
        match card {
            VerifyCard::Card(card) => Self::card(card),
            VerifyCard::Storing(card) => Self::storing(card),
            VerifyCard::Wallet(card) => Self::wallet(card),
            VerifyCard::NetworkToken(card) => Self::network_token(card),
        }
    }
}
