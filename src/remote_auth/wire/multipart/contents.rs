//! The contents of a batch body: a form, alone or as the first of at most two parts.

use std::borrow::Cow;

use mime::Mime;

use super::form::Form;
use crate::media::multipart::{Boundary, Data, NewBody, NewPart, Part, Parts, Reading};
use crate::remote_auth::batch::{
    BatchBody, BatchDecodeError, BatchFinding, BatchPlace, DEFAULT_BOUNDARY, Noted, PartsError,
};

/// The media type of the form.
const FORM: &str = "application/x-www-form-urlencoded";

/// The multipart type of requests, and of the responses that this crate writes.
const MULTIPART: &str = "multipart/x-vcg-remote-api";

/// The content type of a body with parts and the default boundary, which nearly every one has.
const USUAL_MULTIPART: &str = "multipart/x-vcg-remote-api; boundary=_partBoundary_";

/// The mark that some editors and spreadsheets write before a text.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A form, and perhaps an attached file.
pub(super) struct Contents<'b> {
    /// Without a byte order mark.
    pub(super) form: &'b [u8],
    pub(super) attachment: Option<AttachedFile<'b>>,
    /// The findings of the framing.
    pub(super) noted: Noted,
}

/// The second part.
pub(super) struct AttachedFile<'b> {
    pub(super) name: Option<String>,
    pub(super) data: &'b [u8],
}

impl<'b> Contents<'b> {
    /// Reads a request, which always has parts.
    pub(super) fn of_request(
        content_type: &str,
        body: &'b [u8],
    ) -> Result<(Self, Boundary), BatchDecodeError> {
        let content_type = parse(content_type)?;
        if content_type.essence_str() != MULTIPART {
            return Err(BatchDecodeError::ContentType);
        }
        let boundary = boundary(&content_type)?;
        Ok((Self::of_parts(body, &boundary, Reading::Strict)?, boundary))
    }

    /// Reads a response. The pages do not say which multipart type one has: any will do. Nor do they say how
    /// its lines end, and the end of their sample has one hyphen.
    pub(super) fn of_response(content_type: &str, body: &'b [u8]) -> Result<Self, BatchDecodeError> {
        let content_type = parse(content_type)?;
        if content_type.essence_str() == FORM {
            Ok(Self::of_form(body, None, Noted::default()))
        } else if content_type.type_() == mime::MULTIPART {
            Self::of_parts(body, &boundary(&content_type)?, Reading::Easy)
        } else {
            Err(BatchDecodeError::ContentType)
        }
    }

    fn of_parts(body: &'b [u8], boundary: &Boundary, reading: Reading) -> Result<Self, BatchDecodeError> {
        let mut noted = Noted::default();
        let unmarked = body.strip_prefix(BYTE_ORDER_MARK);
        noted.note_if(unmarked.is_some(), BatchFinding::ByteOrderMark(BatchPlace::Body));
        let mut parts = Parts::of(unmarked.unwrap_or(body), boundary, reading)?;
        let form = parts.next()?.filter(|part| part.media_type() == Some(FORM)).ok_or(PartsError::NoForm)?;
        let attachment = parts.next()?.map(AttachedFile::of).transpose()?;
        if attachment.is_some() && parts.next()?.is_some() {
            return Err(PartsError::TooMany.into());
        }
        noted.note_if(parts.has_bare_line_feeds(), BatchFinding::LineEnds);
        noted.note_if(parts.has_short_end(), BatchFinding::ClosingDelimiter);
        Ok(Self::of_form(form.data(), attachment, noted))
    }

    fn of_form(form: &'b [u8], attachment: Option<AttachedFile<'b>>, mut noted: Noted) -> Self {
        let unmarked = form.strip_prefix(BYTE_ORDER_MARK);
        noted.note_if(unmarked.is_some(), BatchFinding::ByteOrderMark(BatchPlace::Form));
        Self { form: unmarked.unwrap_or(form), attachment, noted }
    }
}

impl<'b> AttachedFile<'b> {
    fn of(part: Part<'b>) -> Result<Self, PartsError> {
        match part.media_type() {
            Some("text/csv" | "text/plain") => {
                let (name, data) = part.into_file();
                Ok(Self { name, data })
            }
            _ => Err(PartsError::AttachmentType),
        }
    }
}

fn parse(content_type: &str) -> Result<Mime, BatchDecodeError> {
    content_type.parse().map_err(|_| BatchDecodeError::ContentType)
}

fn boundary(content_type: &Mime) -> Result<Boundary, BatchDecodeError> {
    Boundary::of_content_type(content_type).ok_or(BatchDecodeError::ContentType)
}

/// The form as data of a part.
impl Data for Form<'_> {
    fn len(&self) -> usize {
        self.size()
    }

    fn write(&self, body: &mut Vec<u8>) {
        self.append_to(body);
    }
}

/// The form as a part.
pub(super) fn form_part<'a>(form: &'a Form<'a>) -> NewPart<'a> {
    NewPart { media_type: FORM, file_name: None, data: form }
}

/// A form alone.
pub(super) fn bare(form: &Form<'_>) -> BatchBody {
    BatchBody::new(Cow::Borrowed(FORM), form.to_body())
}

/// A body with parts.
pub(super) fn with_parts(body: &NewBody<'_>) -> BatchBody {
    let content_type = match body.boundary.as_str() {
        DEFAULT_BOUNDARY => Cow::Borrowed(USUAL_MULTIPART),
        _ => Cow::Owned(body.boundary.content_type(MULTIPART)),
    };
    BatchBody::new(content_type, body.to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_content_type_has_default_boundary() {
        assert_eq!(USUAL_MULTIPART, Boundary::default().content_type(MULTIPART));
    }

    #[test]
    fn content_type_decides_how_a_body_is_read() {
        let body = b"--b\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nresult=x\r\n--b--";
        for (text, request, response) in [
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
            assert_eq!(Contents::of_request(text, body).is_ok(), request, "{text}");
            assert_eq!(Contents::of_response(text, body).is_ok(), response, "{text}");
        }
    }
}
