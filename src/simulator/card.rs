//! The documented test cards (section 8), and what the gateway knows of a card.

use crate::remote_auth::request::{CardOrToken, CardSource};
use crate::secret::Wiped;
use crate::value::Reason;
use crate::value::{Authentication, CardNumber, CardToken, Eci, Expiry};

/// A card scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brand {
    Visa,
    Mastercard,
    Amex,
}

impl Brand {
    /// The brand of a test card. Of any other card it is not known: nothing follows from the digits
    /// of a number (section 8).
    pub(super) fn of(number: &CardNumber) -> Option<Self> {
        Some(match number.secret_str() {
            "4510400400099005" | "4510500400099002" | "4510800400099006" | "4000000000000002"
            | "8400182600000009" | "8400682600000008" | "8400682600011005" => Self::Visa,
            "5200400400099009" | "5400300400099007" | "8500582600000009" | "5400100400099001"
            | "8500182600000008" => Self::Mastercard,
            "340000000000009" => Self::Amex,
            _ => return None,
        })
    }

    /// The brand whose indicator it is.
    pub(super) const fn of_indicator(eci: Eci) -> Self {
        match eci {
            Eci::MastercardNone | Eci::MastercardAttempted | Eci::MastercardFull => Self::Mastercard,
            Eci::VisaFull | Eci::VisaAttempted | Eci::VisaNone => Self::Visa,
            Eci::AmexFull | Eci::AmexAttempted | Eci::AmexNone => Self::Amex,
        }
    }

    /// The security code that all test cards of a brand have.
    pub(super) const fn cvv(self) -> &'static str {
        match self {
            Self::Visa | Self::Mastercard => "123",
            Self::Amex => "1234",
        }
    }
}

/// What is kept of a card with a transaction. No security code: nobody may keep one.
#[derive(Clone, Debug)]
pub(super) struct KnownCard {
    pub(super) number: CardNumber,
    pub(super) expiry: Expiry,
    /// How far its holder was authenticated, if 3-D Secure or a wallet was asked.
    pub(super) authentication: Option<Authentication>,
    /// Whether the cardholder let the merchant keep it.
    pub(super) stored: bool,
}

impl KnownCard {
    /// Whether authentication was at least tried.
    pub(super) fn is_authenticated(&self) -> bool {
        self.authentication.is_some_and(|authentication| authentication != Authentication::None)
    }
}

/// The tokens that the gateway has given out: one for each card, numbered from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Vault(Vec<CardNumber>);

/// The number before the first token; the documented one is 1000000000030419.
const TOKENS_FROM: u64 = 1_000_000_000_000_000;

impl Vault {
    /// The text of the card's token, a new one if it has none.
    pub(super) fn token(&mut self, number: &CardNumber) -> Wiped<String> {
        let place = self.0.iter().position(|kept| kept == number).unwrap_or_else(|| {
            self.0.push(number.clone());
            self.0.len() - 1
        });
        Wiped::new((TOKENS_FROM + 1 + place as u64).to_string())
    }

    fn redeem(&self, token: &CardToken) -> Option<&CardNumber> {
        let number: u64 = token.secret_str().parse().ok()?;
        let place = number.checked_sub(TOKENS_FROM + 1)?;
        self.0.get(usize::try_from(place).ok()?)
    }

    /// The card's number: V06 for a token that nobody was given, or a number that fails the Luhn
    /// check, but for the one test card that does.
    pub(super) fn number(&self, card: &CardOrToken) -> Result<CardNumber, Reason> {
        match card {
            CardOrToken::Number(number) => valid(Some(number)),
            CardOrToken::Token(token) => valid(self.redeem(token)),
        }
    }

    /// The same of a source; a network token's number stands for its card.
    pub(super) fn number_of(&self, source: &CardSource) -> Result<CardNumber, Reason> {
        match source {
            CardSource::Number(number) => valid(Some(number)),
            CardSource::Token(token) => valid(self.redeem(token)),
            CardSource::NetworkToken(token) => valid(Some(token.number())),
        }
    }
}

fn valid(number: Option<&CardNumber>) -> Result<CardNumber, Reason> {
    let valid = |number: &&CardNumber| number.passes_luhn() || Brand::of(number).is_some();
    number.filter(valid).cloned().ok_or(Reason::InvalidCardNumber)
}
