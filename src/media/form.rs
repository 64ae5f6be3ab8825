//! `application/x-www-form-urlencoded` (WHATWG URL, section 5), read strictly and written without
//! leaving copies behind. Knows bytes, pairs and tables of names, nothing of what a parameter means.

mod name;
mod pairs;
mod read;
mod table;
mod write;

pub use name::{ParameterName, UnlistedName};
pub(crate) use pairs::{Encoded, Pair, Pairs};
pub(crate) use read::{Fields, Unlisted};
pub(crate) use table::Table;
pub(crate) use write::{Added, Form, Text};

use core::mem;

use crate::secret::{Secret, Wiped};

/// An error of a pair of a form, whatever its value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// A `%` is not followed by two hexadecimal digits.
    PercentEscape,
    /// The bytes, after percent-decoding, are not UTF-8.
    Utf8,
    /// The parameter stands in the body more than once.
    Repeated,
}

/// A body without the line ends behind it, which are not part of it.
pub(crate) fn without_line_end(mut body: &[u8]) -> &[u8] {
    while let [rest @ .., b'\r' | b'\n'] = body {
        body = rest;
    }
    body
}

/// A body without the byte order mark before it, which some editors write.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

/// A body as text, so that no name and no value has to be looked at for that again. A body that is
/// none has every byte beyond ASCII percent-encoded: decoding finds them where they stand.
pub(crate) fn readable(body: &[u8]) -> Readable<'_> {
    core::str::from_utf8(body).map_or_else(|_| Readable::Escaped(escape(body)), Readable::Text)
}

/// See [`readable`].
pub(crate) enum Readable<'b> {
    Text(&'b str),
    Escaped(Wiped<String>),
}

impl Readable<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Escaped(text) => text,
        }
    }
}

fn escape(body: &[u8]) -> Wiped<String> {
    let mut text = Wiped::new(String::with_capacity("%FF".len() * body.len()));
    for &byte in body {
        if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            text.extend(write::escaped(byte).map(char::from));
        }
    }
    text
}

/// The name and value of each pair of a body, still encoded.
pub(crate) fn pairs(body: &str) -> impl Iterator<Item = (&str, &str)> {
    Pairs::of(body).map(|pair| (pair.name, pair.value.as_str()))
}

/// Checks that a name or value can be decoded.
pub(crate) fn check(encoded: &str) -> Result<(), Malformed> {
    // The strict decoder is slower, but says what is wrong.
    if is_well_formed(encoded.as_bytes()) { Ok(()) } else { decode_secret(encoded).map(drop) }
}

/// Returns true if every escape is one, and all that stands between two others is whole characters.
fn is_well_formed(encoded: &[u8]) -> bool {
    let mut rest = encoded;
    while let [byte, after @ ..] = rest {
        rest = match byte {
            b'%' => match after_escaped_character(rest) {
                Some(after) => after,
                None => return false,
            },
            _ => after,
        };
    }
    true
}

/// The bytes behind a character that is written in escapes: as many as it has bytes in UTF-8.
fn after_escaped_character(encoded: &[u8]) -> Option<&[u8]> {
    let (first, mut rest) = escaped_byte(encoded)?;
    let length = match first {
        0..0x80 => return Some(rest),
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    };
    let mut bytes = [first, 0, 0, 0];
    let bytes = bytes.get_mut(..length)?;
    for byte in bytes.iter_mut().skip(1) {
        (*byte, rest) = escaped_byte(rest)?;
    }
    core::str::from_utf8(bytes).is_ok().then_some(rest)
}

/// The byte that an escape stands for, and what follows it.
fn escaped_byte(encoded: &[u8]) -> Option<(u8, &[u8])> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [b'%', high, low, rest @ ..] = encoded else { return None };
    Some(((digit(*high)? << 4 | digit(*low)?) as u8, rest))
}

/// Decodes one name or value into text that is wiped.
///
/// The usual decoders turn an invalid escape into itself and invalid UTF-8 into U+FFFD. This
/// says which of the two it found.
pub(crate) fn decode_secret(encoded: &str) -> Result<Secret, Malformed> {
    // Decoding never lengthens, so nothing is reallocated.
    let mut bytes = Wiped::new(Vec::with_capacity(encoded.len()));
    let mut rest = encoded.as_bytes();
    while let [byte, after @ ..] = rest {
        let (byte, after) = match byte {
            b'+' => (b' ', after),
            b'%' => escaped_byte(rest).ok_or(Malformed::PercentEscape)?,
            &byte => (byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(mem::take(&mut bytes)).map(Secret::from).map_err(|error| {
        *bytes = error.into_bytes();
        Malformed::Utf8
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A table of three parameters, of which one is secret.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum Three {
        First,
        SecretPass,
        Third,
    }

    impl Table for Three {
        const ALL: &'static [Self] = &[Self::First, Self::SecretPass, Self::Third];

        fn name(self) -> &'static str {
            ["first", "secretpass", "third"][self as usize]
        }

        fn lead(self) -> &'static str {
            ["&first=", "&secretpass=", "&third="][self as usize]
        }

        fn from_name(name: &str) -> Option<Self> {
            Self::ALL.iter().copied().find(|parameter| parameter.name() == name)
        }

        fn index(self) -> usize {
            self as usize
        }

        fn is_secret(self) -> bool {
            self == Self::SecretPass
        }
    }

    #[test]
    fn decoding_is_strict() {
        for (encoded, decoded) in [
            ("", Ok("")),
            ("a+b%20c", Ok("a b c")),
            ("%c3%A9é", Ok("éé")),
            ("%0A", Ok("\n")),
            ("%", Err(Malformed::PercentEscape)),
            ("%4", Err(Malformed::PercentEscape)),
            ("%zz", Err(Malformed::PercentEscape)),
            ("%+1", Err(Malformed::PercentEscape)),
            ("%FF", Err(Malformed::Utf8)),
            ("%C0%80", Err(Malformed::Utf8)),
        ] {
            assert_eq!(decode_secret(encoded), decoded.map(Secret::from), "{encoded}");
            assert_eq!(check(encoded), decoded.map(drop), "{encoded}");
        }
    }

    proptest! {
        #[test]
        fn what_is_well_formed_is_what_the_strict_decoder_takes(
            encoded in prop_oneof![
                "([a+é]|%[0-9a-fA-F]{2}|%[c-f][0-9a-f]%[89ab][0-9a-f](%[89ab][0-9a-f])?|%.?){0,6}",
                any::<String>().prop_map(|text| serde_urlencoded::to_string([("", text)]).unwrap()),
            ],
        ) {
            prop_assert_eq!(is_well_formed(encoded.as_bytes()), decode_secret(&encoded).is_ok());
        }

        #[test]
        fn both_decoders_agree(text: String) {
            let body = serde_urlencoded::to_string([("", &text)]).unwrap();
            let pair = Pairs::of(&body).next().unwrap();
            prop_assert_eq!(pair.value.decode(), text.as_str());
            prop_assert_eq!(decode_secret(pair.value.as_str()), Ok(Secret::from(text)));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_found_where_they_stand() {
        let body = readable(b"a=\xff&b=\xc3\xa9&\xfe=c&d=e");
        let decoded: Vec<_> =
            pairs(body.as_str()).map(|(name, value)| [name, value].map(decode_secret)).collect();
        let text = |text: &str| Ok(Secret::from(text));
        assert_eq!(
            decoded,
            [
                [text("a"), Err(Malformed::Utf8)],
                [text("b"), text("é")],
                [Err(Malformed::Utf8), text("c")],
                [text("d"), text("e")],
            ]
        );
    }
}
