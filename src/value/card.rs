//! Values of a card, and values that stand for it.

use core::fmt;

use arrayvec::ArrayString;

use super::rules;
use crate::error::{InvalidValue, Rule};
use crate::secret::MaskedNumber;

text_value! {
    /// A card number (PAN, or the token PAN of a wallet or network token): 12 to 19 digits without
    /// separators (`card_num`, section 2; ISO/IEC 7812). A secret: printing it shows the first six
    /// and the last four digits.
    ///
    /// Making one checks length and digits only, because one of the vendor's own test cards fails
    /// the Luhn check; [`passes_luhn`](Self::passes_luhn) tells the rest. The brand is not to be
    /// derived from the number (section 8).
    ///
    /// ```
    /// use cashflows_codec::value::CardNumber;
    ///
    /// let card: CardNumber = "4510400400099005".parse()?;
    /// assert_eq!(card.to_string(), "451040******9005");
    /// assert!(card.passes_luhn());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    secret CardNumber = "card number", |text| rules::digits(text, 12, CardNumber::MAX_DIGITS);
}

impl CardNumber {
    pub(crate) const MAX_DIGITS: usize = 19;

    /// The first six digits, by which payments are routed.
    #[must_use]
    #[doc(alias = "bin")]
    pub fn first_six(&self) -> &str {
        self.secret_str().get(..6).unwrap_or_default()
    }

    /// The last four digits.
    #[must_use]
    pub fn last_four(&self) -> &str {
        let number = self.secret_str();
        number.get(number.len() - 4..).unwrap_or_default()
    }

    /// Returns true if the number passes the Luhn check (ISO/IEC 7812-1 annex B).
    #[must_use]
    pub fn passes_luhn(&self) -> bool {
        rules::luhn(self.secret_str().bytes())
    }
}

/// Masked: `451040******9005`.
impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        MaskedNumber(self.secret_str()).fmt(f)
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CardNumber({self})")
    }
}

text_value! {
    /// A card token, which stands for a stored card: 1 to 50 visible ASCII characters without `|`
    /// (`card_token`, section 2). A secret.
    masked CardToken = "card token", |text| rules::visible_up_to(text, 50);
}

text_value! {
    /// The card security code: 3 or 4 digits (`card_cvv`, section 2). A secret, never to be stored.
    masked Cvv = "card security code", |text| rules::digits(text, 3, 4);
}

text_value! {
    /// The cryptogram that a wallet gives for one payment: 1 to 128 visible ASCII characters
    /// without `|`, usually base64 (`acs_cavv`, section 5; the length is ours). A secret.
    masked Cryptogram = "cryptogram", |text| rules::visible_up_to(text, 128);
}

text_value! {
    /// The token authentication verification value of a network token: hexadecimal digits, two for
    /// each of 1 to 64 bytes (`card_tavv`, section 2; the length is ours). A secret.
    masked Tavv = "TAVV", |text| {
        rules::length(text, 128)?;
        let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        rules::require(hexadecimal && text.len() % 2 == 0, Rule::Hexadecimal)
    };
}

text_value! {
    /// The issue number of an old debit card: 1 or 2 digits, a leading zero is kept (`card_issue`,
    /// section 2; legacy).
    open IssueNumber(Box<str>) = "card issue number", |text| rules::digits(text, 1, 2);
}

text_value! {
    /// The payment account reference (PAR) that links a token to its card: 1 to 64 characters
    /// (`card_payment_account_reference`, section 2; EMVCo uses 29).
    open PaymentAccountReference(Box<str>) =
        "payment account reference", |text| rules::text(text, 64);
}

/// Reads `MMYY`.
fn month_year(text: &str) -> Result<(u8, u8), Rule> {
    rules::digits(text, 4, 4).map_err(|_| Rule::MonthYear)?;
    let number: u16 = text.parse().map_err(|_| Rule::MonthYear)?;
    let (month, year) = ((number / 100) as u8, (number % 100) as u8);
    rules::require((1..=12).contains(&month), Rule::MonthYear)?;
    Ok((month, year))
}

macro_rules! month_year_value {
    ($(#[$doc:meta])* $Name:ident = $name:literal;) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $Name {
            month: u8,
            year: u8,
        }

        impl $Name {
            /// The month, 1 to 12.
            #[must_use]
            pub const fn month(self) -> u8 {
                self.month
            }

            /// The year, 2000 to 2099: the wire has its last two digits only.
            #[must_use]
            pub const fn year(self) -> u16 {
                2_000 + self.year as u16
            }

            /// Returns true if the whole month lies before the month `month` (1 to 12) of `year` (such as 2026).
            /// The crate has no clock: the caller says what month it is.
            #[must_use]
            pub const fn is_past(self, year: u16, month: u8) -> bool {
                self.year() < year || (self.year() == year && self.month < month)
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                let (month, year) =
                    month_year(text).map_err(|rule| InvalidValue::new($name, rule))?;
                Ok(Self { month, year })
            }
        }

        parsed_value!($Name);

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.to_text())
            }
        }

        impl $Name {
            /// The wire text on the stack.
            pub(crate) fn to_text(self) -> ArrayString<4> {
                let digits = [self.month / 10, self.month % 10, self.year / 10, self.year % 10];
                ArrayString::from_byte_string(&digits.map(|digit| b'0' + digit)).unwrap_or_default()
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($Name), "({})"), self)
            }
        }
    };
}

month_year_value! {
    /// The card's last valid month: `MMYY` (`card_expiry`, section 2).
    ///
    /// ```
    /// use cashflows_codec::value::Expiry;
    ///
    /// let expiry: Expiry = "1126".parse()?;
    /// assert_eq!((expiry.month(), expiry.year()), (11, 2026));
    /// assert!(!expiry.is_past(2026, 11)); // good to the last day of its month
    /// assert!(expiry.is_past(2026, 12));
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    Expiry = "card expiry";
}

month_year_value! {
    /// The card's first valid month: `MMYY` (`card_start`, section 2; legacy).
    StartDate = "card start date";
}

/// A card's number, or the token that stands for it: exactly one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardOrToken {
    /// The card number.
    Number(CardNumber),
    /// The card token.
    Token(CardToken),
}

impl From<CardNumber> for CardOrToken {
    fn from(number: CardNumber) -> Self {
        Self::Number(number)
    }
}

impl From<CardToken> for CardOrToken {
    fn from(token: CardToken) -> Self {
        Self::Token(token)
    }
}
