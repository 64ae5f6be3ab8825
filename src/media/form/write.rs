//! Writes pairs as a form body.
//!
//! The body is measured first and then written into one buffer that is large enough, so that no
//! reallocation leaves a copy of a card number on the heap. The output is byte for byte that of
//! `serde_urlencoded`, which the tests hold against it.

use core::fmt;
use core::marker::PhantomData;

use arrayvec::ArrayString;

use super::Table;
use crate::scan::ByteClass;
use crate::secret::{Secret, Wiped};

/// The text of one value on its way out.
#[derive(Clone, Copy)]
pub(crate) enum Text<'a> {
    /// As it stands in the message.
    Borrowed(&'a str),
    /// Written out for the form: a number, a date, an address.
    Short(ArrayString<24>),
}

impl Text<'_> {
    #[inline]
    fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Short(text) => text,
        }
    }

    /// Takes the text of a value that has it on the stack.
    pub(crate) fn short<const LENGTH: usize>(text: ArrayString<LENGTH>) -> Self {
        let mut short = ArrayString::new();
        let fits = short.try_push_str(&text);
        debug_assert!(fits.is_ok(), "longer than any amount");
        Self::Short(short)
    }

    /// Writes a value out. Nothing that is written so has more than 21 characters.
    pub(crate) fn written(value: impl fmt::Display) -> Self {
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

/// Parameters that no table knows, to be written behind at least one of the table. The values may be
/// anything, and so count as secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Added(Vec<(Box<str>, Secret)>);

impl Added {
    /// Adds a parameter. The name consists of characters that stand for themselves, but for `[` and `]`.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.into(), value.into()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names and values, in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, value.expose()))
    }
}

/// A form that is to be written: the text of each parameter of a table, empty where it is absent.
pub(crate) struct Form<'a, P, const N: usize> {
    texts: [Text<'a>; N],
    /// The most bytes that the body can have: each byte of a text may become three.
    bound: usize,
    /// The parameters that are written behind the others.
    added: Option<&'a Added>,
    table: PhantomData<P>,
}

impl<'a, P: Table, const N: usize> Form<'a, P, N> {
    /// A form without parameters.
    pub(crate) const fn new() -> Self {
        Self { texts: [Text::Borrowed(""); N], bound: 0, added: None, table: PhantomData }
    }

    /// Sets a parameter, once.
    #[inline]
    pub(crate) fn set(&mut self, parameter: P, text: impl Into<Text<'a>>) {
        let text = text.into();
        self.bound += parameter.lead().len() + 3 * text.as_str().len();
        if let Some(place) = self.texts.get_mut(parameter.index()) {
            debug_assert!(place.as_str().is_empty(), "{} is set twice", parameter.lead());
            *place = text;
        }
    }

    /// Sets what is written behind the parameters of the table.
    #[inline]
    pub(crate) fn add(&mut self, added: &'a Added) {
        if !added.is_empty() {
            self.bound += added.iter().map(|(name, value)| 2 + 3 * (name.len() + value.len())).sum::<usize>();
            self.added = Some(added);
        }
    }

    /// The form with one more parameter.
    #[cfg(feature = "batch")]
    pub(crate) fn with(mut self, parameter: P, text: impl Into<Text<'a>>) -> Self {
        self.set(parameter, text);
        self
    }

    /// Sets a parameter, if there is a text for it.
    #[inline]
    pub(crate) fn set_some(&mut self, parameter: P, text: Option<impl Into<Text<'a>>>) {
        if let Some(text) = text {
            self.set(parameter, text);
        }
    }

    /// The parameters that have a text, in the order of the table.
    #[inline]
    fn pairs(&self) -> impl Iterator<Item = (P, &str)> {
        P::ALL.iter().copied().zip(self.texts.iter().map(Text::as_str)).filter(|(_, text)| !text.is_empty())
    }

    /// The form alone, in a buffer that is large enough.
    pub(crate) fn to_body(&self) -> Wiped<Vec<u8>> {
        let mut body = Wiped::new(Vec::with_capacity(self.bound));
        self.append_to(&mut body);
        debug_assert!(body.len() <= self.bound, "the bound holds");
        body
    }

    /// The exact size of the form.
    #[cfg(any(test, feature = "batch"))]
    pub(crate) fn size(&self) -> usize {
        let escaped = |value: &str| value.bytes().filter(|&byte| !PLAIN.has(byte) && byte != b' ').count();
        let pair = |(parameter, value): (P, &str)| parameter.lead().len() + value.len() + 2 * escaped(value);
        self.pairs().map(pair).sum::<usize>().saturating_sub("&".len())
    }

    /// Appends the form to a body that has capacity for it.
    pub(crate) fn append_to(&self, body: &mut Vec<u8>) {
        let mut skipped = "&".len();
        for (parameter, value) in self.pairs() {
            body.extend_from_slice(parameter.lead().as_bytes().get(skipped..).unwrap_or_default());
            encode_into(value, body);
            skipped = 0;
        }
        for (name, value) in self.added.iter().flat_map(|added| added.iter()) {
            body.push(b'&');
            encode_into(name, body);
            body.push(b'=');
            encode_into(value, body);
        }
    }
}

/// Percent-encodes a value. Eight bytes that stand for themselves, as most do, are copied at once.
#[inline]
fn encode_into(value: &str, body: &mut Vec<u8>) {
    let (words, tail) = value.as_bytes().as_chunks::<8>();
    for word in words {
        if PLAIN.has_all(word) {
            body.extend_from_slice(word);
        } else {
            encode_few_into(word, body);
        }
    }
    if PLAIN.has_all(tail) {
        body.extend_from_slice(tail);
    } else {
        encode_few_into(tail, body);
    }
}

/// Percent-encodes up to eight bytes, of which none decides what is done next: each is written as if it
/// became three, and what is too much is overwritten by the next one or cut off.
fn encode_few_into(bytes: &[u8], body: &mut Vec<u8>) {
    let start = body.len();
    if body.capacity() - start < ENCODED_FEW {
        return encode_each_into(bytes, body);
    }
    body.extend_from_slice(&[0; ENCODED_FEW]);
    let room = body.get_mut(start..).unwrap_or_default();
    let mut end = 0;
    for &byte in bytes {
        let Some(&(encoded, length)) = ENCODED.get(usize::from(byte)) else { continue };
        if let Some(place) = room.get_mut(end..end + encoded.len()) {
            place.copy_from_slice(&encoded);
        }
        end += usize::from(length);
    }
    body.truncate(start + end);
}

/// The obvious way to do the same, for the end of a body: there is no room for what is too much.
#[cold]
fn encode_each_into(bytes: &[u8], body: &mut Vec<u8>) {
    for &byte in bytes {
        let Some(&(encoded, length)) = ENCODED.get(usize::from(byte)) else { continue };
        body.extend(encoded.into_iter().take(length.into()));
    }
}

/// The most bytes that eight become: `%FF` each.
const ENCODED_FEW: usize = 8 * 3;

/// The bytes that stand for themselves in a form (WHATWG URL, section 1.3).
static PLAIN: ByteClass = ByteClass::alphanumeric_and(b"*-._");

/// The bytes that each byte becomes, and their number. [`PLAIN`] says once more which become themselves:
/// a test writes every byte both ways.
#[expect(clippy::indexing_slicing, reason = "the compiler runs it, and says so if it panics")]
static ENCODED: [([u8; 3], u8); 256] = {
    let mut encoded = [([0; 3], 1); 256];
    let mut byte = 0;
    while byte < encoded.len() {
        let value = byte as u8;
        encoded[byte] = match value {
            b' ' => ([b'+', 0, 0], 1),
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'*' | b'-' | b'.' | b'_' => ([value, 0, 0], 1),
            _ => (escaped(value), 3),
        };
        byte += 1;
    }
    encoded
};

/// A byte as an escape, such as `%FF`.
pub(super) const fn escaped(byte: u8) -> [u8; 3] {
    [b'%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]
}

const fn hexadecimal(nibble: u8) -> u8 {
    match nibble {
        0..=9 => b'0' + nibble,
        _ => b'A' + (nibble - 10),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::Three;
    use super::*;

    fn form(texts: [&str; 3]) -> Form<'_, Three, 3> {
        let mut form = Form::new();
        for (&parameter, text) in Three::ALL.iter().zip(texts) {
            form.set(parameter, text);
        }
        form
    }

    fn by_serde_urlencoded(texts: [&str; 3]) -> String {
        let pairs = Three::ALL.iter().map(|parameter| parameter.name()).zip(texts);
        serde_urlencoded::to_string(pairs.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>()).unwrap()
    }

    proptest! {
        #[test]
        fn the_body_is_serde_urlencoded_s(first: String, second: String, third: String) {
            let texts = [first.as_str(), &second, &third];
            let (form, expected) = (form(texts), by_serde_urlencoded(texts));
            let body = form.to_body();
            prop_assert_eq!(body.as_slice(), expected.as_bytes());
            prop_assert_eq!(form.size(), expected.len());
            let mut body = b"before it".to_vec();
            form.append_to(&mut body);
            prop_assert_eq!(body, ["before it", &expected].concat().into_bytes());
            let mut exact = Vec::with_capacity(form.size());
            let place = exact.as_ptr();
            form.append_to(&mut exact);
            prop_assert_eq!((exact.as_ptr(), exact.as_slice()), (place, expected.as_bytes()));
        }
    }

    #[test]
    fn every_byte_is_written_as_serde_urlencoded_writes_it() {
        let all: String = (0..=u8::MAX).map(char::from).collect();
        let texts = ["", &all, ""];
        assert_eq!(form(texts).to_body().as_slice(), by_serde_urlencoded(texts).as_bytes());
        for byte in 0..=u8::MAX {
            let stands_for_itself = ENCODED[usize::from(byte)] == ([byte, 0, 0], 1);
            assert_eq!(PLAIN.has(byte), stands_for_itself, "{byte}");
        }
    }
}
