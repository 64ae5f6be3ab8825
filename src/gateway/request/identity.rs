//! The person or company that is billed.

use super::PrivateText;
use super::object::request_object;
use crate::value::Email;

request_object! {
    /// The person or company that is billed (section 4, `billingIdentity`). All of it is optional, and personal
    /// data.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Identity {
        /// The number of the debtor.
        "debtorId" => debtor_id: Option<PrivateText>,
        /// The e-mail address.
        "emailAddress" => email: Option<Email>,
        /// The gender.
        "gender" => gender: Option<Gender>,
        /// The date of birth, for which the pages name no form.
        "dateOfBirth" => date_of_birth: Option<PrivateText>,
        /// The social security number.
        "socialSecurityNumber" => social_security_number: Option<PrivateText>,
        /// The number at the chamber of commerce.
        "chamberOfCommerceNumber" => chamber_of_commerce_number: Option<PrivateText>,
        /// The VAT number.
        "vatNumber" => vat_number: Option<PrivateText>,
    }
}

impl Identity {
    /// Sets the e-mail address.
    #[must_use]
    pub fn with_email(mut self, email: Email) -> Self {
        self.email = Some(email);
        self
    }
}

word_value! {
    /// A gender (section 4).
    Gender = "gender";
    /// `Female`
    Female = "Female",
    /// `Male`
    Male = "Male",
}
