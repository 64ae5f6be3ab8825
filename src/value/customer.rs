//! The payer: the cardholder's name, address and the rest. All optional, all worth sending: the
//! gateway's address checks and anti-fraud measures live from them.

use core::fmt::Write as _;
use core::net::{Ipv4Addr, Ipv6Addr};
use core::str::FromStr;

use arrayvec::ArrayString;

use super::rules;
use super::text::KeptText;
use crate::error::{InvalidValue, Rule};

text_value! {
    /// The cardholder's name: 1 to 255 characters without control characters (`cust_name`, section
    /// 2; the pages name no length, 255 is ours).
    personal CustomerName as Name = "customer name", |text| rules::text(text, 255);
}

text_value! {
    /// The cardholder's address: 1 to 1,024 characters, LF between lines, no other control
    /// character, so no CR (`cust_address`, section 2; the length is ours).
    personal Address as Address = "address", |text| rules::lines(text, 1_024);
}

text_value! {
    /// The cardholder's post, zip or area code: 1 to 32 characters (`cust_postcode`, section 2; the
    /// length is ours).
    personal Postcode as Postcode = "postcode", |text| rules::text(text, 32);
}

text_value! {
    /// The cardholder's telephone number: 1 to 64 characters (`cust_tel`, section 2; the length is
    /// ours).
    personal Telephone as Telephone = "telephone number", |text| rules::text(text, 64);
}

text_value! {
    /// The cardholder's e-mail address: something, `@`, something, without white space or control
    /// characters, up to 254 characters (`cust_email`, section 2; length by RFC 5321).
    personal Email as Email = "e-mail address", |text| {
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

kept_text!(CustomerName Address Postcode Telephone);

impl Country {
    /// A country of somebody else's request: neither case nor blanks around it matter.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        let text = text.trim_matches(' ');
        Self::try_from(text).or_else(|error| {
            let upper: ArrayString<2> = rules::upper_case(text).ok_or(error)?;
            Self::try_from(upper.as_str())
        })
    }
}

impl Email {
    /// An address of somebody else's request: blanks around it do not matter.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        text.trim_matches(' ').try_into()
    }
}

impl Address {
    /// An address of somebody else's request: lines may end in CRLF or CR, as web forms send them, and a
    /// tab is a space.
    pub(crate) fn received(text: &str) -> Self {
        if !text.contains(['\r', '\t']) {
            return Self::kept(text);
        }
        // One buffer that is large enough leaves no copy behind.
        let mut lines = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            lines.push(match character {
                '\r' => {
                    characters.next_if_eq(&'\n');
                    '\n'
                }
                '\t' => ' ',
                other => other,
            });
        }
        Self(lines.into())
    }
}

text_value! {
    /// The address that the cardholder orders from: IPv4 in dotted decimal (`cust_ip`, section 2).
    /// Remote Auth has no form for IPv6.
    ///
    /// An [`Ipv4Addr`] would be copied with every move and show itself, so this is text like the others.
    ///
    /// ```
    /// use core::net::Ipv4Addr;
    ///
    /// use cashflows_codec::value::IpAddress;
    ///
    /// let address = IpAddress::from([192, 0, 2, 44]);
    /// assert_eq!(address, "192.0.2.44".parse()?);
    /// assert_eq!(format!("{address:?}"), "IpAddress(192.0.*.*)");
    /// assert_eq!(address.as_str().parse(), Ok(Ipv4Addr::new(192, 0, 2, 44)));
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    personal IpAddress as IpAddress =
        "IP address", |text| rules::require(text.parse::<Ipv4Addr>().is_ok(), Rule::Ipv4);
}

impl From<Ipv4Addr> for IpAddress {
    fn from(address: Ipv4Addr) -> Self {
        let mut text = String::with_capacity("255.255.255.255".len());
        let written = write!(text, "{address}");
        debug_assert!(written.is_ok(), "there is room");
        Self(text.into())
    }
}

impl IpAddress {
    /// An address of somebody else's request: `::ffff:192.0.2.7` is one of IPv4. Blanks around it do not matter.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        let text = text.trim_matches(' ');
        let mapped = || text.parse::<Ipv6Addr>().ok()?.to_ipv4_mapped();
        Self::try_from(text).or_else(|error| mapped().map(Self::from).ok_or(error))
    }
}

impl From<[u8; 4]> for IpAddress {
    fn from(octets: [u8; 4]) -> Self {
        Ipv4Addr::from(octets).into()
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
/// assert_eq!(customer.address.as_ref().map(|address| address.as_str().lines().count()), Some(2));
///
/// // What is personal is masked wherever it is printed.
/// let shown = format!("{customer:?}");
/// assert!(shown.contains("CustomerName(L*** S***)") && shown.contains("IpAddress(192.0.*.*)"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    /// The name.
    pub name: Option<CustomerName>,
    /// The address.
    pub address: Option<Address>,
    /// The postcode.
    pub postcode: Option<Postcode>,
    /// The country.
    pub country: Option<Country>,
    /// The IP address.
    pub ip: Option<IpAddress>,
    /// The e-mail address.
    pub email: Option<Email>,
    /// The telephone number.
    pub telephone: Option<Telephone>,
}

impl Customer {
    /// Sets the name.
    #[must_use]
    pub fn with_name(mut self, name: CustomerName) -> Self {
        self.name = Some(name);
        self
    }

    /// Sets the address.
    #[must_use]
    pub fn with_address(mut self, address: Address) -> Self {
        self.address = Some(address);
        self
    }

    /// Sets the postcode.
    #[must_use]
    pub fn with_postcode(mut self, postcode: Postcode) -> Self {
        self.postcode = Some(postcode);
        self
    }

    /// Sets the country.
    #[must_use]
    pub fn with_country(mut self, country: Country) -> Self {
        self.country = Some(country);
        self
    }

    /// Sets the IP address.
    #[must_use]
    pub fn with_ip(mut self, ip: IpAddress) -> Self {
        self.ip = Some(ip);
        self
    }

    /// Sets the e-mail address.
    #[must_use]
    pub fn with_email(mut self, email: Email) -> Self {
        self.email = Some(email);
        self
    }

    /// Sets the telephone number.
    #[must_use]
    pub fn with_telephone(mut self, telephone: Telephone) -> Self {
        self.telephone = Some(telephone);
        self
    }
}

stored_as_text!(Country);
