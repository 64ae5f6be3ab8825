//! Who may post a form: only a page that was served from here.
//!
//! A site that the user has open too can post to this server without being able to read what it serves. So
//! every form carries a token, which a site would have to read first; and browsers say where a form
//! comes from.

use axum::http::{HeaderMap, header};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Makes and checks the tokens of forms, with a key that is drawn when the process starts.
pub(crate) struct FormKey(Option<Hmac<Sha256>>);

impl FormKey {
    /// Without random numbers from the system there is no key, and no form is taken.
    pub(crate) fn random() -> Self {
        let mut key = [0; 32];
        let drawn = getrandom::fill(&mut key).is_ok();
        Self(drawn.then(|| Hmac::new_from_slice(&key).ok()).flatten())
    }

    /// The token of the forms of a page.
    pub(crate) fn token(&self, page: &str) -> String {
        let Some(key) = &self.0 else { return String::new() };
        let tag = key.clone().chain_update(page).finalize().into_bytes();
        tag.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether it is the token of the page; takes the same time for every wrong one.
    fn is_token(&self, page: &str, token: &str) -> bool {
        let Some(key) = &self.0 else { return false };
        let bytes: Option<Vec<u8>> = token
            .as_bytes()
            .chunks(2)
            .map(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok())
            .collect();
        bytes.is_some_and(|bytes| key.clone().chain_update(page).verify_slice(&bytes).is_ok())
    }

    /// Whether a form comes from the page that it claims to come from.
    pub(crate) fn allows(&self, page: &str, token: Option<&str>, headers: &HeaderMap) -> bool {
        is_from_here(headers) && token.is_some_and(|token| self.is_token(page, token))
    }
}

/// What the browser says of where a form comes from, if it says anything. Whether `Host` is this
/// machine has been looked at before.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("?"));
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    let host = text(header::HOST).unwrap_or_default();
    site.is_none_or(|site| matches!(site, "same-origin" | "none"))
        && text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_token_is_for_its_page_and_process() {
        let (key, other) = (FormKey::random(), FormKey::random());
        let token = key.token("a");
        let none = HeaderMap::new();
        assert!(key.allows("a", Some(&token), &none));
        assert!(!key.allows("b", Some(&token), &none));
        assert!(!other.allows("a", Some(&token), &none));
        assert!(!key.allows("a", None, &none));
        for wrong in ["", "0", "zz", &token[2..], &format!("{token}00")] {
            assert!(!key.allows("a", Some(wrong), &none), "{wrong}");
        }
        assert!(!FormKey(None).allows("a", Some(""), &none));
    }

    #[test]
    fn forms_of_other_sites_are_refused() {
        let key = FormKey::random();
        let token = key.token("a");
        let host = ("host", "127.0.0.1:80");
        for (good, said) in [
            (true, &[host, ("origin", "http://127.0.0.1:80"), ("sec-fetch-site", "same-origin")][..]),
            (false, &[host, ("origin", "http://evil.test")]),
            (false, &[host, ("origin", "null")]),
            (false, &[host, ("origin", "https://127.0.0.1:80")]),
            (false, &[host, ("origin", "http://127.0.0.1:81")]),
            (false, &[host, ("sec-fetch-site", "cross-site")]),
            (false, &[host, ("sec-fetch-site", "same-site")]),
        ] {
            assert_eq!(key.allows("a", Some(&token), &headers(said)), good, "{said:?}");
        }
    }
}
