//! The values of a document, to read types from.

use core::fmt;

#[cfg(feature = "gateway")]
use super::document::ObjectPlace;
use super::document::{Children, Document, Kind, Node};
use super::error::{JsonError, JsonProblem, JsonShape, MemberPath};
use super::text::Text;
use crate::error::InvalidValue;

/// Something that can be read from its form in JSON.
pub(crate) trait ReadJson: Sized {
    /// Reads it, or says what is wrong, and where.
    fn read(value: Value<'_>) -> Result<Self, JsonError>;
}

impl ReadJson for Box<str> {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.text().map(|text| (*text).into())
    }
}

/// A boolean, or the text of one.
impl ReadJson for bool {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.boolean_or_text()
    }
}

impl<T: ReadJson> ReadJson for Box<T> {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        T::read(value).map(Self::new)
    }
}

impl<T: ReadJson> ReadJson for Vec<T> {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.each(T::read)
    }
}

/// A value at its place in a document.
#[derive(Clone, Copy)]
pub(crate) struct Value<'d> {
    document: &'d Document<'d>,
    index: u32,
    node: Node,
}

impl Document<'_> {
    /// The outermost value.
    pub(crate) fn root(&self) -> Value<'_> {
        Value::new(self, 0, self.node(0))
    }
}

impl<'d> Value<'d> {
    pub(super) const fn new(document: &'d Document<'d>, index: u32, node: Node) -> Self {
        Self { document, index, node }
    }

    pub(crate) fn is_null(self) -> bool {
        self.node.kind == Kind::Null
    }

    /// An error about this value.
    pub(crate) fn error(self, problem: impl Into<JsonProblem>) -> JsonError {
        self.document.error(self.index, problem.into())
    }

    fn is_not(self, shape: JsonShape) -> JsonError {
        self.error(JsonProblem::Not(shape))
    }

    /// The text of a string, if it is one.
    #[inline]
    pub(crate) fn as_text(self) -> Option<Text<'d>> {
        match self.node.kind {
            Kind::Text => Some(Text::Plain(self.document.slice(self.node))),
            Kind::Escaped => Some(self.document.text_of(self.node)),
            _ => None,
        }
    }

    /// The text of a string.
    #[inline]
    pub(crate) fn text(self) -> Result<Text<'d>, JsonError> {
        self.as_text().ok_or_else(|| self.is_not(JsonShape::Text))
    }

    /// The text of a string, or of a number, as it stands there.
    pub(crate) fn text_or_number(self) -> Result<Text<'d>, JsonError> {
        match self.node.kind {
            Kind::Text | Kind::Escaped | Kind::Number => Ok(self.document.text_of(self.node)),
            _ => Err(self.is_not(JsonShape::TextOrNumber)),
        }
    }

    /// The text of a string, of a number or of a boolean, as it stands there.
    #[inline]
    pub(crate) fn scalar_text(self) -> Result<Text<'d>, JsonError> {
        match self.node.kind {
            Kind::Text | Kind::Escaped | Kind::Number | Kind::True | Kind::False => {
                Ok(self.document.text_of(self.node))
            }
            _ => Err(self.is_not(JsonShape::Text)),
        }
    }

    /// Tells a string without a character.
    pub(crate) fn is_empty_text(self) -> bool {
        self.node.kind == Kind::Text && self.node.start == self.node.end
    }

    /// Tells a list without an element.
    pub(crate) fn is_empty_list(self) -> bool {
        self.node.kind == Kind::List && self.node.next == self.index + 1
    }

    /// The name of the member whose value this is, which stands before it.
    pub(crate) fn name(self) -> Text<'d> {
        self.document.text_of(self.document.node(self.index.wrapping_sub(1)))
    }

    pub(crate) fn boolean(self) -> Result<bool, JsonError> {
        match self.node.kind {
            Kind::True => Ok(true),
            Kind::False => Ok(false),
            _ => Err(self.is_not(JsonShape::Boolean)),
        }
    }

    /// A boolean, or the text of one in any case.
    pub(crate) fn boolean_or_text(self) -> Result<bool, JsonError> {
        match self.as_text() {
            Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            _ => self.boolean(),
        }
    }

    /// A value that is checked text.
    pub(crate) fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(self) -> Result<T, JsonError> {
        T::try_from(&self.text()?).map_err(|invalid| self.error(invalid.rule()))
    }

    /// A value that is checked text, which may stand there as a number.
    pub(crate) fn parse_number<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        self,
    ) -> Result<T, JsonError> {
        T::try_from(&self.text_or_number()?).map_err(|invalid| self.error(invalid.rule()))
    }

    pub(crate) fn is_object(self) -> bool {
        self.node.kind == Kind::Object
    }

    pub(crate) fn object(self) -> Result<Object<'d>, JsonError> {
        match self.node.kind {
            Kind::Object => Ok(Object(self)),
            _ => Err(self.is_not(JsonShape::Object)),
        }
    }

    /// The elements of a list.
    pub(crate) fn list(self) -> Result<impl Iterator<Item = Value<'d>> + Clone, JsonError> {
        match self.node.kind {
            Kind::List => {
                let document = self.document;
                Ok(document.children(self.index).map(move |(index, node)| Value { document, index, node }))
            }
            _ => Err(self.is_not(JsonShape::List)),
        }
    }

    /// A value of a type that reads itself.
    pub(crate) fn read<T: ReadJson>(self) -> Result<T, JsonError> {
        T::read(self)
    }

    /// The same; none for null.
    pub(crate) fn optional<T: ReadJson>(self) -> Result<Option<T>, JsonError> {
        if self.is_null() { Ok(None) } else { T::read(self).map(Some) }
    }

    /// Each element of a list, read.
    pub(crate) fn each<T>(
        self,
        read: impl Fn(Value<'d>) -> Result<T, JsonError>,
    ) -> Result<Vec<T>, JsonError> {
        let list = self.list()?;
        // Counted first, so that what holds secrets is not moved about.
        let mut elements = Vec::with_capacity(list.clone().count());
        for element in list {
            elements.push(read(element)?);
        }
        Ok(elements)
    }

    /// The value as it stands in the body.
    pub(crate) fn as_json(self) -> &'d str {
        let node = self.node;
        let (mut start, mut end) = (node.start as usize, node.end as usize);
        if matches!(node.kind, Kind::Text | Kind::Escaped) {
            (start, end) = (start - 1, end + 1);
        }
        self.document.text.get(start..end).unwrap_or_default()
    }
}

/// Shows the kind only: the value may be secret.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({:?})", self.node.kind)
    }
}

/// An object at its place in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object<'d>(Value<'d>);

impl<'d> Object<'d> {
    /// Names and values, in the order of the body.
    pub(crate) fn members(self) -> ObjectMembers<'d> {
        ObjectMembers { document: self.0.document, children: self.0.document.children(self.0.index) }
    }

    /// The member with a name, exact or, where that is absent, in another case of ASCII letters; none if it is
    /// absent or null.
    pub(crate) fn get(self, name: &str) -> Option<Value<'d>> {
        let Value { document, index, .. } = self.0;
        let found = document.member(index, name).or_else(|| document.member_in_another_case(index, name));
        found.map(|(index, node)| Value { document, index, node }).filter(|value| !value.is_null())
    }

    /// Tells if there is a member with exactly this name.
    pub(super) fn has(self, name: &str) -> bool {
        self.0.document.member(self.0.index, name).is_some()
    }

    /// The member with a name, which must be there and not null.
    pub(crate) fn require(self, name: &str) -> Result<Value<'d>, JsonError> {
        self.get(name).ok_or_else(|| self.missing(name))
    }

    /// The value of a member that must be there.
    pub(crate) fn required<T: ReadJson>(self, name: &str) -> Result<T, JsonError> {
        self.require(name)?.read()
    }

    /// The error of a mandatory member that is absent or null.
    pub(crate) fn missing(self, name: &str) -> JsonError {
        self.error_inside(name, JsonProblem::Missing)
    }

    /// The place of the object in the document.
    #[cfg(feature = "gateway")]
    pub(crate) const fn place(self) -> ObjectPlace {
        ObjectPlace(self.0.index)
    }

    /// The path of the object.
    #[cold]
    pub(super) fn path(self) -> MemberPath {
        self.0.document.path(self.0.index).finish()
    }

    /// An error about a member that is not there.
    pub(crate) fn error_inside(self, name: &str, problem: impl Into<JsonProblem>) -> JsonError {
        self.0.document.error_inside(self.0.index, name, self.0.index, problem.into())
    }
}

/// See [`Object::members`].
#[derive(Clone)]
pub(crate) struct ObjectMembers<'d> {
    document: &'d Document<'d>,
    children: Children<'d>,
}

impl<'d> Iterator for ObjectMembers<'d> {
    type Item = (Text<'d>, Value<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        let ((_, name), (index, value)) = (self.children.next()?, self.children.next()?);
        Some((self.document.text_of(name), Value::new(self.document, index, value)))
    }
}
