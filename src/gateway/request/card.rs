//! The card that is charged, in each of the ways in which a job can name one.

use super::{Eci, FreeText, ThreeDsResult};
use crate::value::{
    CardNumber, CardToken, Cryptogram, CustomerName, Cvv, DsTransactionId, Expiry, ThreeDsVersion2, Xid,
};

/// What names the card: its number, or the token that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardSource {
    /// The number (`CardNumber`).
    Number(CardNumber),
    /// The token (`Token`).
    Token(CardToken),
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

/// A card with its security code, whose holder the gateway asks for 3-D Secure (section 4).
///
/// ```
/// use cashflows_codec::gateway::request::Card;
/// use cashflows_codec::value::CardNumber;
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let card = Card::new(number, "0530".parse()?, "123".parse()?, "Jon Snow".parse()?);
/// assert!(!format!("{card:?}").contains("4000000000000002"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub(super) source: CardSource,
    pub(super) expiry: Option<Expiry>,
    pub(super) cvc: Cvv,
    pub(super) holder: Option<CustomerName>,
}

impl Card {
    /// A card number or token, what is printed beside it, and its holder's name, without which there
    /// is no 3-D Secure.
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry, cvc: Cvv, holder: CustomerName) -> Self {
        Self { source: source.into(), expiry: Some(expiry), cvc, holder: Some(holder) }
    }

    /// A card by its token, whose expiry the gateway knows.
    #[must_use]
    pub const fn token(token: CardToken, cvc: Cvv, holder: CustomerName) -> Self {
        Self { source: CardSource::Token(token), expiry: None, cvc, holder: Some(holder) }
    }

    /// The security code (`CardCvc`).
    #[must_use]
    pub const fn cvc(&self) -> &Cvv {
        &self.cvc
    }
}

/// A card whose holder ordered by mail or telephone (option `IsMoto`, section 4): the result comes at
/// once, without 3-D Secure.
///
/// A token needs neither expiry nor security code.
///
/// ```
/// use cashflows_codec::gateway::request::Moto;
///
/// let card = Moto::token("1000000000030419".parse()?);
/// assert_eq!((card.expiry(), card.cvc()), (None, None));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moto {
    pub(super) source: CardSource,
    pub(super) expiry: Option<Expiry>,
    pub(super) cvc: Option<Cvv>,
    pub(super) holder: Option<CustomerName>,
}

impl Moto {
    /// A card number or token, with the expiry and the security code of the card.
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry, cvc: Cvv) -> Self {
        Self { source: source.into(), expiry: Some(expiry), cvc: Some(cvc), holder: None }
    }

    /// A card by its token alone.
    #[must_use]
    pub const fn token(token: CardToken) -> Self {
        Self { source: CardSource::Token(token), expiry: None, cvc: None, holder: None }
    }

    /// Sets the holder's name (`CardHolderName`).
    #[must_use]
    pub fn with_holder(mut self, holder: CustomerName) -> Self {
        self.holder = Some(holder);
        self
    }

    /// The security code (`CardCvc`). A card number always has one.
    #[must_use]
    pub const fn cvc(&self) -> Option<&Cvv> {
        self.cvc.as_ref()
    }
}

/// A card whose holder the merchant has authenticated elsewhere (section 4). Where the account does
/// not have "External MPI" on, the gateway may authenticate once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalThreeDs {
    pub(super) card: Card,
    pub(super) result: ThreeDsResult,
}

impl ExternalThreeDs {
    /// A card, and what came of the authentication.
    #[must_use]
    pub const fn new(card: Card, result: ThreeDsResult) -> Self {
        Self { card, result }
    }

    /// The card.
    #[must_use]
    pub const fn card(&self) -> &Card {
        &self.card
    }

    /// What came of the authentication.
    #[must_use]
    pub const fn result(&self) -> &ThreeDsResult {
        &self.result
    }
}

/// A card that was stored before, charged without its security code (option
/// `UsingStoredCredentials`, section 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCard {
    pub(super) source: CardSource,
    pub(super) expiry: Option<Expiry>,
    pub(super) holder: Option<CustomerName>,
    pub(super) result: ThreeDsResult,
}

impl StoredCard {
    /// A card number or token, its holder's name, and all of the result of 3-D Secure.
    #[must_use]
    pub fn new(
        source: impl Into<CardSource>,
        expiry: Expiry,
        holder: CustomerName,
        result: ThreeDsResult,
    ) -> Self {
        Self { source: source.into(), expiry: Some(expiry), holder: Some(holder), result }
    }

    /// The result of 3-D Secure.
    #[must_use]
    pub const fn result(&self) -> &ThreeDsResult {
        &self.result
    }
}

word_value! {
    /// Which wallet a card comes from (section 4, `EwalletType`).
    WalletKind = "wallet type";
    /// `ApplePay`
    ApplePay = "ApplePay",
    /// `GooglePay`
    GooglePay = "GooglePay",
    /// `SamsungPay`
    SamsungPay = "SamsungPay",
    /// `Other`
    Other = "Other",
}

/// A card out of a wallet (section 4): the number that the wallet gives, and its cryptogram in the
/// place of a security code. It may carry members of a 3-D Secure 2 authentication too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    pub(super) kind: WalletKind,
    pub(super) number: CardNumber,
    pub(super) expiry: Expiry,
    pub(super) holder: Option<CustomerName>,
    pub(super) cryptogram: Cryptogram,
    pub(super) eci: Option<Eci>,
    pub(super) version: Option<ThreeDsVersion2>,
    pub(super) ds_transaction_id: Option<DsTransactionId>,
    pub(super) xid: Option<Xid>,
    pub(super) transaction_id: Option<FreeText>,
}

impl Wallet {
    /// Which wallet, and what it gave.
    #[must_use]
    pub fn new(
        kind: WalletKind,
        number: CardNumber,
        expiry: Expiry,
        cryptogram: Cryptogram,
        eci: Eci,
    ) -> Self {
        Self { eci: Some(eci), ..Self::without_eci(kind, number, expiry, cryptogram) }
    }

    /// The card of a wallet that gave no electronic commerce indicator.
    #[must_use]
    pub const fn without_eci(
        kind: WalletKind,
        number: CardNumber,
        expiry: Expiry,
        cryptogram: Cryptogram,
    ) -> Self {
        Self {
            kind,
            number,
            expiry,
            holder: None,
            cryptogram,
            eci: None,
            version: None,
            ds_transaction_id: None,
            xid: None,
            transaction_id: None,
        }
    }

    /// Sets version and directory server transaction id of a 3-D Secure 2 authentication
    /// (`ThreeDSecureVersion`, `ThreeDSecureDSTransId`).
    #[must_use]
    pub fn with_three_ds(mut self, version: ThreeDsVersion2, ds_transaction_id: DsTransactionId) -> Self {
        self.version = Some(version);
        self.ds_transaction_id = Some(ds_transaction_id);
        self
    }

    /// Sets the transaction id of 3-D Secure 1 (`ThreeDSecureXid`).
    #[must_use]
    pub fn with_xid(mut self, xid: Xid) -> Self {
        self.xid = Some(xid);
        self
    }

    /// Sets the holder's name (`CardHolderName`).
    #[must_use]
    pub fn with_holder(mut self, holder: CustomerName) -> Self {
        self.holder = Some(holder);
        self
    }

    /// Sets Apple's id of the transaction (`ApplePayTransactionIdentifier`).
    #[must_use]
    pub fn with_transaction_id(mut self, id: FreeText) -> Self {
        self.transaction_id = Some(id);
        self
    }

    /// Which wallet (`EwalletType`).
    #[must_use]
    pub const fn kind(&self) -> WalletKind {
        self.kind
    }

    /// The number (`CardNumber`).
    #[must_use]
    pub const fn number(&self) -> &CardNumber {
        &self.number
    }

    /// The last month that it is good for (`CardExpiryMonth`, `CardExpiryYear`).
    #[must_use]
    pub const fn expiry(&self) -> Expiry {
        self.expiry
    }

    /// The holder's name (`CardHolderName`), if there is one.
    #[must_use]
    pub const fn holder(&self) -> Option<&CustomerName> {
        self.holder.as_ref()
    }

    /// The cryptogram (`ThreeDSecureCavv`).
    #[must_use]
    pub const fn cryptogram(&self) -> &Cryptogram {
        &self.cryptogram
    }

    /// The electronic commerce indicator (`ThreeDSecureEci`), if the wallet gave one.
    #[must_use]
    pub const fn eci(&self) -> Option<&Eci> {
        self.eci.as_ref()
    }

    /// The version of 3-D Secure (`ThreeDSecureVersion`), if there was an authentication.
    #[must_use]
    pub const fn version(&self) -> Option<&ThreeDsVersion2> {
        self.version.as_ref()
    }

    /// The directory server's transaction id (`ThreeDSecureDSTransId`), if there was an authentication.
    #[must_use]
    pub const fn ds_transaction_id(&self) -> Option<&DsTransactionId> {
        self.ds_transaction_id.as_ref()
    }

    /// The transaction id of 3-D Secure 1 (`ThreeDSecureXid`), if there is one.
    #[must_use]
    pub const fn xid(&self) -> Option<&Xid> {
        self.xid.as_ref()
    }

    /// Apple's id of the transaction (`ApplePayTransactionIdentifier`), if there is one.
    #[must_use]
    pub const fn transaction_id(&self) -> Option<&FreeText> {
        self.transaction_id.as_ref()
    }
}

/// A card that money is paid to (type `Credit`, section 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    pub(super) source: CardSource,
    pub(super) expiry: Option<Expiry>,
    pub(super) cvc: Option<Cvv>,
    pub(super) holder: Option<CustomerName>,
}

impl Credit {
    /// A card number or token, and its holder's name.
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry, holder: CustomerName) -> Self {
        Self { source: source.into(), expiry: Some(expiry), cvc: None, holder: Some(holder) }
    }

    /// Sets the security code (`CardCvc`).
    #[must_use]
    pub fn with_cvc(mut self, cvc: Cvv) -> Self {
        self.cvc = Some(cvc);
        self
    }

    /// The security code (`CardCvc`), if there is one.
    #[must_use]
    pub const fn cvc(&self) -> Option<&Cvv> {
        self.cvc.as_ref()
    }
}

/// What all those tell whose card a token can stand for.
macro_rules! tell_their_card {
    ($($way:ident)+) => {$(
        impl $way {
            /// The number or the token.
            #[must_use]
            pub const fn source(&self) -> &CardSource {
                &self.source
            }

            /// The last month that it is good for (`CardExpiryMonth`, `CardExpiryYear`). A card number
            /// always has one; of a token the gateway knows it.
            #[must_use]
            pub const fn expiry(&self) -> Option<Expiry> {
                self.expiry
            }

            /// The holder's name (`CardHolderName`), if there is one. Half of the vendor's samples lack
            /// it, so what is received may, whatever is asked for where one is built.
            #[must_use]
            pub const fn holder(&self) -> Option<&CustomerName> {
                self.holder.as_ref()
            }
        }
    )+};
}

tell_their_card! { Card Moto StoredCard Credit }
