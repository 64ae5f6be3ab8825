//! The details of a card that every way to pay has.

use crate::value::{
    CardNumber, CardOrToken, CardToken, Expiry, IssueNumber, PaymentAccountReference, StartDate, Tavv,
};

/// A card's number, or a token in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardSource {
    /// The card number (`card_num`).
    Number(CardNumber),
    /// The acquirer's token (`card_token`).
    Token(CardToken),
    /// The scheme's token (`network_token=true`).
    NetworkToken(NetworkToken),
}

impl CardSource {
    /// The number (`card_num`): of the card, or the virtual one of a network token.
    #[must_use]
    pub const fn number(&self) -> Option<&CardNumber> {
        match self {
            Self::Number(number) => Some(number),
            Self::NetworkToken(token) => Some(&token.number),
            Self::Token(_) => None,
        }
    }
}

impl From<CardNumber> for CardSource {
    fn from(number: CardNumber) -> Self {
        Self::Number(number)
    }
}

impl From<CardToken> for CardSource {
    fn from(token: CardToken) -> Self {
        Self::Token(token)
    }
}

impl From<NetworkToken> for CardSource {
    fn from(token: NetworkToken) -> Self {
        Self::NetworkToken(token)
    }
}

impl From<CardOrToken> for CardSource {
    fn from(card: CardOrToken) -> Self {
        match card {
            CardOrToken::Number(number) => Self::Number(number),
            CardOrToken::Token(token) => Self::Token(token),
        }
    }
}

/// The virtual number that a card scheme gives in a card's place, and the value that proves the
/// right to use it (`network_token=true`, `card_num`, `card_tavv`; section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkToken {
    /// The virtual number (`card_num`).
    pub number: CardNumber,
    /// The token authentication verification value (`card_tavv`).
    pub tavv: Tavv,
}

impl NetworkToken {
    /// The virtual number and its verification value.
    #[must_use]
    pub const fn new(number: CardNumber, tavv: Tavv) -> Self {
        Self { number, tavv }
    }
}

/// The details of a card that every way to pay has. Some are of old or tokenised cards only.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, CardDetails};
/// use cashflows_codec::value::CardNumber;
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let mut details = CardDetails::new(number, "1130".parse()?);
/// details.issue = Some("01".parse()?);
/// let card = Card::from_details(details, "123".parse()?);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardDetails<Source = CardSource> {
    /// The card number, token or network token.
    pub source: Source,
    /// The last valid month (`card_expiry`).
    pub expiry: Expiry,
    /// The first valid month (`card_start`; legacy).
    pub start: Option<StartDate>,
    /// The issue number (`card_issue`; legacy).
    pub issue: Option<IssueNumber>,
    /// The payment account reference (`card_payment_account_reference`).
    pub account_reference: Option<PaymentAccountReference>,
}

impl CardDetails {
    /// A card number, token or network token, and its last valid month (`card_expiry`).
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry) -> Self {
        Self::of(source.into(), expiry)
    }
}

impl<Source> CardDetails<Source> {
    pub(super) const fn of(source: Source, expiry: Expiry) -> Self {
        Self { source, expiry, start: None, issue: None, account_reference: None }
    }
}
