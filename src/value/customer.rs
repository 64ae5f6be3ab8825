//! Who pays: the cardholder's name, address and the rest. All optional, all worth sending: the
//! gateway's address checks and anti-fraud measures live from them.

use core::net::Ipv4Addr;
use core::str::FromStr;

use arrayvec::ArrayString;

use super::rules;
use crate::error::{InvalidValue, Rule};

text_value! {
    /// The cardholder's name: 1 to 255 characters without control characters (`cust_name`, section
    /// 2; the pages name no length, 255 is ours).
    open CustomerName(Box<str>) = "customer name", |text| rules::text(text, 255);
}

text_value! {
    /// The cardholder's address: 1 to 1,024 characters, LF between lines, no other control
    /// character, so no CR (`cust_address`, section 2; the length is ours).
    open Address(Box<str>) = "address", |text| rules::lines(text, 1_024);
}

text_value! {
    /// The cardholder's post, zip or area code: 1 to 32 characters (`cust_postcode`, section 2; the
    /// length is ours).
    open Postcode(Box<str>) = "postcode", |text| rules::text(text, 32);
}

text_value! {
    /// The cardholder's telephone number: 1 to 64 characters (`cust_tel`, section 2; the length is
    /// ours).
    open Telephone(Box<str>) = "telephone number", |text| rules::text(text, 64);
}

text_value! {
    /// The cardholder's e-mail address: something, `@`, something, without white space or control
    /// characters, up to 254 characters (`cust_email`, section 2; length by RFC 5321).
    open Email(Box<str>) = "e-mail address", |text| {
        rules::text(text, 254)?;
        let named = text.rsplit_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
        rules::require(named && !text.chars().any(char::is_whitespace), Rule::Email)
    };
}

text_value! {
    /// The cardholder's country: two upper-case letters of ISO 3166-1 alpha-2 (`cust_country`,
    /// section 2).
    open Country(ArrayString<2>) = "country", |text| {
        let two_letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        rules::require(two_letters && iso_currency::Country::from_str(text).is_ok(), Rule::Country)
    };
}

/// The text of `cust_ip`: IPv4 in dotted decimal, nothing else.
pub(crate) struct IpAddress(pub(crate) Ipv4Addr);

impl TryFrom<&str> for IpAddress {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| InvalidValue::new("IP address", Rule::Ipv4))
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

impl Customer {
    /// Sets the name.
    #[must_use]
    pub fn with_name(mut self, name: CustomerName) -> Self {
        self.name = Some(name);
        self
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> Option<&CustomerName> {
        self.name.as_ref()
    }

    /// Sets the address.
    #[must_use]
    pub fn with_address(mut self, address: Address) -> Self {
        self.address = Some(address);
        self
    }

    /// The address.
    #[must_use]
    pub const fn address(&self) -> Option<&Address> {
        self.address.as_ref()
    }

    /// Sets the postcode.
    #[must_use]
    pub fn with_postcode(mut self, postcode: Postcode) -> Self {
        self.postcode = Some(postcode);
        self
    }

    /// The postcode.
    #[must_use]
    pub const fn postcode(&self) -> Option<&Postcode> {
        self.postcode.as_ref()
    }

    /// Sets the country.
    #[must_use]
    pub fn with_country(mut self, country: Country) -> Self {
        self.country = Some(country);
        self
    }

    /// The country.
    #[must_use]
    pub const fn country(&self) -> Option<&Country> {
        self.country.as_ref()
    }

    /// Sets the IPv4 address that the customer orders from. Remote Auth has no form for IPv6.
    #[must_use]
    pub fn with_ip(mut self, ip: Ipv4Addr) -> Self {
        self.ip = Some(ip);
        self
    }

    /// The IPv4 address that the customer orders from. Remote Auth has no form for IPv6.
    #[must_use]
    pub const fn ip(&self) -> Option<Ipv4Addr> {
        self.ip
    }

    /// Sets the e-mail address.
    #[must_use]
    pub fn with_email(mut self, email: Email) -> Self {
        self.email = Some(email);
        self
    }

    /// The e-mail address.
    #[must_use]
    pub const fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }

    /// Sets the telephone number.
    #[must_use]
    pub fn with_telephone(mut self, telephone: Telephone) -> Self {
        self.telephone = Some(telephone);
        self
    }

    /// The telephone number.
    #[must_use]
    pub const fn telephone(&self) -> Option<&Telephone> {
        self.telephone.as_ref()
    }
}

stored_as_text!(Country);
