//! Addresses of an order.

use super::PrivateText;
use super::object::{Member, Reader, Weight, request_object};
use crate::gateway::request::MemberProblem;
use crate::gateway::request::fault::place_of;
use crate::media::json::{Members, Sink};
use crate::value::{Country, Postcode, Telephone};

request_object! {
    /// A postal address with the names that belong to it (section 4, `billingAddress`, `shippingAddress`). All
    /// of it is optional, and personal data.
    ///
    /// ```
    /// use cashflows_codec::gateway::request::OrderAddress;
    ///
    /// let address = OrderAddress {
    ///     first_name: Some("Alex".parse()?),
    ///     last_name: Some("Smith".parse()?),
    ///     ..OrderAddress::default()
    /// };
    /// assert!(!format!("{address:?}").contains("Alex"));
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct OrderAddress {
        /// A title, such as `Dr`.
        "title" => title: Option<PrivateText>,
        /// The first name.
        "firstName" => first_name: Option<PrivateText>,
        /// The middle name.
        "middleName" => middle_name: Option<PrivateText>,
        /// The last name.
        "lastName" => last_name: Option<PrivateText>,
        /// The country.
        "countryIso3166Alpha2" => country: Option<Country>,
        /// The first line.
        "addressLine1" => line_1: Option<PrivateText>,
        /// The second line.
        "addressLine2" => line_2: Option<PrivateText>,
        /// The postcode.
        "zipCode" => postcode: Option<Postcode>,
        /// The city.
        "city" => city: Option<PrivateText>,
        /// The state or province.
        "stateProvince" => state: Option<PrivateText>,
        /// The first telephone number.
        "phoneNumber1" and "phoneNumber1Type" => telephone: Option<OrderTelephone>,
        /// The second telephone number.
        "phoneNumber2" and "phoneNumber2Type" => second_telephone: Option<OrderTelephone>,
        /// The organisation.
        "organisation" => organisation: Option<PrivateText>,
        /// The department of the organisation.
        "department" => department: Option<PrivateText>,
    }
}

/// A telephone number of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderTelephone {
    /// The number.
    pub number: Telephone,
    /// The kind of telephone.
    pub kind: Option<TelephoneKind>,
}

impl From<Telephone> for OrderTelephone {
    fn from(number: Telephone) -> Self {
        Self { number, kind: None }
    }
}

word_value! {
    /// The kind of a telephone (section 4, `phoneNumber1Type`).
    TelephoneKind = "telephone type";
    /// `Unknown`
    Unknown = "Unknown",
    /// `Mobile`
    Mobile = "Mobile",
    /// `Fixed`
    Fixed = "Fixed",
}

/// A kind without a number is not used.
impl Member<2> for Option<OrderTelephone> {
    fn read(reader: &mut Reader<'_, '_>, [number, kind]: [&'static str; 2], weight: Weight) -> Option<Self> {
        if let Some(given) = reader.get(kind).filter(|_| !reader.has(number)) {
            reader.faults.ignored(place_of(given), MemberProblem::NotWithout(number));
            return Some(None);
        }
        let kind: Option<TelephoneKind> = Member::read(reader, [kind], weight)?;
        let number: Option<Telephone> = Member::read(reader, [number], weight)?;
        Some(number.map(|number| OrderTelephone { number, kind }))
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, [number, kind]: [&'static str; 2]) {
        if let Some(telephone) = self {
            members.text(number, telephone.number.as_str());
            Member::write(&telephone.kind, members, [kind]);
        }
    }
}
