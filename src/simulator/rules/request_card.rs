//! The card of a sale or verification as the request gives it, in whichever of the ways of section 5.

use crate::remote_auth::request::{PaymentCard, Recurrence};
use crate::value::{Authentication, Cvv, Eci, Expiry};

/// The facts of a card of any kind that the rules need.
#[derive(Clone, Copy)]
pub(super) struct RequestCard<'a> {
    pub(super) expiry: Expiry,
    pub(super) cvv: Option<&'a Cvv>,
    pub(super) eci: Option<Eci>,
    /// How far the cardholder was authenticated.
    pub(super) authentication: Option<Authentication>,
    /// The recurrence of the request; none where the use implies it.
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
    /// Returns true if the card is on file, now or from now on.
    pub(super) const fn is_on_file(self) -> bool {
        matches!(self, Self::Storing | Self::Stored)
    }
}

impl<'a> From<&'a PaymentCard> for RequestCard<'a> {
    fn from(card: &'a PaymentCard) -> Self {
        let (usage, recurrence) = match card {
            PaymentCard::Card(card) => (CardUse::Entered, card.recurrence),
            PaymentCard::Storing(_) => (CardUse::Storing, None),
            PaymentCard::Stored(_) => (CardUse::Stored, None),
            PaymentCard::Wallet(card) => (CardUse::Wallet, card.recurrence),
        };
        let (expiry, cvv, eci) = (card.expiry(), card.cvv(), card.eci());
        Self { expiry, cvv, eci, authentication: card.authentication(), recurrence, usage }
    }
}
