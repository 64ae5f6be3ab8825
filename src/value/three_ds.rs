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
    /// The meaning of the indicator.
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

impl Eci {
    /// Returns true if it has one digit, as Visa's and Mastercard's have. American Express's have two.
    const fn has_one_digit(self) -> bool {
        !matches!(self, Self::AmexFull | Self::AmexAttempted | Self::AmexNone)
    }

    /// An indicator of somebody else's request: Mastercard's with a leading zero are read as well.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        match text {
            "00" => Ok(Self::MastercardNone),
            "01" => Ok(Self::MastercardAttempted),
            "02" => Ok(Self::MastercardFull),
            text => Self::try_from(text),
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

/// Returns true if this is 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between.
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

/// The result of 3-D Secure for one payment: how far the cardholder was authenticated, and the proof.
///
/// A result that is made is complete (RA-044, RA-050): full and attempted authentication have their
/// verification value, and version 2 has its directory server transaction id. What goes with an
/// indicator of one digit (Visa, Mastercard) has 28 and 36 characters, what goes with one of two
/// digits (American Express) has 20 (RA-046 to RA-051).
///
/// | the cardholder | made by |
/// | --- | --- |
/// | was authenticated by version 2, or it was attempted | [`v2`](Self::v2), or [`FullThreeDs::new`] |
/// | was authenticated by version 1, or it was attempted | [`v1`](Self::v1) |
/// | was not authenticated, and version 2 says so | [`v2_not_authenticated`](Self::v2_not_authenticated) |
/// | was not authenticated | [`not_authenticated`](Self::not_authenticated) |
///
/// A result that was read is complete as well, but may have an indicator of two digits with lengths of
/// the others.
///
/// ```
/// use cashflows_codec::value::{Eci, ThreeDs};
///
/// let authenticated = ThreeDs::v2(
///     "2.2.0".parse()?,
///     Eci::VisaFull,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// )?;
/// assert_eq!(authenticated.version(), Some("2.2.0"));
///
/// // Visa's indicator does not go with the value of American Express.
/// let error = ThreeDs::v1(Eci::VisaFull, "AAABBZEEBQAAAAAAAAAA".parse()?).unwrap_err();
/// assert_eq!(error.to_string(), "CAVV must have 28 characters with an ECI of one digit");
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

impl ThreeDsVersion {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::One(version) => version.as_str(),
            Self::Two(version) => version.as_str(),
        }
    }
}

impl TryFrom<&str> for ThreeDsVersion {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let unreadable = InvalidValue::new("3-D Secure version", Rule::ThreeDsVersion);
        let second = |_| text.try_into().map(Self::Two).map_err(|_: InvalidValue| unreadable);
        ThreeDsVersion1::try_from(text).map(Self::One).or_else(second)
    }
}

/// The lengths of what proves an authentication: of the verification value, and of the directory
/// server transaction id.
const ONE_DIGIT: [usize; 2] = [28, 36];
const TWO_DIGITS: [usize; 2] = [20, 20];

/// Checks the length of a value that goes with an indicator.
fn length_with(eci: Eci, name: &'static str, length: usize, lengths: [usize; 2]) -> Result<(), InvalidValue> {
    let [one, two] = lengths;
    let (right, digits) = if eci.has_one_digit() { (one, 1) } else { (two, 2) };
    let rule = Rule::LengthWithEci { length: right, digits };
    if length == right { Ok(()) } else { Err(InvalidValue::new(name, rule)) }
}

fn cavv_goes_with(eci: Eci, cavv: &Cavv) -> Result<(), InvalidValue> {
    length_with(eci, Cavv::NAME, cavv.secret_str().len(), [ONE_DIGIT[0], TWO_DIGITS[0]])
}

/// Checks the length of a directory server transaction id that goes with an indicator.
pub(crate) fn id_goes_with(eci: Eci, id: &DsTransactionId) -> Result<(), InvalidValue> {
    length_with(eci, DsTransactionId::NAME, id.as_str().len(), [ONE_DIGIT[1], TWO_DIGITS[1]])
}

/// Checks that an indicator says that there was no authentication.
fn says_none(eci: Eci) -> Result<(), InvalidValue> {
    let rule = Rule::OneOf(&["0", "7", "07"]);
    if eci.meaning() == Authentication::None {
        Ok(())
    } else {
        Err(InvalidValue::new("electronic commerce indicator", rule))
    }
}

impl ThreeDs {
    const EMPTY: Self = Self { version: None, ds_transaction_id: None, eci: None, cavv: None, xid: None };

    /// A result of version 2: the version (`acs_3dsversion`), the indicator (`acs_eci`), the
    /// verification value (`acs_cavv`) and the directory server transaction id (`acs_dstransid`).
    ///
    /// # Errors
    ///
    /// The length of the verification value or of the id is not that of the indicator's scheme.
    pub fn v2(
        version: ThreeDsVersion2,
        eci: Eci,
        cavv: Cavv,
        ds_transaction_id: DsTransactionId,
    ) -> Result<Self, InvalidValue> {
        cavv_goes_with(eci, &cavv)?;
        id_goes_with(eci, &ds_transaction_id)?;
        Ok(FullThreeDs::unchecked(version, eci, cavv, ds_transaction_id).0)
    }

    /// A result of version 1: the indicator (`acs_eci`) and the verification value (`acs_cavv`). The
    /// version need not be named; [`with_xid`](Self::with_xid) adds the transaction id.
    ///
    /// # Errors
    ///
    /// The length of the verification value is not that of the indicator's scheme.
    pub fn v1(eci: Eci, cavv: Cavv) -> Result<Self, InvalidValue> {
        cavv_goes_with(eci, &cavv)?;
        Ok(Self { eci: Some(eci), cavv: Some(cavv), ..Self::EMPTY })
    }

    /// A result that says that the cardholder was not authenticated, by an indicator of no
    /// authentication (`acs_eci`: 7, 0 or 07).
    ///
    /// # Errors
    ///
    /// The indicator is one of full or attempted authentication, which needs its proof.
    pub fn not_authenticated(eci: Eci) -> Result<Self, InvalidValue> {
        says_none(eci)?;
        Ok(Self { eci: Some(eci), ..Self::EMPTY })
    }

    /// The same, of version 2, which has a directory server transaction id all the same
    /// (`acs_3dsversion`, `acs_eci`, `acs_dstransid`).
    ///
    /// # Errors
    ///
    /// The indicator is one of full or attempted authentication, or the length of the id is not that
    /// of the indicator's scheme.
    pub fn v2_not_authenticated(
        version: ThreeDsVersion2,
        eci: Eci,
        ds_transaction_id: DsTransactionId,
    ) -> Result<Self, InvalidValue> {
        id_goes_with(eci, &ds_transaction_id)?;
        let (version, id) = (Some(ThreeDsVersion::Two(version)), Some(ds_transaction_id));
        Ok(Self { version, ds_transaction_id: id, ..Self::not_authenticated(eci)? })
    }

    /// The result, unless nothing is in it.
    pub(crate) fn unless_empty(self) -> Option<Self> {
        Some(self).filter(|three_ds| *three_ds != Self::EMPTY)
    }

    /// Names the version of a result of version 1 (`acs_3dsversion`). A result of version 2 keeps its
    /// own.
    #[must_use]
    pub fn with_version1(mut self, version: ThreeDsVersion1) -> Self {
        if !matches!(self.version, Some(ThreeDsVersion::Two(_))) {
            self.version = Some(ThreeDsVersion::One(version));
        }
        self
    }

    /// Adds the transaction id of version 1 (`acs_xid`).
    #[must_use]
    pub fn with_xid(mut self, xid: Xid) -> Self {
        self.xid = Some(xid);
        self
    }

    /// The protocol version (`acs_3dsversion`), where it is named.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_ref().map(ThreeDsVersion::as_str)
    }

    /// The electronic commerce indicator (`acs_eci`). Only a network token's result can be without one.
    #[must_use]
    pub const fn eci(&self) -> Option<Eci> {
        self.eci
    }

    /// The cardholder authentication verification value (`acs_cavv`).
    #[must_use]
    pub const fn cavv(&self) -> Option<&Cavv> {
        self.cavv.as_ref()
    }

    /// The directory server's transaction id, or Safekey's (`acs_dstransid`).
    #[must_use]
    pub const fn ds_transaction_id(&self) -> Option<&DsTransactionId> {
        self.ds_transaction_id.as_ref()
    }

    /// The transaction id of version 1 (`acs_xid`).
    #[must_use]
    pub const fn xid(&self) -> Option<&Xid> {
        self.xid.as_ref()
    }

    /// How far the cardholder was authenticated: as the indicator says, if the verification value is
    /// there to prove it. Without an indicator nothing was tried.
    #[must_use]
    pub fn authentication(&self) -> Option<Authentication> {
        let proven = self.cavv.is_some();
        self.eci.map(|eci| if proven { eci.meaning() } else { Authentication::None })
    }
}

/// The rule that a value breaks if its length does not go with an indicator of one digit: 20 characters are American
/// Express's (RA-047, RA-049). One of two digits goes with all lengths, since the gateway has `05` on
/// cards of Visa.
pub(crate) fn wrong_length(eci: Option<Eci>, value: &str, right: usize) -> Option<Rule> {
    let wrong = eci.is_some_and(Eci::has_one_digit) && value.len() != right;
    wrong.then_some(Rule::LengthWithEci { length: right, digits: 1 })
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
/// )?;
/// assert_eq!(full.three_ds().eci().map(Eci::meaning), Some(Authentication::Full));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullThreeDs(ThreeDs);

impl FullThreeDs {
    /// Version, indicator, verification value and directory server transaction id.
    ///
    /// # Errors
    ///
    /// As for [`ThreeDs::v2`].
    pub fn new(
        version: ThreeDsVersion2,
        eci: Eci,
        cavv: Cavv,
        ds_transaction_id: DsTransactionId,
    ) -> Result<Self, InvalidValue> {
        ThreeDs::v2(version, eci, cavv, ds_transaction_id).map(Self)
    }

    /// The same, of values that somebody else put together.
    pub(crate) const fn unchecked(
        version: ThreeDsVersion2,
        eci: Eci,
        cavv: Cavv,
        ds_transaction_id: DsTransactionId,
    ) -> Self {
        Self(ThreeDs {
            version: Some(ThreeDsVersion::Two(version)),
            ds_transaction_id: Some(ds_transaction_id),
            eci: Some(eci),
            cavv: Some(cavv),
            xid: None,
        })
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
