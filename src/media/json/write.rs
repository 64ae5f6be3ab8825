//! Written JSON: one block, of the right size before anything is in it, so that it never grows and
//! leaves no copy behind.
//!
//! A message says once what it consists of ([`WriteJson`]); that is counted first and written then.
//! A [`Slot`] is the place of one value and is used up by it, so what is written is always JSON.

use crate::scan::all_bytes;
use crate::secret::Wiped;

/// Something that has a form in JSON.
pub(crate) trait WriteJson {
    /// Writes it, in the same way each time: what is counted has to be what is written.
    fn write<S: Sink>(&self, slot: Slot<'_, S>);

    /// Writes it as the value of a member.
    #[inline]
    fn write_member<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
        self.write(members.member(name));
    }
}

impl<T: WriteJson> WriteJson for Vec<T> {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.array(|items| self.iter().for_each(|value| value.write(items.item())));
    }
}

impl<T: WriteJson> WriteJson for Box<T> {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        T::write(self, slot);
    }
}

impl WriteJson for bool {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.boolean(*self);
    }
}

/// How text is written: in one piece with its name.
macro_rules! write_text {
    ($($Type:ty),+ $(,)?) => {$(
        impl $crate::media::json::WriteJson for $Type {
            fn write<S: $crate::media::json::Sink>(&self, slot: $crate::media::json::Slot<'_, S>) {
                slot.text(self.as_ref());
            }

            #[inline]
            fn write_member<S: $crate::media::json::Sink>(
                &self,
                members: &mut $crate::media::json::Members<'_, S>,
                name: &'static str,
            ) {
                members.text(name, self.as_ref());
            }
        }
    )+};
}

#[cfg(feature = "gateway")]
pub(crate) use write_text;

write_text! { Box<str> }

/// The JSON of `value`, in a block of just its size.
pub(crate) fn to_body(value: &impl WriteJson) -> Wiped<Vec<u8>> {
    let mut size = Size(0);
    value.write(Slot(&mut size));
    let mut body = Wiped::new(Vec::with_capacity(size.0));
    value.write(Slot(&mut *body));
    debug_assert_eq!(body.len(), size.0, "what was counted is not what was written");
    body
}

/// A target that JSON is written to.
pub(crate) trait Sink {
    /// Takes text as it is.
    fn put(&mut self, text: &str);

    /// Takes what stands between quotation marks, with escapes where there have to be some.
    fn put_escaped(&mut self, text: &str);
}

/// Counts.
struct Size(usize);

impl Sink for Size {
    #[inline]
    fn put(&mut self, text: &str) {
        self.0 += text.len();
    }

    #[inline]
    fn put_escaped(&mut self, text: &str) {
        self.0 += text.len();
        if !is_plain(text) {
            self.0 += text
                .bytes()
                .map(|byte| Escape::of(byte).map_or(0, |escape| escape.length() - 1))
                .sum::<usize>();
        }
    }
}

impl Sink for Vec<u8> {
    #[inline]
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }

    #[inline]
    fn put_escaped(&mut self, text: &str) {
        if is_plain(text) {
            self.extend_from_slice(text.as_bytes());
        } else {
            escape(text, |piece| self.extend_from_slice(piece));
        }
    }
}

/// JSON inside a string of JSON: what goes into it is escaped once more.
struct Quoted<'s, S>(&'s mut S);

impl<S: Sink> Sink for Quoted<'_, S> {
    fn put(&mut self, text: &str) {
        self.0.put_escaped(text);
    }

    fn put_escaped(&mut self, text: &str) {
        escape(text, |piece| {
            // Pieces end where characters do: an escape is ASCII, and stands for ASCII.
            self.0.put_escaped(core::str::from_utf8(piece).unwrap_or_default());
        });
    }
}

/// Returns true if nothing of `text` needs an escape (RFC 8259, section 7).
#[inline]
fn is_plain(text: &str) -> bool {
    all_bytes::<16>(text.as_bytes(), |byte| byte >= b' ' && byte != b'"' && byte != b'\\')
}

/// How a byte is written that cannot stand for itself.
enum Escape {
    Short(u8),
    Number(u8),
}

impl Escape {
    const fn of(byte: u8) -> Option<Self> {
        Some(match byte {
            b'"' | b'\\' => Self::Short(byte),
            0x08 => Self::Short(b'b'),
            0x09 => Self::Short(b't'),
            0x0A => Self::Short(b'n'),
            0x0C => Self::Short(b'f'),
            0x0D => Self::Short(b'r'),
            0x00..0x20 => Self::Number(byte),
            _ => return None,
        })
    }

    const fn length(&self) -> usize {
        match self {
            Self::Short(_) => 2,
            Self::Number(_) => 6,
        }
    }
}

/// Gives the escaped text piece by piece.
fn escape(text: &str, mut put: impl FnMut(&[u8])) {
    let mut rest = text.as_bytes();
    while let Some((place, escape)) =
        rest.iter().enumerate().find_map(|(place, &byte)| Some((place, Escape::of(byte)?)))
    {
        let (plain, escaped) = rest.split_at(place);
        put(plain);
        match escape {
            Escape::Short(letter) => put(&[b'\\', letter]),
            Escape::Number(byte) => {
                let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'a' - 10 };
                put(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
            }
        }
        rest = escaped.get(1..).unwrap_or_default();
    }
    put(rest);
}

/// The place of one value.
#[must_use = "a member without a value is not JSON"]
pub(crate) struct Slot<'s, S>(&'s mut S);

impl<S: Sink> Slot<'_, S> {
    #[inline]
    pub(crate) fn text(self, text: &str) {
        self.0.put("\"");
        self.0.put_escaped(text);
        self.0.put("\"");
    }

    /// Text that has nothing in it that would need an escape.
    #[inline]
    pub(crate) fn plain_text(self, text: &str) {
        debug_assert!(is_plain(text), "text that needs an escape");
        self.0.put("\"");
        self.0.put(text);
        self.0.put("\"");
    }

    pub(crate) fn boolean(self, truth: bool) {
        self.0.put(if truth { "true" } else { "false" });
    }

    /// Writes JSON as it is: a number, or a value that was read and kept.
    pub(crate) fn verbatim(self, json: &str) {
        self.0.put(json);
    }

    /// JSON in a string.
    pub(crate) fn quoted(self, value: &impl WriteJson) {
        self.0.put("\"");
        value.write(Slot(&mut Quoted(&mut *self.0)));
        self.0.put("\"");
    }

    #[inline]
    pub(crate) fn object(self, write: impl FnOnce(&mut Members<'_, S>)) {
        let mut members = Members { sink: self.0, before: Before::First };
        write(&mut members);
        let Members { sink, before } = members;
        sink.put(match before {
            Before::First => "{}",
            Before::Value => "}",
            Before::OpenText => "\"}",
        });
    }

    #[inline]
    pub(crate) fn array(self, write: impl FnOnce(&mut Items<'_, S>)) {
        let mut items = Items { sink: self.0, before: "[" };
        write(&mut items);
        let Items { sink, before } = items;
        sink.put(if before == "[" { "[]" } else { "]" });
    }
}

/// The members of an object that is being written.
pub(crate) struct Members<'s, S> {
    sink: &'s mut S,
    before: Before,
}

/// The text that stands before the next name. Text is closed together with what follows it: few long pieces are
/// written faster than many short ones.
#[derive(Clone, Copy)]
enum Before {
    First,
    Value,
    OpenText,
}

impl Before {
    const fn as_str(self) -> &'static str {
        match self {
            Self::First => "{\"",
            Self::Value => ",\"",
            Self::OpenText => "\",\"",
        }
    }
}

impl<S: Sink> Members<'_, S> {
    /// A member whose name needs no escape.
    #[inline]
    pub(crate) fn member(&mut self, name: &'static str) -> Slot<'_, S> {
        debug_assert!(is_plain(name), "a name that needs an escape");
        self.sink.put(self.before.as_str());
        self.sink.put(name);
        self.sink.put("\":");
        self.before = Before::Value;
        Slot(self.sink)
    }

    /// A member whose name somebody else chose.
    pub(crate) fn other_member(&mut self, name: &str) -> Slot<'_, S> {
        self.sink.put(self.before.as_str());
        self.sink.put_escaped(name);
        self.sink.put("\":");
        self.before = Before::Value;
        Slot(self.sink)
    }

    #[inline]
    pub(crate) fn text(&mut self, name: &'static str, text: &str) {
        debug_assert!(is_plain(name), "a name that needs an escape");
        self.sink.put(self.before.as_str());
        self.sink.put(name);
        self.sink.put("\":\"");
        self.sink.put_escaped(text);
        self.before = Before::OpenText;
    }

    /// A member that is only there if it has a value.
    #[inline]
    pub(crate) fn optional(&mut self, name: &'static str, text: Option<&(impl AsRef<str> + ?Sized)>) {
        if let Some(text) = text {
            self.text(name, text.as_ref());
        }
    }

    /// An array of texts, if there are any.
    pub(crate) fn texts<T: AsRef<str>>(&mut self, name: &'static str, texts: &[T]) {
        if !texts.is_empty() {
            self.member(name).array(|items| texts.iter().for_each(|text| items.item().text(text.as_ref())));
        }
    }
}

/// The items of an array that is being written.
pub(crate) struct Items<'s, S> {
    sink: &'s mut S,
    before: &'static str,
}

impl<S: Sink> Items<'_, S> {
    #[inline]
    pub(crate) fn item(&mut self) -> Slot<'_, S> {
        self.sink.put(self.before);
        self.before = ",";
        Slot(self.sink)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    impl WriteJson for Value {
        fn write<S: Sink>(&self, slot: Slot<'_, S>) {
            match self {
                Self::Null => slot.verbatim("null"),
                Self::Bool(truth) => slot.boolean(*truth),
                Self::Number(number) => slot.verbatim(&number.to_string()),
                Self::String(text) => slot.text(text),
                Self::Array(values) => slot.array(|items| {
                    values.iter().for_each(|value| value.write(items.item()));
                }),
                Self::Object(values) => slot.object(|members| {
                    values.iter().for_each(|(name, value)| value.write(members.other_member(name)));
                }),
            }
        }
    }

    /// An object whose members are written by each way there is.
    struct Mixed<'a>(&'a [Option<String>]);

    impl WriteJson for Mixed<'_> {
        fn write<S: Sink>(&self, slot: Slot<'_, S>) {
            slot.object(|members| {
                for (place, text) in self.0.iter().enumerate() {
                    match (place % 3, text) {
                        (_, None) => members.member("none").verbatim("null"),
                        (0, Some(text)) => members.text("text", text),
                        (1, Some(text)) => members.other_member("other").text(text),
                        (_, some) => members.optional("optional", some.as_ref()),
                    }
                }
            });
        }
    }

    struct InText<'a>(&'a Value);

    impl WriteJson for InText<'_> {
        fn write<S: Sink>(&self, slot: Slot<'_, S>) {
            slot.quoted(self.0);
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let text = prop_oneof![any::<String>(), "[ -~]{0,40}[\\x00-\\xff]?[ -~é]{0,40}"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_is_written_as_serde_json_writes_it(value in values()) {
            let body = to_body(&value);
            prop_assert_eq!(core::str::from_utf8(&body).unwrap(), serde_json::to_string(&value).unwrap());
            prop_assert_eq!(body.len(), body.capacity());
        }

        #[test]
        fn members_stand_between_the_right_marks(texts: Vec<Option<String>>) {
            let names = ["text", "other", "optional"];
            let member = |(place, text): (usize, &Option<String>)| {
                let name = if text.is_none() { "none" } else { names[place % 3] };
                format!("{:?}:{}", name, serde_json::to_string(text).unwrap())
            };
            let members: Vec<String> = texts.iter().enumerate().map(member).collect();
            let body = to_body(&Mixed(&texts));
            prop_assert_eq!(core::str::from_utf8(&body).unwrap(), format!("{{{}}}", members.join(",")));
            prop_assert_eq!(body.len(), body.capacity());
        }

        #[test]
        fn json_in_a_string_is_written_as_serde_json_writes_it(value in values()) {
            let expected = serde_json::to_string(&serde_json::to_string(&value).unwrap()).unwrap();
            let body = to_body(&InText(&value));
            prop_assert_eq!(core::str::from_utf8(&body).unwrap(), expected);
            prop_assert_eq!(body.len(), body.capacity());
        }
    }

    #[test]
    fn every_character_is_escaped_as_serde_json_escapes_it() {
        for character in (0..=0x100).filter_map(char::from_u32) {
            for before in [0, 5, 15, 16, 30] {
                let value = Value::from("x".repeat(before) + &character.to_string() + "y");
                assert_eq!(to_body(&value).as_slice(), serde_json::to_vec(&value).unwrap());
            }
        }
    }
}
