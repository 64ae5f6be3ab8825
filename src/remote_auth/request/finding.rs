//! Something in a request that is wrong and decides nothing.

use core::fmt;

use thiserror::Error;

use crate::remote_auth::Parameter;
use crate::remote_auth::parameter::ParameterRule;

/// Something in a request that is wrong and decides nothing: the request was read on without it.
///
/// `Display` names the place and the problem, never a value: "return_token must be one of: true, false,
/// 1, 0".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("{at} {rule}")]
pub struct Finding {
    at: Place,
    rule: ParameterRule,
}

impl Finding {
    pub(crate) fn new(at: Place, rule: impl Into<ParameterRule>) -> Self {
        Self { at, rule: rule.into() }
    }

    /// The place.
    #[must_use]
    pub const fn at(&self) -> Place {
        self.at
    }

    /// The rule that is broken there.
    #[must_use]
    pub const fn rule(&self) -> ParameterRule {
        self.rule
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
