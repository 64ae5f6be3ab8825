//! A request, and what reading it passed over.

use super::error::{JsonError, MemberPath};
use super::finding::Finding;

/// The members that reading a request passed over. It allocates only if there are some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    pub(crate) unlisted: Vec<MemberPath>,
    pub(crate) ignored: Vec<MemberPath>,
    pub(crate) findings: Vec<Finding>,
}

impl Passed {
    pub(crate) const fn is_nothing(&self) -> bool {
        self.unlisted.is_empty() && self.ignored.is_empty() && self.findings.is_empty()
    }

    /// The same of JSON that is inside of a string at a path.
    #[cfg(feature = "gateway")]
    pub(crate) fn inside_of(self, path: &MemberPath) -> Self {
        let outside = |places: Vec<MemberPath>| places.iter().map(|place| path.followed_by(place)).collect();
        let finding = |finding: Finding| Finding::new(path.followed_by(finding.at()), finding.problem());
        Self {
            unlisted: outside(self.unlisted),
            ignored: outside(self.ignored),
            findings: self.findings.into_iter().map(finding).collect(),
        }
    }

    /// Adds something malformed.
    pub(crate) fn finding(&mut self, error: &JsonError) {
        self.findings.push(Finding::new(error.member().clone(), error.problem()));
    }
}

/// A request as its receiver reads it, with everything in it that was passed over.
///
/// Receivers read easily: what is not known, not used or malformed without deciding anything does not
/// make a request unreadable. It is reported here, by place. A receiver that wants to be strict refuses
/// where [`is_understood`](Self::is_understood) says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedRequest<T> {
    request: T,
    passed: Passed,
}

impl<T> DecodedRequest<T> {
    pub(crate) const fn new(request: T, passed: Passed) -> Self {
        Self { request, passed }
    }

    /// The request.
    #[must_use]
    pub const fn request(&self) -> &T {
        &self.request
    }

    /// The request, without the report.
    #[must_use]
    pub fn into_request(self) -> T {
        self.request
    }

    /// The request, and the report.
    pub(crate) fn into_parts(self) -> (T, Passed) {
        (self.request, self.passed)
    }

    /// The places of members that are not known.
    #[must_use]
    pub fn unlisted(&self) -> &[MemberPath] {
        &self.passed.unlisted
    }

    /// The places of members that are known, and that this kind of request does not use. They are not
    /// checked.
    #[must_use]
    pub fn ignored(&self) -> &[MemberPath] {
        &self.passed.ignored
    }

    /// Members that are malformed and decide nothing. The request has none in their place, but for text, which it keeps
    /// as it came, and for objects that were passed over and have a name twice.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.passed.findings
    }

    /// Tells that everything in the request is known, used and well formed.
    #[must_use]
    pub const fn is_understood(&self) -> bool {
        self.passed.is_nothing()
    }
}
