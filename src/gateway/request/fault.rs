//! What is wrong with somebody's request: all of it, member by member.

use thiserror::Error;

use crate::error::{Rule, Separated};
use crate::gateway::answer::ErrorWord;
use crate::media::json::{JsonError, JsonProblem, MemberPath, Object, Value};

/// In which way a member of a request is wrong.
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
    /// It says nothing without another member.
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

/// What is wrong with one member of a request: the peer's error. It holds no value.
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

    /// In which way it is wrong.
    #[must_use]
    pub const fn problem(&self) -> MemberProblem {
        self.problem
    }

    /// The gateway's own word for it, where section 7 of the protocol page knows one.
    #[must_use]
    pub fn word(&self) -> Option<ErrorWord> {
        let customer = matches!(self.member.as_str(), "order.customerReference" | "query.customerReference");
        customer.then_some(ErrorWord::InvalidCustomerReference)
    }
}

impl From<JsonError> for MemberError {
    fn from(error: JsonError) -> Self {
        Self::new(error.member().clone(), error.problem().into())
    }
}

/// A request that cannot be read: everything that is wrong with it, never nothing. First what appears
/// twice, then the rest in the order in which a reader finds it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", Separated(.0, "; "))]
pub struct InvalidRequest(Vec<MemberError>);

impl InvalidRequest {
    /// What is wrong, member by member.
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

/// What was found to be wrong so far.
#[derive(Default)]
pub(in crate::gateway) struct Faults(Vec<MemberError>);

impl Faults {
    /// What was read, unless something was wrong with it.
    pub(in crate::gateway) fn result<T>(self, read: Option<T>) -> Result<T, InvalidRequest> {
        debug_assert!(read.is_some() || !self.0.is_empty(), "something is wrong and nobody says what");
        read.filter(|_| self.0.is_empty()).ok_or(InvalidRequest(self.0))
    }

    pub(in crate::gateway) fn push(&mut self, error: impl Into<MemberError>) {
        self.0.push(error.into());
    }

    /// What could be read; else the error is kept.
    pub(in crate::gateway) fn take<T>(&mut self, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.push(error)).ok()
    }

    /// Something wrong with a value that is there.
    pub(super) fn at(&mut self, value: Value<'_>, problem: impl Into<MemberProblem>) {
        let place = value.error(JsonProblem::Missing);
        self.push(MemberError::new(place.member().clone(), problem.into()));
    }

    /// Something wrong with a member that is not there.
    pub(super) fn inside(&mut self, object: Object<'_>, name: &str, problem: impl Into<MemberProblem>) {
        let place = object.missing(name);
        self.push(MemberError::new(place.member().clone(), problem.into()));
    }
}

impl From<Vec<JsonError>> for Faults {
    fn from(errors: Vec<JsonError>) -> Self {
        Self(errors.into_iter().map(MemberError::from).collect())
    }
}
