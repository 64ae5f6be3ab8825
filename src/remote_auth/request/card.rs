//! What a cardholder pays with: five ways, each with exactly the parameters that it takes
//! (section 2, notes C1 and C4; section 5).
//!
//! | type | CVV | when |
//! | --- | --- | --- |
//! | [`Card`] | always | the cardholder gives a card, a token or a network token |
//! | [`StoringCard`] | always | the same, and the card is kept for later (card on file, first) |
//! | [`StoredCard`] | never | the cardholder pays with the card that was kept (card on file, subsequent) |
//! | [`WalletCard`] | never | Apple Pay, Google Pay, Samsung Pay and others |
//! | [`NetworkTokenCard`] | never | a network token, on the merchant's initiative |

use super::{Recurrence, WalletKind};
use crate::value::{
    CardNumber, CardToken, Cryptogram, Cvv, Eci, Expiry, FullThreeDs, IssueNumber, PaymentAccountReference,
    StartDate, Tavv, ThreeDs,
};

/// A card's number or the token that stands for it: exactly one of the two (note C1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardOrToken {
    /// The card number (`card_num`).
    Number(CardNumber),
    /// The card token (`card_token`).
    Token(CardToken),
}

impl From<CardNumber> for CardOrToken {
    fn from(number: CardNumber) -> Self {
        Self::Number(number)
    }
}

impl From<CardToken> for CardOrToken {
    fn from(token: CardToken) -> Self {
        Self::Token(token)
    }
}

/// The virtual number that a card scheme gives in a card's place, and the value that proves the
/// right to use it (`network_token=true`, `card_num`, `card_tavv`; section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkToken {
    number: CardNumber,
    tavv: Tavv,
}

impl NetworkToken {
    /// The virtual number and its verification value.
    #[must_use]
    pub const fn new(number: CardNumber, tavv: Tavv) -> Self {
        Self { number, tavv }
    }

    /// The virtual number (`card_num`).
    #[must_use]
    pub const fn number(&self) -> &CardNumber {
        &self.number
    }

    /// The token authentication verification value (`card_tavv`).
    #[must_use]
    pub const fn tavv(&self) -> &Tavv {
        &self.tavv
    }
}

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
/// let authenticated = ThreeDs::v2("2.2.0".parse()?, "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?);
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

    /// Adds the result of 3-D Secure (`acs_…`); an empty one adds nothing.
    #[must_use]
    pub fn with_three_ds(mut self, three_ds: ThreeDs) -> Self {
        self.three_ds = three_ds.unless_empty();
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

/// A card that its holder gives and lets the merchant keep: card on file, first (section 5).
///
/// It is sent with `using_stored_credentials=false`, `tran_recurrence=card`, `return_token=true`
/// and class `ecom`. The token comes among the extras of the reply, from which it can be told where
/// nothing is asked for besides, or only the acquirer reference number: see
/// [`ReturnFlags`](crate::remote_auth::ReturnFlags).
///
/// ```
/// use cashflows_codec::remote_auth::request::{Sale, StoringCard};
/// use cashflows_codec::value::{FullThreeDs, Money};
///
/// let three_ds = FullThreeDs::new(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// );
/// let card = StoringCard::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?, three_ds);
/// let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?);
/// assert!(sale.return_flags().token());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoringCard {
    pub(crate) details: CardDetails,
    pub(crate) cvv: Cvv,
    pub(crate) three_ds: FullThreeDs,
}

impl StoringCard {
    /// A card number, its last valid month, its security code and a complete result of 3-D Secure.
    #[must_use]
    pub fn new(number: CardNumber, expiry: Expiry, cvv: Cvv, three_ds: FullThreeDs) -> Self {
        Self::from_details(CardDetails::new(number, expiry), cvv, three_ds)
    }

    /// Any card, its security code and a complete result of 3-D Secure.
    #[must_use]
    pub const fn from_details(details: CardDetails, cvv: Cvv, three_ds: FullThreeDs) -> Self {
        Self { details, cvv, three_ds }
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
    pub const fn three_ds(&self) -> &FullThreeDs {
        &self.three_ds
    }
}

/// A card that the merchant kept, with which its holder pays again: card on file, subsequent
/// (section 5).
///
/// It is sent with `using_stored_credentials=true`, `tran_recurrence=card` and class `ecom`, and
/// without a security code: nobody may keep one.
///
/// ```
/// use cashflows_codec::remote_auth::request::StoredCard;
/// use cashflows_codec::value::FullThreeDs;
///
/// let three_ds = FullThreeDs::new(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// );
/// let card = StoredCard::token("1000000000030419".parse()?, "1130".parse()?, three_ds);
/// assert_eq!(card.three_ds().three_ds().version(), Some("2.2.0"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCard {
    pub(crate) details: CardDetails,
    pub(crate) three_ds: FullThreeDs,
}

impl StoredCard {
    /// A kept card number, its last valid month and a complete result of 3-D Secure.
    #[must_use]
    pub fn new(number: CardNumber, expiry: Expiry, three_ds: FullThreeDs) -> Self {
        Self::from_details(CardDetails::new(number, expiry), three_ds)
    }

    /// The token that came when the card was kept, the card's last valid month and a complete result
    /// of 3-D Secure.
    #[must_use]
    pub fn token(token: CardToken, expiry: Expiry, three_ds: FullThreeDs) -> Self {
        Self::from_details(CardDetails::new(token, expiry), three_ds)
    }

    /// Any kept card and a complete result of 3-D Secure.
    #[must_use]
    pub const fn from_details(details: CardDetails, three_ds: FullThreeDs) -> Self {
        Self { details, three_ds }
    }

    /// The card.
    #[must_use]
    pub const fn details(&self) -> &CardDetails {
        &self.details
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> &FullThreeDs {
        &self.three_ds
    }
}

/// A card in a wallet, known by the wallet's number for it (section 5).
///
/// ```
/// use cashflows_codec::remote_auth::request::{WalletCard, WalletKind};
///
/// let card = WalletCard::new(
///     WalletKind::GooglePay,
///     "4510400400099005".parse()?,
///     "1130".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
/// )
/// .with_eci("5".parse()?);
/// assert_eq!(card.kind(), WalletKind::GooglePay);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "apple pay")]
#[doc(alias = "google pay")]
#[doc(alias = "samsung pay")]
pub struct WalletCard {
    pub(crate) details: CardDetails,
    pub(crate) kind: WalletKind,
    pub(crate) cryptogram: Cryptogram,
    pub(crate) eci: Option<Eci>,
    pub(crate) recurrence: Option<Recurrence>,
}

impl WalletCard {
    /// The wallet, the number that it gives for the card (DPAN, `card_num`), that number's last
    /// valid month, and the cryptogram of this payment (`acs_cavv`).
    #[must_use]
    pub fn new(kind: WalletKind, number: CardNumber, expiry: Expiry, cryptogram: Cryptogram) -> Self {
        Self { details: CardDetails::new(number, expiry), kind, cryptogram, eci: None, recurrence: None }
    }

    /// Sets the first valid month (`card_start`; legacy).
    #[must_use]
    pub const fn with_start(mut self, start: StartDate) -> Self {
        self.details.start = Some(start);
        self
    }

    /// Sets the issue number (`card_issue`; legacy).
    #[must_use]
    pub fn with_issue(mut self, issue: IssueNumber) -> Self {
        self.details.issue = Some(issue);
        self
    }

    /// Sets the payment account reference (`card_payment_account_reference`) that the wallet gives.
    #[must_use]
    pub fn with_account_reference(mut self, reference: PaymentAccountReference) -> Self {
        self.details.account_reference = Some(reference);
        self
    }

    /// Sets the indicator that the wallet gives (`acs_eci`).
    #[must_use]
    pub const fn with_eci(mut self, eci: Eci) -> Self {
        self.eci = Some(eci);
        self
    }

    /// Says how the payments recur (`tran_recurrence`); overrides the profile's setting.
    #[must_use]
    pub const fn with_recurrence(mut self, recurrence: Recurrence) -> Self {
        self.recurrence = Some(recurrence);
        self
    }

    /// The card, as the wallet knows it: its source is always a number.
    #[must_use]
    pub const fn details(&self) -> &CardDetails {
        &self.details
    }

    /// The wallet (`ewallet_type`).
    #[must_use]
    pub const fn kind(&self) -> WalletKind {
        self.kind
    }

    /// The cryptogram (`acs_cavv`).
    #[must_use]
    pub const fn cryptogram(&self) -> &Cryptogram {
        &self.cryptogram
    }

    /// The indicator that the wallet gives (`acs_eci`).
    #[must_use]
    pub const fn eci(&self) -> Option<Eci> {
        self.eci
    }

    /// How the payments recur (`tran_recurrence`).
    #[must_use]
    pub const fn recurrence(&self) -> Option<Recurrence> {
        self.recurrence
    }
}

/// A network token that is charged on the merchant's initiative, so without a security code
/// (section 5). On the cardholder's initiative it is a [`Card::network_token`].
///
/// ```
/// use cashflows_codec::remote_auth::request::{NetworkToken, NetworkTokenCard, Recurrence};
///
/// let token = NetworkToken::new("4895370012003478".parse()?, "0BE1C7".parse()?);
/// let card = NetworkTokenCard::new(token, "1130".parse()?).with_recurrence(Recurrence::Unscheduled);
/// assert_eq!(card.recurrence(), Some(Recurrence::Unscheduled));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkTokenCard {
    pub(crate) details: CardDetails,
    pub(crate) three_ds: Option<ThreeDs>,
    pub(crate) recurrence: Option<Recurrence>,
}

impl NetworkTokenCard {
    /// A network token and its last valid month.
    #[must_use]
    pub fn new(token: NetworkToken, expiry: Expiry) -> Self {
        Self { details: CardDetails::new(token, expiry), three_ds: None, recurrence: None }
    }

    /// Sets the first valid month (`card_start`; legacy).
    #[must_use]
    pub const fn with_start(mut self, start: StartDate) -> Self {
        self.details.start = Some(start);
        self
    }

    /// Sets the issue number (`card_issue`; legacy).
    #[must_use]
    pub fn with_issue(mut self, issue: IssueNumber) -> Self {
        self.details.issue = Some(issue);
        self
    }

    /// Sets the payment account reference (`card_payment_account_reference`) of the token's card.
    #[must_use]
    pub fn with_account_reference(mut self, reference: PaymentAccountReference) -> Self {
        self.details.account_reference = Some(reference);
        self
    }

    /// Adds the result of 3-D Secure (`acs_…`); an empty one adds nothing.
    #[must_use]
    pub fn with_three_ds(mut self, three_ds: ThreeDs) -> Self {
        self.three_ds = three_ds.unless_empty();
        self
    }

    /// Says how the payments recur (`tran_recurrence`); overrides the profile's setting.
    #[must_use]
    pub const fn with_recurrence(mut self, recurrence: Recurrence) -> Self {
        self.recurrence = Some(recurrence);
        self
    }

    /// The token and its last valid month: the source is always a network token.
    #[must_use]
    pub const fn details(&self) -> &CardDetails {
        &self.details
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
