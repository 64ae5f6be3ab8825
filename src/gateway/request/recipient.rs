//! The recipient of the funds, named by financial institutions only.

use arrayvec::ArrayString;

use super::PrivateText;
use super::object::request_object;
use crate::value::{DateOfBirth, Recipient, RecipientAccount, RecipientPostcode, RecipientSurname, rules};

text_value! {
    /// A merchant category code (section 4, `Mcc`): four digits.
    #[derive(Copy)]
    open Mcc(ArrayString<4>) = "merchant category code", |text| rules::digits(text, 4, 4);
}

/// A date of birth: a date, or what was received in the place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecipientBirth {
    /// A calendar date `YYYYMMDD`, as the vendor's table has it.
    Date(DateOfBirth),
    /// Anything else, as the vendor's example has it.
    Other(OtherBirth),
}

/// A received date of birth that is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherBirth(PrivateText);

impl OtherBirth {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl RecipientBirth {
    pub(super) fn received(text: PrivateText) -> Self {
        DateOfBirth::try_from(text.as_str()).map_or_else(|_| Self::Other(OtherBirth(text)), Self::Date)
    }

    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Date(date) => date.as_str(),
            Self::Other(other) => other.as_str(),
        }
    }
}

request_object! {
    /// The person who receives the funds (section 4, `RecipientDetails`). On the wire it is JSON inside a string.
    /// Financial institutions have to name the recipient, together with their [`Mcc`].
    ///
    /// ```
    /// use cashflows_codec::gateway::request::RecipientDetails;
    /// use cashflows_codec::value::Recipient;
    ///
    /// let recipient =
    ///     Recipient::new("19800729".parse()?, "Smith".parse()?, "CB21 5XE".parse()?, "111213313".parse()?);
    /// assert_eq!(RecipientDetails::from(recipient).surname.as_str(), "Smith");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RecipientDetails {
        /// The surname.
        required "lastname" => surname: RecipientSurname,
        /// The date of birth.
        required "dateOfBirth" => birth: RecipientBirth,
        /// The postcode.
        required "postcode" => postcode: RecipientPostcode,
        /// The account.
        required "primaryAccountNumber" => account: RecipientAccount,
    }
}

impl From<Recipient> for RecipientDetails {
    fn from(recipient: Recipient) -> Self {
        Self {
            surname: recipient.surname.clone(),
            birth: RecipientBirth::Date(recipient.date_of_birth.clone()),
            postcode: recipient.postcode.clone(),
            account: recipient.account.clone(),
        }
    }
}
