//! Something malformed that decides nothing.

use core::fmt;

use super::error::{JsonProblem, MemberPath};

/// Something malformed in a message that was read all the same: it decides nothing, so the message was
/// read on without it.
///
/// `Display` says place and problem: "order.billingIdentity.emailAddress must be an e-mail address". No
/// finding shows a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    at: MemberPath,
    problem: JsonProblem,
}

impl Finding {
    pub(crate) const fn new(at: MemberPath, problem: JsonProblem) -> Self {
        Self { at, problem }
    }

    /// The place of the member, from the outermost object.
    #[must_use]
    pub const fn at(&self) -> &MemberPath {
        &self.at
    }

    /// In which way the member is malformed.
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
