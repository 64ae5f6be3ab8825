//! Members that are kept as they came.

use core::fmt;
use core::ops::{Deref, Range};

use super::document::Document;
use super::error::{JsonError, shown_name};
use super::limits::JsonLimits;
use super::message::Part;
use super::text::Text;
use super::value::{Object, ReadJson, Value};
use super::write::{Members, Sink, Slot, WriteJson};
use crate::secret::{MASK, Secret};

/// Members of a JSON object, kept as they came and in their order: those that nobody listed, and
/// those of objects that are nothing but open lists of names and texts.
///
/// Anything can be in them, so all values are masked when printed and wiped when dropped.
///
/// ```
/// use cashflows_codec::gateway::KeptMembers;
///
/// let members = KeptMembers::from_json(r#"{"token": "1000000000030419", "rate": 1.50}"#)?;
/// assert_eq!(members.secret_text("token"), Some("1000000000030419"));
/// assert_eq!(members.secret_json("rate"), Some("1.50"));
/// assert_eq!(format!("{members:?}"), "{token: ***, rate: ***}");
/// # Ok::<(), cashflows_codec::gateway::JsonError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct KeptMembers {
    /// Names and values, one behind the other.
    block: Secret,
    entries: Vec<Entry>,
}

#[derive(Clone, PartialEq, Eq)]
struct Entry {
    name: Range<usize>,
    value: Range<usize>,
    is_text: bool,
}

/// The value of a member that is kept as it came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum KeptValue<'m> {
    /// Text, as it is.
    Text(&'m str),
    /// Any other value, as the JSON that stands for it.
    Json(&'m str),
}

impl<'m> KeptValue<'m> {
    /// A number as its text; any other value as it is.
    pub(crate) fn number_as_text(self) -> Self {
        match self {
            Self::Json(json) if json.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                Self::Text(json)
            }
            other => other,
        }
    }

    const fn content(self) -> &'m str {
        match self {
            Self::Text(content) | Self::Json(content) => content,
        }
    }
}

/// Masked: anything can be in it.
impl fmt::Debug for KeptValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl KeptMembers {
    /// No members.
    #[must_use]
    pub fn new() -> Self {
        Self { block: String::new().into(), entries: Vec::new() }
    }

    /// The members of an object, with the default [limits](JsonLimits).
    ///
    /// # Errors
    ///
    /// It is not JSON, not an object, or has a member twice.
    pub fn from_json(json: &str) -> Result<Self, JsonError> {
        let document = Document::read(json.as_bytes(), &JsonLimits::default())?;
        Ok(Self::of(document.root().object()?))
    }

    /// All members of an object.
    pub(crate) fn of(object: Object<'_>) -> Self {
        Self::keep(object.members())
    }

    /// The members of an object, but for those with a listed name.
    pub(crate) fn others(object: Object<'_>, is_listed: impl Fn(&str) -> bool) -> Self {
        Self::keep(object.members().filter(|(name, _)| !is_listed(name)))
    }

    /// Members as they were found.
    pub(crate) fn found(members: &[(Text<'_>, Value<'_>)]) -> Self {
        Self::keep(members.iter().map(|(name, value)| (&**name, *value)))
    }

    fn keep<'d, N: Deref<Target = str>>(members: impl Iterator<Item = (N, Value<'d>)> + Clone) -> Self {
        let (mut bytes, mut count) = (0, 0);
        for (name, value) in members.clone() {
            bytes += name.len() + value.as_json().len();
            count += 1;
        }
        if count == 0 {
            return Self::new();
        }
        let mut kept = Kept::new(bytes, count);
        for (name, value) in members {
            match value.as_text() {
                Some(text) => kept.push(&name, KeptValue::Text(&text)),
                None => kept.push(&name, KeptValue::Json(value.as_json())),
            }
        }
        kept.finish()
    }

    /// Adds a member whose value is text, in the place of one with this name.
    #[must_use]
    pub fn with_text(self, name: &str, text: &str) -> Self {
        self.with(name, KeptValue::Text(text))
    }

    /// Adds a member whose value is any JSON, in the place of one with this name.
    ///
    /// # Errors
    ///
    /// It is not JSON, or an object in it has a member twice.
    pub fn with_json(self, name: &str, json: &str) -> Result<Self, JsonError> {
        let document = Document::read(json.as_bytes(), &JsonLimits::default())?;
        match document.root().as_text() {
            Some(text) => Ok(self.with_text(name, &text)),
            None => Ok(self.with(name, KeptValue::Json(document.root().as_json()))),
        }
    }

    pub(crate) fn with(self, name: &str, value: KeptValue<'_>) -> Self {
        let more = name.len() + value.content().len();
        let mut kept = Kept::new(self.block.expose().len() + more, self.len() + 1);
        for (before, its_value) in self.iter().filter(|(before, _)| *before != name) {
            kept.push(before, its_value);
        }
        kept.push(name, value);
        kept.finish()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns true if there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names and values, in their order. What is in them may be secret.
    pub fn iter(&self) -> impl Iterator<Item = (&str, KeptValue<'_>)> + Clone {
        let at = |range: &Range<usize>| self.block.expose().get(range.clone()).unwrap_or_default();
        self.entries.iter().map(move |entry| {
            let value = at(&entry.value);
            let value = if entry.is_text { KeptValue::Text(value) } else { KeptValue::Json(value) };
            (at(&entry.name), value)
        })
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<KeptValue<'_>> {
        self.iter().find_map(|(found, value)| (found == name).then_some(value))
    }

    /// The text of a member whose value is text. Every place that calls this is a place to review.
    #[must_use]
    pub fn secret_text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            KeptValue::Text(text) => Some(text),
            KeptValue::Json(_) => None,
        }
    }

    /// The JSON of a member whose value is not text. Every place that calls this is a place to review.
    #[must_use]
    pub fn secret_json(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            KeptValue::Text(_) => None,
            KeptValue::Json(json) => Some(json),
        }
    }

    /// The members of a member whose value is an object.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<Self> {
        self.secret_json(name).and_then(|json| Self::from_json(json).ok())
    }
}

impl KeptMembers {
    /// Names, as far as they look like names, and masked values.
    pub(super) fn print<'m>(
        members: impl Iterator<Item = (&'m str, KeptValue<'m>)>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in members {
            map.entry(&format_args!("{}", shown_name(name)), &value);
        }
        map.finish()
    }

    /// Writes each member into an object that is being written.
    pub(crate) fn write_into<S: Sink>(&self, members: &mut Members<'_, S>) {
        for (name, value) in self.iter() {
            value.write(members.other_member(name));
        }
    }
}

impl ReadJson for KeptMembers {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.object().map(Self::of)
    }
}

impl Part for KeptMembers {}

impl WriteJson for KeptMembers {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| self.write_into(members));
    }
}

impl WriteJson for KeptValue<'_> {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        match self {
            Self::Text(text) => slot.text(text),
            Self::Json(json) => slot.verbatim(json),
        }
    }
}

impl Default for KeptMembers {
    fn default() -> Self {
        Self::new()
    }
}

/// Names, as far as they look like names, and masked values.
impl fmt::Debug for KeptMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Self::print(self.iter(), f)
    }
}

/// Members that are being kept, in memory that is large enough from the beginning.
struct Kept {
    block: String,
    entries: Vec<Entry>,
}

impl Kept {
    fn new(bytes: usize, count: usize) -> Self {
        Self { block: String::with_capacity(bytes), entries: Vec::with_capacity(count) }
    }

    fn push(&mut self, name: &str, value: KeptValue<'_>) {
        debug_assert!(self.block.len() + name.len() + value.content().len() <= self.block.capacity());
        let is_text = matches!(value, KeptValue::Text(_));
        let (name, value) = (self.append(name), self.append(value.content()));
        self.entries.push(Entry { name, value, is_text });
    }

    fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.block.len();
        self.block.push_str(text);
        start..self.block.len()
    }

    fn finish(self) -> KeptMembers {
        KeptMembers { block: self.block.into(), entries: self.entries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::json::to_body;

    #[test]
    fn members_keep_their_order_and_their_text() {
        let members = KeptMembers::from_json(r#"{"b":"x\n\u00e9","a":[1.10, {"c":null}],"d":null}"#).unwrap();
        let kept: Vec<_> = members.iter().map(|(name, value)| (name, value.content())).collect();
        assert_eq!(kept, [("b", "x\né"), ("a", r#"[1.10, {"c":null}]"#), ("d", "null")]);
        assert_eq!((members.secret_text("b"), members.secret_json("b")), (Some("x\né"), None));
        assert_eq!((members.secret_text("a"), members.secret_json("d")), (None, Some("null")));
        assert_eq!((members.len(), members.is_empty()), (3, false));
    }

    #[test]
    fn a_member_takes_the_place_of_one_with_its_name() {
        let members = KeptMembers::new().with_text("a", "1").with_text("b", "2").with_text("a", "3");
        assert_eq!(members, KeptMembers::from_json(r#"{"b":"2","a":"3"}"#).unwrap());
        assert_eq!(members.clone().with_json("a", " \"3\" ").unwrap(), members);
        assert_eq!(members.with_json("b", " 2.0 ").unwrap().secret_json("b"), Some("2.0"));
        assert!(KeptMembers::new().with_json("a", r#"{"b":1,"b":1}"#).is_err());
        assert!(KeptMembers::from_json("[]").is_err());
    }

    #[test]
    fn members_are_written_as_they_were_read() {
        let json = r#"{"b":"x\n\"é","a":[1.10, {"c":null}],"d\\":null}"#;
        let written = to_body(&KeptMembers::from_json(json).unwrap());
        assert_eq!(core::str::from_utf8(&written), Ok(json));
    }

    #[test]
    fn objects_inside_are_members_too() {
        let members = KeptMembers::from_json(r#"{"a":{"b":"c"},"d":"e"}"#).unwrap();
        assert_eq!(members.object("a"), Some(KeptMembers::new().with_text("b", "c")));
        assert_eq!((members.object("d"), members.object("f")), (None, None));
    }

    #[test]
    fn printing_shows_names_only() {
        let members = KeptMembers::new().with_text("4510400400099005", "123").with_text("cardCvc", "123");
        assert_eq!(format!("{members:?}"), "{*: ***, cardCvc: ***}");
    }
}
