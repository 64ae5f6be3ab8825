//! Who is billed.

use super::PrivateText;
use crate::value::Email;

/// Who is billed (section 4, `billingIdentity`). Everything in it is optional, and personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub(super) debtor_id: Option<PrivateText>,
    pub(super) email: Option<Email>,
    pub(super) gender: Option<Gender>,
    pub(super) date_of_birth: Option<PrivateText>,
    pub(super) social_security_number: Option<PrivateText>,
    pub(super) chamber_of_commerce_number: Option<PrivateText>,
    pub(super) vat_number: Option<PrivateText>,
}

word_value! {
    /// A gender (section 4).
    Gender = "gender";
    /// `Female`
    Female = "Female",
    /// `Male`
    Male = "Male",
}

impl Identity {
    /// Sets the number of the debtor (`debtorId`).
    #[must_use]
    pub fn with_debtor_id(mut self, debtor_id: PrivateText) -> Self {
        self.debtor_id = Some(debtor_id);
        self
    }

    /// The number of the debtor, if there is one.
    #[must_use]
    pub const fn debtor_id(&self) -> Option<&PrivateText> {
        self.debtor_id.as_ref()
    }

    /// Sets the e-mail address (`emailAddress`).
    #[must_use]
    pub fn with_email(mut self, email: Email) -> Self {
        self.email = Some(email);
        self
    }

    /// The e-mail address, if there is one.
    #[must_use]
    pub const fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }

    /// Sets the gender (`gender`).
    #[must_use]
    pub fn with_gender(mut self, gender: Gender) -> Self {
        self.gender = Some(gender);
        self
    }

    /// The gender, if there is one.
    #[must_use]
    pub const fn gender(&self) -> Option<Gender> {
        self.gender
    }

    /// Sets the date of birth, for which the pages name no form (`dateOfBirth`).
    #[must_use]
    pub fn with_date_of_birth(mut self, date_of_birth: PrivateText) -> Self {
        self.date_of_birth = Some(date_of_birth);
        self
    }

    /// The date of birth, for which the pages name no form, if there is one.
    #[must_use]
    pub const fn date_of_birth(&self) -> Option<&PrivateText> {
        self.date_of_birth.as_ref()
    }

    /// Sets the social security number (`socialSecurityNumber`).
    #[must_use]
    pub fn with_social_security_number(mut self, social_security_number: PrivateText) -> Self {
        self.social_security_number = Some(social_security_number);
        self
    }

    /// The social security number, if there is one.
    #[must_use]
    pub const fn social_security_number(&self) -> Option<&PrivateText> {
        self.social_security_number.as_ref()
    }

    /// Sets the number at the chamber of commerce (`chamberOfCommerceNumber`).
    #[must_use]
    pub fn with_chamber_of_commerce_number(mut self, chamber_of_commerce_number: PrivateText) -> Self {
        self.chamber_of_commerce_number = Some(chamber_of_commerce_number);
        self
    }

    /// The number at the chamber of commerce, if there is one.
    #[must_use]
    pub const fn chamber_of_commerce_number(&self) -> Option<&PrivateText> {
        self.chamber_of_commerce_number.as_ref()
    }

    /// Sets the VAT number (`vatNumber`).
    #[must_use]
    pub fn with_vat_number(mut self, vat_number: PrivateText) -> Self {
        self.vat_number = Some(vat_number);
        self
    }

    /// The VAT number, if there is one.
    #[must_use]
    pub const fn vat_number(&self) -> Option<&PrivateText> {
        self.vat_number.as_ref()
    }
}
