//! A card that is to be stored.

use crate::value::{CardNumber, CustomerName, Cvv, Expiry};

/// A card that a token is asked for (section 4): nothing is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokenisation {
    pub(super) number: CardNumber,
    pub(super) expiry: Expiry,
    pub(super) cvc: Cvv,
    pub(super) holder: Option<CustomerName>,
}

impl Tokenisation {
    /// A card, and what is printed beside its number.
    #[must_use]
    pub const fn new(number: CardNumber, expiry: Expiry, cvc: Cvv, holder: CustomerName) -> Self {
        Self { number, expiry, cvc, holder: Some(holder) }
    }

    /// The number (`cardNumber`).
    #[must_use]
    pub const fn number(&self) -> &CardNumber {
        &self.number
    }

    /// The last month that it is good for (`cardExpiryMonth`, `cardExpiryYear`).
    #[must_use]
    pub const fn expiry(&self) -> Expiry {
        self.expiry
    }

    /// The security code (`cardCvc`).
    #[must_use]
    pub const fn cvc(&self) -> &Cvv {
        &self.cvc
    }

    /// The holder's name (`CardHolderName`). What is received may have none.
    #[must_use]
    pub const fn holder(&self) -> Option<&CustomerName> {
        self.holder.as_ref()
    }
}
