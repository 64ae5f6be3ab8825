//! Text that the pages give no form.

use core::fmt;

use super::rules;
use crate::error::{InvalidValue, Rule};
use crate::secret::MASK;

text_value! {
    /// Text of any script: 1 to 4,096 characters, LF between lines, no other control character (the
    /// length is ours).
    open FreeText(Box<str>) = "text", |text| rules::lines(text, FreeText::MAX);
}

impl FreeText {
    const MAX: usize = 4_096;
}

/// Text about a person, of the form of [`FreeText`]. It is masked when printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PrivateText(Box<str>);

impl PrivateText {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for PrivateText {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        let checked: Result<(), Rule> = rules::lines(text, FreeText::MAX);
        checked.map(|()| Self(text.into())).map_err(|rule| InvalidValue::new("text", rule))
    }
}

parsed_value!(PrivateText);

impl AsRef<str> for PrivateText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for PrivateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateText({MASK})")
    }
}
