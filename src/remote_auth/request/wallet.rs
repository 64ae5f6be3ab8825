//! Cards in wallets (section 5).

use super::{CardDetails, Recurrence};
use crate::value::{CardNumber, Cryptogram, Eci, Expiry, IssueNumber, PaymentAccountReference, StartDate};

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
