//! `application/x-www-form-urlencoded` (WHATWG URL, section 5), read strictly and written without
//! leaving copies behind. Knows bytes and pairs, nothing of any parameter.

mod writer;

pub(crate) use writer::to_body;
#[cfg(feature = "batch")]
pub(crate) use writer::{append, size};

use memchr::memchr;

use crate::error::Rule;
use crate::secret::{Secret, Wiped};

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
            let [high, low] =
                [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
            text.extend(['%', high, low]);
        }
    }
    text
}

/// The name and value of each pair of a body, still encoded. Empty pairs are skipped; a pair
/// without `=` is a name without a value.
pub(crate) fn pairs(body: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = body;
    let all = core::iter::from_fn(move || {
        let (pair, after) = cut(rest, memchr(b'&', rest.as_bytes()));
        (!rest.is_empty()).then(|| rest = after).map(|()| pair)
    });
    all.filter(|pair| !pair.is_empty()).map(|pair| cut(pair, memchr(b'=', pair.as_bytes())))
}

/// What is before and what is after the separator at a place, if there is one.
fn cut(text: &str, separator: Option<usize>) -> (&str, &str) {
    let around = |at| Some((text.get(..at)?, text.get(at + 1..)?));
    separator.and_then(around).unwrap_or((text, ""))
}

/// A decoded name or value.
pub(crate) enum Decoded<'e, 's> {
    /// It stands for itself.
    Plain(&'e str),
    /// It was written to the scratch.
    Written(&'s str),
}

impl Decoded<'_, '_> {
    pub(crate) const fn as_str(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Written(text) => text,
        }
    }
}

/// Decodes one name or value: it is borrowed where it stands for itself, else written to
/// `scratch`, which has to have capacity for it so that no reallocation leaves a copy behind.
///
/// Where the usual decoders turn an invalid escape into itself and invalid UTF-8 into U+FFFD, this
/// says which of the two it found.
pub(crate) fn decode<'e, 's>(encoded: &'e str, scratch: &'s mut Vec<u8>) -> Result<Decoded<'e, 's>, Rule> {
    // A value is short as a rule: too short for a search that first loads wide registers.
    let Some(plain) = encoded.bytes().position(|byte| matches!(byte, b'%' | b'+')) else {
        return Ok(Decoded::Plain(encoded));
    };
    scratch.clear();
    decode_into(encoded.as_bytes(), plain, scratch)?;
    core::str::from_utf8(scratch).map(Decoded::Written).map_err(|_| Rule::Utf8)
}

/// Decodes one name or value into text of its own, which is wiped.
pub(crate) fn decode_secret(encoded: &str) -> Result<Secret, Rule> {
    let mut scratch = Wiped::new(Vec::with_capacity(encoded.len()));
    decode(encoded, &mut scratch).map(|decoded| decoded.as_str().into())
}

/// Appends the decoded bytes, of which the first `plain` stand for themselves. Decoding never
/// lengthens: capacity for `encoded` is enough.
fn decode_into(encoded: &[u8], plain: usize, bytes: &mut Vec<u8>) -> Result<(), Rule> {
    let (plain, mut rest) = encoded.split_at_checked(plain).unwrap_or_default();
    bytes.extend_from_slice(plain);
    while let [byte, after @ ..] = rest {
        let (byte, after) = match (byte, after) {
            (b'+', _) => (b' ', after),
            (b'%', [high, low, after @ ..]) => (escaped(*high, *low).ok_or(Rule::PercentEscape)?, after),
            (b'%', _) => return Err(Rule::PercentEscape),
            (&byte, _) => (byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    Ok(())
}

/// The byte that two hexadecimal digits stand for.
fn escaped(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_split_at_the_first_equals_sign() {
        let split = |body: &'static str| -> Vec<(&str, &str)> { pairs(body).collect() };
        assert_eq!(split(""), []);
        assert_eq!(split("&&"), []);
        assert_eq!(split("a"), [("a", "")]);
        assert_eq!(split("a=&b=c=d&=e"), [("a", ""), ("b", "c=d"), ("", "e")]);
    }

    #[test]
    fn decoding_is_strict() {
        for (encoded, decoded) in [
            ("", Ok("")),
            ("a+b%20c", Ok("a b c")),
            ("%c3%A9é", Ok("éé")),
            ("%0A", Ok("\n")),
            ("%", Err(Rule::PercentEscape)),
            ("%4", Err(Rule::PercentEscape)),
            ("%zz", Err(Rule::PercentEscape)),
            ("%+1", Err(Rule::PercentEscape)),
            ("%FF", Err(Rule::Utf8)),
            ("%C0%80", Err(Rule::Utf8)),
        ] {
            assert_eq!(decode_secret(encoded), decoded.map(Secret::from), "{encoded}");
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
                [text("a"), Err(Rule::Utf8)],
                [text("b"), text("é")],
                [Err(Rule::Utf8), text("c")],
                [text("d"), text("e")],
            ]
        );
    }
}
