//! The cards that the acquirer has seen, and the tokens that stand for them.

use core::fmt;
use std::sync::Arc;

use super::facts::GivenCard;
use super::index::Index;
use crate::secret::Wiped;
use crate::value::{CardNumber, CardToken, Expiry};

/// The number before the first token; the documented one is 1000000000030419.
const TOKENS_FROM: u64 = 1_000_000_000_000_000;

/// A card of the vault. All its clones share one copy of the number, which is wiped with the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    place: usize,
    number: Arc<CardNumber>,
}

impl Card {
    pub(super) fn number(&self) -> &CardNumber {
        &self.number
    }
}

/// A card that a merchant has asked to keep (card on file, section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnFile {
    /// No merchant has.
    Never,
    /// The transactions that were to store it were refused.
    Refused,
    /// It is kept. The expiry is what the last approved request said.
    Kept(Expiry),
}

/// Every card, and the tokens that were given out: one for each card, numbered from 1.
#[derive(Clone, Default)]
pub(super) struct Vault {
    cards: Vec<Known>,
    by_number: Index,
    /// The places of the cards that have a token, by its number.
    tokens: Vec<usize>,
}

#[derive(Clone)]
struct Known {
    card: Card,
    token: Option<u64>,
    /// The expiry that the last request for the token had.
    expiry: Option<Expiry>,
    on_file: OnFile,
}

impl Vault {
    /// The card that a request is about, which is known from now on; `None` for a token that nobody
    /// was given.
    pub(super) fn identify(&mut self, given: GivenCard<'_>) -> Option<Card> {
        match given {
            GivenCard::Number(number) => Some(self.card(number)),
            GivenCard::Token(token) => self.redeem(token),
        }
    }

    fn card(&mut self, number: &CardNumber) -> Card {
        let text = number.secret_str();
        let at = |place: usize| self.cards.get(place).map(|known| &known.card);
        let is_it = |place| at(place).is_some_and(|card| card.number().secret_str() == text);
        if let Some(card) = self.by_number.find(text, is_it).and_then(at) {
            return card.clone();
        }
        let card = Card { place: self.cards.len(), number: Arc::new(number.clone()) };
        self.by_number.push(text);
        self.cards.push(Known { card: card.clone(), token: None, expiry: None, on_file: OnFile::Never });
        card
    }

    fn redeem(&self, token: &CardToken) -> Option<Card> {
        let number: u64 = token.secret_str().parse().ok()?;
        let index = number.checked_sub(TOKENS_FROM + 1)?;
        let place = self.tokens.get(usize::try_from(index).ok()?)?;
        self.cards.get(*place).map(|known| known.card.clone())
    }

    /// The text of the card's token, a new one if it has none. It stands for the card and its expiry.
    pub(super) fn token(&mut self, card: &Card, expiry: Expiry) -> Wiped<String> {
        let known = self.cards.get_mut(card.place);
        let number = known.map_or(0, |known| {
            known.expiry = Some(expiry);
            *known.token.get_or_insert_with(|| {
                self.tokens.push(card.place);
                self.tokens.len() as u64
            })
        });
        Wiped::new((TOKENS_FROM + number).to_string())
    }

    /// The text of the card's token, if it has one.
    pub(super) fn known_token(&self, card: &Card) -> Option<Wiped<String>> {
        let number = self.cards.get(card.place)?.token?;
        Some(Wiped::new((TOKENS_FROM + number).to_string()))
    }

    /// The expiry of the card that a token stands for.
    pub(super) fn expiry(&self, token: &CardToken) -> Option<Expiry> {
        self.cards.get(self.redeem(token)?.place)?.expiry
    }

    pub(super) fn on_file(&self, card: &Card) -> OnFile {
        self.cards.get(card.place).map_or(OnFile::Never, |known| known.on_file)
    }

    /// Notes that a merchant asked to keep the card, and whether that was approved.
    pub(super) fn file(&mut self, card: &Card, expiry: Expiry, approved: bool) {
        let Some(known) = self.cards.get_mut(card.place) else { return };
        known.on_file = match known.on_file {
            _ if approved => OnFile::Kept(expiry),
            OnFile::Never => OnFile::Refused,
            earlier => earlier,
        };
    }
}

/// How many there are: the ledger shows the cards, masked, and tokens are secret.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (cards, tokens) = (self.cards.len(), self.tokens.len());
        f.debug_struct("Vault").field("cards", &cards).field("tokens", &tokens).finish()
    }
}
