//! The merchant's own number of an order.

use crate::error::Rule;
use crate::value::rules;

text_value! {
    /// The merchant's own number of an order, which names it for good: 1 to 64 ASCII letters, digits,
    /// `.`, `_` and `-` (section 3; the rule is ours), so that it cannot bend the path that asks for
    /// it nor the return URL that it is appended to.
    ///
    /// Numbers of other forms that come from elsewhere are read where an order is read; this type is
    /// for those that are made here.
    ///
    /// ```
    /// use cashflows_codec::gateway::OrderNumber;
    ///
    /// assert!("2026-000123".parse::<OrderNumber>().is_ok());
    /// assert!("Payment ref D1".parse::<OrderNumber>().is_err());
    /// ```
    open OrderNumber(Box<str>) = "order number", |text| {
        rules::length(text, 64)?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        rules::require(text.bytes().all(allowed), Rule::OrderNumber)
    };
}
