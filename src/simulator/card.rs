//! The documented test cards (section 8), and what is kept of a card with a transaction.

use super::vault::Card;
use crate::value::{Authentication, CardNumber, Cvv, Eci, Expiry};

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
            "5400200400099009" | "5400300400099007" | "8500582600000009" | "5400100400099001"
            | "8500182600000008" => Self::Mastercard,
            "340000000000009" => Self::Amex,
            _ => return None,
        })
    }

    /// Returns true if the brand has the indicator. Visa's are read with a leading zero too, as the gateway has
    /// them.
    pub(super) const fn has_indicator(self, eci: Eci) -> bool {
        match eci {
            Eci::MastercardNone | Eci::MastercardAttempted | Eci::MastercardFull => {
                matches!(self, Self::Mastercard)
            }
            Eci::VisaFull | Eci::VisaAttempted | Eci::VisaNone => matches!(self, Self::Visa),
            Eci::AmexFull | Eci::AmexAttempted | Eci::AmexNone => matches!(self, Self::Amex | Self::Visa),
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

/// Returns true if there may be a card of this number: any that passes the Luhn check.
pub(super) fn may_exist(number: &CardNumber) -> bool {
    number.passes_luhn()
}

/// Returns true if the security code is right. That of a card that is no test card always is.
pub(super) fn is_its_code(cvv: &Cvv, brand: Option<Brand>) -> bool {
    brand.is_none_or(|brand| cvv.secret_str() == brand.cvv())
}

/// The facts of a card that are kept with a transaction. No security code: nobody may keep one.
#[derive(Clone, Debug)]
pub(super) struct CardRecord {
    pub(super) card: Card,
    pub(super) expiry: Expiry,
    /// How far its holder was authenticated, if that was tried.
    pub(super) authentication: Option<Authentication>,
    /// True if the cardholder let the merchant keep it.
    pub(super) stored: bool,
}

impl CardRecord {
    /// Returns true if authentication was at least tried.
    pub(super) fn is_authenticated(&self) -> bool {
        self.authentication.is_some_and(|authentication| authentication != Authentication::None)
    }
}
