//! Findings: malformed values of a request that do not matter.

use core::fmt;

use thiserror::Error;

use crate::remote_auth::Parameter;
use crate::remote_auth::parameter::ParameterRule;

/// A malformed value that does not matter. The request was read without it, unless it is
/// [kept](Self::is_kept).
///
/// `Display` shows the place and the problem, never a value: "return_token must be one of: true, false,
/// 1, 0".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("{at} {rule}")]
#[non_exhaustive]
pub struct Finding {
    /// The place.
    pub at: Place,
    /// The rule that is broken there.
    pub rule: ParameterRule,
}

impl Finding {
    /// Returns true if the request has the value as it came: text that is too long, or has control characters or
    /// characters that change the order in which text is shown. The constructor of such a value refuses the first two.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let is_text = matches!(self.at, Place::Parameter(parameter) if parameter.is_text());
        is_text && matches!(self.rule, ParameterRule::Value(_))
    }

    pub(crate) fn new(at: Place, rule: impl Into<ParameterRule>) -> Self {
        Self { at, rule: rule.into() }
    }
}

/// A place in a request: `card_payment_account_reference`, or `header auth_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A parameter of the body.
    Parameter(Parameter),
    /// A header of the HTTP request, by the name of its parameter.
    Header(Parameter),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(parameter) => parameter.fmt(f),
            Self::Header(parameter) => write!(f, "header {parameter}"),
        }
    }
}
