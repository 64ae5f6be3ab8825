//! The card that a token is asked for.

use crate::value::{CardNumber, CustomerName, Cvv, Expiry};

/// A card that a token is asked for (section 4). No amount is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokenisation {
    /// The number (`cardNumber`).
    pub number: CardNumber,
    /// The last month in which the card is good (`cardExpiryMonth`, `cardExpiryYear`).
    pub expiry: Expiry,
    /// The security code (`cardCvc`).
    #[doc(alias = "cvc")]
    pub cvv: Cvv,
    /// The holder's name (`CardHolderName`). A received card may have none.
    pub holder: Option<CustomerName>,
}

impl Tokenisation {
    /// A card, and what is printed beside its number.
    #[must_use]
    pub const fn new(number: CardNumber, expiry: Expiry, cvv: Cvv, holder: CustomerName) -> Self {
        Self { number, expiry, cvv, holder: Some(holder) }
    }
}
