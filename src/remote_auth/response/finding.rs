//! Malformed parts of a response that was read without them.

use core::fmt;
use core::hash::{Hash, Hasher};

use super::{Message, ResponseField};
use crate::value::rules;

/// A malformed part of a response that was read without it. Status and code decide, and no other field hides them.
///
/// It names the place and the problem, never the value.
///
/// ```
/// use cashflows_codec::remote_auth::response::{Problem, Response, ResponseField};
/// use cashflows_codec::remote_auth::Outcome;
///
/// let response = Response::decode(b"\xef\xbb\xbfA|01S00001724|2x0|031971|Autoris\xe9")?;
/// assert_eq!(response.outcome(), Outcome::Authorised);
/// assert_eq!(response.message(), "Autoris\u{fffd}");
/// let findings = response.findings();
/// assert_eq!(findings[1].at, ResponseField::Checks);
/// assert_eq!(findings[1].problem, Problem::Malformed);
/// let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
/// assert_eq!(shown, [
///     "line begins with a byte order mark",
///     "checks is malformed",
///     "message is not valid UTF-8",
/// ]);
/// # Ok::<(), cashflows_codec::remote_auth::response::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResponseFinding {
    /// The field that is malformed.
    pub at: ResponseField,
    /// The fault of the field.
    pub problem: Problem,
}

/// The field and the problem: `checks is malformed`.
impl fmt::Display for ResponseFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at, self.problem)
    }
}

/// The fault of a malformed part of a response. `Display` is a phrase that goes on after the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// A byte order mark stands before the line.
    ByteOrderMark,
    /// Blanks, tabs or line ends stand before the line.
    BlanksBefore,
    /// Blanks or tabs stand behind the line.
    BlanksBehind,
    /// Blanks or tabs stand around the value of a field.
    Blanks,
    /// A field that always has a value is empty.
    Empty,
    /// The text has not the form of the field: an id of 1 to 32 ASCII letters and digits, three digits of
    /// checks, an authorisation code of 1 to 32 bytes. `null` is malformed too, and so is an id that names
    /// nothing, such as `0`.
    Malformed,
    /// The letter of a response code is in lower case. It is read as the same letter in upper case.
    LowerCase,
    /// Bytes that are not UTF-8, kept as U+FFFD.
    Utf8,
    /// Control characters, kept as U+FFFD.
    ControlCharacter,
    /// More than the 3,072 bytes that a message may have.
    TooLong,
}

impl Problem {
    /// The problem in one word of lower case, such as `byte_order_mark`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "byte_order_mark",
            Self::BlanksBefore => "blanks_before",
            Self::BlanksBehind => "blanks_behind",
            Self::Blanks => "blanks",
            Self::Empty => "empty",
            Self::Malformed => "malformed",
            Self::LowerCase => "lower_case",
            Self::Utf8 => "utf8",
            Self::ControlCharacter => "control_character",
            Self::TooLong => "too_long",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => f.write_str("begins with a byte order mark"),
            Self::BlanksBefore => f.write_str("begins with blanks or line ends"),
            Self::BlanksBehind => f.write_str("ends with blanks or tabs"),
            Self::Blanks => f.write_str("has blanks around it"),
            Self::Empty => f.write_str("is empty"),
            Self::Malformed => f.write_str("is malformed"),
            Self::LowerCase => f.write_str("has a letter in lower case"),
            Self::Utf8 => f.write_str("is not valid UTF-8"),
            Self::ControlCharacter => f.write_str("has control characters"),
            Self::TooLong => write!(f, "is longer than {} bytes", Message::MAX_BYTES),
        }
    }
}

/// Every finding that a line can have, in the order in which they are reported. A line has a bit for each.
const ALL: [ResponseFinding; 19] = {
    use Problem::{
        Blanks, BlanksBefore, BlanksBehind, ByteOrderMark, ControlCharacter, Empty, LowerCase, Malformed,
        TooLong, Utf8,
    };
    use ResponseField::{Checks, Code, Extras, Line, Message, Status, TransactionId};
    const fn finding(at: ResponseField, problem: Problem) -> ResponseFinding {
        ResponseFinding { at, problem }
    }
    [
        finding(Line, ByteOrderMark),
        finding(Line, BlanksBefore),
        finding(Line, BlanksBehind),
        finding(Status, Blanks),
        finding(TransactionId, Blanks),
        finding(TransactionId, Empty),
        finding(TransactionId, Malformed),
        finding(Checks, Blanks),
        finding(Checks, Empty),
        finding(Checks, Malformed),
        finding(Code, Blanks),
        finding(Code, Empty),
        finding(Code, Malformed),
        finding(Code, LowerCase),
        finding(Message, Utf8),
        finding(Message, ControlCharacter),
        finding(Message, TooLong),
        finding(Extras, Utf8),
        finding(Extras, ControlCharacter),
    ]
};

/// The findings of a line, a bit for each. They take no part in comparing lines.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flaws(u32);

impl Flaws {
    /// A line as it should be.
    pub(crate) const NONE: Self = Self(0);
    /// The fields do not stand where an outline has them: they are found by their separators.
    pub(crate) const LOOSE: Self = Self(1 << 31);
    /// There are bytes that cannot stand in a line: not UTF-8, or control characters.
    pub(crate) const UNCLEAN: Self = Self(1 << 30);

    /// The findings of an id that is empty, or of letters and digits.
    pub(super) fn of_id(id: &str) -> Self {
        let mut flaws = Self::NONE;
        match id {
            "" => flaws.note(ResponseField::TransactionId, Problem::Empty),
            id if rules::names_nothing(id) => flaws.note(ResponseField::TransactionId, Problem::Malformed),
            _ => {}
        }
        flaws
    }

    /// Notes a finding of the list.
    pub(crate) fn note(&mut self, at: ResponseField, problem: Problem) {
        let listed = ALL.iter().position(|finding| *finding == ResponseFinding { at, problem });
        debug_assert!(listed.is_some(), "{at} {problem}");
        self.0 |= listed.map_or(0, |bit| 1 << bit);
    }

    /// These, and others.
    pub(crate) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These, but for others.
    pub(crate) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Returns true if there are none.
    #[inline]
    pub(crate) const fn are_none(self) -> bool {
        self.0 == 0
    }

    /// Returns true if one of the others is among them.
    #[inline]
    pub(crate) const fn any_of(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// The findings in their order. A line without any takes no allocation.
    pub(super) fn findings(self) -> Vec<ResponseFinding> {
        let noted = ALL.iter().enumerate().filter(|(bit, _)| self.0 & (1 << bit) != 0);
        noted.map(|(_, finding)| *finding).collect()
    }
}

impl PartialEq for Flaws {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Flaws {}

impl Hash for Flaws {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
