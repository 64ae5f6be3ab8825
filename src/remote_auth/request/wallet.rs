//! Cards in wallets (section 5).

use super::{CardDetails, Recurrence};
use crate::error::InvalidValue;
use crate::value::{
    Authentication, CardNumber, Cryptogram, Cvv, DsTransactionId, Eci, Expiry, IssueNumber,
    PaymentAccountReference, StartDate, ThreeDsVersion, ThreeDsVersion2, id_goes_with,
};

word_value! {
    /// Which wallet (`ewallet_type`, section 2); case matters.
    WalletKind = "wallet";
    /// `applepay`
    ApplePay = "applepay",
    /// `googlepay`
    GooglePay = "googlepay",
    /// `samsungpay`
    SamsungPay = "samsungpay",
    /// `other`
    Other = "other",
}

/// A card in a wallet, known by the wallet's number for it (section 5).
///
/// The indicator says how far the wallet authenticated the cardholder. The pages ask for it (RA-068);
/// without it nothing says that there was an authentication. Where the merchant authenticated the
/// cardholder by 3-D Secure 2, as for a card number from Google Pay, the result goes with it.
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
    pub(crate) cvv: Option<Cvv>,
    pub(crate) version: Option<ThreeDsVersion>,
    pub(crate) ds_transaction_id: Option<DsTransactionId>,
    pub(crate) recurrence: Option<Recurrence>,
}

impl WalletCard {
    /// The wallet, the number that it gives for the card (DPAN, `card_num`), that number's last
    /// valid month, and the cryptogram of this payment (`acs_cavv`).
    #[must_use]
    pub fn new(kind: WalletKind, number: CardNumber, expiry: Expiry, cryptogram: Cryptogram) -> Self {
        Self {
            details: CardDetails::new(number, expiry),
            kind,
            cryptogram,
            eci: None,
            cvv: None,
            version: None,
            ds_transaction_id: None,
            recurrence: None,
        }
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

    /// Sets the indicator that the wallet gives (`acs_eci`), in the place of what
    /// [`with_three_ds2`](Self::with_three_ds2) said.
    #[must_use]
    pub fn with_eci(mut self, eci: Eci) -> Self {
        self.eci = Some(eci);
        self.version = None;
        self.ds_transaction_id = None;
        self
    }

    /// Adds the security code (`card_cvv`).
    #[must_use]
    pub fn with_cvv(mut self, cvv: Cvv) -> Self {
        self.cvv = Some(cvv);
        self
    }

    /// Sets what 3-D Secure 2 gave beside the cryptogram: version, indicator and directory server
    /// transaction id (`acs_3dsversion`, `acs_eci`, `acs_dstransid`).
    ///
    /// # Errors
    ///
    /// The length of the id is not that of the indicator's scheme.
    pub fn with_three_ds2(
        mut self,
        version: ThreeDsVersion2,
        eci: Eci,
        ds_transaction_id: DsTransactionId,
    ) -> Result<Self, InvalidValue> {
        id_goes_with(eci, &ds_transaction_id)?;
        self.version = Some(ThreeDsVersion::Two(version));
        self.eci = Some(eci);
        self.ds_transaction_id = Some(ds_transaction_id);
        Ok(self)
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

    /// How far the cardholder was authenticated: as the indicator says. Without one nothing says that
    /// there was an authentication.
    #[must_use]
    pub fn authentication(&self) -> Option<Authentication> {
        self.eci.map(Eci::meaning)
    }

    /// The security code (`card_cvv`).
    #[must_use]
    pub const fn cvv(&self) -> Option<&Cvv> {
        self.cvv.as_ref()
    }

    /// The version of 3-D Secure (`acs_3dsversion`).
    #[must_use]
    pub fn three_ds_version(&self) -> Option<&str> {
        self.version.as_ref().map(ThreeDsVersion::as_str)
    }

    /// The directory server's transaction id (`acs_dstransid`).
    #[must_use]
    pub const fn ds_transaction_id(&self) -> Option<&DsTransactionId> {
        self.ds_transaction_id.as_ref()
    }

    /// How the payments recur (`tran_recurrence`).
    #[must_use]
    pub const fn recurrence(&self) -> Option<Recurrence> {
        self.recurrence
    }
}
