//! Parameters that have no type of their own here.

use core::fmt;

use super::fault::{Faults, place_of};
use super::parameter::Parameter;
use crate::error::{InvalidValue, Rule};
use crate::media::json::Value;
use crate::secret::Secret;
use crate::value::rules;

/// Parameters that are known and kept as text.
const TEXT: [&str; 10] = [
    "IdealBic",
    "SelectedPaymentMethod",
    "PaRes",
    "Md",
    "RReq",
    "CRes",
    "ThreeDSSessionData",
    "ThreeDSMethodData",
    "PayerId",
    "GoogleAnalyticsClientId",
];

/// The name of a parameter that has no type of its own here: 1 to 64 ASCII letters and digits.
///
/// Ten are known and written as the pages spell them (`PaRes`, `CRes`, `IdealBic`, …), whatever the
/// case; any other is kept as it is. The name of a parameter with a type is refused: `CardNumber` in any case.
///
/// ```
/// use cashflows_codec::gateway::request::OtherParameterName;
///
/// assert_eq!("pares".parse::<OtherParameterName>()?.as_str(), "PaRes");
/// assert_eq!("somethingNew".parse::<OtherParameterName>()?.as_str(), "somethingNew");
/// assert!("cardnumber".parse::<OtherParameterName>().is_err());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OtherParameterName(Box<str>);

impl OtherParameterName {
    const NAME: &'static str = "parameter name";

    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells one of the ten names that are known.
    pub(super) fn is_listed(&self) -> bool {
        TEXT.contains(&self.as_str())
    }
}

impl TryFrom<&str> for OtherParameterName {
    type Error = InvalidValue;

    fn try_from(name: &str) -> Result<Self, InvalidValue> {
        rules::alphanumeric(name, 64)
            .and_then(|()| rules::require(Parameter::in_any_case(name).is_none(), Rule::Listed))
            .map_err(|rule| InvalidValue::new(Self::NAME, rule))?;
        let known = TEXT.iter().find(|known| known.eq_ignore_ascii_case(name));
        Ok(Self(known.map_or(name, |known| *known).into()))
    }
}

parsed_value!(OtherParameterName);

impl fmt::Display for OtherParameterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for OtherParameterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::value::open::Shown(self.as_str()).fmt(f)
    }
}

/// A parameter that has no type of its own here, and its value, which is treated as a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherParameter {
    pub(super) name: OtherParameterName,
    pub(super) value: Secret,
}

impl OtherParameter {
    /// A name and its value, any text.
    #[must_use]
    pub fn new(name: OtherParameterName, value: &str) -> Self {
        Self { name, value: value.into() }
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &OtherParameterName {
        &self.name
    }

    /// Reads a parameter that has no type of its own.
    pub(super) fn read(name: &str, value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        if faults.is_strict() {
            let text = faults.take(value.text());
            return match name.try_into() {
                Ok(name) => Some(Self { name, value: text?.into_secret() }),
                Err(error) => {
                    let error: InvalidValue = error;
                    faults.at(value, error.rule());
                    None
                }
            };
        }
        if Parameter::in_any_case(name).is_some() {
            faults.ignored(place_of(value), Rule::Listed);
            return None;
        }
        let name = OtherParameterName::try_from(name).ok();
        let text = value.scalar_text();
        let text = if name.as_ref().is_some_and(OtherParameterName::is_listed) {
            faults.find(text)
        } else {
            faults.unlisted(place_of(value));
            text.ok()
        }?;
        Some(Self { name: name?, value: text.into_secret() })
    }

    /// Adds it to others, in the place of one of the same name.
    pub(super) fn put_into(self, others: &mut Vec<Self>) {
        others.retain(|other| !other.name.as_str().eq_ignore_ascii_case(self.name.as_str()));
        others.push(self);
    }

    /// The value itself. Every place that calls this is a place to review.
    #[must_use]
    pub fn secret_str(&self) -> &str {
        self.value.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_names_are_read_in_any_case() {
        for name in TEXT {
            assert_eq!(OtherParameterName::try_from(name.to_uppercase()).unwrap().as_str(), name);
        }
        for wrong in ["", "a b", "é", &"x".repeat(65)] {
            assert!(OtherParameterName::try_from(wrong).is_err());
        }
    }
}
