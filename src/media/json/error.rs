//! Errors of JSON: the member, the byte, and the problem. No error holds a value.

use core::fmt;

use thiserror::Error;

use crate::error::Rule;
use crate::value::printable;

/// The place of a value in a body: the names of its members with points between, elements of lists by
/// number: `data.payments[0].status`. The path of the whole body is empty.
///
/// A broken body can have a card number where a name should be, so only what looks like a name is
/// kept: everything from the first character on that is not an ASCII letter, digit, `_` or `-` is
/// replaced by `…`, so is everything after 64 characters, eight or more digits in a row become
/// one `*`, and card numbers in groups are masked as [`MaskedText`](crate::value::MaskedText) does it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MemberPath(Box<str>);

impl MemberPath {
    /// The text, such as `data.payments[0].status`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of one member of the body.
    pub(crate) fn named(name: &str) -> Self {
        let mut path = PathWriter::default();
        path.member(name);
        path.finish()
    }

    /// The path of the same place from the inside of a container that it is in.
    pub(super) fn inside(&self, container: &Self) -> Self {
        let inner = self.0.strip_prefix(&*container.0).unwrap_or(&self.0);
        Self(inner.strip_prefix('.').unwrap_or(inner).into())
    }

    /// The path of what stands at `inner` of JSON that is inside of a string at this path.
    pub(crate) fn followed_by(&self, inner: &Self) -> Self {
        let separator = if inner.0.is_empty() || self.0.is_empty() { "" } else { "." };
        Self([&self.0, separator, &inner.0].concat().into_boxed_str())
    }
}

/// The whole body is called that.
impl fmt::Display for MemberPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "the body" } else { &self.0 })
    }
}

/// A path that is being made, from the outside in.
#[derive(Default)]
pub(super) struct PathWriter(String);

impl PathWriter {
    pub(super) fn member(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('.');
        }
        self.0.push_str(&shown_name(name));
    }

    /// A name that can be printed as it is.
    pub(super) fn listed(&mut self, name: &'static str) {
        if !self.0.is_empty() {
            self.0.push('.');
        }
        self.0.push_str(name);
    }

    pub(super) fn element(&mut self, index: usize) {
        self.0.push_str(&format!("[{index}]"));
    }

    pub(super) const fn length(&self) -> usize {
        self.0.len()
    }

    /// Goes back to a length that the path has had.
    pub(super) fn cut(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The path of what stands at `inner` of what is here.
    pub(super) fn followed_by(&self, inner: &MemberPath) -> MemberPath {
        let separator =
            if self.0.is_empty() || inner.0.is_empty() || inner.0.starts_with('[') { "" } else { "." };
        MemberPath([&self.0, separator, &inner.0].concat().into_boxed_str())
    }

    pub(super) fn finish(self) -> MemberPath {
        MemberPath(self.0.into_boxed_str())
    }
}

/// A name, fit to be printed: see [`MemberPath`].
pub(crate) fn shown_name(name: &str) -> String {
    printable(name.chars(), 64, |character| character.is_ascii_alphanumeric() || "_-".contains(character))
}

/// A kind of JSON value that has to stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum JsonShape {
    /// A string.
    #[error("text")]
    Text,
    /// A string, or a number, which is read as its text.
    #[error("text or a number")]
    TextOrNumber,
    /// A number without a fraction, sign or exponent.
    #[error("a whole number")]
    Whole,
    /// `true` or `false`.
    #[error("true or false")]
    Boolean,
    /// An object.
    #[error("an object")]
    Object,
    /// An array.
    #[error("a list")]
    List,
}

/// A way in which JSON is wrong.
///
/// `Display` says it in words that follow the path of a member: "is missing".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum JsonProblem {
    /// There is no byte at all, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// The body begins with `<`: a web server's page, not the peer's JSON.
    #[error("is HTML or XML")]
    Html,
    /// A byte that is not UTF-8.
    #[error("is not valid UTF-8")]
    Utf8,
    /// The body ends before the value does.
    #[error("is cut short")]
    CutShort,
    /// A character that cannot stand here.
    #[error("has a character that cannot stand here")]
    Character,
    /// A `\` in text that does not begin an escape, or half of a surrogate pair.
    #[error("has an invalid escape")]
    Escape,
    /// Something other than white space follows the value.
    #[error("has something behind its end")]
    Trailing,
    /// More bytes than the limits allow; nothing was read.
    #[error("has more than {max} bytes")]
    TooLarge {
        /// The most that are allowed.
        max: usize,
    },
    /// Nested deeper than the limits allow.
    #[error("is nested more than {max} deep")]
    TooDeep {
        /// The deepest that is allowed.
        max: usize,
    },
    /// More values than the limits allow.
    #[error("has more than {max} values and names")]
    TooMany {
        /// The most that are allowed.
        max: usize,
    },
    /// An object has the member more than once.
    #[error("appears more than once")]
    Duplicate,
    /// The name of a listed member, in another case of ASCII letters. It was read as that member.
    #[error("is listed in another case")]
    OtherCase,
    /// A mandatory member is absent or null.
    #[error("is missing")]
    Missing,
    /// Another kind of value stands here.
    #[error("must be {0}")]
    Not(JsonShape),
    /// The value breaks a rule.
    #[error(transparent)]
    Value(#[from] Rule),
}

/// Something wrong in a body of JSON: the peer's error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("{member} {problem}")]
pub struct JsonError {
    member: MemberPath,
    offset: usize,
    problem: JsonProblem,
}

impl JsonError {
    pub(crate) const fn new(member: MemberPath, offset: usize, problem: JsonProblem) -> Self {
        Self { member, offset, problem }
    }

    /// Something wrong with all of a body.
    pub(super) fn whole(offset: usize, problem: JsonProblem) -> Self {
        Self::new(MemberPath::default(), offset, problem)
    }

    /// The member that it is about.
    #[must_use]
    pub const fn member(&self) -> &MemberPath {
        &self.member
    }

    /// The place of the error: bytes from the beginning of the body, from 0.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The way in which the JSON is wrong.
    #[must_use]
    pub const fn problem(&self) -> JsonProblem {
        self.problem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_and_nothing_else() {
        for (name, shown) in [
            ("status", "status"),
            ("utm_source-2", "utm_source-2"),
            ("", ""),
            ("4510400400099005", "*"),
            ("card4510400400099005end", "card*end"),
            ("4510-4004-0009-9005", "4510-40**-****-9005"),
            ("cardCvc=123", "cardCvc…"),
            ("a1234567", "a1234567"),
            ("a12345678", "a*"),
            ("naïve", "na…"),
            ("line\nbreak", "line…"),
            (&"a".repeat(65), &format!("{}…", "a".repeat(64))),
        ] {
            assert_eq!(shown_name(name), shown, "{name}");
        }
    }

    #[test]
    fn paths_are_read_from_the_outside_in() {
        let mut path = PathWriter::default();
        path.member("data");
        path.member("payments");
        path.element(10);
        path.member("status");
        assert_eq!(path.finish().to_string(), "data.payments[10].status");
        assert_eq!(PathWriter::default().finish().to_string(), "the body");
    }
}
