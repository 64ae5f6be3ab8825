//! The result of a 3-D Secure authentication that was made elsewhere.

use arrayvec::ArrayString;

use crate::value::{Authentication, Cavv, DsTransactionId, ThreeDsVersion2, Xid, rules};

text_value! {
    /// The electronic commerce indicator as the gateway has it: two digits (section 4,
    /// `ThreeDSecureEci`).
    ///
    /// ```
    /// use cashflows_codec::gateway::request::JobEci;
    /// use cashflows_codec::value::Authentication;
    ///
    /// assert_eq!("05".parse::<JobEci>()?.meaning(), Some(Authentication::Full));
    /// assert!("5".parse::<JobEci>().is_err());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Copy)]
    open JobEci(ArrayString<2>) = "electronic commerce indicator", |text| rules::digits(text, 2, 2);
}

impl JobEci {
    /// Returns how far the cardholder was authenticated, if a card scheme documents the indicator.
    #[must_use]
    pub fn meaning(&self) -> Option<Authentication> {
        match self.as_str() {
            "02" | "05" => Some(Authentication::Full),
            "01" | "06" => Some(Authentication::Attempted),
            "00" | "07" => Some(Authentication::None),
            _ => None,
        }
    }
}

/// The result of 3-D Secure that the merchant brings along, all four parts of it (section 4).
///
/// ```
/// use cashflows_codec::gateway::request::ThreeDsResult;
///
/// let result = ThreeDsResult::new(
///     "2.2.0".parse()?,
///     "5dc4a6a39b6730a360e42c3b5f+=".parse()?,
///     "02".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// );
/// assert!(!format!("{result:?}").contains("5dc4a6a3"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ThreeDsResult {
    /// The version of 3-D Secure (`ThreeDSecureVersion`).
    pub version: ThreeDsVersion2,
    /// The cardholder authentication verification value (`ThreeDSecureCavv`).
    pub cavv: Cavv,
    /// The electronic commerce indicator (`ThreeDSecureEci`).
    pub eci: JobEci,
    /// The directory server's transaction id (`ThreeDSecureDSTransId`).
    pub ds_transaction_id: DsTransactionId,
    /// The transaction id of version 1 (`ThreeDSecureXid`).
    pub xid: Option<Xid>,
}

impl ThreeDsResult {
    /// Version, verification value, indicator, and the directory server's transaction id.
    #[must_use]
    pub const fn new(
        version: ThreeDsVersion2,
        cavv: Cavv,
        eci: JobEci,
        ds_transaction_id: DsTransactionId,
    ) -> Self {
        Self { version, cavv, eci, ds_transaction_id, xid: None }
    }

    /// Sets the transaction id of version 1 (`ThreeDSecureXid`).
    #[must_use]
    pub fn with_xid(mut self, xid: Xid) -> Self {
        self.xid = Some(xid);
        self
    }
}
