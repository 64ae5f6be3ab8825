//! A body into its parts, by multer, in memory and without an executor.

use core::convert::Infallible;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;
use memchr::memmem;
use multer::{Constraints, Error, Field, Multipart, SizeLimit};

use super::media;
use crate::remote_auth::batch::{Boundary, FramingError};

/// The parts that a batch body can have: a form, and after it perhaps a file.
pub(super) struct Parts {
    pub(super) form: Bytes,
    pub(super) file: Option<File>,
}

/// An attached file.
pub(super) struct File {
    pub(super) name: Option<String>,
    pub(super) data: Bytes,
}

/// The text that begins every delimiter: two dashes and the boundary.
pub(super) fn dashes(boundary: &Boundary) -> String {
    format!("--{}", boundary.as_str())
}

/// Splits a body. The caller has checked its size.
pub(super) fn parts(body: &Bytes, boundary: &Boundary) -> Result<Parts, FramingError> {
    let size = SizeLimit::new().whole_stream(body.len() as u64).per_field(body.len() as u64);
    let stream = Whole(Some(body.clone()));
    let constraints = Constraints::new().size_limit(size);
    let dashes = dashes(boundary);
    Reader {
        multipart: Multipart::with_constraints(stream, boundary.as_str(), constraints),
        body,
        dashes: dashes.as_bytes(),
    }
    .parts()
}

/// The whole body as a stream: one item, then the end.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Reads part after part, and knows the body to say what is wrong with it.
struct Reader<'a> {
    multipart: Multipart<'static>,
    body: &'a [u8],
    dashes: &'a [u8],
}

impl Reader<'_> {
    fn parts(mut self) -> Result<Parts, FramingError> {
        let form = self.next()?.ok_or(FramingError::NoForm)?;
        if media_type(&form) != Some(media::FORM) {
            return Err(FramingError::NoForm);
        }
        let form = self.data(form)?;
        let file = match self.next()? {
            Some(field) => Some(self.file(field)?),
            None => None,
        };
        if file.is_some() && self.next()?.is_some() {
            return Err(FramingError::TooManyParts);
        }
        Ok(Parts { form, file })
    }

    fn next(&mut self) -> Result<Option<Field<'static>>, FramingError> {
        ready(self.multipart.poll_next_field(&mut context()))?.map_err(|error| self.diagnosis(&error))
    }

    fn file(&self, field: Field<'static>) -> Result<File, FramingError> {
        if !matches!(media_type(&field), Some("text/csv" | "text/plain")) {
            return Err(FramingError::AttachmentType);
        }
        Ok(File { name: field.file_name().map(str::to_owned), data: self.data(field)? })
    }

    /// A part's data: one chunk, because multer has the whole body.
    fn data(&self, mut field: Field<'static>) -> Result<Bytes, FramingError> {
        let chunk = ready(Pin::new(&mut field).poll_next(&mut context()))?;
        let data = chunk.transpose().map_err(|error| self.diagnosis(&error))?.unwrap_or_default();
        if has_delimiter(&data, self.dashes) { Err(FramingError::StrayDelimiter) } else { Ok(data) }
    }

    /// What is wrong where multer stopped. Its own words do not leave this file: they can quote
    /// what they are about.
    fn diagnosis(&self, error: &Error) -> FramingError {
        match error {
            Error::ReadHeaderFailed(_)
            | Error::IncompleteHeaders
            | Error::DecodeHeaderName { .. }
            | Error::DecodeHeaderValue { .. } => FramingError::Headers,
            _ => cut_short(self.body, self.dashes),
        }
    }
}

/// Why a body ends too early.
pub(super) fn cut_short(body: &[u8], dashes: &[u8]) -> FramingError {
    let Some(first) = memmem::find(body, dashes) else {
        return FramingError::NoDelimiter;
    };
    match body.get(first + dashes.len()..) {
        Some([b'\n', ..]) => FramingError::BareLineFeed,
        _ => FramingError::Unclosed,
    }
}

/// Whether a line of the data begins with a delimiter. multer, which splits at those after CRLF and
/// without indentation, silently takes all others for data.
pub(super) fn has_delimiter(data: &[u8], dashes: &[u8]) -> bool {
    memmem::find_iter(data, dashes).any(|at| {
        let before = data.get(..at).unwrap_or_default().iter().rev();
        let line_end = before.copied().find(|byte| !matches!(byte, b' ' | b'\t'));
        matches!(line_end, None | Some(b'\n'))
    })
}

fn media_type<'f>(field: &'f Field<'static>) -> Option<&'f str> {
    field.content_type().map(mime::Mime::essence_str)
}

/// Nothing is ever woken: all there is to wait for is there.
fn context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

fn ready<T>(poll: Poll<T>) -> Result<T, FramingError> {
    match poll {
        Poll::Ready(value) => Ok(value),
        Poll::Pending => Err(FramingError::Pending),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found_at_the_beginning_of_lines() {
        for (data, found) in [
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
            assert_eq!(has_delimiter(data.as_bytes(), b"--b"), found, "{data:?}");
        }
    }
}
