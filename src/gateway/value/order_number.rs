//! The merchant's own number of an order.

use crate::error::{InvalidValue, Rule};
use crate::value::rules;

text_value! {
    /// The merchant's own number of an order, which names it for good: 1 to 64 ASCII letters, digits,
    /// `.`, `_` and `-` (section 3; the rule is ours), but not `.` and `..`, so that it cannot bend the path that asks for
    /// it nor the return URL that it is appended to.
    ///
    /// Other systems number otherwise, with spaces or slashes say:
    /// [`of_any_form`](Self::of_any_form) takes such a number.
    ///
    /// ```
    /// use cashflows_codec::gateway::OrderNumber;
    ///
    /// assert!("2026-000123".parse::<OrderNumber>().is_ok());
    /// assert!("Payment ref D1".parse::<OrderNumber>().is_err());
    /// ```
    open OrderNumber(Box<str>) = "order number", |text| {
        rules::length(text, 64)?;
        not_dots(text)?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        rules::require(text.bytes().all(allowed), Rule::OrderNumber)
    };
}

/// Refuses text that URLs take for the place above, however it is escaped.
fn not_dots(text: &str) -> Result<(), Rule> {
    rules::require(!matches!(text, "." | ".."), Rule::OrderNumber)
}

impl OrderNumber {
    /// A number of any form that somebody else made: 1 to 255 characters without control characters.
    ///
    /// # Errors
    ///
    /// It is empty, too long, `.` or `..`, or has a control character.
    ///
    /// ```
    /// use cashflows_codec::gateway::OrderNumber;
    ///
    /// assert_eq!(OrderNumber::of_any_form("Payment ref D1")?.as_str(), "Payment ref D1");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    pub fn of_any_form(text: &str) -> Result<Self, InvalidValue> {
        rules::text(text, 255)
            .and_then(|()| not_dots(text))
            .map(|()| Self(text.into()))
            .map_err(|rule| InvalidValue::new(Self::NAME, rule))
    }
}

stored_as_text!(OrderNumber);
