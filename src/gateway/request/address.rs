//! Where somebody lives or works.

use super::PrivateText;
use crate::value::{Country, Postcode, Telephone};

/// A postal address with the names that belong to it, and up to two telephone numbers (section 4,
/// `billingAddress`, `shippingAddress`). Everything in it is optional, and personal data.
///
/// ```
/// use cashflows_codec::gateway::request::Address;
///
/// let address = Address::default().with_first_name("Alex".parse()?).with_last_name("Smith".parse()?);
/// assert!(!format!("{address:?}").contains("Alex"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub(super) title: Option<PrivateText>,
    pub(super) first_name: Option<PrivateText>,
    pub(super) middle_name: Option<PrivateText>,
    pub(super) last_name: Option<PrivateText>,
    pub(super) country: Option<Country>,
    pub(super) line_1: Option<PrivateText>,
    pub(super) line_2: Option<PrivateText>,
    pub(super) postcode: Option<Postcode>,
    pub(super) city: Option<PrivateText>,
    pub(super) state: Option<PrivateText>,
    pub(super) organisation: Option<PrivateText>,
    pub(super) department: Option<PrivateText>,
    pub(super) telephones: [Option<(Telephone, Option<TelephoneKind>)>; 2],
}

word_value! {
    /// What a telephone number is of (section 4, `phoneNumber1Type`).
    TelephoneKind = "telephone type";
    /// `Unknown`
    Unknown = "Unknown",
    /// `Mobile`
    Mobile = "Mobile",
    /// `Fixed`
    Fixed = "Fixed",
}

impl Address {
    /// Sets a title, such as `Dr` (`title`).
    #[must_use]
    pub fn with_title(mut self, title: PrivateText) -> Self {
        self.title = Some(title);
        self
    }

    /// A title, such as `Dr`, if there is one.
    #[must_use]
    pub const fn title(&self) -> Option<&PrivateText> {
        self.title.as_ref()
    }

    /// Sets the first name (`firstName`).
    #[must_use]
    pub fn with_first_name(mut self, first_name: PrivateText) -> Self {
        self.first_name = Some(first_name);
        self
    }

    /// The first name, if there is one.
    #[must_use]
    pub const fn first_name(&self) -> Option<&PrivateText> {
        self.first_name.as_ref()
    }

    /// Sets the middle name (`middleName`).
    #[must_use]
    pub fn with_middle_name(mut self, middle_name: PrivateText) -> Self {
        self.middle_name = Some(middle_name);
        self
    }

    /// The middle name, if there is one.
    #[must_use]
    pub const fn middle_name(&self) -> Option<&PrivateText> {
        self.middle_name.as_ref()
    }

    /// Sets the last name (`lastName`).
    #[must_use]
    pub fn with_last_name(mut self, last_name: PrivateText) -> Self {
        self.last_name = Some(last_name);
        self
    }

    /// The last name, if there is one.
    #[must_use]
    pub const fn last_name(&self) -> Option<&PrivateText> {
        self.last_name.as_ref()
    }

    /// Sets the country (`countryIso3166Alpha2`).
    #[must_use]
    pub fn with_country(mut self, country: Country) -> Self {
        self.country = Some(country);
        self
    }

    /// The country, if there is one.
    #[must_use]
    pub const fn country(&self) -> Option<&Country> {
        self.country.as_ref()
    }

    /// Sets the first line (`addressLine1`).
    #[must_use]
    pub fn with_line_1(mut self, line_1: PrivateText) -> Self {
        self.line_1 = Some(line_1);
        self
    }

    /// The first line, if there is one.
    #[must_use]
    pub const fn line_1(&self) -> Option<&PrivateText> {
        self.line_1.as_ref()
    }

    /// Sets the second line (`addressLine2`).
    #[must_use]
    pub fn with_line_2(mut self, line_2: PrivateText) -> Self {
        self.line_2 = Some(line_2);
        self
    }

    /// The second line, if there is one.
    #[must_use]
    pub const fn line_2(&self) -> Option<&PrivateText> {
        self.line_2.as_ref()
    }

    /// Sets the postcode (`zipCode`).
    #[must_use]
    pub fn with_postcode(mut self, postcode: Postcode) -> Self {
        self.postcode = Some(postcode);
        self
    }

    /// The postcode, if there is one.
    #[must_use]
    pub const fn postcode(&self) -> Option<&Postcode> {
        self.postcode.as_ref()
    }

    /// Sets the city (`city`).
    #[must_use]
    pub fn with_city(mut self, city: PrivateText) -> Self {
        self.city = Some(city);
        self
    }

    /// The city, if there is one.
    #[must_use]
    pub const fn city(&self) -> Option<&PrivateText> {
        self.city.as_ref()
    }

    /// Sets the state or province (`stateProvince`).
    #[must_use]
    pub fn with_state(mut self, state: PrivateText) -> Self {
        self.state = Some(state);
        self
    }

    /// The state or province, if there is one.
    #[must_use]
    pub const fn state(&self) -> Option<&PrivateText> {
        self.state.as_ref()
    }

    /// Sets the organisation (`organisation`).
    #[must_use]
    pub fn with_organisation(mut self, organisation: PrivateText) -> Self {
        self.organisation = Some(organisation);
        self
    }

    /// The organisation, if there is one.
    #[must_use]
    pub const fn organisation(&self) -> Option<&PrivateText> {
        self.organisation.as_ref()
    }

    /// Sets its department (`department`).
    #[must_use]
    pub fn with_department(mut self, department: PrivateText) -> Self {
        self.department = Some(department);
        self
    }

    /// Its department, if there is one.
    #[must_use]
    pub const fn department(&self) -> Option<&PrivateText> {
        self.department.as_ref()
    }

    /// Sets the first telephone number, and what it is of (`phoneNumber1`, `phoneNumber1Type`).
    #[must_use]
    pub fn with_telephone(mut self, number: Telephone, kind: Option<TelephoneKind>) -> Self {
        let [first, _] = &mut self.telephones;
        *first = Some((number, kind));
        self
    }

    /// Sets the second telephone number, and what it is of (`phoneNumber2`, `phoneNumber2Type`).
    #[must_use]
    pub fn with_second_telephone(mut self, number: Telephone, kind: Option<TelephoneKind>) -> Self {
        let [_, second] = &mut self.telephones;
        *second = Some((number, kind));
        self
    }

    /// The two telephone numbers, and what they are of.
    #[must_use]
    pub const fn telephones(&self) -> &[Option<(Telephone, Option<TelephoneKind>)>; 2] {
        &self.telephones
    }
}
