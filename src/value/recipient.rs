//! The recipient of the funds: mandatory for financial institutions (MCC 6012, 6051 and 7299, section 2).

use core::ops::Range;

use super::calendar::days_in_month;
use super::rules;
use crate::error::Rule;

text_value! {
    /// The recipient's date of birth: a calendar date `YYYYMMDD` (`primary_recipient_dob`).
    personal DateOfBirth as DateOfBirth =
        "date of birth", |text| rules::require(is_date(text), Rule::Date);
}

fn is_date(text: &str) -> bool {
    let number = |range: Range<usize>| text.get(range).and_then(|digits| digits.parse().ok());
    if rules::digits(text, 8, 8).is_err() {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(4..6), number(6..8)) else {
        return false;
    };
    days_in_month(year, month).is_some_and(|days| (1..=days).contains(&day))
}

text_value! {
    /// The recipient's surname: 2 to 64 letters of any script and `-`
    /// (`primary_recipient_surname`).
    personal RecipientSurname as Name = "recipient surname", |text| {
        rules::require(text.chars().count() >= 2, Rule::TooShort { min: 2 })?;
        rules::length(text, 64)?;
        let letter = |character: char| character.is_alphabetic() || character == '-';
        rules::require(text.chars().all(letter), Rule::Letters)
    };
}

text_value! {
    /// The recipient's postcode: 2 to 16 ASCII letters, digits and spaces
    /// (`primary_recipient_postcode`; the page says letters, but British postcodes have digits).
    personal RecipientPostcode as Postcode = "recipient postcode", |text| {
        rules::require(text.chars().count() >= 2, Rule::TooShort { min: 2 })?;
        rules::length(text, 16)?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ';
        rules::require(text.bytes().all(allowed), Rule::LettersDigitsSpaces)
    };
}

text_value! {
    /// The recipient's account number: 1 to 32 ASCII letters, digits, `/` and `-`
    /// (`primary_recipient_account_number`). Of a card number only the first six and the last four
    /// digits may stand here, so anything of 12 to 19 digits that passes the Luhn check, with or
    /// without separators, is refused.
    personal RecipientAccount as Account = "recipient account number", |text| {
        rules::length(text, 32)?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'/' || byte == b'-';
        rules::require(text.bytes().all(allowed), Rule::AccountNumber)?;
        rules::require(!is_card_number(text), Rule::FullCardNumber)
    };
}

fn is_card_number(text: &str) -> bool {
    let characters = || text.bytes().filter(|byte| byte.is_ascii_alphanumeric());
    (12..=19).contains(&characters().count()) && rules::luhn(text.bytes().filter(u8::is_ascii_alphanumeric))
}

/// The recipient of the funds: all four fields together.
///
/// ```
/// use cashflows_codec::value::Recipient;
///
/// let recipient = Recipient::new(
///     "19770525".parse()?,
///     "Skywalker".parse()?,
///     "CB22 5LD".parse()?,
///     "451040/9005".parse()?, // of a card number, the first six and the last four digits
/// );
/// assert_eq!(recipient.surname.as_str(), "Skywalker");
/// assert!(!format!("{recipient:?}").contains("Skywalker")); // personal data is masked
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The date of birth.
    pub date_of_birth: DateOfBirth,
    /// The surname.
    pub surname: RecipientSurname,
    /// The postcode.
    pub postcode: RecipientPostcode,
    /// The account number.
    pub account: RecipientAccount,
}

impl Recipient {
    /// A recipient. The page wants all four fields where it wants any.
    #[must_use]
    pub const fn new(
        date_of_birth: DateOfBirth,
        surname: RecipientSurname,
        postcode: RecipientPostcode,
        account: RecipientAccount,
    ) -> Self {
        Self { date_of_birth, surname, postcode, account }
    }
}
