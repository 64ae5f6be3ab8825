//! What a shopper's page may do.

use reqwest::Url;

/// A policy under which forms may be answered by a redirect to one of these URLs: Chromium takes the
/// directive `form-action` for where a form ends, not only for where it is posted to.
///
/// There is no script at all.
pub(super) fn of(returns: &[&str]) -> String {
    let mut sources = vec!["'self'".to_owned()];
    for source in returns.iter().filter_map(|url| source(url)) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action {}; base-uri 'none'; \
         frame-ancestors 'none'",
        sources.join(" ")
    )
}

/// The origin of a URL, as a policy names it.
fn source(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    // A policy has no word for an address of IPv6.
    if url.host_str()?.starts_with('[') {
        return Some(format!("{}:", url.scheme()));
    }
    let origin = url.origin().ascii_serialization();
    // What would end the directive is in no origin, but who knows what a host may be called one day.
    let right = |character: char| {
        character.is_ascii_alphanumeric() || matches!(character, ':' | '/' | '.' | '-' | '_')
    };
    origin.chars().all(right).then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_may_end_at_the_merchants_and_nowhere_else() {
        let policy = of(&[
            "http://shop.test:81/paid?a=;b",
            "https://shop.test/x",
            "https://shop.test/y",
            "javascript:1",
        ]);
        assert!(
            policy.contains("form-action 'self' http://shop.test:81 https://shop.test; base-uri"),
            "{policy}"
        );
        assert_eq!(source("http://[::1]:80/"), Some("http:".to_owned()));
        assert_eq!(source("http://user:word@a.test/"), Some("http://a.test".to_owned()));
        assert_eq!(source("http://a;script-src *.test/"), None);
    }
}
