//! Cards in wallets (section 5).

use super::{CardDetails, Recurrence};
use crate::error::InvalidValue;
use crate::value::{
    CardNumber, Cryptogram, Cvv, DsTransactionId, Eci, Expiry, ThreeDsVersion, ThreeDsVersion2, id_goes_with,
};

word_value! {
    /// A wallet (`ewallet_type`, section 2). Case matters.
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

/// A card in a wallet, by the wallet's number for it (section 5).
///
/// The indicator tells how far the wallet authenticated the cardholder. The pages ask for it (RA-068).
/// A request without it tells of no authentication. If the merchant authenticated the cardholder by 3-D
/// Secure 2, as for a card number from Google Pay, the result goes with the card.
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
/// assert_eq!(card.kind, WalletKind::GooglePay);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "apple pay")]
#[doc(alias = "google pay")]
#[doc(alias = "samsung pay")]
pub struct WalletCard {
    /// The card as the wallet knows it, by the number that it gives for the card (DPAN, `card_num`).
    pub details: CardDetails<CardNumber>,
    /// The wallet (`ewallet_type`).
    pub kind: WalletKind,
    /// The cryptogram of this payment (`acs_cavv`).
    pub cryptogram: Cryptogram,
    /// The security code (`card_cvv`).
    pub cvv: Option<Cvv>,
    /// How the payments recur (`tran_recurrence`).
    pub recurrence: Option<Recurrence>,
    pub(crate) eci: Option<Eci>,
    pub(crate) version: Option<ThreeDsVersion>,
    pub(crate) ds_transaction_id: Option<DsTransactionId>,
}

impl WalletCard {
    /// The wallet, the number that it gives for the card (DPAN, `card_num`), that number's last
    /// valid month, and the cryptogram of this payment (`acs_cavv`).
    #[must_use]
    pub const fn new(kind: WalletKind, number: CardNumber, expiry: Expiry, cryptogram: Cryptogram) -> Self {
        Self {
            details: CardDetails::of(number, expiry),
            kind,
            cryptogram,
            cvv: None,
            recurrence: None,
            eci: None,
            version: None,
            ds_transaction_id: None,
        }
    }

    /// Sets the indicator that the wallet gives (`acs_eci`). It replaces a result of
    /// [`with_three_ds2`](Self::with_three_ds2).
    #[must_use]
    pub fn with_eci(mut self, eci: Eci) -> Self {
        self.eci = Some(eci);
        self.version = None;
        self.ds_transaction_id = None;
        self
    }

    /// Sets the result of 3-D Secure 2 beside the cryptogram: version, indicator and directory server
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

    /// The indicator that the wallet gives (`acs_eci`).
    #[must_use]
    pub const fn eci(&self) -> Option<Eci> {
        self.eci
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
}
