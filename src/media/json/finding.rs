//! Something malformed that decides nothing.

use core::fmt;

use super::error::{JsonError, JsonProblem, MemberPath, PathWriter};
use super::rest::Rest;

/// Something malformed in a message that was read all the same: it decides nothing, so the message was
/// read on without it. What stood there is kept as it came.
///
/// `Display` says place and problem: `data.payments[0].steps must be a list`. No finding shows a
/// value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    at: MemberPath,
    problem: JsonProblem,
}

impl Finding {
    pub(crate) const fn new(at: MemberPath, problem: JsonProblem) -> Self {
        Self { at, problem }
    }

    /// The finding about what an error is about, with a path that begins inside of `container`.
    pub(super) fn inside(container: &MemberPath, error: &JsonError) -> Self {
        Self::new(error.member().inside(container), error.problem())
    }

    /// The place of the member, from the outermost object that was asked for its findings.
    #[must_use]
    pub const fn at(&self) -> &MemberPath {
        &self.at
    }

    /// The way in which the member is malformed.
    #[must_use]
    pub const fn problem(&self) -> JsonProblem {
        self.problem
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at, self.problem)
    }
}

/// The findings of a message, collected from the outside in.
#[derive(Default)]
pub(crate) struct Findings {
    path: PathWriter,
    found: Vec<Finding>,
    unlisted: Vec<MemberPath>,
}

impl Findings {
    /// The findings of a message, with paths that begin inside of it.
    pub(crate) fn of(collect: impl FnOnce(&mut Self)) -> Vec<Finding> {
        let mut findings = Self::default();
        collect(&mut findings);
        findings.found
    }

    /// The paths of the members of a message that are not listed.
    pub(crate) fn unlisted_of(collect: impl FnOnce(&mut Self)) -> Vec<MemberPath> {
        let mut findings = Self::default();
        collect(&mut findings);
        findings.unlisted
    }

    /// Adds what was not read of the object that is here.
    pub(crate) fn rest(&mut self, rest: &Rest) {
        for finding in rest.findings() {
            self.found.push(Finding::new(self.path.followed_by(&finding.at), finding.problem));
        }
        for (name, _) in rest.unlisted().iter() {
            self.unlisted(name);
        }
    }

    /// Adds a member of the object that is here, which is not listed.
    pub(crate) fn unlisted(&mut self, name: &str) {
        self.unlisted.push(self.path.followed_by(&MemberPath::named(name)));
    }

    /// Adds what is wrong with a member of the object that is here.
    pub(crate) fn malformed(&mut self, name: &str, problem: impl Into<JsonProblem>) {
        let at = self.path.followed_by(&MemberPath::named(name));
        self.found.push(Finding::new(at, problem.into()));
    }

    /// Collects inside of a listed member.
    pub(crate) fn member(&mut self, name: &'static str, collect: impl FnOnce(&mut Self)) {
        let length = self.path.length();
        self.path.listed(name);
        collect(self);
        self.path.cut(length);
    }

    /// Collects inside of an element of a list.
    pub(crate) fn element(&mut self, index: usize, collect: impl FnOnce(&mut Self)) {
        let length = self.path.length();
        self.path.element(index);
        collect(self);
        self.path.cut(length);
    }
}
