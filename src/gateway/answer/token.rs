//! A stored card.

use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};
use crate::value::{CardToken, Expiry, TruncatedCardNumber};

/// A stored card: the answer to a tokenisation, and what the list of payment methods shows of a
/// customer's cards (section 5).
///
/// All but the token is kept as it came; each method reads one member of it.
///
/// ```
/// use cashflows_codec::gateway::answer::TokenisedCard;
///
/// let card = TokenisedCard::new("1000000000030419".parse()?)
///     .with_expiry("1021".parse()?)
///     .with_truncated_card_number("400000****0002".parse()?);
/// assert_eq!(card.expiry().map(|expiry| (expiry.month(), expiry.year())), Some((10, 2021)));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenisedCard {
    token: CardToken,
    others: KeptMembers,
}

impl TokenisedCard {
    /// A card of which nothing more is known.
    #[must_use]
    pub fn new(token: CardToken) -> Self {
        Self { token, others: KeptMembers::new() }
    }

    /// Adds when the card expires.
    #[must_use]
    pub fn with_expiry(mut self, expiry: Expiry) -> Self {
        let text = expiry.to_text();
        let (month, year) = text.split_at_checked(2).unwrap_or_default();
        self.others = self.others.with_text("cardExpiryMonth", month).with_text("cardExpiryYear", year);
        self
    }

    /// Adds what the issuer returned.
    #[must_use]
    pub fn with_issuer_return_code(mut self, code: &str) -> Self {
        self.others = self.others.with_text("issuerReturnCode", code);
        self
    }

    /// Adds the ends of the card number.
    #[must_use]
    pub fn with_truncated_card_number(mut self, number: TruncatedCardNumber) -> Self {
        self.others = self.others.with_text("truncatedCardNumber", number.as_str());
        self
    }

    /// The token that stands for the card.
    #[must_use]
    pub const fn token(&self) -> &CardToken {
        &self.token
    }

    /// When the card expires, if month and year, of two digits or four, are there.
    #[must_use]
    pub fn expiry(&self) -> Option<Expiry> {
        let month = self.others.secret_text("cardExpiryMonth")?;
        let year = self.others.secret_text("cardExpiryYear")?;
        let year = year.strip_prefix("20").filter(|short| short.len() == 2).unwrap_or(year);
        format!("{month}{year}").parse().ok()
    }

    /// What the issuer returned.
    #[must_use]
    pub fn issuer_return_code(&self) -> Option<&str> {
        self.others.secret_text("issuerReturnCode")
    }

    /// The ends of the card number, if that is what is there.
    #[must_use]
    pub fn truncated_card_number(&self) -> Option<TruncatedCardNumber> {
        self.others.secret_text("truncatedCardNumber")?.try_into().ok()
    }

    /// All members but the token, as they came.
    #[must_use]
    pub const fn other_members(&self) -> &KeptMembers {
        &self.others
    }
}

impl ReadJson for TokenisedCard {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let token = object.require("token")?.parse_number()?;
        Ok(Self { token, others: KeptMembers::others(object, |name| name == "token") })
    }
}

impl WriteJson for TokenisedCard {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("token", self.token.secret_str());
            self.others.write_into(members);
        });
    }
}
