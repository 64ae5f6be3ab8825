//! The errors of somebody's request: which parameter breaks which rule.

use core::fmt;

use thiserror::Error;

use crate::error::{LimitExceeded, Rule, Separated};
use crate::remote_auth::parameter::{Parameter, Secrecy};

/// The name of a parameter in a body: one that the table knows, or one that it does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ParameterName {
    /// A parameter of section 2 of the protocol page.
    Known(Parameter),
    /// Any other name.
    Unlisted(UnlistedName),
}

impl From<Parameter> for ParameterName {
    fn from(parameter: Parameter) -> Self {
        Self::Known(parameter)
    }
}

impl From<UnlistedName> for ParameterName {
    fn from(name: UnlistedName) -> Self {
        Self::Unlisted(name)
    }
}

impl fmt::Display for ParameterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(parameter) => parameter.fmt(f),
            Self::Unlisted(name) => name.fmt(f),
        }
    }
}

/// The name of a parameter that the table does not know, fit to be printed.
///
/// A broken body can have a card number where a name should be, so only what looks like a name is
/// kept: everything from the first character on that is not an ASCII letter, digit, `_`, `-`, `.`,
/// `[` or `]` is replaced by `…`, so is everything after 64 characters and after the name of a secret
/// parameter (a `=` was lost), and eight or more digits in a row become one `*`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnlistedName(Box<str>);

impl UnlistedName {
    const MAX: usize = 64;
    const DIGITS: usize = 7;

    pub(crate) fn new(name: &[u8]) -> Self {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(byte);
        let mut shown = String::new();
        let mut digits = 0;
        let mut used = 0;
        for byte in name.iter().copied().take(Self::longest(name)).take_while(|byte| is_name(byte)) {
            used += 1;
            digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
            if digits <= Self::DIGITS {
                shown.push(char::from(byte));
            } else if digits == Self::DIGITS + 1 {
                shown.truncate(shown.len() - Self::DIGITS);
                shown.push('*');
            }
        }
        if used < name.len() {
            shown.push('…');
        }
        Self(shown.into_boxed_str())
    }

    /// How much of a name may be shown.
    fn longest(name: &[u8]) -> usize {
        let secret = Parameter::ALL.iter().filter(|parameter| parameter.secrecy() != Secrecy::Open);
        let mut listed = secret.map(|parameter| parameter.as_str()).chain(["profile_pass"]);
        listed.find(|listed| name.starts_with(listed.as_bytes())).map_or(Self::MAX, str::len)
    }

    /// The printable name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnlistedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with one parameter of a request body: the peer's error.
///
/// [`reason`](Self::reason) is the gateway's own V code for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("{parameter} {rule}")]
pub struct ParameterError {
    parameter: ParameterName,
    rule: Rule,
}

impl ParameterError {
    pub(crate) fn new(parameter: impl Into<ParameterName>, rule: Rule) -> Self {
        Self { parameter: parameter.into(), rule }
    }

    /// The parameter.
    #[must_use]
    pub const fn parameter(&self) -> &ParameterName {
        &self.parameter
    }

    /// The rule that it breaks.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }
}

/// A request body that is not a request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The body is larger than the limits allow; nothing of it was read.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// Everything that is wrong with the parameters: never empty, in the order in which a reader
    /// finds it: structure (escapes, duplicates), then values, then what is missing or contradicts.
    #[error("{}", Separated(.0, "; "))]
    Parameters(Vec<ParameterError>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlisted_names_show_names_and_nothing_else() {
        for (name, shown) in [
            ("utm_source", "utm_source"),
            ("items[0].price-2", "items[0].price-2"),
            ("", ""),
            ("4510400400099005", "*"),
            ("card4510400400099005end", "card*end"),
            ("card_cvv=123", "card_cvv…"),
            ("two words", "two…"),
            ("naïve", "na…"),
            ("a1234567", "a1234567"),
            ("a12345678", "a*"),
            ("auth_passhunter2", "auth_pass…"),
            ("card_cvv123", "card_cvv…"),
            ("profile_pass_hunter2", "profile_pass…"),
        ] {
            assert_eq!(UnlistedName::new(name.as_bytes()).as_str(), shown, "{name}");
        }
        let long = UnlistedName::new(&[b'x'; 65]);
        assert_eq!(long.as_str(), format!("{}…", "x".repeat(64)));
    }
}
