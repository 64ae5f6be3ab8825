//! The card that a job charges or credits.

use super::{FreeText, JobEci, ThreeDsResult};
use crate::value::{
    CardNumber, CardOrToken, CardToken, Cryptogram, CustomerName, Cvv, DsTransactionId, Expiry,
    ThreeDsVersion2, Xid,
};

/// The card that a job charges (section 4), by its number or a token.
///
/// ```
/// use cashflows_codec::gateway::request::JobCard;
/// use cashflows_codec::value::CardNumber;
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let card = JobCard::new(number, "0530".parse()?, "123".parse()?, "Jon Snow".parse()?);
/// assert!(!format!("{card:?}").contains("4000000000000002"));
///
/// // By mail or telephone, a token needs neither expiry nor security code.
/// let card = JobCard::moto_token("1000000000030419".parse()?);
/// assert_eq!((card.expiry(), card.cvv()), (None, None));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "cvc")]
pub struct JobCard {
    pub(super) source: CardOrToken,
    pub(super) expiry: Option<Expiry>,
    pub(super) cvv: Option<Cvv>,
    pub(super) holder: Option<CustomerName>,
    pub(super) way: CardWay,
}

/// The way in which a card is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardWay {
    /// The gateway asks the holder for 3-D Secure.
    ThreeDs,
    /// The holder ordered by mail or telephone (option `IsMoto`). The result comes at once, without
    /// 3-D Secure.
    Moto,
    /// The merchant authenticated the holder elsewhere. Where the account does not have "External MPI" on, the
    /// gateway may authenticate once more.
    External(ThreeDsResult),
    /// The same without a security code: the card was stored before (option `UsingStoredCredentials`).
    Stored(ThreeDsResult),
    /// The card comes out of a wallet, with a cryptogram in the place of a security code.
    Wallet(Wallet),
}

impl JobCard {
    /// A card that the gateway asks the holder for 3-D Secure with, for which it needs the holder's name.
    #[must_use]
    pub fn new(source: impl Into<CardOrToken>, expiry: Expiry, cvv: Cvv, holder: CustomerName) -> Self {
        Self { cvv: Some(cvv), holder: Some(holder), ..Self::of(source, Some(expiry), CardWay::ThreeDs) }
    }

    /// The same by a token, whose expiry the gateway knows.
    #[must_use]
    pub fn token(token: CardToken, cvv: Cvv, holder: CustomerName) -> Self {
        Self { cvv: Some(cvv), holder: Some(holder), ..Self::of(token, None, CardWay::ThreeDs) }
    }

    /// A card whose holder ordered by mail or telephone.
    #[must_use]
    pub fn moto(source: impl Into<CardOrToken>, expiry: Expiry, cvv: Cvv) -> Self {
        Self { cvv: Some(cvv), ..Self::of(source, Some(expiry), CardWay::Moto) }
    }

    /// The same by a token alone.
    #[must_use]
    pub fn moto_token(token: CardToken) -> Self {
        Self::of(token, None, CardWay::Moto)
    }

    /// A card that was stored before, charged without its security code.
    #[must_use]
    pub fn stored(
        source: impl Into<CardOrToken>,
        expiry: Expiry,
        holder: CustomerName,
        result: ThreeDsResult,
    ) -> Self {
        Self { holder: Some(holder), ..Self::of(source, Some(expiry), CardWay::Stored(result)) }
    }

    /// A card out of a wallet, by the number that the wallet gives.
    #[must_use]
    pub fn wallet(number: CardNumber, expiry: Expiry, wallet: Wallet) -> Self {
        Self::of(number, Some(expiry), CardWay::Wallet(wallet))
    }

    fn of(source: impl Into<CardOrToken>, expiry: Option<Expiry>, way: CardWay) -> Self {
        Self { source: source.into(), expiry, cvv: None, holder: None, way }
    }

    /// Brings along the result of a 3-D Secure authentication that was made elsewhere. A card with its security
    /// code is charged as [`CardWay::External`] then, any other as [`CardWay::Stored`].
    #[must_use]
    pub fn with_three_ds(mut self, result: ThreeDsResult) -> Self {
        self.way = if self.cvv.is_some() { CardWay::External(result) } else { CardWay::Stored(result) };
        self
    }

    /// Sets the holder's name (`CardHolderName`).
    #[must_use]
    pub fn with_holder(mut self, holder: CustomerName) -> Self {
        self.holder = Some(holder);
        self
    }

    /// The number (`CardNumber`) or the token (`Token`).
    #[must_use]
    pub const fn source(&self) -> &CardOrToken {
        &self.source
    }

    /// The last month in which the card is good (`CardExpiryMonth`, `CardExpiryYear`). A card number always
    /// has one; that of a token is known to the gateway.
    #[must_use]
    pub const fn expiry(&self) -> Option<Expiry> {
        self.expiry
    }

    /// The security code (`CardCvc`).
    #[doc(alias = "cvc")]
    #[must_use]
    pub const fn cvv(&self) -> Option<&Cvv> {
        self.cvv.as_ref()
    }

    /// The holder's name (`CardHolderName`). Half of the vendor's samples lack it, so a received card may.
    #[must_use]
    pub const fn holder(&self) -> Option<&CustomerName> {
        self.holder.as_ref()
    }

    /// The way in which the card is charged.
    #[must_use]
    pub const fn way(&self) -> &CardWay {
        &self.way
    }

    /// The kind of job in lower-case words.
    pub(super) const fn kind(&self) -> &'static str {
        match (&self.way, &self.source) {
            (CardWay::ThreeDs, CardOrToken::Number(_)) => "card",
            (CardWay::ThreeDs, CardOrToken::Token(_)) => "token",
            (CardWay::Moto, _) => "moto",
            (CardWay::External(_), _) => "external_3ds",
            (CardWay::Stored(_), _) => "stored_credentials",
            (CardWay::Wallet(_), _) => "wallet",
        }
    }
}

word_value! {
    /// The kind of a wallet (section 4, `EwalletType`).
    JobWalletKind = "wallet type";
    /// `ApplePay`
    ApplePay = "ApplePay",
    /// `GooglePay`
    GooglePay = "GooglePay",
    /// `SamsungPay`
    SamsungPay = "SamsungPay",
    /// `Other`
    Other = "Other",
}

/// The members that a wallet adds to a card (section 4). Those of a 3-D Secure 2 authentication are optional.
///
/// ```
/// use cashflows_codec::gateway::request::{JobCard, JobWalletKind, Wallet};
///
/// let cryptogram = "5dc4a6a39b6730a360e42c3b5f+=".parse()?;
/// let wallet = Wallet::new(JobWalletKind::ApplePay, cryptogram).with_eci("05".parse()?);
/// let card = JobCard::wallet("5400100400099001".parse()?, "1130".parse()?, wallet);
/// assert_eq!(card.cvv(), None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wallet {
    /// The kind of the wallet (`EwalletType`).
    pub kind: JobWalletKind,
    /// The cryptogram (`ThreeDSecureCavv`).
    pub cryptogram: Cryptogram,
    /// The electronic commerce indicator (`ThreeDSecureEci`).
    pub eci: Option<JobEci>,
    /// The version of 3-D Secure (`ThreeDSecureVersion`).
    pub version: Option<ThreeDsVersion2>,
    /// The directory server's transaction id (`ThreeDSecureDSTransId`).
    pub ds_transaction_id: Option<DsTransactionId>,
    /// The transaction id of 3-D Secure 1 (`ThreeDSecureXid`).
    pub xid: Option<Xid>,
    /// Apple's id of the transaction (`ApplePayTransactionIdentifier`).
    pub transaction_id: Option<FreeText>,
}

impl Wallet {
    /// The kind of the wallet, and the cryptogram that it gave.
    #[must_use]
    pub const fn new(kind: JobWalletKind, cryptogram: Cryptogram) -> Self {
        Self {
            kind,
            cryptogram,
            eci: None,
            version: None,
            ds_transaction_id: None,
            xid: None,
            transaction_id: None,
        }
    }

    /// Sets the electronic commerce indicator.
    #[must_use]
    pub const fn with_eci(mut self, eci: JobEci) -> Self {
        self.eci = Some(eci);
        self
    }

    /// Sets version and directory server transaction id of a 3-D Secure 2 authentication.
    #[must_use]
    pub fn with_three_ds(mut self, version: ThreeDsVersion2, ds_transaction_id: DsTransactionId) -> Self {
        self.version = Some(version);
        self.ds_transaction_id = Some(ds_transaction_id);
        self
    }
}

/// A card that money is paid to (type `Credit`, section 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCredit(pub(super) JobCard);

impl JobCredit {
    /// A card number or token, and the holder's name.
    #[must_use]
    pub fn new(source: impl Into<CardOrToken>, expiry: Expiry, holder: CustomerName) -> Self {
        Self(JobCard { holder: Some(holder), ..JobCard::of(source, Some(expiry), CardWay::ThreeDs) })
    }

    /// Sets the security code (`CardCvc`).
    #[doc(alias = "with_cvc")]
    #[must_use]
    pub fn with_cvv(mut self, cvv: Cvv) -> Self {
        self.0.cvv = Some(cvv);
        self
    }

    /// The card. Its [way](JobCard::way) has no meaning.
    #[must_use]
    pub const fn card(&self) -> &JobCard {
        &self.0
    }
}
