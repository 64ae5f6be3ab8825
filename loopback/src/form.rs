//! Forms that browsers post.

use axum::body::Body;
use axum::http::{HeaderMap, Request, Uri, header};
use zeroize::Zeroizing;

use crate::body;

/// The most fields that are read.
const FIELDS: usize = 32;

/// A form, which is wiped when it is dropped: a card may be in it.
pub(crate) struct Form(Vec<(Zeroizing<String>, Zeroizing<String>)>);

impl Form {
    /// Reads a form; nothing if the request has none.
    pub(crate) async fn read(request: Request<Body>) -> Option<(HeaderMap, Self)> {
        let (head, body) = request.into_parts();
        let kind = head.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return None;
        }
        let body = body::read(body, body::FORM).await?;
        let fields = form_urlencoded::parse(&body).take(FIELDS);
        let wiped = |text: std::borrow::Cow<'_, str>| Zeroizing::new(text.into_owned());
        let form = Self(fields.map(|(name, value)| (wiped(name), wiped(value))).collect());
        Some((head.headers, form))
    }

    /// The first field of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.as_str() == name).map(|(_, value)| value.as_str())
    }
}

/// The first parameter of this name in the query.
pub(crate) fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}
