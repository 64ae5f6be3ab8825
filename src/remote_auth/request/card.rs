//! What a cardholder pays with: five ways, each with exactly the parameters that it takes
//! (section 2, notes C1 and C4; section 5).
//!
//! | type | CVV | when |
//! | --- | --- | --- |
//! | [`Card`] | always | the cardholder gives a card, a token or a network token |
//! | [`StoringCard`](super::StoringCard) | but for a network token | the same, and the card is kept for later (card on file, first) |
//! | [`StoredCard`](super::StoredCard) | not written | the cardholder pays with the card that was kept (card on file, subsequent) |
//! | [`WalletCard`](super::WalletCard) | optional | Apple Pay, Google Pay, Samsung Pay and others |
//! | [`NetworkTokenCard`](super::NetworkTokenCard) | never | the cardholder pays with a network token |
//!
//! A network token on the merchant's initiative is a continuous payment:
//! [`NetworkTokenOrigin`](super::NetworkTokenOrigin).

use super::{NetworkToken, Recurrence};
use crate::value::{
    CardNumber, CardOrToken, CardToken, Cvv, Expiry, IssueNumber, PaymentAccountReference, StartDate, ThreeDs,
};

/// What stands for the card: its number, a token, or a network token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardSource {
    /// The card number (`card_num`).
    Number(CardNumber),
    /// The acquirer's token (`card_token`).
    Token(CardToken),
    /// The scheme's token (`network_token=true`).
    NetworkToken(NetworkToken),
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

/// What every way to pay says of the card: what stands for it, its last valid month, and what only
/// old or tokenised cards have.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, CardDetails};
/// use cashflows_codec::value::CardNumber;
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let details = CardDetails::new(number, "1130".parse()?).with_issue("01".parse()?);
/// let card = Card::from_details(details, "123".parse()?);
/// assert_eq!(card.details().issue().map(|issue| issue.as_str()), Some("01"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardDetails {
    pub(crate) source: CardSource,
    pub(crate) expiry: Expiry,
    pub(crate) start: Option<StartDate>,
    pub(crate) issue: Option<IssueNumber>,
    pub(crate) account_reference: Option<PaymentAccountReference>,
}

impl CardDetails {
    /// A card number, token or network token, and its last valid month (`card_expiry`).
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry) -> Self {
        Self { source: source.into(), expiry, start: None, issue: None, account_reference: None }
    }

    /// Sets the first valid month (`card_start`; legacy).
    #[must_use]
    pub const fn with_start(mut self, start: StartDate) -> Self {
        self.start = Some(start);
        self
    }

    /// Sets the issue number (`card_issue`; legacy).
    #[must_use]
    pub fn with_issue(mut self, issue: IssueNumber) -> Self {
        self.issue = Some(issue);
        self
    }

    /// Sets the payment account reference (`card_payment_account_reference`).
    #[must_use]
    pub fn with_account_reference(mut self, reference: PaymentAccountReference) -> Self {
        self.account_reference = Some(reference);
        self
    }

    /// What stands for the card.
    #[must_use]
    pub const fn source(&self) -> &CardSource {
        &self.source
    }

    /// The last valid month (`card_expiry`).
    #[must_use]
    pub const fn expiry(&self) -> Expiry {
        self.expiry
    }

    /// The first valid month (`card_start`).
    #[must_use]
    pub const fn start(&self) -> Option<StartDate> {
        self.start
    }

    /// The issue number (`card_issue`).
    #[must_use]
    pub const fn issue(&self) -> Option<&IssueNumber> {
        self.issue.as_ref()
    }

    /// The payment account reference (`card_payment_account_reference`).
    #[must_use]
    pub const fn account_reference(&self) -> Option<&PaymentAccountReference> {
        self.account_reference.as_ref()
    }
}

/// A card that its holder gives, with its security code.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, Recurrence};
/// use cashflows_codec::value::ThreeDs;
///
/// let authenticated = ThreeDs::v2(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// )?;
/// let card = Card::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?)
///     .with_three_ds(authenticated)
///     .with_recurrence(Recurrence::Single);
/// assert_eq!(card.details().expiry().year(), 2030);
///
/// let by_token = Card::token("1000000000030419".parse()?, "1130".parse()?, "123".parse()?);
/// assert_ne!(card, by_token);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub(crate) details: CardDetails,
    pub(crate) cvv: Cvv,
    pub(crate) three_ds: Option<ThreeDs>,
    pub(crate) recurrence: Option<Recurrence>,
}

impl Card {
    /// A card number (`card_num`), its last valid month (`card_expiry`) and its security code
    /// (`card_cvv`).
    #[must_use]
    #[doc(alias = "pan")]
    pub fn new(number: CardNumber, expiry: Expiry, cvv: Cvv) -> Self {
        Self::from_details(CardDetails::new(number, expiry), cvv)
    }

    /// The acquirer's token for a card (`card_token`), the card's last valid month and its security
    /// code.
    #[must_use]
    pub fn token(token: CardToken, expiry: Expiry, cvv: Cvv) -> Self {
        Self::from_details(CardDetails::new(token, expiry), cvv)
    }

    /// The scheme's token for a card (`network_token=true`) on the cardholder's initiative, with the
    /// security code that the cardholder gave.
    #[must_use]
    pub fn network_token(token: NetworkToken, expiry: Expiry, cvv: Cvv) -> Self {
        Self::from_details(CardDetails::new(token, expiry), cvv)
    }

    /// A card of which there is more to say, and its security code.
    #[must_use]
    pub const fn from_details(details: CardDetails, cvv: Cvv) -> Self {
        Self { details, cvv, three_ds: None, recurrence: None }
    }

    /// Adds the result of 3-D Secure (`acs_…`).
    #[must_use]
    pub fn with_three_ds(mut self, three_ds: impl Into<ThreeDs>) -> Self {
        self.three_ds = Some(three_ds.into());
        self
    }

    /// Says how the payments recur (`tran_recurrence`); overrides the profile's setting.
    #[must_use]
    pub const fn with_recurrence(mut self, recurrence: Recurrence) -> Self {
        self.recurrence = Some(recurrence);
        self
    }

    /// The card.
    #[must_use]
    pub const fn details(&self) -> &CardDetails {
        &self.details
    }

    /// The card security code (`card_cvv`).
    #[must_use]
    pub const fn cvv(&self) -> &Cvv {
        &self.cvv
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> Option<&ThreeDs> {
        self.three_ds.as_ref()
    }

    /// How the payments recur (`tran_recurrence`).
    #[must_use]
    pub const fn recurrence(&self) -> Option<Recurrence> {
        self.recurrence
    }
}
