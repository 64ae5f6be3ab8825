//! Errors in the parameters of a form.

use core::fmt::{self, Display};

use thiserror::Error;

use super::{OperationKind, Parameter};
use crate::error::Rule;
use crate::media::form::{Malformed, ParameterName};

/// A rule that a parameter of a form breaks: the peer's error.
///
/// `P` is the list of the parameter: [`Parameter`] in a payment request, `BatchParameter` in a batch body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("{} {rule}", Subject(.parameter))]
#[non_exhaustive]
pub struct ParameterError<P: Display = Parameter> {
    /// The parameter.
    pub parameter: ParameterName<P>,
    /// The rule that it breaks.
    pub rule: ParameterRule,
}

impl<P: Display> ParameterError<P> {
    pub(crate) fn new(parameter: impl Into<ParameterName<P>>, rule: impl Into<ParameterRule>) -> Self {
        Self { parameter: parameter.into(), rule: rule.into() }
    }
}

/// The parameter as the subject of a sentence. A name that is not readable at all is not shown.
struct Subject<'a, P>(&'a ParameterName<P>);

impl<P: Display> Display for Subject<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ParameterName::Unlisted(name) if name.hides_all() => f.write_str("a parameter's name"),
            name => name.fmt(f),
        }
    }
}

/// The rule that a parameter breaks: one between the parameters of a request, or one of its value.
///
/// `Display` says it in words that follow the parameter's name: "must be absent with ewallet".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ParameterRule {
    /// The parameter is mandatory here and absent or empty.
    #[error("is mandatory")]
    Missing,
    /// The parameter is mandatory because of another one.
    #[error("is mandatory with {0}")]
    MissingWith(Parameter),
    /// One of two parameters has to be there.
    #[error("is mandatory where {0} is absent")]
    MissingWithout(Parameter),
    /// The vendor forbids the parameter in this operation.
    #[error("must be absent from a {0} request")]
    NotIn(OperationKind),
    /// The parameter contradicts another one.
    #[error("must be absent with {0}")]
    NotWith(Parameter),
    /// The value differs from the one in the body, which counts: of a header.
    #[error("differs from the body, which counts")]
    DiffersFromBody,
    /// The parameter stands in the body more than once.
    #[error("appears more than once")]
    Duplicate,
    /// A `%` is not followed by two hexadecimal digits.
    #[error("has an invalid percent escape")]
    PercentEscape,
    /// The bytes, after percent-decoding, are not UTF-8.
    #[error("is not valid UTF-8")]
    Utf8,
    /// The value breaks a rule of its own.
    #[error(transparent)]
    Value(#[from] Rule),
}

impl From<Malformed> for ParameterRule {
    fn from(malformed: Malformed) -> Self {
        match malformed {
            Malformed::PercentEscape => Self::PercentEscape,
            Malformed::Utf8 => Self::Utf8,
            Malformed::Repeated => Self::Duplicate,
        }
    }
}
