//! A stored card.

use crate::error::Rule;
use crate::media::json::{
    Finding, Findings, JsonError, KeptMembers, Part, ReadJson, Sink, Slot, Value, WriteJson, record,
};
use crate::value::{CardToken, Expiry, TruncatedCardNumber};

/// A stored card: the answer to a tokenisation, and what the list of payment methods shows of a
/// customer's cards (section 5).
///
/// All but the token is kept as it came; each method reads one member of it.
///
/// ```
/// use cashflows_codec::gateway::response::TokenisedCard;
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
    others: OtherMembers,
}

impl TokenisedCard {
    /// A card of which nothing more is known.
    #[must_use]
    pub fn new(token: CardToken) -> Self {
        Self { token, others: OtherMembers::default() }
    }

    /// Adds when the card expires.
    #[must_use]
    pub fn with_expiry(mut self, expiry: Expiry) -> Self {
        let text = expiry.to_text();
        let (month, year) = text.split_at_checked(2).unwrap_or_default();
        self.others = self.others.with("cardExpiryMonth", month).with("cardExpiryYear", year);
        self
    }

    /// Adds what the issuer returned.
    #[must_use]
    pub fn with_issuer_return_code(mut self, code: &str) -> Self {
        self.others = self.others.with("issuerReturnCode", code);
        self
    }

    /// Adds the ends of the card number.
    #[must_use]
    pub fn with_truncated_card_number(mut self, number: TruncatedCardNumber) -> Self {
        self.others = self.others.with("truncatedCardNumber", number.as_str());
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
        let (month, year) = (self.others.month()?, self.others.year()?);
        let year = year.strip_prefix("20").filter(|short| short.len() == 2).unwrap_or(year);
        format!("{month}{year}").parse().ok()
    }

    /// The issuer's return code.
    #[must_use]
    pub fn issuer_return_code(&self) -> Option<&str> {
        self.others.issuer_return_code()
    }

    /// The ends of the card number, if that is what is there.
    #[must_use]
    pub fn truncated_card_number(&self) -> Option<TruncatedCardNumber> {
        self.others.truncated_card_number()
    }

    /// All members but the token, as they came.
    #[must_use]
    pub const fn other_members(&self) -> &KeptMembers {
        self.others.members()
    }

    /// The malformed members, with their places inside of this.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        Findings::of(|findings| self.collect(findings))
    }
}

impl ReadJson for TokenisedCard {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let token = object.require("token")?.parse_number()?;
        Ok(Self {
            token,
            others: OtherMembers(KeptMembers::others(object, |name| name.eq_ignore_ascii_case("token"))),
        })
    }
}

impl WriteJson for TokenisedCard {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("token", self.token.secret_str());
            self.others.members().write_into(members);
        });
    }
}

impl Part for TokenisedCard {
    fn collect(&self, findings: &mut Findings) {
        self.others.collect(findings);
        let is_there = self.others.month().is_some() && self.others.year().is_some();
        if is_there && self.expiry().is_none() {
            findings.malformed("cardExpiryMonth", Rule::MonthYear);
        }
    }
}

record! {
    /// The members of a stored card beside its token.
    struct OtherMembers {
        /// The month in which the card expires.
        number_too "cardExpiryMonth" => month: &str,
        /// The year in which the card expires, of two digits or four.
        number_too "cardExpiryYear" => year: &str,
        /// The issuer's return code.
        "issuerReturnCode" => issuer_return_code: &str,
        /// The ends of the card number.
        "truncatedCardNumber" => truncated_card_number: TruncatedCardNumber,
    }
}
