//! How each kind of value is shown in a log.

use core::fmt;
use core::net::Ipv4Addr;

use super::MaskedText;
use crate::secret::{MASK, MaskedNumber};

/// How a value may be shown where nobody asked to see it: by `Debug`, and by whatever masks a body.
///
/// A masked personal value shows so much that two people can say whether they look at the same payment, and no
/// more. A value that is too short for its rule, or not of its form, shows nothing but `***`. Card
/// numbers are masked in all of them, as [`MaskedText`] does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Secrecy {
    /// No secret, and nothing personal: all of it, but for card numbers in it. In a masked body only if it has
    /// the form of its parameter.
    Open,
    /// A card number: the first six and the last four digits, as `451040******9005`.
    Number,
    /// A secret, such as a password or a security code: nothing.
    Hidden,
    /// Personal, a name: the first letter of each word that has more than that, as `L*** S***`.
    Name,
    /// Personal, an address: nothing.
    Address,
    /// Personal, a postcode: up to four letters and digits before a space, as `CB22 ***`.
    Postcode,
    /// Personal, an e-mail address: the first letter, if there are more, and the domain, if it ends in a
    /// word, as `l***@example.com`.
    Email,
    /// Personal, a telephone number: the last two letters or digits, of seven or more, as `***58`.
    Telephone,
    /// Personal, an IP address: the first two numbers of an IPv4 address, as `192.0.*.*`.
    IpAddress,
    /// Personal, a date of birth: nothing.
    DateOfBirth,
    /// Personal, the number of an account: the last four letters or digits, of eight or more, as
    /// `***5678`.
    Account,
}

impl Secrecy {
    /// Returns true if the value is card data or another secret, which no call shows in a masked body.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Number | Self::Hidden)
    }

    /// Returns true if the value says something of a person.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        !matches!(self, Self::Open | Self::Number | Self::Hidden)
    }
}

/// A text as it may be shown.
pub(crate) struct Masked<'a> {
    pub(crate) text: &'a str,
    pub(crate) secrecy: Secrecy,
}

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text;
        match self.secrecy {
            Secrecy::Open => MaskedText::new(text).fmt(f),
            Secrecy::Number => MaskedNumber(text).fmt(f),
            Secrecy::Hidden | Secrecy::Address | Secrecy::DateOfBirth => f.write_str(MASK),
            Secrecy::Name => name(text, f),
            Secrecy::Postcode => write!(f, "{}{MASK}", first_part(text)),
            Secrecy::Email => email(text, f),
            Secrecy::Telephone => write!(f, "{MASK}{}", last(text, 2, 7)),
            Secrecy::IpAddress => ip_address(text, f),
            Secrecy::Account => write!(f, "{MASK}{}", last(text, 4, 8)),
        }
    }
}

fn name(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, word) in text.split(char::is_whitespace).enumerate() {
        let space = if index == 0 { "" } else { " " };
        write!(f, "{space}{}{MASK}", initial(word))?;
    }
    Ok(())
}

/// The first letter of a word, if there is another letter or digit in it; otherwise nothing.
fn initial(word: &str) -> &str {
    let mut characters = word.chars();
    let first = characters.next().filter(|first| first.is_alphabetic());
    let first = first.filter(|_| characters.any(char::is_alphanumeric));
    first.and_then(|first| word.get(..first.len_utf8())).unwrap_or("")
}

/// The text before the first space of a postcode, and the space; empty if there is none.
fn first_part(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return "" };
    let right = (1..=4).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if right && !rest.trim().is_empty() { text.get(..=first.len()).unwrap_or("") } else { "" }
}

fn email(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((user, domain)) = text.rsplit_once('@') else { return f.write_str(MASK) };
    let domain = if ends_in_a_word(domain) { domain } else { MASK };
    write!(f, "{}{MASK}@{}", initial(user), MaskedText::new(domain))
}

/// Returns true if this is a domain that has a top level: no address, and no name of a machine.
fn ends_in_a_word(domain: &str) -> bool {
    let allowed = |character: char| character.is_alphanumeric() || matches!(character, '-' | '.');
    let word = |top: &str| top.starts_with(char::is_alphabetic);
    domain.chars().all(allowed) && domain.rsplit_once('.').is_some_and(|(_, top)| word(top))
}

/// The last `count` characters of a text that has at least `min` letters and digits; otherwise nothing.
fn last(text: &str, count: usize, min: usize) -> &str {
    let is_long = text.bytes().filter(u8::is_ascii_alphanumeric).count() >= min;
    let end = text.len().checked_sub(count).and_then(|start| text.get(start..)).unwrap_or("");
    if is_long && end.bytes().all(|byte| byte.is_ascii_alphanumeric()) { end } else { "" }
}

fn ip_address(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match text.parse().map(|address: Ipv4Addr| address.octets()) {
        Ok([first, second, ..]) => write!(f, "{first}.{second}.*.*"),
        Err(_) => f.write_str(MASK),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PERSONAL: [Secrecy; 8] = [
        Secrecy::Name,
        Secrecy::Address,
        Secrecy::Postcode,
        Secrecy::Email,
        Secrecy::Telephone,
        Secrecy::IpAddress,
        Secrecy::DateOfBirth,
        Secrecy::Account,
    ];

    fn masked(secrecy: Secrecy, text: &str) -> String {
        Masked { text, secrecy }.to_string()
    }

    #[test]
    fn each_kind_is_masked_by_its_rule() {
        for (secrecy, text, shown) in [
            (Secrecy::Open, "order 17", "order 17"),
            (Secrecy::Open, "4000000000000002", "400000******0002"),
            (Secrecy::Number, "4000000000000002", "400000******0002"),
            (Secrecy::Number, "4000 0000 0000 0002", "***"),
            (Secrecy::Hidden, "hunter2", "***"),
            (Secrecy::Name, "Luke Skywalker", "L*** S***"),
            (Secrecy::Name, "Mrs T Tester", "M*** *** T***"),
            (Secrecy::Name, "Élodie", "É***"),
            (Secrecy::Name, "L", "***"),
            (Secrecy::Name, "L. S.", "*** ***"),
            (Secrecy::Name, "Bo Li", "B*** L***"),
            (Secrecy::Name, " ", "*** ***"),
            (Secrecy::Name, "4000 0000 0000 0002", "*** *** *** ***"),
            (Secrecy::Name, "Luke\nSkywalker", "L*** S***"),
            (Secrecy::Address, "1 Farm Lane\nAnchorhead", "***"),
            (Secrecy::Postcode, "CB22 5LD", "CB22 ***"),
            (Secrecy::Postcode, "1234 AB", "1234 ***"),
            (Secrecy::Postcode, "CB225LD", "***"),
            (Secrecy::Postcode, "90210-1234 US", "***"),
            (Secrecy::Postcode, "CB22 ", "***"),
            (Secrecy::Postcode, " CB22 5LD", "***"),
            (Secrecy::Postcode, "4000000000000002", "***"),
            (Secrecy::Email, "luke@example.com", "l***@example.com"),
            (Secrecy::Email, "\"luke@home\"@example.co.uk", "***@example.co.uk"),
            (Secrecy::Email, "l@example.com", "***@example.com"),
            (Secrecy::Email, "4ever@bücher.example", "***@bücher.example"),
            (Secrecy::Email, "luke@farm", "l***@***"),
            (Secrecy::Email, "luke@192.0.2.1", "l***@***"),
            (Secrecy::Email, "luke@exa|mple.com", "l***@***"),
            (Secrecy::Email, "luke@4000000000000002.com", "l***@400000******0002.com"),
            (Secrecy::Email, "luke", "***"),
            (Secrecy::Telephone, "+44 20 7946 0958", "***58"),
            (Secrecy::Telephone, "7946095", "***95"),
            (Secrecy::Telephone, "946095", "***"),
            (Secrecy::Telephone, "+44 20 7946 (0958)", "***"),
            (Secrecy::Telephone, "4000000000000002", "***02"),
            (Secrecy::IpAddress, "192.0.2.44", "192.0.*.*"),
            (Secrecy::IpAddress, "2001:db8::1", "***"),
            (Secrecy::IpAddress, "192.0.2", "***"),
            (Secrecy::DateOfBirth, "19770525", "***"),
            (Secrecy::Account, "12345678", "***5678"),
            (Secrecy::Account, "1234567", "***"),
            (Secrecy::Account, "20-15-55/12345678", "***5678"),
            (Secrecy::Account, "12345678/1", "***"),
            (Secrecy::Account, "", "***"),
        ] {
            assert_eq!(masked(secrecy, text), shown, "{secrecy:?} {text}");
            assert_eq!(secrecy.is_personal(), PERSONAL.contains(&secrecy), "{secrecy:?}");
            let is_secret = secrecy != Secrecy::Open && !secrecy.is_personal();
            assert_eq!(secrecy.is_secret(), is_secret, "{secrecy:?}");
        }
    }

    proptest! {
        /// However short a text is, half of its letters and digits are the most that its mask shows. The
        /// domain of an e-mail address is a rule of its own.
        #[test]
        fn no_mask_shows_more_than_half(
            text in prop_oneof!["[a-c1-3]{0,9}", "[a-c1-3 /.-]{0,20}", "[0-9]{1,3}(\\.[0-9]{1,3}){3}", any::<String>()],
        ) {
            let count = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
            for secrecy in PERSONAL.into_iter().filter(|&secrecy| secrecy != Secrecy::Email) {
                let shown = masked(secrecy, &text);
                prop_assert!(shown.contains('*'), "{secrecy:?}");
                if secrecy != Secrecy::Postcode && secrecy != Secrecy::IpAddress {
                    prop_assert!(2 * count(&shown) <= count(&text), "{secrecy:?} {shown}");
                }
            }
        }
    }
}
