//! Who pays: the cardholder's name, address and the rest. All optional, all worth sending: the
//! gateway's address checks and anti-fraud measures live from them.

use core::net::Ipv4Addr;
use core::str::FromStr;

use arrayvec::ArrayString;

use super::rules;
use crate::error::{InvalidValue, Rule};
use crate::remote_auth::parameter::Parameter;

text_value! {
    /// The cardholder's name: 1 to 255 characters without control characters (`cust_name`, section
    /// 2; the pages name no length, 255 is ours).
    open CustomerName(Box<str>) = Parameter::CustName.as_str(), |text| rules::text(text, 255);
}

text_value! {
    /// The cardholder's address: 1 to 1,024 characters, LF between lines, no other control
    /// character, so no CR (`cust_address`, section 2; the length is ours).
    open Address(Box<str>) = Parameter::CustAddress.as_str(), |text| rules::lines(text, 1_024);
}

text_value! {
    /// The cardholder's post, zip or area code: 1 to 32 characters (`cust_postcode`, section 2; the
    /// length is ours).
    open Postcode(Box<str>) = Parameter::CustPostcode.as_str(), |text| rules::text(text, 32);
}

text_value! {
    /// The cardholder's telephone number: 1 to 64 characters (`cust_tel`, section 2; the length is
    /// ours).
    open Telephone(Box<str>) = Parameter::CustTel.as_str(), |text| rules::text(text, 64);
}

text_value! {
    /// The cardholder's e-mail address: something, `@`, something, without white space or control
    /// characters, up to 254 characters (`cust_email`, section 2; length by RFC 5321).
    open Email(Box<str>) = Parameter::CustEmail.as_str(), |text| {
        rules::text(text, 254)?;
        let named = text.rsplit_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
        rules::require(named && !text.chars().any(char::is_whitespace), Rule::Email)
    };
}

text_value! {
    /// The cardholder's country: two upper-case letters of ISO 3166-1 alpha-2 (`cust_country`,
    /// section 2).
    open Country(ArrayString<2>) = Parameter::CustCountry.as_str(), |text| {
        let two_letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        rules::require(two_letters && iso_currency::Country::from_str(text).is_ok(), Rule::Country)
    };
}

/// The text of `cust_ip`: IPv4 in dotted decimal, nothing else.
pub(crate) struct IpAddress(pub(crate) Ipv4Addr);

impl TryFrom<&str> for IpAddress {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| InvalidValue::new(Parameter::CustIp.as_str(), Rule::Ipv4))
    }
}

/// The cardholder: any of seven fields, none mandatory.
///
/// ```
/// use cashflows_codec::value::Customer;
///
/// let customer = Customer::default()
///     .with_name("Luke Skywalker".parse()?)
///     .with_address("1 Farm Lane\nAnchorhead".parse()?)
///     .with_country("GB".parse()?)
///     .with_ip([192, 0, 2, 1].into());
/// assert_eq!(customer.address().map(|address| address.as_str().lines().count()), Some(2));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    pub(crate) name: Option<CustomerName>,
    pub(crate) address: Option<Address>,
    pub(crate) postcode: Option<Postcode>,
    pub(crate) country: Option<Country>,
    pub(crate) ip: Option<Ipv4Addr>,
    pub(crate) email: Option<Email>,
    pub(crate) telephone: Option<Telephone>,
}

optional_fields! {
    impl Customer {
        /// The name (`cust_name`).
        name: CustomerName, with_name;
        /// The address (`cust_address`).
        address: Address, with_address;
        /// The postcode (`cust_postcode`).
        postcode: Postcode, with_postcode;
        /// The country (`cust_country`).
        country: Country, with_country;
        /// The IPv4 address that the customer orders from (`cust_ip`). The wire has no form for
        /// IPv6.
        ip: Ipv4Addr, with_ip;
        /// The e-mail address (`cust_email`).
        email: Email, with_email;
        /// The telephone number (`cust_tel`).
        telephone: Telephone, with_telephone;
    }
}
