//! Places that the gateway is told: where to send the shopper, where to notify the merchant.

use super::rules;
use crate::error::Rule;

text_value! {
    /// An absolute URL of `http` or `https` (section 3): up to 2,048 visible ASCII characters (the
    /// length is ours), with a host. It is kept as it is.
    ///
    /// ```
    /// use cashflows_codec::value::Url;
    ///
    /// assert!("https://www.mywebshop.com?status=success".parse::<Url>().is_ok());
    /// for wrong in ["www.mywebshop.com", "ftp://mywebshop.com", "https://", "https:///path", "https://a b"] {
    ///     assert!(wrong.parse::<Url>().is_err());
    /// }
    /// ```
    open Url(Box<str>) = "URL", |text| {
        rules::length(text, 2_048)?;
        rules::require(is_absolute(text), Rule::Url)
    };
}

/// Whether text is an absolute URL of `http` or `https` with a host, whatever its length.
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    web && !host.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}
