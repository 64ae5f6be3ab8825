//! Values of single members.

use core::num::NonZeroU64;

use crate::error::Rule;
use crate::value::{Currency, FreeText, rules};

text_value! {
    /// The name of an account: 1 to 255 characters without control characters (the length is ours).
    foreign Username(Box<str>) = "username", |text| rules::text(text, 255);
}

text_value! {
    /// The password of an account: 1 to 255 characters without control characters (the length is ours).
    /// A secret.
    masked AccountPassword = "password", |text| rules::text(text, 255);
}

text_value! {
    /// The token that a login gives: up to 8,192 visible ASCII characters (the length is ours). A
    /// secret. It is sent as `Authorization: Bearer …`.
    masked AccessToken = "access_token", |text| rules::visible_up_to(text, 8_192);
}

text_value! {
    /// The key that a session is asked for with, beside the token, in the header `x-api-key`: up to 255
    /// visible ASCII characters (the length is ours). A secret.
    masked SessionApiKey = "x-api-key", |text| rules::visible_up_to(text, 255);
}

text_value! {
    /// The name of the shop for the page in the browser: up to 255 visible ASCII characters (the length
    /// is ours). Every shopper sees it.
    open ClientKey(Box<str>) = "client_key", |text| rules::visible_up_to(text, 255);
}

text_value! {
    /// The id of a session: up to 255 visible ASCII characters (the length is ours), but neither zeros alone nor a
    /// word for no value, such as `null`. Whoever has it can see the page, so it is masked and wiped.
    masked SessionId = "session_id", |text| {
        rules::visible_up_to(text, 255)?;
        rules::require(!rules::names_nothing(text), Rule::Empty)
    };
}

text_value! {
    /// The shop's own reference of an order, which is to be unique: 1 to 255 characters without control
    /// characters (the length is ours).
    open Reference(Box<str>) = "reference", |text| rules::text(text, 255);
}

text_value! {
    /// The terminal that takes the payment: up to 64 visible ASCII characters (the length is ours).
    open TerminalId(Box<str>) = "terminal_id", |text| rules::visible_up_to(text, 64);
}

word_value! {
    /// The use of the money.
    TransactionType = "transaction_type";
    /// `PURCHASE`: it is taken.
    Purchase = "PURCHASE",
    /// `AUTHORIZE`: it is reserved.
    Authorise = "AUTHORIZE",
}

/// The order that is to be paid, and its amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub(super) reference: Reference,
    pub(super) terminal_id: TerminalId,
    pub(super) currency: Currency,
    pub(super) amount: NonZeroU64,
    pub(super) transaction_type: TransactionType,
    pub(super) description: Option<FreeText>,
}

impl Order {
    /// An order of `amount` of the currency's minor units: 100 is 1.00 EUR.
    #[must_use]
    pub const fn new(
        reference: Reference,
        terminal_id: TerminalId,
        currency: Currency,
        amount: NonZeroU64,
        transaction_type: TransactionType,
    ) -> Self {
        Self { reference, terminal_id, currency, amount, transaction_type, description: None }
    }

    /// Adds what the shopper reads on the page.
    #[must_use]
    pub fn with_description(mut self, description: FreeText) -> Self {
        self.description = Some(description);
        self
    }

    /// The shop's own reference.
    #[must_use]
    pub const fn reference(&self) -> &Reference {
        &self.reference
    }

    /// The terminal that takes the payment.
    #[must_use]
    pub const fn terminal_id(&self) -> &TerminalId {
        &self.terminal_id
    }

    /// The currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The amount, in minor units.
    #[must_use]
    pub const fn amount(&self) -> NonZeroU64 {
        self.amount
    }

    /// The use of the money.
    #[must_use]
    pub const fn transaction_type(&self) -> TransactionType {
        self.transaction_type
    }

    /// The text that the shopper reads on the page.
    #[must_use]
    pub const fn description(&self) -> Option<&FreeText> {
        self.description.as_ref()
    }
}
