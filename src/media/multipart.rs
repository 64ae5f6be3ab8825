//! Multipart bodies (RFC 2046, section 5.1), read strictly or [easily](Reading) and written into one block.
//! Knows boundaries, headers and bytes, nothing of any message.

mod read;
mod write;

pub(crate) use read::{Part, Parts, Reading};
pub(crate) use write::{Data, NewBody, NewPart};

use mime::Mime;
use thiserror::Error;

use crate::error::Rule;
use crate::value::rules;

const LINE_END: &[u8] = b"\r\n";

text_value! {
    /// The boundary between the parts of a multipart body (RFC 2046, section 5.1.1): 1 to 70 ASCII
    /// letters, digits, spaces and `'()+_,-./:=?`, the last one not a space.
    open Boundary(Box<str>) = "boundary", |text| {
        let right = (1..=70).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" '()+_,-./:=?".contains(&byte))
            && !text.ends_with(' ');
        rules::require(right, Rule::Boundary)
    };
}

impl Boundary {
    /// A boundary that is part of the code.
    pub(crate) fn of_literal(text: &'static str) -> Self {
        debug_assert!(Self::check(text).is_ok(), "a boundary of RFC 2046");
        Self(text.into())
    }

    /// The boundary that a content type announces.
    pub(crate) fn of_content_type(content_type: &Mime) -> Option<Self> {
        content_type.get_param(mime::BOUNDARY)?.as_str().parse().ok()
    }

    /// The content type of a body whose parts it separates.
    pub(crate) fn content_type(&self, media_type: &str) -> String {
        // Outside of quotes, only the characters of a token may stand (RFC 2045, section 5.1).
        let quote = if self.as_str().contains([' ', '(', ')', ',', '/', ':', '=', '?']) { "\"" } else { "" };
        format!("{media_type}; boundary={quote}{self}{quote}")
    }

    /// The beginning of every delimiter.
    fn dashes(&self) -> String {
        format!("--{self}")
    }
}

/// A way in which a body is not a multipart body. It holds nothing of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum FramingError {
    /// The delimiter that the content type announces is nowhere.
    #[error("the body has no delimiter of the announced boundary")]
    NoDelimiter,
    /// A delimiter or a header ends with LF alone.
    #[error("lines end with LF where CRLF has to stand")]
    BareLineFeed,
    /// The body ends before its closing delimiter, or a delimiter is not followed by a line end.
    #[error("a delimiter is cut short, or the closing one is missing")]
    Unclosed,
    /// The headers of a part cannot be read, or no empty line follows them.
    #[error("the headers of a part cannot be read")]
    Headers,
    /// A delimiter stands where it separates nothing: it is indented, or follows a bare LF.
    #[error("a delimiter is indented or follows a bare LF")]
    StrayDelimiter,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_those_of_rfc_2046() {
        let long = "b".repeat(71);
        for right in ["a", "_partBoundary_", "remote_batch-4C4106B0", "a b'()+_,-./:=?", " a", &long[1..]] {
            assert!(Boundary::check(right).is_ok(), "{right}");
        }
        for wrong in ["", " ", "a ", "a\"b", "a;b", "a*b", "a\r\nb", "é", &long] {
            assert_eq!(Boundary::check(wrong), Err(Rule::Boundary), "{wrong}");
        }
    }

    #[test]
    fn every_boundary_survives_its_content_type() {
        let mut texts: Vec<String> = ('!'..='~').map(String::from).collect();
        texts.extend(
            ["Some Words", "remote_batch-4C4106B0", &"=".repeat(70), "'()+_,-./:=?"].map(String::from),
        );
        for boundary in texts.iter().filter_map(|text| Boundary::try_from(text.as_str()).ok()) {
            let content_type: Mime = boundary.content_type("multipart/mixed").parse().unwrap();
            assert_eq!(content_type.essence_str(), "multipart/mixed");
            assert_eq!(Boundary::of_content_type(&content_type), Some(boundary));
        }
    }

    #[test]
    fn data_with_a_delimiter_cannot_be_a_part() {
        let boundary = Boundary::of_literal("b");
        for (data, occurs) in [
            ("", false),
            ("--b", true),
            (" \t--b", true),
            ("a\r\n--b", true),
            ("a\n--b", true),
            ("a\n \t --b--", true),
            ("a--b", false),
            ("a --b", false),
            ("--c\n-b", false),
            ("x=--b\r\n  --b", true),
        ] {
            assert_eq!(boundary.occurs_in(data.as_bytes()), occurs, "{data:?}");
        }
    }
}
