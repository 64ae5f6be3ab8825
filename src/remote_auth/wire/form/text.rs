//! The text of one value on its way out.

use core::fmt;

use arrayvec::ArrayString;
use serde::{Serialize, Serializer};

/// Text that is borrowed wherever it can be.
pub(super) enum Text<'a> {
    /// As it stands in the request.
    Borrowed(&'a str),
    /// Written out for the form: a number, a date, an address.
    Short(ArrayString<24>),
}

impl Text<'_> {
    #[inline]
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Short(text) => text,
        }
    }

    /// Takes the text of a value that has it on the stack.
    pub(super) fn short<const LENGTH: usize>(text: ArrayString<LENGTH>) -> Self {
        let mut short = ArrayString::new();
        let fits = short.try_push_str(&text);
        debug_assert!(fits.is_ok(), "longer than any amount");
        Self::Short(short)
    }

    /// Writes an IPv4 address out.
    pub(super) fn dotted(octets: [u8; 4]) -> Self {
        let mut text = ArrayString::new();
        for (place, octet) in octets.into_iter().enumerate() {
            let digits = [octet / 100, octet / 10 % 10, octet % 10].map(|digit| char::from(b'0' + digit));
            let zeros = usize::from(octet < 100) + usize::from(octet < 10);
            let point = (place > 0).then_some('.');
            for character in point.into_iter().chain(digits.into_iter().skip(zeros)) {
                let fits = text.try_push(character);
                debug_assert!(fits.is_ok(), "15 characters at most");
            }
        }
        Self::Short(text)
    }

    /// Writes a value out. Nothing that is written so has more than 21 characters.
    pub(super) fn written(value: impl fmt::Display) -> Self {
        use fmt::Write;
        let mut text = ArrayString::new();
        let written = write!(text, "{value}");
        debug_assert!(written.is_ok(), "longer than any amount");
        Self::Short(text)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self::Borrowed(text)
    }
}

impl Serialize for Text<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use core::net::Ipv4Addr;

    use super::*;

    #[test]
    fn addresses_are_written_as_formatting_writes_them() {
        for octet in 0..=u8::MAX {
            for octets in [[octet; 4], [0, octet, 10, 100], [octet, 255, 9, 99]] {
                assert_eq!(Text::dotted(octets).as_str(), Ipv4Addr::from(octets).to_string());
            }
        }
    }
}
