//! Names of parameters: those of a table, and others.

use core::fmt;

use super::Table;
use crate::value::printable;

/// The name of a parameter in a body: one that the list `P` has, or one that it has not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ParameterName<P> {
    /// A parameter of the list.
    Known(P),
    /// Any other name.
    Unlisted(UnlistedName),
}

impl<P> From<UnlistedName> for ParameterName<P> {
    fn from(name: UnlistedName) -> Self {
        Self::Unlisted(name)
    }
}

impl<P: fmt::Display> fmt::Display for ParameterName<P> {
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
/// parameter (a `=` was lost), eight or more digits in a row become one `*`, and card numbers in groups are
/// masked as [`MaskedText`](crate::value::MaskedText) does it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnlistedName(Box<str>);

impl UnlistedName {
    const MAX: usize = 64;

    pub(crate) fn new<P: Table>(name: &[u8]) -> Self {
        let is_name = |character: char| character.is_ascii_alphanumeric() || "_-.[]".contains(character);
        let characters = name.iter().copied().map(char::from);
        Self(printable(characters, Self::longest::<P>(name), is_name).into_boxed_str())
    }

    /// How much of a name may be shown.
    fn longest<P: Table>(name: &[u8]) -> usize {
        let mut secret =
            P::ALL.iter().filter(|parameter| parameter.is_secret()).map(|parameter| parameter.name());
        secret.find(|secret| name.starts_with(secret.as_bytes())).map_or(Self::MAX, str::len)
    }

    /// Returns true if nothing of it can be shown.
    pub(crate) fn hides_all(&self) -> bool {
        matches!(self.as_str(), "" | "…")
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

#[cfg(test)]
mod tests {
    use super::super::tests::Three;
    use super::*;

    #[test]
    fn unlisted_names_show_names_and_nothing_else() {
        for (name, shown) in [
            ("utm_source", "utm_source"),
            ("items[0].price-2", "items[0].price-2"),
            ("", ""),
            ("4510400400099005", "*"),
            ("card4510400400099005end", "card*end"),
            ("4510-4004-0009-9005", "4510-40**-****-9005"),
            ("card[4510.4004][0009_9005]", "card[4510.40**][****_9005]"),
            ("card_cvv=123", "card_cvv…"),
            ("two words", "two…"),
            ("naïve", "na…"),
            ("a1234567", "a1234567"),
            ("a12345678", "a*"),
            ("secretpasshunter2", "secretpass…"),
            ("third123", "third123"),
        ] {
            assert_eq!(UnlistedName::new::<Three>(name.as_bytes()).as_str(), shown, "{name}");
        }
        let long = UnlistedName::new::<Three>(&[b'x'; 65]);
        assert_eq!(long.as_str(), format!("{}…", "x".repeat(64)));
    }
}
