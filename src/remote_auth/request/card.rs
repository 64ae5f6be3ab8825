//! The card of a sale or a verification, in each of the ways to pay, with exactly the parameters that
//! the way takes (section 2, notes C1 and C4; section 5).
//!
//! | type | CVV | when |
//! | --- | --- | --- |
//! | [`Card`] | always, but for a network token | the cardholder gives a card, a token or a network token |
//! | [`StoringCard`] | the same | the same, and the merchant keeps the card (card on file, first) |
//! | [`StoredCard`] | not written | the cardholder pays with the card that was kept (card on file, subsequent) |
//! | [`WalletCard`](super::WalletCard) | optional | Apple Pay, Google Pay, Samsung Pay and others |
//!
//! A network token on the merchant's initiative is a continuous payment:
//! [`NetworkTokenOrigin`](super::NetworkTokenOrigin).

use super::{CardDetails, CardSource, NetworkToken, Recurrence, WalletCard};
use crate::value::{
    Authentication, CardNumber, CardToken, Cvv, Eci, Expiry, FullThreeDs, PaymentAccountReference, ThreeDs,
};

/// A card that its holder gives, with its security code. A network token may go without (RA-218).
///
/// On the internet the cardholder has to be authenticated. The verification value of a network token
/// does not do that.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, NetworkToken, Recurrence};
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
///
/// let by_token = Card::token("1000000000030419".parse()?, "1130".parse()?, "123".parse()?);
///
/// let token = NetworkToken::new("4895370012003478".parse()?, "0BE1C7".parse()?);
/// let by_network_token = Card::network_token(token, "1130".parse()?);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The result of 3-D Secure (`acs_…`).
    pub three_ds: Option<ThreeDs>,
    /// How the payments recur (`tran_recurrence`).
    pub recurrence: Option<Recurrence>,
    pub(crate) details: CardDetails,
    /// The security code, which only a network token may lack.
    pub(crate) cvv: Option<Cvv>,
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

    /// The scheme's token for a card (`network_token=true`) and its last valid month, on the
    /// cardholder's initiative. The security code is optional: [`with_cvv`](Self::with_cvv).
    #[must_use]
    pub fn network_token(token: NetworkToken, expiry: Expiry) -> Self {
        Self { details: CardDetails::new(token, expiry), cvv: None, three_ds: None, recurrence: None }
    }

    /// A card with all its details, and its security code.
    #[must_use]
    pub const fn from_details(details: CardDetails, cvv: Cvv) -> Self {
        Self { details, cvv: Some(cvv), three_ds: None, recurrence: None }
    }

    /// Sets the security code (`card_cvv`).
    #[must_use]
    #[doc(alias = "cvc")]
    pub fn with_cvv(mut self, cvv: Cvv) -> Self {
        self.cvv = Some(cvv);
        self
    }

    /// Sets the payment account reference (`card_payment_account_reference`).
    #[must_use]
    #[doc(alias = "par")]
    pub fn with_account_reference(mut self, reference: PaymentAccountReference) -> Self {
        self.details.account_reference = Some(reference);
        self
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

    /// A card on file: authenticated in full, with the recurrence `card`.
    fn on_file(self, three_ds: FullThreeDs) -> Self {
        self.with_three_ds(three_ds).with_recurrence(Recurrence::CardOnFile)
    }
}

/// A card that its holder gives and lets the merchant keep: card on file, first (section 5).
///
/// It is sent with `using_stored_credentials=false`, `tran_recurrence=card`, `return_token=true`
/// and class `ecom`. The token comes among the extras of the response. It can be told from them if
/// the request asks for no other extra than the acquirer reference number: see
/// [`ReturnFlags`](crate::remote_auth::ReturnFlags).
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, Sale, StoringCard};
/// use cashflows_codec::value::{FullThreeDs, Money};
///
/// let three_ds = FullThreeDs::new(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// )?;
/// let card = Card::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?);
/// let sale = Sale::ecom(StoringCard::new(card, three_ds), Money::gbp(24_99), "cart-1".parse()?);
/// assert!(sale.options().return_flags.token);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoringCard(pub(crate) Card);

impl StoringCard {
    /// A card and its complete result of 3-D Secure, which takes the place of the card's own.
    #[must_use]
    pub fn new(card: Card, three_ds: FullThreeDs) -> Self {
        Self(card.on_file(three_ds))
    }
}

/// A card that the merchant kept, with which its holder pays again: card on file, subsequent
/// (section 5).
///
/// It is sent with `using_stored_credentials=true`, `tran_recurrence=card` and class `ecom`, and
/// without a security code, which must not be stored. A code that the cardholder entered again is read
/// (RA-205).
///
/// ```
/// use cashflows_codec::remote_auth::request::{CardDetails, StoredCard};
/// use cashflows_codec::value::{CardToken, FullThreeDs};
///
/// let three_ds = FullThreeDs::new(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// )?;
/// let token: CardToken = "1000000000030419".parse()?;
/// let card = StoredCard::new(CardDetails::new(token, "1130".parse()?), three_ds);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCard(pub(crate) Card);

impl StoredCard {
    /// A kept card or the token that came when it was kept, and a complete result of 3-D Secure.
    #[must_use]
    pub fn new(details: CardDetails, three_ds: FullThreeDs) -> Self {
        Self(Card { details, cvv: None, three_ds: None, recurrence: None }.on_file(three_ds))
    }
}

/// The card of a sale or a verification, and how it is used.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, Sale};
/// use cashflows_codec::value::Money;
///
/// let card = Card::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?);
/// let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?);
/// let number = sale.card().number().ok_or("a token")?;
/// assert_eq!((number.first_six(), number.last_four()), ("400000", "0002"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PaymentCard {
    /// A card that the cardholder gives.
    Card(Card),
    /// A card that is to be kept.
    Storing(StoringCard),
    /// A card that was kept.
    Stored(StoredCard),
    /// A card in a wallet.
    Wallet(WalletCard),
}

impl PaymentCard {
    /// The card, or the wallet that it is in.
    pub(crate) const fn card_or_wallet(&self) -> Result<&Card, &WalletCard> {
        match self {
            Self::Card(card) => Ok(card),
            Self::Storing(StoringCard(card)) => Ok(card),
            Self::Stored(StoredCard(card)) => Ok(card),
            Self::Wallet(card) => Err(card),
        }
    }

    /// The number (`card_num`): of the card, or the virtual one of a wallet or a network token.
    #[must_use]
    pub const fn number(&self) -> Option<&CardNumber> {
        match self.card_or_wallet() {
            Ok(card) => card.details.source.number(),
            Err(wallet) => Some(&wallet.details.source),
        }
    }

    /// The acquirer's token (`card_token`).
    #[must_use]
    pub const fn token(&self) -> Option<&CardToken> {
        match self.card_or_wallet() {
            Ok(Card { details: CardDetails { source: CardSource::Token(token), .. }, .. }) => Some(token),
            Ok(_) | Err(_) => None,
        }
    }

    /// The last valid month (`card_expiry`).
    #[must_use]
    pub const fn expiry(&self) -> Expiry {
        match self.card_or_wallet() {
            Ok(card) => card.details.expiry,
            Err(wallet) => wallet.details.expiry,
        }
    }

    /// The security code (`card_cvv`).
    #[must_use]
    #[doc(alias = "cvc")]
    pub const fn cvv(&self) -> Option<&Cvv> {
        match self.card_or_wallet() {
            Ok(card) => card.cvv.as_ref(),
            Err(wallet) => wallet.cvv.as_ref(),
        }
    }

    /// The electronic commerce indicator (`acs_eci`).
    #[must_use]
    pub fn eci(&self) -> Option<Eci> {
        match self.card_or_wallet() {
            Ok(card) => card.three_ds.as_ref().and_then(ThreeDs::eci),
            Err(wallet) => wallet.eci,
        }
    }

    /// How far the cardholder was authenticated: by 3-D Secure, or by the wallet.
    #[must_use]
    pub fn authentication(&self) -> Option<Authentication> {
        match self.card_or_wallet() {
            Ok(card) => card.three_ds.as_ref().and_then(ThreeDs::authentication),
            Err(wallet) => wallet.eci.map(Eci::meaning),
        }
    }
}

macro_rules! payment_cards {
    ($($Card:ident $Variant:ident;)+) => {$(
        impl From<$Card> for PaymentCard {
            fn from(card: $Card) -> Self {
                Self::$Variant(card)
            }
        }
    )+};
}

payment_cards! { Card Card; StoringCard Storing; StoredCard Stored; WalletCard Wallet; }

/// A card that can be used by mail or telephone. Cards on file are for the internet only (section 5).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used by mail or telephone",
    note = "cards on file are for the internet only: `Sale::ecom`, `Verify::ecom`"
)]
pub trait MotoCard: sealed::Sealed + Into<PaymentCard> {}

impl MotoCard for Card {}
impl MotoCard for WalletCard {}

/// A card that can be verified: any but one that was verified before it was kept.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be verified",
    note = "a card that was kept was verified or charged before"
)]
pub trait VerifiableCard: sealed::Sealed + Into<PaymentCard> {}

impl VerifiableCard for Card {}
impl VerifiableCard for StoringCard {}
impl VerifiableCard for WalletCard {}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Card {}
    impl Sealed for super::StoringCard {}
    impl Sealed for super::WalletCard {}
}
