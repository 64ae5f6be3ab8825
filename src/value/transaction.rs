//! Ids of a transaction, for the merchant, the gateway, the acquirer and the card scheme.

use arrayvec::ArrayString;

use super::open::Character;
use super::{MaskedText, OpenList, Unlisted, rules};
use crate::error::{InvalidValue, Rule};

text_value! {
    /// The gateway's transaction id (section 3): usually 11 characters, of which two digits, a
    /// letter for the kind, and eight hexadecimal digits. Any id of 1 to 32 ASCII letters and
    /// digits is kept.
    ///
    /// ```
    /// use cashflows_codec::value::{TransactionId, TransactionKind};
    ///
    /// let id: TransactionId = "01V0135F755".parse()?;
    /// assert_eq!(id.kind(), Some(TransactionKind::Void));
    /// assert!(id.names_a_transaction());
    ///
    /// let rejected: TransactionId = "99E5D84B40F".parse()?;
    /// assert!(!rejected.names_a_transaction());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Copy)]
    foreign TransactionId(ArrayString<32>) = "transaction id", |text| rules::alphanumeric(text, 32);
}

impl TransactionId {
    /// The id that a codec has found to be one.
    pub(crate) fn checked(text: &str) -> Self {
        debug_assert!(Self::check(text).is_ok(), "not an id");
        Self(fitting(text))
    }

    /// The kind that the third character tells, after two digits; `None` for an id of another form.
    #[must_use]
    pub fn kind(&self) -> Option<TransactionKind> {
        match self.as_str().as_bytes() {
            [first, second, letter, ..]
                if first.is_ascii_digit() && second.is_ascii_digit() && letter.is_ascii_alphabetic() =>
            {
                Some(TransactionKind::from_letter(char::from(*letter)))
            }
            _ => None,
        }
    }

    /// Returns true if the id names a transaction. One that begins with `99E`, in any case, comes with a
    /// rejected request and names none. Neither do zeros alone, `null`, `nil`, `none`, `undefined`, `nan` and
    /// `na`, in any case.
    #[must_use]
    pub fn names_a_transaction(&self) -> bool {
        let is_of_error = matches!(self.as_str().as_bytes(), [b'9', b'9', b'E' | b'e', ..]);
        !is_of_error && !rules::names_nothing(self.as_str())
    }
}

#[cfg(feature = "simulator")]
impl TransactionId {
    /// The id of the documented form: `01S` and a number give `01S0000002A`.
    pub(crate) fn numbered(prefix: &'static str, number: u32) -> Self {
        Self(written(format_args!("{prefix}{number:08X}")))
    }
}

#[cfg(feature = "simulator")]
impl AuthorisationCode {
    /// Six digits of a number, such as `000042`.
    pub(crate) fn numbered(number: u32) -> Self {
        Self(written(format_args!("{:06}", number % 1_000_000)))
    }
}

/// Text that is known to fit.
fn fitting<const MAX: usize>(text: &str) -> ArrayString<MAX> {
    ArrayString::from(text).unwrap_or_default()
}

/// The same, as it is written.
#[cfg(feature = "simulator")]
fn written<const MAX: usize>(text: core::fmt::Arguments<'_>) -> ArrayString<MAX> {
    use core::fmt::Write;
    let mut written = ArrayString::new();
    let fits = written.write_fmt(text);
    debug_assert!(fits.is_ok(), "longer than the id it is for");
    written
}

/// The kind of transaction of an id: its third character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransactionKind {
    /// `S`
    Sale,
    /// `V`
    Void,
    /// `R`
    Refund,
    /// `P`
    Verification,
    /// Any other letter.
    Unlisted(Unlisted<TransactionKind>),
}

impl OpenList for TransactionKind {
    type Kept = Character;

    fn unlisted(text: &str) -> Result<Unlisted<Self>, InvalidValue> {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(letter), None) if letter.is_ascii_alphabetic() => match Self::from_letter(letter) {
                Self::Unlisted(unlisted) => Ok(unlisted),
                _ => Err(InvalidValue::new("transaction kind", Rule::Listed)),
            },
            _ => Err(InvalidValue::new("transaction kind", Rule::Letter)),
        }
    }
}

impl TransactionKind {
    fn from_letter(letter: char) -> Self {
        match letter {
            'S' => Self::Sale,
            'V' => Self::Void,
            'R' => Self::Refund,
            'P' => Self::Verification,
            other => Self::Unlisted(Unlisted(Character::of_ascii(other))),
        }
    }

    /// The letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Sale => 'S',
            Self::Void => 'V',
            Self::Refund => 'R',
            Self::Verification => 'P',
            Self::Unlisted(Unlisted(letter)) => letter.to_char(),
        }
    }
}

/// The id of an original transaction (`tran_orig_id`, section 2): a [`TransactionId`] that names a
/// transaction, so never `99E…` or `null`.
///
/// ```
/// use cashflows_codec::value::OriginalId;
///
/// assert!("01S0135F74D".parse::<OriginalId>().is_ok());
/// let error = "99E5D84B40F".parse::<OriginalId>().unwrap_err();
/// assert_eq!(error.to_string(), "original transaction id names no transaction");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginalId(TransactionId);

impl OriginalId {
    /// The id as the response that it came from has it.
    #[must_use]
    pub const fn transaction_id(self) -> TransactionId {
        self.0
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<TransactionId> for OriginalId {
    type Error = InvalidValue;

    fn try_from(id: TransactionId) -> Result<Self, Self::Error> {
        if id.names_a_transaction() {
            Ok(Self(id))
        } else {
            Err(InvalidValue::new("original transaction id", Rule::NamesNoTransaction))
        }
    }
}

impl TryFrom<&str> for OriginalId {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        TransactionId::try_from(text)
            .map_err(|error| InvalidValue::new("original transaction id", error.rule()))?
            .try_into()
    }
}

parsed_value!(OriginalId);

impl AsRef<str> for OriginalId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl core::fmt::Display for OriginalId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.as_str())
    }
}

impl core::fmt::Debug for OriginalId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("OriginalId").field(&MaskedText::new(self.as_str()).to_string()).finish()
    }
}

text_value! {
    /// The acquirer reference number (ARN), by which banks trace a payment: 23 digits (section 3).
    #[derive(Copy)]
    open Arn(ArrayString<23>) = "acquirer reference number", |text| rules::digits(text, 23, 23);
}

text_value! {
    /// The card scheme's transaction id: 1 to 32 ASCII letters and digits
    /// (`scheme_transaction_id`, sections 2 and 3). Mastercard's begins with its network's letters
    /// (`MCC6830070529`), Visa's is 15 digits.
    #[derive(Copy)]
    foreign SchemeTransactionId(ArrayString<32>) =
        "scheme transaction id", |text| {
            rules::alphanumeric(text, 32)?;
            rules::require(!rules::names_nothing(text), Rule::NamesNoTransaction)
        };
}

text_value! {
    /// The issuer's authorisation code: 1 to 32 bytes without `|`, control characters, U+FFFD, which stands for
    /// them, and blanks at either end (section 3: `031971`, `AUTHOK`, `116`). `-`, and `null` in any case, stand for no code.
    #[derive(Copy)]
    foreign AuthorisationCode(ArrayString<32>) = "authorisation code", |text| {
        rules::text(text, 32)?;
        rules::require(!text.contains(char::REPLACEMENT_CHARACTER), Rule::ControlCharacter)?;
        rules::require(!text.contains('|'), Rule::Separator)?;
        rules::require(!text.starts_with(' ') && !text.ends_with(' '), Rule::BlankEnds)?;
        rules::require(text != "-" && !text.eq_ignore_ascii_case("null"), Rule::Listed)
    };
}

impl AuthorisationCode {
    /// The most bytes of a code.
    pub(crate) const MAX_BYTES: usize = 32;

    /// The code that a codec has found to be one.
    pub(crate) fn checked(text: &str) -> Self {
        debug_assert!(Self::check(text).is_ok(), "not an authorisation code");
        Self(fitting(text))
    }
}

stored_as_text!(TransactionId, OriginalId, Arn, SchemeTransactionId, AuthorisationCode);
