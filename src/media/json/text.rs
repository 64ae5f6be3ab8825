//! Text of JSON: as it stands in the body, or decoded into memory that is wiped.

use core::mem;
use core::ops::Deref;

use crate::scan::{marked, marked_below};
use crate::secret::{Secret, Wiped};

/// The text of a string, a name or a number.
pub(crate) enum Text<'d> {
    /// It stands in the body as it is.
    Plain(&'d str),
    /// It was written with escapes.
    Decoded(Wiped<String>),
}

impl<'d> Text<'d> {
    /// Decodes the text between the quotes of a string whose escapes are known to be right.
    #[cold]
    pub(super) fn decode(escaped: &'d str) -> Self {
        // Decoding never lengthens, so nothing is reallocated.
        let mut text = Wiped::new(String::with_capacity(escaped.len()));
        decode_onto(&mut text, escaped);
        Self::Decoded(text)
    }

    /// The text in memory of its own, which is wiped.
    pub(crate) fn into_secret(self) -> Secret {
        match self {
            Self::Plain(text) => text.into(),
            Self::Decoded(mut text) => mem::take(&mut *text).into(),
        }
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Decoded(text) => text,
        }
    }
}

/// Appends the text that a string stands for. It is never longer than the string.
fn decode_onto(text: &mut String, escaped: &str) {
    let mut rest = escaped;
    while let Some((plain, escape)) = rest.split_at_checked(plain_bytes(rest.as_bytes())) {
        text.push_str(plain);
        let Some((character, after)) = escape.get(1..).and_then(unescape) else { return };
        text.push(character);
        rest = after;
    }
}

/// How many bytes there are before a quote, a `\` or a control character.
#[inline]
pub(super) fn plain_bytes(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks();
    for (index, &word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(word);
        let found = marked(word, b'"') | marked(word, b'\\') | marked_below(word, b' ');
        if found != 0 {
            return 8 * index + found.trailing_zeros() as usize / 8;
        }
    }
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    8 * words.len() + tail.iter().position(|&byte| !plain(byte)).unwrap_or(tail.len())
}

/// The character that an escape stands for, after its `\`, and what follows it.
pub(super) fn unescape(escape: &str) -> Option<(char, &str)> {
    let mut characters = escape.chars();
    let character = match characters.next()? {
        character @ ('"' | '\\' | '/') => character,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(characters.as_str()),
        _ => return None,
    };
    Some((character, characters.as_str()))
}

/// Four digits, or four and an escape with four more, which are two halves of one character.
fn unicode(digits: &str) -> Option<(char, &str)> {
    let (first, rest) = code_unit(digits)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, rest));
    }
    let (second, rest) = code_unit(rest.strip_prefix("\\u")?)?;
    let (high, low) = (first.checked_sub(0xD800)?, second.checked_sub(0xDC00)?);
    if high >= 0x400 || low >= 0x400 {
        return None;
    }
    Some((char::from_u32(0x1_0000 + (high << 10 | low))?, rest))
}

fn code_unit(digits: &str) -> Option<(u32, &str)> {
    let (unit, rest) = digits.split_at_checked(4)?;
    // `from_str_radix` takes a sign.
    let hexadecimal = unit.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some((u32::from_str_radix(unit, 16).ok().filter(|_| hexadecimal)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded() {
        for (escaped, decoded) in [
            ("", ""),
            ("plain é", "plain é"),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"a\u0041\u00e9\u20AC!", "aAé€!"),
            (r"\ud83d\ude00", "😀"),
            (r"\u0000", "\0"),
        ] {
            assert_eq!(&*Text::decode(escaped), decoded, "{escaped}");
        }
    }

    #[test]
    fn what_is_no_escape_is_refused() {
        for escape in [
            "",
            "x",
            "u",
            "u12",
            "u12g4",
            "u+123",
            "ud83d",
            r"ud83d\u0041",
            r"ud83d\ud83d",
            r"ud83d\ue000",
            "ude00",
            "ué",
        ] {
            assert_eq!(unescape(escape), None, "{escape}");
        }
    }
}
