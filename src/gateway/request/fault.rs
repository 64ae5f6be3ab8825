//! Errors of a received request, member by member.

use thiserror::Error;

use crate::error::{InvalidValue, Rule, Separated};
use crate::gateway::error_word::ErrorWord;
use crate::media::json::{
    Document, JsonError, JsonProblem, MemberPath, Object, ObjectPlace, Passed, Text, Value,
};

/// A way in which a member of a request is wrong.
///
/// `Display` says it in words that follow the path of a member: "must be absent from a wallet job".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum MemberProblem {
    /// It is not JSON, is missing, or breaks the rule of its value.
    #[error(transparent)]
    Json(#[from] JsonProblem),
    /// A `%` of the query is not followed by two hexadecimal digits, or they do not stand for UTF-8.
    #[error("has an invalid percent escape")]
    PercentEscape,
    /// There is no such member.
    #[error("is not a member of this")]
    Unlisted,
    /// This kind of job needs it.
    #[error("is mandatory for a {0} job")]
    MissingFor(&'static str),
    /// This kind of job does not take it.
    #[error("must be absent from a {0} job")]
    NotFor(&'static str),
    /// Another member needs it.
    #[error("is mandatory with {0}")]
    MissingWith(&'static str),
    /// It has no meaning without another member.
    #[error("must be absent without {0}")]
    NotWithout(&'static str),
    /// It contradicts another member.
    #[error("must be absent with {0}")]
    NotWith(&'static str),
}

impl From<Rule> for MemberProblem {
    fn from(rule: Rule) -> Self {
        Self::Json(rule.into())
    }
}

/// An error about one member of a request, made by the peer. It holds no value.
///
/// A parameter of a job is named as section 4 spells it, whatever its case in the body:
/// `parameters.CardNumber`. The path of a parameter of the query begins with `query`: `query.locale`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("{member} {problem}")]
pub struct MemberError {
    member: MemberPath,
    problem: MemberProblem,
}

impl MemberError {
    pub(in crate::gateway) const fn new(member: MemberPath, problem: MemberProblem) -> Self {
        Self { member, problem }
    }

    /// The member.
    #[must_use]
    pub const fn member(&self) -> &MemberPath {
        &self.member
    }

    /// The way in which it is wrong.
    #[must_use]
    pub const fn problem(&self) -> MemberProblem {
        self.problem
    }

    /// The gateway's own word for it, where section 7 of the protocol page knows one.
    #[must_use]
    pub fn word(&self) -> Option<ErrorWord> {
        match self.member.as_str() {
            "order.customerReference" | "query.customerReference" => {
                Some(ErrorWord::InvalidCustomerReference)
            }
            path if path.starts_with("parameters.RecipientDetails") => {
                Some(ErrorWord::InvalidRecipientDetails)
            }
            _ => None,
        }
    }
}

impl From<JsonError> for MemberError {
    fn from(error: JsonError) -> Self {
        Self::new(error.member().clone(), error.problem().into())
    }
}

/// A request that cannot be read, with at least one error. Members that appear twice stand first, then the
/// others in the order of reading.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", Separated(.0, "; "))]
pub struct InvalidRequest(Vec<MemberError>);

impl InvalidRequest {
    /// The errors, member by member.
    #[must_use]
    pub fn members(&self) -> &[MemberError] {
        &self.0
    }

    pub(in crate::gateway) fn into_members(self) -> Vec<MemberError> {
        self.0
    }
}

impl From<JsonError> for InvalidRequest {
    fn from(error: JsonError) -> Self {
        Self(vec![error.into()])
    }
}

/// The consequence of a malformed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// An error: it decides about money, card, order or the way of the shopper.
    Decides,
    /// A finding: it is passed over.
    Minor,
}

/// The errors found so far, and the members that were passed over.
#[derive(Default)]
pub(in crate::gateway) struct Faults {
    errors: Vec<MemberError>,
    /// The objects whose members were read.
    read: Vec<ObjectPlace>,
    pub(in crate::gateway) passed: Passed,
    strict: bool,
}

impl Faults {
    /// Reads strictly: whatever would be passed over is an error, and names, words and values are read
    /// in the spellings of the pages alone.
    pub(in crate::gateway) fn strict(strict: bool) -> Self {
        Self { strict, ..Self::default() }
    }

    pub(in crate::gateway) const fn is_strict(&self) -> bool {
        self.strict
    }

    /// Returns the request, or the errors.
    pub(in crate::gateway) fn result<T>(self, read: Option<T>) -> Result<(T, Passed), InvalidRequest> {
        debug_assert!(read.is_some() || !self.errors.is_empty(), "a request without an error was not read");
        match read {
            Some(read) if self.errors.is_empty() => Ok((read, self.passed)),
            _ => Err(InvalidRequest(self.errors)),
        }
    }

    pub(in crate::gateway) fn push(&mut self, error: impl Into<MemberError>) {
        self.errors.push(error.into());
    }

    /// Notes that the members of an object are read.
    pub(in crate::gateway) fn reads(&mut self, object: Object<'_>) {
        self.read.push(object.place());
    }

    /// Adds the members that appear twice: errors of objects that were read, which go before the others, and findings
    /// of objects that were passed over.
    pub(in crate::gateway) fn duplicates(&mut self, document: &Document<'_>) {
        self.read.sort_unstable();
        let (repeated, passed_over) = document.duplicates_in(&self.read);
        self.errors.splice(..0, repeated.into_iter().map(MemberError::from));
        passed_over.into_iter().for_each(|error| self.finding(error));
    }

    /// Returns the value, or keeps the error.
    pub(in crate::gateway) fn take<T>(&mut self, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.push(error)).ok()
    }

    /// Returns the value, or keeps a finding.
    pub(in crate::gateway) fn find<T>(&mut self, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.finding(error)).ok()
    }

    /// Keeps a finding: a malformed member without weight.
    pub(in crate::gateway) fn finding(&mut self, error: JsonError) {
        if self.strict {
            self.push(error);
        } else {
            self.passed.finding(&error);
        }
    }

    /// Keeps a member that is not known.
    pub(in crate::gateway) fn unlisted(&mut self, place: MemberPath) {
        if self.strict {
            self.push(MemberError::new(place, MemberProblem::Unlisted));
        } else {
            self.passed.unlisted.push(place);
        }
    }

    /// Keeps a member that is known and not used. For a strict reader it is an error.
    pub(in crate::gateway) fn ignored(&mut self, place: MemberPath, problem: impl Into<MemberProblem>) {
        if self.strict {
            self.push(MemberError::new(place, problem.into()));
        } else {
            self.passed.ignored.push(place);
        }
    }

    /// Takes what was read, or reports the error by its weight.
    pub(super) fn weigh<T>(&mut self, weight: Weight, read: Result<T, JsonError>) -> Option<T> {
        match weight {
            Weight::Decides => self.take(read),
            Weight::Minor => self.find(read),
        }
    }

    /// Adds the members that were passed over elsewhere.
    pub(in crate::gateway) fn pass(&mut self, passed: Passed) {
        let Passed { unlisted, ignored, findings } = passed;
        self.passed.unlisted.extend(unlisted);
        self.passed.ignored.extend(ignored);
        self.passed.findings.extend(findings);
    }

    /// Adds an error about a value.
    pub(super) fn at(&mut self, value: Value<'_>, problem: impl Into<MemberProblem>) {
        self.push(MemberError::new(place_of(value), problem.into()));
    }

    /// Adds an error about an absent member.
    pub(super) fn inside(&mut self, object: Object<'_>, name: &str, problem: impl Into<MemberProblem>) {
        self.push(MemberError::new(object.missing(name).member().clone(), problem.into()));
    }

    /// The text of a value. A number or a boolean is read as its text.
    pub(super) fn text<'d>(&self, value: Value<'d>) -> Result<Text<'d>, JsonError> {
        if self.strict { value.text() } else { value.scalar_text() }
    }

    /// A value that is checked text.
    pub(super) fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &self,
        value: Value<'_>,
    ) -> Result<T, JsonError> {
        T::try_from(&self.text(value)?).map_err(|invalid| value.error(invalid.rule()))
    }

    /// A boolean, as text or as one; 1 and 0 stand for true and false.
    pub(super) fn boolean(&self, value: Value<'_>) -> Result<bool, JsonError> {
        let number = if self.strict { None } else { value.text_or_number().ok() };
        match number.as_deref() {
            Some("1") => Ok(true),
            Some("0") => Ok(false),
            _ => value.boolean_or_text(),
        }
    }

    /// Tells whether a value counts as absent: null, and text without a character.
    pub(super) fn is_absent(&self, value: Value<'_>) -> bool {
        value.is_null() || (!self.strict && value.is_empty_text())
    }
}

/// Returns the place of a value.
pub(super) fn place_of(value: Value<'_>) -> MemberPath {
    value.error(JsonProblem::Missing).member().clone()
}
