//! Who receives the funds: for financial institutions only.

use arrayvec::ArrayString;

use super::PrivateText;
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

/// What was received as a date of birth and is none.
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

/// Who receives the funds (section 4, `RecipientDetails`): all four parts. On the wire it is JSON
/// inside a string. Financial institutions have to say it, together with their [`Mcc`].
///
/// ```
/// use cashflows_codec::gateway::request::RecipientDetails;
/// use cashflows_codec::value::Recipient;
///
/// let recipient = Recipient::new("19800729".parse()?, "Smith".parse()?, "CB21 5XE".parse()?, "111213313".parse()?);
/// assert_eq!(RecipientDetails::from(recipient).surname().as_str(), "Smith");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientDetails {
    pub(super) surname: RecipientSurname,
    pub(super) birth: RecipientBirth,
    pub(super) postcode: RecipientPostcode,
    pub(super) account: RecipientAccount,
}

impl RecipientDetails {
    /// The surname (`lastname`).
    #[must_use]
    pub const fn surname(&self) -> &RecipientSurname {
        &self.surname
    }

    /// The date of birth (`dateOfBirth`).
    #[must_use]
    pub const fn birth(&self) -> &RecipientBirth {
        &self.birth
    }

    /// The postcode (`postcode`).
    #[must_use]
    pub const fn postcode(&self) -> &RecipientPostcode {
        &self.postcode
    }

    /// The account (`primaryAccountNumber`).
    #[must_use]
    pub const fn account(&self) -> &RecipientAccount {
        &self.account
    }
}

impl From<Recipient> for RecipientDetails {
    fn from(recipient: Recipient) -> Self {
        Self {
            surname: recipient.surname().clone(),
            birth: RecipientBirth::Date(recipient.date_of_birth().clone()),
            postcode: recipient.postcode().clone(),
            account: recipient.account().clone(),
        }
    }
}
