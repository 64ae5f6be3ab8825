//! Every public error. Each names a place and a rule, and never holds a value.
//!
//! They are split by blame: [`InvalidValue`] is the caller's, [`DecodeError`] and
//! [`RequestError`] are the peer's, [`LimitExceeded`] is nobody's, [`DigestMismatch`] is a matter
//! between the two.

use core::fmt;
use core::time::Duration;

use thiserror::Error;

use crate::parameter::{OperationKind, Parameter, Secrecy};
use crate::response::ReturnFlags;

/// The rule that a value breaks.
///
/// `Display` says it in words that follow a parameter's name: "must be 12 to 19 digits".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Rule {
    /// The parameter is mandatory here and absent or empty.
    #[error("is mandatory")]
    Missing,
    /// The parameter is mandatory because of another one.
    #[error("is mandatory with {0}")]
    MissingWith(Parameter),
    /// One of two parameters has to be there.
    #[error("is mandatory where {0} is absent")]
    MissingWithout(Parameter),
    /// This operation does not take the parameter.
    #[error("must be absent from a {0} request")]
    NotIn(OperationKind),
    /// The parameter contradicts another one.
    #[error("must be absent with {0}")]
    NotWith(Parameter),
    /// The parameter says nothing without another one.
    #[error("must be absent without {0}")]
    NotWithout(Parameter),
    /// The parameter stands in the body more than once.
    #[error("appears more than once")]
    Duplicate,
    /// A `%` is not followed by two hexadecimal digits.
    #[error("has an invalid percent escape")]
    PercentEscape,
    /// The bytes, after percent-decoding, are not UTF-8.
    #[error("is not valid UTF-8")]
    Utf8,
    /// Nothing where something has to be.
    #[error("must not be empty")]
    Empty,
    /// Too few characters.
    #[error("must have at least {min} characters")]
    TooShort {
        /// The fewest characters allowed.
        min: usize,
    },
    /// Too many characters.
    #[error("must have at most {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// The length is none of the allowed ones.
    #[error("must have {short} or {long} characters")]
    EitherLength {
        /// The shorter allowed length.
        short: usize,
        /// The longer allowed length.
        long: usize,
    },
    /// Not digits only, or too few or too many of them.
    #[error("must be {} digits", Count(*.min, *.max))]
    Digits {
        /// The fewest digits allowed.
        min: usize,
        /// The most digits allowed.
        max: usize,
    },
    /// A number that is too large.
    #[error("must be a number of 0 to {max}")]
    AtMost {
        /// The largest number allowed.
        max: usize,
    },
    /// Not four digits `MMYY` with a month of 01 to 12.
    #[error("must be MMYY with a month of 01 to 12")]
    MonthYear,
    /// Not eight digits `YYYYMMDD` that are a day of the calendar.
    #[error("must be a calendar date as YYYYMMDD")]
    Date,
    /// Not digits, a point and exactly two more digits.
    #[error("must be digits with exactly two decimals and nothing else, such as 24.99")]
    Amount,
    /// An amount greater than this crate can hold.
    #[error("is too large an amount")]
    AmountOverflow,
    /// Not an ISO 4217 code in upper case.
    #[error("must be an ISO 4217 currency code, such as GBP")]
    Currency,
    /// Not an ISO 3166-1 alpha-2 code in upper case.
    #[error("must be an ISO 3166-1 alpha-2 country code, such as GB")]
    Country,
    /// Not four decimal numbers of 0 to 255 with points between.
    #[error("must be an IPv4 address, such as 192.0.2.1")]
    Ipv4,
    /// Not an e-mail address.
    #[error("must be an e-mail address")]
    Email,
    /// A control character, or a line break where none may stand.
    #[error("must not contain control characters")]
    ControlCharacter,
    /// Something other than ASCII letters and digits.
    #[error("must be ASCII letters and digits only")]
    Alphanumeric,
    /// Something other than visible ASCII characters, or the field separator `|`.
    #[error("must be visible ASCII characters without |")]
    VisibleAscii,
    /// Something other than letters and `-`.
    #[error("must be letters and - only")]
    Letters,
    /// Something other than letters, digits and space.
    #[error("must be letters, digits and spaces only")]
    LettersDigitsSpaces,
    /// Something other than ASCII letters, digits, `/` and `-`.
    #[error("must be ASCII letters, digits, / and - only")]
    AccountNumber,
    /// A full card number where only its first six and last four digits may stand.
    #[error("must not be a full card number")]
    FullCardNumber,
    /// Something other than hexadecimal digits, two a byte.
    #[error("must be hexadecimal digits, two for each byte")]
    Hexadecimal,
    /// Not 64 hexadecimal digits in lower case.
    #[error("must be 64 hexadecimal digits in lower case")]
    Sha256,
    /// Not a UUID of 36 characters.
    #[error("must be a UUID of 36 characters, or 20 visible ASCII characters for American Express")]
    DsTransactionId,
    /// Not a 3-D Secure version such as `2.1.0`.
    #[error("must be a 3-D Secure version, such as 2.1.0")]
    ThreeDsVersion,
    /// Not a version of 3-D Secure 2 or later.
    #[error("must be a version of 3-D Secure 2, such as 2.1.0")]
    ThreeDsVersion2,
    /// A `:`, which separates the sections of the credit digest.
    #[error("must not contain a colon")]
    Colon,
    /// A `|` or a line break, which would end the field of a response.
    #[error("must not contain | or control characters")]
    Separator,
    /// An id such as `99E…`, which comes with a rejected request and names no transaction.
    #[error("names no transaction")]
    NamesNoTransaction,
    /// Not a plain file name that ends in `.csv` or `.txt`.
    #[error("must end in .csv or .txt and contain neither /, \\ nor quotes")]
    FileName,
    /// Not a boundary of RFC 2046.
    #[error("must be 1 to 70 letters, digits, spaces and '()+_,-./:=?, the last not a space")]
    Boundary,
    /// A multipart boundary that stands in the very data it has to set apart.
    #[error("must not occur in the data")]
    BoundaryInData,
    /// Not a word of ASCII letters, digits, `_`, `-` and `.`.
    #[error("must be 1 to 32 letters, digits, _, - and .")]
    Word,
    /// Not one of the listed words.
    #[error("must be one of: {}", Words(.0))]
    OneOf(&'static [&'static str]),
    /// Not one ASCII letter.
    #[error("must be one ASCII letter")]
    Letter,
    /// Not one digit.
    #[error("must be one digit")]
    Digit,
    /// Not a letter and three digits.
    #[error("must be a letter and three digits, such as D102")]
    ResponseCode,
    /// Not a letter and two digits.
    #[error("must be a letter and two digits, such as D02")]
    Reason,
    /// Neither the word of a check nor a digit that has no word.
    #[error("must be a word such as full_match, or an unlisted digit")]
    Check,
    /// More of them than a message can carry.
    #[error("must be at most {max} in number")]
    TooMany {
        /// The most that are allowed.
        max: usize,
    },
    /// A listed value where only an unlisted one may stand.
    #[error("is listed and has a name of its own")]
    Listed,
}

/// "23" or "12 to 19".
struct Count(usize, usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(min, max) = self;
        if min == max { min.fmt(f) } else { write!(f, "{min} to {max}") }
    }
}

/// Words with commas between.
struct Words<'a>(&'a [&'a str]);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(word)?;
        }
        Ok(())
    }
}

/// A value that its type refuses: the caller's error.
///
/// ```
/// use cashflows_codec::value::{CardNumber, Expiry};
///
/// let error = "1326".parse::<Expiry>().unwrap_err();
/// assert_eq!(error.to_string(), "card_expiry must be MMYY with a month of 01 to 12");
/// assert_eq!(error.name(), "card_expiry");
///
/// // The value itself is never part of the error.
/// let error = CardNumber::try_from("4510 4004 0009 9005").unwrap_err();
/// assert_eq!(error.to_string(), "card_num must be 12 to 19 digits");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("{name} {rule}")]
pub struct InvalidValue {
    name: &'static str,
    rule: Rule,
}

impl InvalidValue {
    pub(crate) const fn new(name: &'static str, rule: Rule) -> Self {
        Self { name, rule }
    }

    /// What the value is: the name of the wire parameter that carries it (`card_num`), or, for
    /// what no request carries, the protocol's word for it (`authorisation code`).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The rule that the value breaks.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }
}

/// The name of a parameter in a body: one that the table knows, or one that it does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ParameterName {
    /// A parameter of section 2 of the protocol page.
    Known(Parameter),
    /// Any other name.
    Unlisted(UnlistedName),
}

impl From<Parameter> for ParameterName {
    fn from(parameter: Parameter) -> Self {
        Self::Known(parameter)
    }
}

impl From<UnlistedName> for ParameterName {
    fn from(name: UnlistedName) -> Self {
        Self::Unlisted(name)
    }
}

impl fmt::Display for ParameterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(parameter) => parameter.fmt(f),
            Self::Unlisted(name) => name.fmt(f),
        }
    }
}

/// The name of a parameter that the table does not know, fit to be printed.
///
/// A broken body can have a card number where a name should be, so only what looks like a name is
/// kept: everything from the first character on that is not an ASCII letter, digit, `_`, `-`, `.`,
/// `[` or `]` is replaced by `…`, so is everything after 64 characters and after the name of a secret
/// parameter (a `=` was lost), and eight or more digits in a row become one `*`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnlistedName(Box<str>);

impl UnlistedName {
    const MAX: usize = 64;
    const DIGITS: usize = 7;

    pub(crate) fn new(name: &[u8]) -> Self {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(byte);
        let mut shown = String::new();
        let mut digits = 0;
        let mut used = 0;
        for byte in name.iter().copied().take(Self::longest(name)).take_while(|byte| is_name(byte)) {
            used += 1;
            digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
            if digits <= Self::DIGITS {
                shown.push(char::from(byte));
            } else if digits == Self::DIGITS + 1 {
                shown.truncate(shown.len() - Self::DIGITS);
                shown.push('*');
            }
        }
        if used < name.len() {
            shown.push('…');
        }
        Self(shown.into_boxed_str())
    }

    /// How much of a name may be shown.
    fn longest(name: &[u8]) -> usize {
        let secret = Parameter::ALL.iter().filter(|parameter| parameter.secrecy() != Secrecy::Open);
        let mut listed = secret.map(|parameter| parameter.as_str()).chain(["profile_pass"]);
        listed.find(|listed| name.starts_with(listed.as_bytes())).map_or(Self::MAX, str::len)
    }

    /// The printable name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnlistedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with one parameter of a request body: the peer's error.
///
/// [`reason`](Self::reason) is the gateway's own V code for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("{parameter} {rule}")]
pub struct ParameterError {
    parameter: ParameterName,
    rule: Rule,
}

impl ParameterError {
    pub(crate) fn new(parameter: impl Into<ParameterName>, rule: Rule) -> Self {
        Self { parameter: parameter.into(), rule }
    }

    /// The parameter.
    #[must_use]
    pub const fn parameter(&self) -> &ParameterName {
        &self.parameter
    }

    /// The rule that it breaks.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }
}

/// A request body that is not a request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The body is larger than the limits allow; nothing of it was read.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// Everything that is wrong with the parameters: never empty, in the order in which a reader
    /// finds it, structure (escapes, duplicates) before presence before values.
    #[error("{}", Sentences(.0))]
    Parameters(Vec<ParameterError>),
}

/// Errors with semicolons between.
struct Sentences<'a>(&'a [ParameterError]);

impl fmt::Display for Sentences<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

/// More than the limits allow (see [`Limits`](crate::Limits)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("more than {max} {what}")]
pub struct LimitExceeded {
    what: Limited,
    max: usize,
}

impl LimitExceeded {
    pub(crate) const fn new(what: Limited, max: usize) -> Self {
        Self { what, max }
    }

    /// What there is too much of.
    #[must_use]
    pub const fn what(&self) -> Limited {
        self.what
    }

    /// The most that is allowed.
    #[must_use]
    pub const fn max(&self) -> usize {
        self.max
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Limited {
    /// Bytes of a request body.
    #[error("bytes of request body")]
    RequestBytes,
    /// Parameters of a request body.
    #[error("parameters in a request body")]
    RequestParameters,
    /// Bytes of a batch request body.
    #[error("bytes of batch request body")]
    BatchRequestBytes,
    /// Bytes of a batch reply body.
    #[error("bytes of batch reply body")]
    BatchReplyBytes,
    /// Parameters in the form of a batch body.
    #[error("parameters in a batch form")]
    BatchParameters,
}

/// A field of a response line (section 3 of the protocol page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseField {
    /// The whole line.
    Line,
    /// The status letter.
    Status,
    /// The transaction id.
    TransactionId,
    /// The three CVV/AVS digits.
    Checks,
    /// The authorisation code or response code.
    Code,
    /// The message.
    Message,
    /// Anything after the message.
    Extras,
}

impl ResponseField {
    /// The field's name: `line`, `status`, `transaction_id`, `checks`, `code`, `message`, `extras`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Status => "status",
            Self::TransactionId => "transaction_id",
            Self::Checks => "checks",
            Self::Code => "code",
            Self::Message => "message",
            Self::Extras => "extras",
        }
    }
}

impl fmt::Display for ResponseField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// In which way a response line is unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// There is no byte at all, or nothing but a line end.
    #[error("the body is empty")]
    EmptyBody,
    /// The body begins with `<`: a web server's page, not the gateway's line.
    #[error("the body is HTML or XML")]
    Html,
    /// The line is longer than the limits allow.
    #[error("the line is too long")]
    TooLarge,
    /// A byte that is not UTF-8.
    #[error("not valid UTF-8")]
    Utf8,
    /// The line ends before this field.
    #[error("the field is missing")]
    Missing,
    /// The field is there, with nothing in it.
    #[error("the field is empty")]
    Empty,
    /// More fields than a response can have.
    #[error("there are too many fields")]
    TooManyFields,
    /// The field is shorter than it can be.
    #[error("the field is too short")]
    TooShort,
    /// The field is longer than it can be.
    #[error("the field is too long")]
    TooLong,
    /// A character that cannot stand in this field.
    #[error("a character that cannot stand here")]
    Character,
    /// Neither a letter and three digits, nor anything else that can stand here.
    #[error("not a response code")]
    NotACode,
}

impl DecodeErrorKind {
    /// The kind in one word of lower case, such as `too_many_fields`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EmptyBody => "empty_body",
            Self::Html => "html",
            Self::TooLarge => "too_large",
            Self::Utf8 => "utf8",
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::TooManyFields => "too_many_fields",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::Character => "character",
            Self::NotACode => "not_a_code",
        }
    }
}

/// A response that cannot be read. What it answers is **unknown**: the card may have been charged.
///
/// ```
/// use cashflows_codec::{DecodeErrorKind, Outcome, Response, ResponseField};
///
/// let error = Response::decode(b"A|01S01356909|2x0|AUTHOK|Authorised").unwrap_err();
/// assert_eq!(error.field(), ResponseField::Checks);
/// assert_eq!(error.offset(), 15);
/// assert_eq!(error.kind(), DecodeErrorKind::Character);
/// assert_eq!(error.to_string(), "response field checks, byte 15: a character that cannot stand here");
/// assert_eq!(error.outcome(), Outcome::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("response field {field}, byte {offset}: {kind}")]
pub struct DecodeError {
    field: ResponseField,
    offset: usize,
    kind: DecodeErrorKind,
}

impl DecodeError {
    pub(crate) const fn new(field: ResponseField, offset: usize, kind: DecodeErrorKind) -> Self {
        Self { field, offset, kind }
    }

    /// The field that cannot be read.
    #[must_use]
    pub const fn field(&self) -> ResponseField {
        self.field
    }

    /// Where it goes wrong: bytes from the beginning of the body, from 0.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// In which way it goes wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }
}

/// Extras that nobody documented for what was asked: which is which cannot be told without a guess
/// (see [`Extras::resolve`](crate::response::Extras::resolve)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("{count} extras do not follow from what was asked for: {asked}")]
pub struct AmbiguousExtras {
    asked: ReturnFlags,
    count: usize,
}

impl AmbiguousExtras {
    pub(crate) const fn new(asked: ReturnFlags, count: usize) -> Self {
        Self { asked, count }
    }

    /// What the request asked for.
    #[must_use]
    pub const fn asked(&self) -> ReturnFlags {
        self.asked
    }

    /// How many extras came.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }
}

/// A credit whose digest is not the one that its values and the shared secret give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("the credit digest does not match")]
pub struct DigestMismatch;

/// Why there is no retry of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum RetryError {
    /// More than five minutes have gone by since the first attempt: the gateway no longer knows it
    /// as a retry and could charge a second time.
    #[error("the first attempt was {} s ago, more than the 300 s in which a retry is known", .elapsed.as_secs())]
    WindowClosed {
        /// The time since the first attempt.
        elapsed: Duration,
    },
    /// The first attempt lies in the future: the two times cannot both be right.
    #[error("the first attempt lies in the future")]
    ClockWentBack,
    /// The retry number cannot grow any more.
    #[error("there is no next retry number")]
    Exhausted,
    /// The operation has no retry number: a credit.
    #[error("a {0} request has no retry number")]
    NotRetryable(OperationKind),
}

/// Why a transaction cannot be the origin of a continuous payment (section 3 of the protocol page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum NotRecurring {
    /// Its CVV check was not a full match.
    #[error("the CVV check was not a full match")]
    CvvNotMatched,
    /// Its id names no transaction.
    #[error("the id names no transaction")]
    NamesNoTransaction,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlisted_names_show_names_and_nothing_else() {
        for (name, shown) in [
            ("utm_source", "utm_source"),
            ("items[0].price-2", "items[0].price-2"),
            ("", ""),
            ("4510400400099005", "*"),
            ("card4510400400099005end", "card*end"),
            ("card_cvv=123", "card_cvv…"),
            ("two words", "two…"),
            ("naïve", "na…"),
            ("a1234567", "a1234567"),
            ("a12345678", "a*"),
            ("auth_passhunter2", "auth_pass…"),
            ("card_cvv123", "card_cvv…"),
            ("profile_pass_hunter2", "profile_pass…"),
        ] {
            assert_eq!(UnlistedName::new(name.as_bytes()).as_str(), shown, "{name}");
        }
        let long = UnlistedName::new(&[b'x'; 65]);
        assert_eq!(long.as_str(), format!("{}…", "x".repeat(64)));
    }
}
