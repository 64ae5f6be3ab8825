//! Content types, and the boundary in them.

use std::borrow::Cow;
use std::sync::LazyLock;

use mime::Mime;

use crate::remote_auth::batch::{BatchDecodeError, Boundary};

/// The form, bare or as the first part.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// The multipart type of requests, and of the replies that we write.
const MULTIPART: &str = "multipart/x-vcg-remote-api";

/// What a reply's content type says of its body.
pub(super) enum Layout {
    Bare,
    Parts(Boundary),
}

/// The content type of a body with parts. That of the documented boundary, which nearly every body
/// has, is made only once.
pub(super) fn multipart(boundary: &Boundary) -> Cow<'static, Mime> {
    static DOCUMENTED: LazyLock<Mime> = LazyLock::new(|| with_boundary(Boundary::DOCUMENTED));
    match boundary.as_str() {
        Boundary::DOCUMENTED => Cow::Borrowed(&DOCUMENTED),
        other => Cow::Owned(with_boundary(other)),
    }
}

fn with_boundary(boundary: &str) -> Mime {
    // Outside of quotes, only the characters of a token may stand (RFC 2045, section 5.1).
    let quote = if boundary.contains([' ', '(', ')', ',', '/', ':', '=', '?']) { "\"" } else { "" };
    // Every boundary parses, so that the fallback is never used: a test tries each character.
    format!("{MULTIPART}; boundary={quote}{boundary}{quote}").parse().unwrap_or(mime::MULTIPART_FORM_DATA)
}

/// The content type of a bare form.
pub(super) const fn form() -> Cow<'static, Mime> {
    Cow::Borrowed(&mime::APPLICATION_WWW_FORM_URLENCODED)
}

/// The boundary of a request, which always has parts.
pub(super) fn request_boundary(content_type: &str) -> Result<Boundary, BatchDecodeError> {
    let mime = parse(content_type)?;
    if mime.essence_str() == MULTIPART { boundary(&mime) } else { Err(BatchDecodeError::ContentType) }
}

/// How to read a reply. The pages do not say which multipart type it has: any will do.
pub(super) fn reply_layout(content_type: &str) -> Result<Layout, BatchDecodeError> {
    let mime = parse(content_type)?;
    if mime.essence_str() == FORM {
        Ok(Layout::Bare)
    } else if mime.type_() == mime::MULTIPART {
        boundary(&mime).map(Layout::Parts)
    } else {
        Err(BatchDecodeError::ContentType)
    }
}

fn parse(content_type: &str) -> Result<Mime, BatchDecodeError> {
    content_type.parse().map_err(|_| BatchDecodeError::ContentType)
}

fn boundary(mime: &Mime) -> Result<Boundary, BatchDecodeError> {
    let boundary = mime.get_param(mime::BOUNDARY).ok_or(BatchDecodeError::ContentType)?;
    boundary.as_str().parse().map_err(|_| BatchDecodeError::ContentType)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_survives_its_content_type() {
        let mut texts: Vec<String> = ('!'..='~').map(String::from).collect();
        texts.extend(
            ["Some Words", "remote_batch-4C4106B0", Boundary::DOCUMENTED, &"=".repeat(70), "'()+_,-./:=?"]
                .map(String::from),
        );
        for boundary in texts.iter().filter_map(|text| Boundary::try_from(text.as_str()).ok()) {
            let mime = multipart(&boundary);
            assert_eq!(mime.essence_str(), MULTIPART);
            assert_eq!(request_boundary(Mime::as_ref(&mime)), Ok(boundary));
        }
    }

    #[test]
    fn the_content_type_decides_how_a_body_is_read() {
        for (text, request, reply) in [
            ("multipart/x-vcg-remote-api; boundary=b", true, true),
            ("Multipart/X-VCG-Remote-API;  charset=utf-8; Boundary=\"b\"", true, true),
            ("multipart/mixed; boundary=b", false, true),
            ("application/x-www-form-urlencoded", false, true),
            ("application/x-www-form-urlencoded; charset=utf-8", false, true),
            ("multipart/x-vcg-remote-api", false, false),
            ("multipart/x-vcg-remote-api; boundary=", false, false),
            ("multipart/x-vcg-remote-api; boundary=\"b \"", false, false),
            ("multipart/x-vcg-remote-api; boundary=é", false, false),
            ("text/plain", false, false),
            ("text/html; charset=utf-8", false, false),
            ("nonsense", false, false),
            ("", false, false),
        ] {
            assert_eq!(request_boundary(text).is_ok(), request, "{text}");
            assert_eq!(reply_layout(text).is_ok(), reply, "{text}");
        }
    }
}
