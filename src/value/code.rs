//! Response codes: a family, an internal digit, and a reason.

use core::fmt;

use super::family::digit;
use super::{Family, Reason};
use crate::error::{InvalidValue, Rule};

/// A response code (section 3): a letter, one internal digit, and two digits that with the letter
/// name the reason.
///
/// The internal digit tells which layer failed. It does not change the reason, but what a caller may
/// do next depends on it: `S001` never reached the acquirer, `S201` may have (section 6). The letter is read
/// in any case, and written in upper case.
///
/// ```
/// use cashflows_codec::value::{Family, Reason, ResponseCode};
///
/// let code: ResponseCode = "D102".parse()?;
/// assert_eq!((code.family(), code.internal_digit(), code.number()), (Family::Declined, 1, 2));
/// assert_eq!(code.to_string(), "D102");
/// match code.reason() {
///     Reason::InsufficientFunds => {}
///     other => panic!("{other}"),
/// }
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResponseCode {
    internal_digit: u8,
    reason: Reason,
}

impl ResponseCode {
    /// A reason with its internal digit, 0 to 9.
    ///
    /// # Errors
    ///
    /// The digit is greater than 9.
    pub const fn new(reason: Reason, internal_digit: u8) -> Result<Self, InvalidValue> {
        if internal_digit > 9 {
            return Err(InvalidValue::new("internal digit", Rule::Digit));
        }
        Ok(Self { internal_digit, reason })
    }

    /// A reason with the internal digit 2, as in `V226`, the documented code of an invalid request. With this digit
    /// no code says that the request never reached the acquirer.
    #[must_use]
    pub const fn of(reason: Reason) -> Self {
        Self { internal_digit: 2, reason }
    }

    /// A reason with an internal digit that the compiler checks.
    #[cfg(feature = "simulator")]
    pub(crate) const fn with_digit<const DIGIT: u8>(reason: Reason) -> Self {
        const { assert!(DIGIT <= 9) };
        Self { internal_digit: DIGIT, reason }
    }

    /// The letter.
    #[must_use]
    pub const fn family(self) -> Family {
        self.reason.family()
    }

    /// The first digit.
    #[must_use]
    pub const fn internal_digit(self) -> u8 {
        self.internal_digit
    }

    /// The last two digits.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.reason.number()
    }

    /// The reason, which letter and last two digits name.
    #[must_use]
    pub const fn reason(self) -> Reason {
        self.reason
    }

    /// The code, `D102`, of a listed reason; `unlisted` of any other. For the labels of metrics, of
    /// which there may not be more and more.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let codes = self.reason.codes();
        codes.and_then(|codes| codes.get(usize::from(self.internal_digit))).copied().unwrap_or("unlisted")
    }

    /// Returns true if the cardholder has to be authenticated with 3-D Secure: the issuer asks for it (`Dx49`), the
    /// original payment lacks it (`Vx58`), or this one does (`Vx59`).
    #[must_use]
    pub const fn requires_authentication(self) -> bool {
        matches!(
            self.reason,
            Reason::AuthenticationRequired
                | Reason::OriginalTransactionRequiresThreeDs
                | Reason::EcomRequiresThreeDs
        )
    }

    pub(crate) fn from_wire(text: &[u8]) -> Option<Self> {
        let &[letter, internal, tens, ones] = text else { return None };
        let reason = Reason::from_wire(letter, tens, ones)?;
        Some(Self { internal_digit: digit(internal)?, reason })
    }
}

impl TryFrom<&str> for ResponseCode {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::from_wire(text.as_bytes()).ok_or(InvalidValue::new("response code", Rule::ResponseCode))
    }
}

parsed_value!(ResponseCode);

/// As on the wire: `D102`.
impl fmt::Display for ResponseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:02}", self.family(), self.internal_digit, self.number())
    }
}

impl fmt::Debug for ResponseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResponseCode({self})")
    }
}

stored_as_text!(ResponseCode);
