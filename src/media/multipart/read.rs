//! A body into its parts.
//!
//! The body is cut here, and only the headers of a part go to multer, which says what they mean: it
//! copies what it reads into memory that nobody wipes, and the data of a part can hold a password.

use core::convert::Infallible;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;
use memchr::{memchr, memmem};
use mime::Mime;
use multer::Multipart;

use super::{Boundary, FramingError, LINE_END};
use crate::scan::ByteClass;

/// An empty line, and the end of the line before it.
const EMPTY_LINE: &[u8] = b"\n\r\n";

/// A part of a body.
pub(crate) struct Part<'b> {
    media_type: Option<Mime>,
    file_name: Option<String>,
    data: &'b [u8],
}

impl<'b> Part<'b> {
    /// Its media type, without parameters and in lower case.
    pub(crate) fn media_type(&self) -> Option<&str> {
        self.media_type.as_ref().map(Mime::essence_str)
    }

    /// The file name, and the data, which is a piece of the body.
    pub(crate) fn into_file(self) -> (Option<String>, &'b [u8]) {
        (self.file_name, self.data)
    }

    /// The data, which is a piece of the body.
    pub(crate) const fn data(&self) -> &'b [u8] {
        self.data
    }
}

/// The parts of a body, one by one, in their order. After an error there is none to be read.
pub(crate) struct Parts<'b> {
    dashes: String,
    /// What was not read yet: a delimiter and everything after it.
    rest: &'b [u8],
}

impl<'b> Parts<'b> {
    /// Finds the first delimiter. What is before it is no part.
    pub(crate) fn of(body: &'b [u8], boundary: &Boundary) -> Result<Self, FramingError> {
        let dashes = boundary.dashes();
        let Found { delimiter, is_preceded_by_stray } = Found::first(body, dashes.as_bytes());
        let rest = delimiter.and_then(|at| body.get(at..)).filter(|_| !is_preceded_by_stray);
        match rest {
            Some(rest) => Ok(Self { dashes, rest }),
            None if is_preceded_by_stray => Err(FramingError::StrayDelimiter),
            None => Err(FramingError::NoDelimiter),
        }
    }

    /// The next part; `None` at the closing delimiter. What is after that is no part.
    pub(crate) fn next(&mut self) -> Result<Option<Part<'b>>, FramingError> {
        let after = self.rest.get(self.dashes.len()..).unwrap_or_default();
        if after.starts_with(b"--") {
            return Ok(None);
        }
        let part = after_padding(after)?;
        let Found { delimiter, is_preceded_by_stray } = Found::first(part, self.dashes.as_bytes());
        let (part, rest) =
            delimiter.and_then(|at| part.split_at_checked(at)).ok_or(FramingError::Unclosed)?;
        if is_preceded_by_stray {
            return Err(FramingError::StrayDelimiter);
        }
        self.rest = rest;
        // The line end before a delimiter belongs to the delimiter.
        let part = part.strip_suffix(LINE_END).unwrap_or(part);
        let data = memmem::find(part, EMPTY_LINE).map(|at| at + EMPTY_LINE.len());
        let (head, data) = data.and_then(|at| part.split_at_checked(at)).ok_or(FramingError::Headers)?;
        let (media_type, file_name) = headers(head)?;
        Ok(Some(Part { media_type, file_name, data }))
    }
}

/// What follows a delimiter: first of all its line end, before which blanks can stand.
fn after_padding(mut line: &[u8]) -> Result<&[u8], FramingError> {
    while let [b' ' | b'\t', rest @ ..] = line {
        line = rest;
    }
    match line {
        [b'\r', b'\n', ..] => Ok(line),
        [b'\n', ..] => Err(FramingError::BareLineFeed),
        _ => Err(FramingError::Unclosed),
    }
}

/// What the search for a delimiter found.
pub(super) struct Found {
    /// Where the first delimiter is.
    delimiter: Option<usize>,
    /// Whether one that is none is before it: indented, or after a bare LF.
    is_preceded_by_stray: bool,
}

impl Found {
    /// Searches text that begins with a line.
    pub(super) fn first(text: &[u8], dashes: &[u8]) -> Self {
        let mut is_preceded_by_stray = false;
        for at in memmem::find_iter(text, dashes) {
            let before = text.get(..at).unwrap_or_default();
            if before.is_empty() || before.ends_with(LINE_END) {
                return Self { delimiter: Some(at), is_preceded_by_stray };
            }
            let before = before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
            is_preceded_by_stray |= matches!(before, None | Some(b'\n'));
        }
        Self { delimiter: None, is_preceded_by_stray }
    }

    pub(super) const fn any(&self) -> bool {
        self.delimiter.is_some() || self.is_preceded_by_stray
    }
}

/// The media type and the file name that a head gives: the line end of a delimiter, headers, an empty line.
fn headers(head: &[u8]) -> Result<(Option<Mime>, Option<String>), FramingError> {
    let lines = || head.split_inclusive(|&byte| byte == b'\n');
    if !lines().all(|line| line.ends_with(LINE_END)) {
        return Err(FramingError::BareLineFeed);
    }
    let mut headers = lines().filter(|&line| line != LINE_END).peekable();
    if headers.peek().is_none() {
        return Ok((None, None));
    }
    // Where the empty line is missing, a form stands here: it has no name before a colon.
    if !headers.all(is_header) {
        return Err(FramingError::Headers);
    }
    let body = Bytes::from([b"--b", head, b"\r\n--b--"].concat());
    let field = match Multipart::new(Whole(Some(body)), "b").poll_next_field(&mut context()) {
        Poll::Ready(Ok(Some(field))) => field,
        // What multer says of an error can quote what the error is about.
        Poll::Ready(Ok(None) | Err(_)) | Poll::Pending => return Err(FramingError::Headers),
    };
    Ok((field.content_type().cloned(), field.file_name().map(str::to_owned)))
}

/// Whether a line begins with the name of a header (RFC 9110, section 5.6.2) and a colon.
fn is_header(line: &[u8]) -> bool {
    static TOKEN: ByteClass = ByteClass::alphanumeric_and(b"!#$%&'*+-.^_`|~");
    let name = memchr(b':', line).and_then(|colon| line.get(..colon));
    name.is_some_and(|name| !name.is_empty() && TOKEN.has_all(name))
}

/// A stream of one item, as multer takes its bytes.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Nothing is ever woken: all there is to wait for is there.
fn context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The media type, the file name and the data of each part, or what is wrong with the body.
    type Read<'b> = Result<Vec<(Option<String>, Option<String>, &'b str)>, FramingError>;

    fn read(body: &str) -> Read<'_> {
        let mut parts = Parts::of(body.as_bytes(), &Boundary::of_literal("b"))?;
        let mut all = Vec::new();
        while let Some(part) = parts.next()? {
            let media_type = part.media_type().map(str::to_owned);
            let (file_name, data) = part.into_file();
            all.push((media_type, file_name, str::from_utf8(data).unwrap()));
        }
        Ok(all)
    }

    fn data(body: &str) -> Result<Vec<&str>, FramingError> {
        read(body).map(|parts| parts.into_iter().map(|(_, _, data)| data).collect())
    }

    #[test]
    fn bodies_are_cut_at_their_delimiters() {
        use FramingError::*;
        for (body, parts) in [
            ("--b--", Ok(&[][..])),
            ("--b\r\n\r\na\r\n--b--", Ok(&["a"])),
            ("--b\r\n\r\n\r\n--b--", Ok(&[""])),
            ("--b\r\nX: y\r\n\r\na\r\n--b--\r\n", Ok(&["a"])),
            ("--b \t\r\n\r\na\n\r\nb\r\n\r\n--b\r\n\r\nc--b\r\n--b--", Ok(&["a\n\r\nb\r\n", "c--b"])),
            ("before --b it\r\n--b\r\n\r\na\r\n--b--after\r\n--b", Ok(&["a"])),
            ("", Err(NoDelimiter)),
            ("a--b\r\n", Err(NoDelimiter)),
            ("--b", Err(Unclosed)),
            ("--b-", Err(Unclosed)),
            ("--bb\r\n\r\n\r\n--b--", Err(Unclosed)),
            ("--b\r\n\r\na", Err(Unclosed)),
            ("--b\r\n\r\na\r\n--b", Err(Unclosed)),
            ("--b\r\n\r\na\r\n --b--", Err(Unclosed)),
            ("--b\n\r\na\r\n--b--", Err(BareLineFeed)),
            ("--b\r\n\r\na\r\n--b\n", Err(BareLineFeed)),
            ("--b\r\nX: y\nZ: z\r\n\r\na\r\n--b--", Err(BareLineFeed)),
            (" --b\r\n", Err(StrayDelimiter)),
            ("a\n--b\r\n\r\n--b--", Err(StrayDelimiter)),
            ("--b\r\n\r\na\n--b\r\n--b--", Err(StrayDelimiter)),
            ("--b\r\n\r\na\r\n\t--b\r\n--b--", Err(StrayDelimiter)),
            ("--b\r\n--b--", Err(Headers)),
            ("--b\r\nX: y\r\n--b--", Err(Headers)),
        ] {
            assert_eq!(data(body), parts.map(<[_]>::to_vec), "{body:?}");
        }
    }

    #[test]
    fn headers_are_read() {
        for (headers, media_type, file_name) in [
            ("", None, None),
            ("X: y\r\n", None, None),
            ("content-type: Text/CSV; charset=utf-8\r\n", Some("text/csv"), None),
            (
                "Content-Type:text/plain\r\nContent-Disposition: attachment; filename=r.txt\r\n",
                Some("text/plain"),
                Some("r.txt"),
            ),
            (
                "Content-Disposition: form-data; name=\"file\"; filename=\"a b; c.csv\"\r\n",
                None,
                Some("a b; c.csv"),
            ),
        ] {
            let body = format!("--b\r\n{headers}\r\na\r\n--b--");
            let expected = (media_type.map(str::to_owned), file_name.map(str::to_owned), "a");
            assert_eq!(read(&body), Ok(vec![expected]), "{headers:?}");
        }
    }

    #[test]
    fn what_is_no_header_is_an_error() {
        for line in ["a=b&c", "a=b: c", ": b", "a b: c", " a: b", "é: b", "a: \0", "a: \r"] {
            let body = format!("--b\r\nX: y\r\n{line}\r\n\r\na\r\n--b--");
            assert_eq!(data(&body), Err(FramingError::Headers), "{line:?}");
        }
        for (count, parts) in [(32, Ok(vec!["a"])), (33, Err(FramingError::Headers))] {
            let body = format!("--b\r\n{}\r\na\r\n--b--", "X: y\r\n".repeat(count));
            assert_eq!(data(&body), parts, "{count}");
        }
    }
}
