//! The result of 3-D Secure: the cardholder was authenticated, or it was tried (section 2, `acs_…`).

use arrayvec::ArrayString;

use super::rules;
use crate::error::{InvalidValue, Rule};

/// `digits.digits.digits`, of which the first are the major version.
fn major_version(text: &str) -> Option<u8> {
    let mut parts = text.split('.');
    let [major, minor, patch] = [parts.next()?, parts.next()?, parts.next()?];
    let number = |part: &str| rules::digits(part, 1, 2).ok().and_then(|()| part.parse::<u8>().ok());
    number(minor).and(number(patch))?;
    if parts.next().is_some() { None } else { number(major) }
}

text_value! {
    /// A version of 3-D Secure 1, such as `1.0.2` (`acs_3dsversion`, section 2).
    #[derive(Copy)]
    open ThreeDsVersion1(ArrayString<8>) = "3-D Secure version", |text|
        rules::require(major_version(text) == Some(1), Rule::ThreeDsVersion);
}

text_value! {
    /// A version of 3-D Secure 2 or later, such as `2.1.0` or `2.2.0` (`acs_3dsversion`, section 2).
    #[derive(Copy)]
    open ThreeDsVersion2(ArrayString<8>) = "3-D Secure version", |text|
        rules::require(major_version(text).is_some_and(|major| major >= 2), Rule::ThreeDsVersion2);
}

word_value! {
    /// The electronic commerce indicator (`acs_eci`, section 2). American Express's have a leading
    /// zero, which is significant.
    Eci = "electronic commerce indicator";
    /// `0`: Mastercard, no authentication.
    MastercardNone = "0",
    /// `1`: Mastercard, attempted authentication.
    MastercardAttempted = "1",
    /// `2`: Mastercard, full authentication.
    MastercardFull = "2",
    /// `5`: Visa, full authentication.
    VisaFull = "5",
    /// `6`: Visa, attempted authentication.
    VisaAttempted = "6",
    /// `7`: Visa, no authentication.
    VisaNone = "7",
    /// `05`: American Express, full authentication.
    AmexFull = "05",
    /// `06`: American Express, attempted authentication.
    AmexAttempted = "06",
    /// `07`: American Express, no authentication.
    AmexNone = "07",
}

/// How far the cardholder was authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Authentication {
    /// Full authentication.
    Full,
    /// Authentication was attempted.
    Attempted,
    /// No authentication.
    None,
}

impl Eci {
    /// What the indicator means.
    ///
    /// ```
    /// use cashflows_codec::value::{Authentication, Eci};
    ///
    /// assert_eq!("5".parse::<Eci>()?.meaning(), Authentication::Full);
    /// assert_eq!("05".parse::<Eci>()?, Eci::AmexFull);
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn meaning(self) -> Authentication {
        match self {
            Self::MastercardFull | Self::VisaFull | Self::AmexFull => Authentication::Full,
            Self::MastercardAttempted | Self::VisaAttempted | Self::AmexAttempted => {
                Authentication::Attempted
            }
            Self::MastercardNone | Self::VisaNone | Self::AmexNone => Authentication::None,
        }
    }
}

text_value! {
    /// The cardholder authentication verification value (CAVV): 28 visible ASCII characters,
    /// usually base64, or 20 for American Express's AEVV (`acs_cavv`, section 2). A secret.
    masked Cavv = "CAVV", |text| rules::visible_either(text, 20, 28);
}

text_value! {
    /// The directory server's transaction id: a UUID of 36 characters, or American Express
    /// Safekey's id of 20 (`acs_dstransid`, section 2).
    open DsTransactionId(Box<str>) = "directory server transaction id", |text| {
        let right = if text.len() == 20 { rules::visible(text).is_ok() } else { is_uuid(text) };
        rules::require(right, Rule::DsTransactionId)
    };
}

/// Whether this is 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

text_value! {
    /// The transaction id of 3-D Secure 1: 28 visible ASCII characters, usually base64 (`acs_xid`,
    /// section 2; legacy).
    open Xid(Box<str>) = "XID", |text| {
        rules::require(text.len() >= 28, Rule::TooShort { min: 28 })?;
        rules::visible_up_to(text, 28)
    };
}

/// The result of 3-D Secure for one payment.
///
/// Version 2 has a directory server transaction id, always; version 1 may name its version or, as
/// integrations of that time do, leave it out.
///
/// ```
/// use cashflows_codec::value::ThreeDs;
///
/// let authenticated = ThreeDs::v2("2.2.0".parse()?, "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?)
///     .with_eci("5".parse()?)
///     .with_cavv("AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?);
/// assert_eq!(authenticated.version(), Some("2.2.0"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[doc(alias = "3ds")]
#[doc(alias = "emv 3ds")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreeDs {
    pub(crate) version: Option<ThreeDsVersion>,
    pub(crate) ds_transaction_id: Option<DsTransactionId>,
    pub(crate) eci: Option<Eci>,
    pub(crate) cavv: Option<Cavv>,
    pub(crate) xid: Option<Xid>,
}

/// A version of either generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ThreeDsVersion {
    One(ThreeDsVersion1),
    Two(ThreeDsVersion2),
}

impl TryFrom<&str> for ThreeDsVersion {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let unreadable = InvalidValue::new("3-D Secure version", Rule::ThreeDsVersion);
        let second = |_| text.try_into().map(Self::Two).map_err(|_: InvalidValue| unreadable);
        ThreeDsVersion1::try_from(text).map(Self::One).or_else(second)
    }
}

impl ThreeDs {
    const fn new(version: Option<ThreeDsVersion>, ds_transaction_id: Option<DsTransactionId>) -> Self {
        Self { version, ds_transaction_id, eci: None, cavv: None, xid: None }
    }

    /// A result of version 1 that does not name its version.
    #[must_use]
    pub const fn v1_unnamed() -> Self {
        Self::new(None, None)
    }

    /// A result of version 1.
    #[must_use]
    pub const fn v1(version: ThreeDsVersion1) -> Self {
        Self::new(Some(ThreeDsVersion::One(version)), None)
    }

    /// A result of version 2.
    #[must_use]
    pub const fn v2(version: ThreeDsVersion2, ds_transaction_id: DsTransactionId) -> Self {
        Self::new(Some(ThreeDsVersion::Two(version)), Some(ds_transaction_id))
    }

    /// The protocol version (`acs_3dsversion`), where it is named.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_ref().map(|version| match version {
            ThreeDsVersion::One(version) => version.as_str(),
            ThreeDsVersion::Two(version) => version.as_str(),
        })
    }

    /// The result, unless nothing is in it.
    pub(crate) fn unless_empty(self) -> Option<Self> {
        Some(self).filter(|three_ds| !three_ds.is_empty())
    }

    /// Whether nothing is in it, so that nothing would be sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { version, ds_transaction_id, eci, cavv, xid } = self;
        version.is_none() && ds_transaction_id.is_none() && eci.is_none() && cavv.is_none() && xid.is_none()
    }
}

impl ThreeDs {
    /// Sets the electronic commerce indicator.
    #[must_use]
    pub fn with_eci(mut self, eci: Eci) -> Self {
        self.eci = Some(eci);
        self
    }

    /// The electronic commerce indicator.
    #[must_use]
    pub const fn eci(&self) -> Option<Eci> {
        self.eci
    }

    /// Sets the cardholder authentication verification value.
    #[must_use]
    pub fn with_cavv(mut self, cavv: Cavv) -> Self {
        self.cavv = Some(cavv);
        self
    }

    /// The cardholder authentication verification value.
    #[must_use]
    pub const fn cavv(&self) -> Option<&Cavv> {
        self.cavv.as_ref()
    }

    /// Sets the directory server's transaction id, or Safekey's.
    #[must_use]
    pub fn with_ds_transaction_id(mut self, ds_transaction_id: DsTransactionId) -> Self {
        self.ds_transaction_id = Some(ds_transaction_id);
        self
    }

    /// The directory server's transaction id, or Safekey's.
    #[must_use]
    pub const fn ds_transaction_id(&self) -> Option<&DsTransactionId> {
        self.ds_transaction_id.as_ref()
    }

    /// Sets the transaction id of version 1.
    #[must_use]
    pub fn with_xid(mut self, xid: Xid) -> Self {
        self.xid = Some(xid);
        self
    }

    /// The transaction id of version 1.
    #[must_use]
    pub const fn xid(&self) -> Option<&Xid> {
        self.xid.as_ref()
    }
}

/// A result of version 2 with nothing missing, as a stored card needs it (section 5).
///
/// ```
/// use cashflows_codec::value::{Authentication, Eci, FullThreeDs};
///
/// let full = FullThreeDs::new(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// );
/// assert_eq!(full.three_ds().eci().map(Eci::meaning), Some(Authentication::Full));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullThreeDs(ThreeDs);

impl FullThreeDs {
    /// Version, indicator, verification value and directory server transaction id.
    #[must_use]
    pub fn new(version: ThreeDsVersion2, eci: Eci, cavv: Cavv, ds_transaction_id: DsTransactionId) -> Self {
        Self(ThreeDs::v2(version, ds_transaction_id).with_eci(eci).with_cavv(cavv))
    }

    /// The result, if it is of version 2 and nothing is missing from it.
    pub(crate) fn complete(three_ds: ThreeDs) -> Option<Self> {
        let ThreeDs { version, ds_transaction_id, eci, cavv, .. } = &three_ds;
        let second = matches!(version, Some(ThreeDsVersion::Two(_)));
        let full = second && ds_transaction_id.is_some() && eci.is_some() && cavv.is_some();
        full.then_some(Self(three_ds))
    }

    /// The result.
    #[must_use]
    pub const fn three_ds(&self) -> &ThreeDs {
        &self.0
    }
}

impl From<FullThreeDs> for ThreeDs {
    fn from(full: FullThreeDs) -> Self {
        full.0
    }
}
