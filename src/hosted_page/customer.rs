//! The customer.

use crate::media::json::{Members, Sink};
use crate::value::{Country, Email, PrivateText};

use super::read::Reader;

/// The customer who pays: any of the known facts. The text is masked when printed.
///
/// ```
/// use cashflows_codec::hosted_page::Customer;
///
/// let customer = Customer::default().with_first_name("John".parse()?).with_country("BA".parse()?);
/// assert!(!format!("{customer:?}").contains("John"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Customer {
    first_name: Option<PrivateText>,
    last_name: Option<PrivateText>,
    address: Option<PrivateText>,
    city: Option<PrivateText>,
    country: Option<Country>,
    postal_code: Option<PrivateText>,
    email: Option<Email>,
    phone: Option<PrivateText>,
}

impl core::fmt::Debug for Customer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Customer").field("country", &self.country).finish_non_exhaustive()
    }
}

/// The names of the members, in one of the two requests that have them.
pub(super) struct Names {
    first_name: &'static str,
    last_name: &'static str,
    address: &'static str,
    city: &'static str,
    country: &'static str,
    postal_code: &'static str,
    email: &'static str,
    phone: &'static str,
}

impl Names {
    /// Of the page request, where they stand among the others.
    pub(super) const PAGE: Self = Self {
        first_name: "customer_first_name",
        last_name: "customer_last_name",
        address: "customer_address",
        city: "customer_city",
        country: "customer_country",
        postal_code: "customer_postal_code",
        email: "customer_email",
        phone: "customer_phone_number",
    };

    /// Of the session request, where they are an object of their own.
    pub(super) const SESSION: Self = Self {
        first_name: "first_name",
        last_name: "last_name",
        address: "address",
        city: "city",
        country: "country",
        postal_code: "postal_code",
        email: "email",
        phone: "phone",
    };
}

impl Customer {
    /// Adds the first name.
    #[must_use]
    pub fn with_first_name(mut self, first_name: PrivateText) -> Self {
        self.first_name = Some(first_name);
        self
    }

    /// Adds the last name.
    #[must_use]
    pub fn with_last_name(mut self, last_name: PrivateText) -> Self {
        self.last_name = Some(last_name);
        self
    }

    /// Adds street and house.
    #[must_use]
    pub fn with_address(mut self, address: PrivateText) -> Self {
        self.address = Some(address);
        self
    }

    /// Adds the city.
    #[must_use]
    pub fn with_city(mut self, city: PrivateText) -> Self {
        self.city = Some(city);
        self
    }

    /// Adds the country.
    #[must_use]
    pub fn with_country(mut self, country: Country) -> Self {
        self.country = Some(country);
        self
    }

    /// Adds the postcode.
    #[must_use]
    pub fn with_postal_code(mut self, postal_code: PrivateText) -> Self {
        self.postal_code = Some(postal_code);
        self
    }

    /// Adds the e-mail address.
    #[must_use]
    pub fn with_email(mut self, email: Email) -> Self {
        self.email = Some(email);
        self
    }

    /// Adds the telephone number, best in the form of E.164: `+1234567890`.
    #[must_use]
    pub fn with_phone(mut self, phone: PrivateText) -> Self {
        self.phone = Some(phone);
        self
    }

    /// The first name.
    #[must_use]
    pub const fn first_name(&self) -> Option<&PrivateText> {
        self.first_name.as_ref()
    }

    /// The last name.
    #[must_use]
    pub const fn last_name(&self) -> Option<&PrivateText> {
        self.last_name.as_ref()
    }

    /// Street and house.
    #[must_use]
    pub const fn address(&self) -> Option<&PrivateText> {
        self.address.as_ref()
    }

    /// The city.
    #[must_use]
    pub const fn city(&self) -> Option<&PrivateText> {
        self.city.as_ref()
    }

    /// The country.
    #[must_use]
    pub const fn country(&self) -> Option<&Country> {
        self.country.as_ref()
    }

    /// The postcode.
    #[must_use]
    pub const fn postal_code(&self) -> Option<&PrivateText> {
        self.postal_code.as_ref()
    }

    /// The e-mail address.
    #[must_use]
    pub const fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }

    /// The telephone number.
    #[must_use]
    pub const fn phone(&self) -> Option<&PrivateText> {
        self.phone.as_ref()
    }

    /// Returns true if nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn read(reader: &mut Reader<'_, '_>, names: &Names) -> Self {
        Self {
            first_name: reader.found(names.first_name),
            last_name: reader.found(names.last_name),
            address: reader.found(names.address),
            city: reader.found(names.city),
            country: reader.found_code(names.country),
            postal_code: reader.found(names.postal_code),
            email: reader.found(names.email),
            phone: reader.found(names.phone),
        }
    }

    pub(super) fn write_into<S: Sink>(&self, members: &mut Members<'_, S>, names: &Names) {
        let Self { first_name, last_name, address, city, country, postal_code, email, phone } = self;
        members.optional(names.first_name, first_name.as_ref().map(PrivateText::as_str));
        members.optional(names.last_name, last_name.as_ref().map(PrivateText::as_str));
        members.optional(names.address, address.as_ref().map(PrivateText::as_str));
        members.optional(names.city, city.as_ref().map(PrivateText::as_str));
        members.optional(names.country, country.as_ref());
        members.optional(names.postal_code, postal_code.as_ref().map(PrivateText::as_str));
        members.optional(names.email, email.as_ref().map(Email::as_str));
        members.optional(names.phone, phone.as_ref().map(PrivateText::as_str));
    }
}
