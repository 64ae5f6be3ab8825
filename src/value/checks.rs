//! The issuer's checks of the card's CVV and its holder's address.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::stored::{Object, Text};
use crate::error::{InvalidValue, Rule};

open_list! {
    /// The check of the card security code: one digit (section 3). There is no partial match of a
    /// CVV, so 3 is unlisted.
    CvvCheck = "CVV check", character where char::is_ascii_digit, else Digit;
    /// `0`: not checked.
    NotChecked = '0' "not_checked",
    /// `1`: the check was not available.
    Unavailable = '1' "unavailable",
    /// `2`: full match.
    FullMatch = '2' "full_match",
    /// `4`: not matched.
    NotMatched = '4' "not_matched",
    /// `5`: error.
    Error = '5' "error",
}

impl CvvCheck {
    /// The digit on the wire.
    #[must_use]
    pub const fn digit(self) -> char {
        self.character()
    }
}

open_list! {
    /// The check of the address or of the postcode (AVS): one digit (section 3).
    AddressCheck = "address check", character where char::is_ascii_digit, else Digit;
    /// `0`: not checked.
    NotChecked = '0' "not_checked",
    /// `1`: the check was not available.
    Unavailable = '1' "unavailable",
    /// `2`: full match.
    FullMatch = '2' "full_match",
    /// `3`: partial match.
    PartialMatch = '3' "partial_match",
    /// `4`: not matched.
    NotMatched = '4' "not_matched",
    /// `5`: error.
    Error = '5' "error",
}

impl AddressCheck {
    /// The digit on the wire.
    #[must_use]
    pub const fn digit(self) -> char {
        self.character()
    }
}

/// The CVV/AVS field: exactly three digits, for the CVV, the address and the postcode (section 3).
/// Any digit is kept, because failing on one would hide an authorisation.
///
/// ```
/// use cashflows_codec::value::{AddressCheck, Checks, CvvCheck};
///
/// let checks: Checks = "234".parse()?;
/// assert_eq!(checks.cvv(), CvvCheck::FullMatch);
/// assert_eq!(checks.address(), AddressCheck::PartialMatch);
/// assert_eq!(checks.postcode(), AddressCheck::NotMatched);
/// assert_eq!(checks.to_string(), "234");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Checks {
    cvv: CvvCheck,
    address: AddressCheck,
    postcode: AddressCheck,
}

impl Checks {
    /// `000`: nothing was checked.
    pub const NONE: Self =
        Self::new(CvvCheck::NotChecked, AddressCheck::NotChecked, AddressCheck::NotChecked);

    /// The three checks, in their order on the wire.
    #[must_use]
    pub const fn new(cvv: CvvCheck, address: AddressCheck, postcode: AddressCheck) -> Self {
        Self { cvv, address, postcode }
    }

    /// The check of the card security code.
    #[must_use]
    pub const fn cvv(self) -> CvvCheck {
        self.cvv
    }

    /// The check of the address.
    #[must_use]
    pub const fn address(self) -> AddressCheck {
        self.address
    }

    /// The check of the postcode.
    #[must_use]
    pub const fn postcode(self) -> AddressCheck {
        self.postcode
    }

    pub(crate) fn from_wire(text: &[u8]) -> Option<Self> {
        let &[cvv, address, postcode] = text else { return None };
        let address_check = |digit| AddressCheck::try_from(char::from(digit)).ok();
        Some(Self {
            cvv: char::from(cvv).try_into().ok()?,
            address: address_check(address)?,
            postcode: address_check(postcode)?,
        })
    }
}

impl TryFrom<&str> for Checks {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::from_wire(text.as_bytes())
            .ok_or(InvalidValue::new("CVV/AVS checks", Rule::Digits { min: 3, max: 3 }))
    }
}

parsed_value!(Checks);

/// As on the wire: `232`.
impl fmt::Display for Checks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.cvv, self.address, self.postcode)
    }
}

// A check is stored as its word, or, where it has none, as its digit.

impl Serialize for CvvCheck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unlisted(_) => serializer.collect_str(self),
            listed => serializer.serialize_str(listed.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for CvvCheck {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text(|text| match (Self::from_word(text), Self::try_from(text)) {
            (Some(check), _) | (None, Ok(check @ Self::Unlisted(_))) => Ok(check),
            _ => Err(InvalidValue::new("CVV check", Rule::Check)),
        })
        .read(deserializer)
    }
}

impl Serialize for AddressCheck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unlisted(_) => serializer.collect_str(self),
            listed => serializer.serialize_str(listed.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for AddressCheck {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text(|text| match (Self::from_word(text), Self::try_from(text)) {
            (Some(check), _) | (None, Ok(check @ Self::Unlisted(_))) => Ok(check),
            _ => Err(InvalidValue::new("address check", Rule::Check)),
        })
        .read(deserializer)
    }
}

/// Stored as an object of `cvv`, `address` and `postcode`.
impl Serialize for Checks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { cvv, address, postcode } = *self;
        StoredChecks { cvv, address, postcode }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Checks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let StoredChecks { cvv, address, postcode } = Object::read(deserializer)?;
        Ok(Self::new(cvv, address, postcode))
    }
}

#[derive(Serialize, Deserialize)]
struct StoredChecks {
    cvv: CvvCheck,
    address: AddressCheck,
    postcode: AddressCheck,
}
