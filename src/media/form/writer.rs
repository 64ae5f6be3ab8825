//! Writes a flat struct of optional strings as a form body, by `serde`'s `Serialize`.
//!
//! The body is measured first and then written into one buffer that is large enough, so that no
//! reallocation leaves a copy of a card number on the heap. The output is byte for byte that of
//! `serde_urlencoded`, which the tests hold against it.

use core::fmt;

use crate::media::scan::ByteClass;
use crate::secret::Wiped;
use serde::ser::{Error as _, Impossible, Serialize, SerializeStruct, Serializer};

/// The form body of a struct whose fields are strings and optional strings. `None` is left out.
///
/// Nothing else may be in the struct: the structs are this crate's own, and a test writes each.
pub(crate) fn to_body(form: &impl Serialize) -> Wiped<Vec<u8>> {
    let mut bound = Bound(0);
    let measured = form.serialize(Pairs(&mut bound));
    let mut body = Wiped::new(Vec::with_capacity(bound.0));
    append(form, &mut body);
    debug_assert!(measured.is_ok(), "a form holds strings only");
    debug_assert!(body.len() <= bound.0, "the bound holds");
    body
}

/// Appends the form to a body that has capacity for it.
pub(crate) fn append(form: &impl Serialize, body: &mut Vec<u8>) {
    let start = body.len();
    let written = form.serialize(Pairs(&mut Body { body, start }));
    debug_assert!(written.is_ok(), "a form holds strings only");
}

/// The exact size of the form. To bound it, as [`to_body`] does, takes less time.
#[cfg(any(test, feature = "batch"))]
pub(crate) fn size(form: &impl Serialize) -> usize {
    let mut size = Size(0);
    let measured = form.serialize(Pairs(&mut size));
    debug_assert!(measured.is_ok(), "a form holds strings only");
    size.0
}

/// Takes the pairs one by one.
trait Sink {
    fn pair(&mut self, name: &'static str, value: &str);
}

/// The most bytes that the body can have: each byte of a value may become three.
struct Bound(usize);

impl Sink for Bound {
    fn pair(&mut self, name: &'static str, value: &str) {
        self.0 += "&=".len() + name.len() + 3 * value.len();
    }
}

/// The bytes that the body has.
#[cfg(any(test, feature = "batch"))]
struct Size(usize);

#[cfg(any(test, feature = "batch"))]
impl Sink for Size {
    fn pair(&mut self, name: &'static str, value: &str) {
        let separator = usize::from(self.0 > 0);
        let escaped = value.bytes().filter(|&byte| !PLAIN.has(byte) && byte != b' ').count();
        self.0 += separator + name.len() + "=".len() + value.len() + 2 * escaped;
    }
}

/// The body itself, behind what else is in the buffer.
struct Body<'b> {
    body: &'b mut Vec<u8>,
    start: usize,
}

impl Sink for Body<'_> {
    fn pair(&mut self, name: &'static str, value: &str) {
        let Self { body, start } = self;
        if body.len() > *start {
            body.push(b'&');
        }
        // Names are the crate's own, of letters, digits and `_`: they stand for themselves.
        body.extend_from_slice(name.as_bytes());
        body.push(b'=');
        encode_into(value, body);
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

/// What each byte becomes, and how many bytes that is. [`PLAIN`] says once more which become themselves:
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

/// The struct has something in it that a form cannot hold.
#[derive(Debug)]
pub(crate) struct Unsupported;

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a form holds strings only")
    }
}

impl core::error::Error for Unsupported {}

impl serde::ser::Error for Unsupported {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

/// A struct's fields, as pairs.
struct Pairs<'s, S>(&'s mut S);

impl<S: Sink> SerializeStruct for Pairs<'_, S> {
    type Ok = ();
    type Error = Unsupported;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unsupported> {
        value.serialize(Value { sink: self.0, name })
    }

    fn end(self) -> Result<(), Unsupported> {
        Ok(())
    }
}

/// One field's value.
struct Value<'s, S> {
    sink: &'s mut S,
    name: &'static str,
}

/// The many types that a form does not hold.
macro_rules! unsupported {
    ($($method:ident($($argument:ty),*) -> $result:ty;)+) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$result, Unsupported> {
            Err(Unsupported::custom(""))
        })+
    };
}
macro_rules! scalars_are_unsupported {
    () => {
        unsupported! {
            serialize_bool(bool) -> ();
            serialize_i8(i8) -> ();
            serialize_i16(i16) -> ();
            serialize_i32(i32) -> ();
            serialize_i64(i64) -> ();
            serialize_u8(u8) -> ();
            serialize_u16(u16) -> ();
            serialize_u32(u32) -> ();
            serialize_u64(u64) -> ();
            serialize_f32(f32) -> ();
            serialize_f64(f64) -> ();
            serialize_char(char) -> ();
            serialize_bytes(&[u8]) -> ();
            serialize_unit() -> ();
            serialize_unit_struct(&'static str) -> ();
            serialize_unit_variant(&'static str, u32, &'static str) -> ();
            serialize_seq(Option<usize>) -> Self::SerializeSeq;
            serialize_tuple(usize) -> Self::SerializeTuple;
            serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
            serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
            serialize_map(Option<usize>) -> Self::SerializeMap;
            serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
        }

        fn serialize_newtype_struct<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            value: &T,
        ) -> Result<(), Unsupported> {
            value.serialize(self)
        }

        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<(), Unsupported> {
            Err(Unsupported)
        }
    };
}
macro_rules! compounds_are_unsupported {
    () => {
        type Ok = ();
        type Error = Unsupported;
        type SerializeSeq = Impossible<(), Unsupported>;
        type SerializeTuple = Impossible<(), Unsupported>;
        type SerializeTupleStruct = Impossible<(), Unsupported>;
        type SerializeTupleVariant = Impossible<(), Unsupported>;
        type SerializeMap = Impossible<(), Unsupported>;
        type SerializeStructVariant = Impossible<(), Unsupported>;
    };
}

impl<'s, S: Sink> Serializer for Pairs<'s, S> {
    compounds_are_unsupported!();
    type SerializeStruct = Self;
    scalars_are_unsupported!();

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unsupported> {
        Ok(self)
    }

    fn serialize_str(self, _: &str) -> Result<(), Unsupported> {
        Err(Unsupported)
    }

    fn serialize_none(self) -> Result<(), Unsupported> {
        Err(Unsupported)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Unsupported> {
        Err(Unsupported)
    }
}

impl<'s, S: Sink> Serializer for Value<'s, S> {
    compounds_are_unsupported!();
    type SerializeStruct = Impossible<(), Unsupported>;
    scalars_are_unsupported!();

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Unsupported> {
        Err(Unsupported)
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Unsupported> {
        self.sink.pair(self.name, value);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Unsupported> {
        Ok(())
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unsupported> {
        value.serialize(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    struct Form<'a> {
        first: Option<&'a str>,
        second: &'a str,
        third: Option<&'a str>,
    }

    proptest! {
        #[test]
        fn the_body_is_serde_urlencoded_s(first: Option<String>, second: String, third: Option<String>) {
            let form = Form { first: first.as_deref(), second: &second, third: third.as_deref() };
            let expected = serde_urlencoded::to_string(&form).unwrap();
            let body = to_body(&form);
            prop_assert_eq!(body.as_slice(), expected.as_bytes());
            let pairs = [("first", form.first), ("second", Some(second.as_str())), ("third", form.third)];
            let rooms = pairs.map(|(name, value)| value.map_or(0, |value| name.len() + 2 + 3 * value.len()));
            prop_assert_eq!(body.capacity(), rooms.into_iter().sum::<usize>());
            prop_assert_eq!(size(&form), expected.len());
            let mut body = b"before it".to_vec();
            append(&form, &mut body);
            prop_assert_eq!(body, ["before it", &expected].concat().into_bytes());
            let mut exact = Vec::with_capacity(size(&form));
            let place = exact.as_ptr();
            append(&form, &mut exact);
            prop_assert_eq!((exact.as_ptr(), exact.as_slice()), (place, expected.as_bytes()));
        }
    }

    #[test]
    fn every_byte_is_written_as_serde_urlencoded_writes_it() {
        let all: String = (0..=u8::MAX).map(char::from).collect();
        let form = Form { first: None, second: &all, third: None };
        assert_eq!(to_body(&form).as_slice(), serde_urlencoded::to_string(&form).unwrap().as_bytes());
        for byte in 0..=u8::MAX {
            let stands_for_itself = ENCODED[usize::from(byte)] == ([byte, 0, 0], 1);
            assert_eq!(PLAIN.has(byte), stands_for_itself, "{byte}");
        }
    }

    #[test]
    fn a_form_holds_strings_only() {
        let refused = |form: &dyn Fn(Pairs<'_, Bound>) -> Result<(), Unsupported>| {
            let mut bound = Bound(0);
            form(Pairs(&mut bound)).is_err() && bound.0 == 0
        };
        #[derive(Serialize)]
        struct Number {
            number: u8,
        }
        assert!(refused(&|pairs| "text".serialize(pairs)));
        assert!(refused(&|pairs| Some("text").serialize(pairs)));
        assert!(refused(&|pairs| None::<&str>.serialize(pairs)));
        assert!(refused(&|pairs| [1, 2].serialize(pairs)));
        assert!(refused(&|pairs| Number { number: 1 }.serialize(pairs)));
        assert_eq!(Unsupported.to_string(), "a form holds strings only");
    }
}
