//! The caller's errors: a value, and the rule that it breaks.

use core::fmt;

use thiserror::Error;

use super::Separated;

/// The rule that a value breaks.
///
/// `Display` says it in words that follow the value's name: "must be 12 to 19 digits".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Rule {
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
    /// A length that does not go with the electronic commerce indicator.
    #[error("must have {length} characters with an ECI of {}", EciDigits(*.digits))]
    LengthWithEci {
        /// The length that goes with it.
        length: usize,
        /// How many digits the indicator has.
        digits: usize,
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
    /// Not a name that a parameter may be added by.
    #[error("must be 1 to 64 letters, digits, _, -, ., [ and ]")]
    ParameterName,
    /// A name that stands there already.
    #[error("appears more than once")]
    Repeated,
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
    /// A blank before or behind the text.
    #[error("must neither begin nor end with a blank")]
    BlankEnds,
    /// An id such as `99E…`, which comes with a rejected request, or `null`. It names no transaction.
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
    #[error("must be one of: {}", Separated(.0, ", "))]
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
    /// Not a positive integer of 64 bits, or one with leading zeros.
    #[error("must be a positive integer of 64 bits without leading zeros")]
    PositiveInteger,
    /// Not plain digits with at most one point, or too many of them.
    #[error("must be digits with at most one point between them, such as 10 or 10.00")]
    Decimal,
    /// More decimals than the currency has.
    #[error("must have at most {max} decimals, as the currency has")]
    Decimals {
        /// The decimals of the currency.
        max: u8,
    },
    /// Nothing where there has to be an amount.
    #[error("must be greater than 0")]
    Zero,
    /// Not a time of ISO 8601 in UTC.
    #[error("must be a UTC time such as 2021-01-20T16:50:01, with at most 7 digits of a second")]
    Timestamp,
    /// Not two digits of 01 to 12.
    #[error("must be a month of 01 to 12")]
    Month,
    /// Neither two digits nor four that begin with 20.
    #[error("must be a year of two digits, or four that begin with 20")]
    Year,
    /// Neither a calendar date nor a time.
    #[error("must be a calendar date as YYYY-MM-DD, or a UTC time")]
    CalendarDate,
    /// Something other than visible ASCII characters.
    #[error("must be visible ASCII characters")]
    Visible,
    /// Not 128 hexadecimal digits.
    #[error("must be 128 hexadecimal digits")]
    Sha512,
    /// Not an absolute URL of http or https.
    #[error("must be an absolute URL of http or https")]
    Url,
    /// Something other than ASCII letters, digits, `.`, `_` and `-`.
    #[error("must be ASCII letters, digits, ., _ and - only")]
    OrderNumber,
    /// A listed value where only an unlisted one may stand.
    #[error("is listed and has a name of its own")]
    Listed,
}

/// "one digit" or "two digits".
struct EciDigits(usize);

impl fmt::Display for EciDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 == 1 { "one digit" } else { "two digits" })
    }
}

/// "23" or "12 to 19".
struct Count(usize, usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(min, max) = self;
        if min == max { min.fmt(f) } else { write!(f, "{min} to {max}") }
    }
}

/// A value that its type refuses: the caller's error.
///
/// ```
/// use cashflows_codec::value::{CardNumber, Expiry};
///
/// let error = "1326".parse::<Expiry>().unwrap_err();
/// assert_eq!(error.to_string(), "card expiry must be MMYY with a month of 01 to 12");
/// assert_eq!(error.name(), "card expiry");
///
/// // The value itself is never part of the error.
/// let error = CardNumber::try_from("4510 4004 0009 9005").unwrap_err();
/// assert_eq!(error.to_string(), "card number must be 12 to 19 digits");
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

    /// The name of the value in the industry's words: `card number`. Which parameter or member of a
    /// message carries it is for the error of that message to say.
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
