//! A body into its parts.
//!
//! The body is cut here. Only the headers of a part go to multer, which reads them: it copies its input into memory
//! that is not wiped, and the data of a part can hold a password.

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

/// The strictness of reading, by RFC 2046.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Lines end with CRLF, and the closing delimiter with two hyphens.
    Strict,
    /// Lines may end with LF, and the last bytes of a body may be a closing delimiter with one hyphen.
    Easy,
}

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
    /// The unread rest: a delimiter and everything after it.
    rest: &'b [u8],
    reading: Reading,
    /// True if a line of the framing ended with LF alone.
    has_bare_line_feeds: bool,
    /// True if the closing delimiter had one hyphen only.
    has_short_end: bool,
}

impl<'b> Parts<'b> {
    /// Finds the first delimiter. Text before it is no part.
    pub(crate) fn of(body: &'b [u8], boundary: &Boundary, reading: Reading) -> Result<Self, FramingError> {
        let dashes = boundary.dashes();
        let Found { delimiter, is_preceded_by_stray } = Found::first(body, dashes.as_bytes(), reading);
        let rest = delimiter.and_then(|at| body.get(at..)).filter(|_| !is_preceded_by_stray);
        match rest {
            Some(rest) => {
                Ok(Self { dashes, rest, reading, has_bare_line_feeds: false, has_short_end: false })
            }
            None if is_preceded_by_stray => Err(FramingError::StrayDelimiter),
            None => Err(FramingError::NoDelimiter),
        }
    }

    /// The next part; `None` at the closing delimiter. Text after that is no part.
    pub(crate) fn next(&mut self) -> Result<Option<Part<'b>>, FramingError> {
        let after = self.rest.get(self.dashes.len()..).unwrap_or_default();
        if after.starts_with(b"--") {
            return Ok(None);
        }
        if self.reading == Reading::Easy && is_short_end(after) {
            self.has_short_end = true;
            return Ok(None);
        }
        let part = after_padding(after, self.reading)?;
        let Found { delimiter, is_preceded_by_stray } =
            Found::first(part, self.dashes.as_bytes(), self.reading);
        let (part, rest) =
            delimiter.and_then(|at| part.split_at_checked(at)).ok_or(FramingError::Unclosed)?;
        if is_preceded_by_stray {
            return Err(FramingError::StrayDelimiter);
        }
        self.rest = rest;
        // The line end before a delimiter belongs to the delimiter.
        let (part, ends_bare) = match (part.strip_suffix(LINE_END), part.strip_suffix(b"\n")) {
            (Some(part), _) => (part, false),
            (None, Some(part)) if self.reading == Reading::Easy => (part, true),
            _ => (part, false),
        };
        let (head, data) = end_of_head(part, self.reading)
            .and_then(|at| part.split_at_checked(at))
            .ok_or(FramingError::Headers)?;
        let is_bare = head.split_inclusive(|&byte| byte == b'\n').any(|line| !line.ends_with(LINE_END));
        if is_bare && self.reading == Reading::Strict {
            return Err(FramingError::BareLineFeed);
        }
        self.has_bare_line_feeds |= is_bare || ends_bare;
        let (media_type, file_name) = if is_bare { headers(&with_line_ends(head))? } else { headers(head)? };
        Ok(Some(Part { media_type, file_name, data }))
    }

    /// Returns true if a line of the framing that was read ended with LF alone.
    pub(crate) const fn has_bare_line_feeds(&self) -> bool {
        self.has_bare_line_feeds
    }

    /// Returns true if the closing delimiter had one hyphen only.
    pub(crate) const fn has_short_end(&self) -> bool {
        self.has_short_end
    }
}

/// Returns true for a closing delimiter with one hyphen at the end of a body, as the page prints its sample (RA-145).
fn is_short_end(after: &[u8]) -> bool {
    matches!(after, [b'-', rest @ ..] if rest.iter().all(|byte| b" \t\r\n".contains(byte)))
}

/// The end of the empty line behind the headers.
fn end_of_head(part: &[u8], reading: Reading) -> Option<usize> {
    let strict = memmem::find(part, EMPTY_LINE).map(|at| at + EMPTY_LINE.len());
    let bare = memmem::find(part, b"\n\n").map(|at| at + b"\n\n".len());
    match reading {
        Reading::Strict => strict,
        Reading::Easy => strict.into_iter().chain(bare).min(),
    }
}

/// A head with CRLF at the end of each line. It has no secret.
fn with_line_ends(head: &[u8]) -> Vec<u8> {
    let lines = head.split_inclusive(|&byte| byte == b'\n');
    let lines = lines.map(|line| line.strip_suffix(b"\n").unwrap_or(line));
    lines.flat_map(|line| [line.strip_suffix(b"\r").unwrap_or(line), LINE_END].concat()).collect()
}

/// The text behind a delimiter from its line end on, before which blanks can stand.
fn after_padding(mut line: &[u8], reading: Reading) -> Result<&[u8], FramingError> {
    while let [b' ' | b'\t', rest @ ..] = line {
        line = rest;
    }
    match line {
        [b'\r', b'\n', ..] => Ok(line),
        [b'\n', ..] if reading == Reading::Easy => Ok(line),
        [b'\n', ..] => Err(FramingError::BareLineFeed),
        _ => Err(FramingError::Unclosed),
    }
}

/// The result of a search for a delimiter.
struct Found {
    /// The place of the first delimiter.
    delimiter: Option<usize>,
    /// True if text before it looks like one: indented, or after a bare LF.
    is_preceded_by_stray: bool,
}

impl Found {
    /// Searches text that begins with a line.
    fn first(text: &[u8], dashes: &[u8], reading: Reading) -> Self {
        let mut is_preceded_by_stray = false;
        for at in memmem::find_iter(text, dashes) {
            let before = text.get(..at).unwrap_or_default();
            let is_after_line = match reading {
                Reading::Strict => before.ends_with(LINE_END),
                Reading::Easy => before.ends_with(b"\n"),
            };
            if before.is_empty() || is_after_line {
                return Self { delimiter: Some(at), is_preceded_by_stray };
            }
            let before = before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
            is_preceded_by_stray |= matches!(before, None | Some(b'\n'));
        }
        Self { delimiter: None, is_preceded_by_stray }
    }

    const fn any(&self) -> bool {
        self.delimiter.is_some() || self.is_preceded_by_stray
    }
}

impl Boundary {
    /// Returns true if a line of some data begins with a delimiter, or would if it were not indented. Such data cannot be
    /// a part between these boundaries.
    pub(crate) fn occurs_in(&self, data: &[u8]) -> bool {
        Found::first(data, self.dashes().as_bytes(), Reading::Strict).any()
    }
}

/// The media type and the file name that a head gives: the line end of a delimiter, headers, an empty line,
/// all with CRLF.
fn headers(head: &[u8]) -> Result<(Option<Mime>, Option<String>), FramingError> {
    let lines = head.split_inclusive(|&byte| byte == b'\n');
    let mut headers = lines.filter(|&line| line != LINE_END).peekable();
    if headers.peek().is_none() {
        return Ok((None, None));
    }
    // If the empty line is missing, a form stands here: it has no name before a colon.
    if !headers.all(is_header) {
        return Err(FramingError::Headers);
    }
    let body = Bytes::from([b"--b", head, b"\r\n--b--"].concat());
    let field = match Multipart::new(Whole(Some(body)), "b").poll_next_field(&mut context()) {
        Poll::Ready(Ok(Some(field))) => field,
        // The text of multer's errors can quote the header.
        Poll::Ready(Ok(None) | Err(_)) | Poll::Pending => return Err(FramingError::Headers),
    };
    Ok((field.content_type().cloned(), field.file_name().map(str::to_owned)))
}

/// Returns true if a line begins with the name of a header (RFC 9110, section 5.6.2) and a colon.
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

/// A context that wakes no task: all bytes are there.
fn context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The media type, the file name and the data of each part, or what is wrong with the body.
    type Read<'b> = Result<Vec<PartRead<'b>>, FramingError>;
    type PartRead<'b> = (Option<String>, Option<String>, &'b str);

    fn read(body: &str) -> Read<'_> {
        read_as(Reading::Strict, body).map(|(parts, ..)| parts)
    }

    /// The same, and whether there were bare line feeds, and a short end.
    fn read_as(reading: Reading, body: &str) -> Result<(Vec<PartRead<'_>>, bool, bool), FramingError> {
        let mut parts = Parts::of(body.as_bytes(), &Boundary::of_literal("b"), reading)?;
        let mut all = Vec::new();
        while let Some(part) = parts.next()? {
            let media_type = part.media_type().map(str::to_owned);
            let (file_name, data) = part.into_file();
            all.push((media_type, file_name, str::from_utf8(data).unwrap()));
        }
        Ok((all, parts.has_bare_line_feeds(), parts.has_short_end()))
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
    fn easily_read_bodies_may_have_bare_line_feeds_and_a_short_end() {
        use FramingError::*;
        for (body, read) in [
            ("--b--", Ok((vec![], false, false))),
            ("--b\r\n\r\na\r\n--b--", Ok((vec!["a"], false, false))),
            ("--b\n\na\n--b--\n", Ok((vec!["a"], true, false))),
            ("--b\nX: y\n\na\n\nb\n--b\nX: y\n\n\n--b--", Ok((vec!["a\n\nb", ""], true, false))),
            ("--b\nX: y\r\n\na\r\n--b--", Ok((vec!["a"], true, false))),
            ("--b\r\nX: y\r\n\r\na\n\nb\n--b--", Ok((vec!["a\n\nb"], true, false))),
            ("--b\r\n\r\na\r\n--b-", Ok((vec!["a"], false, true))),
            ("--b\n\na\n--b- \r\n", Ok((vec!["a"], true, true))),
            ("--b-", Ok((vec![], false, true))),
            ("--b\r\n\r\na\r\n--b-c", Err(Unclosed)),
            ("--b\r\n\r\na\r\n--b-\r\nc", Err(Unclosed)),
            ("--b\r\n\r\na\r\n--b", Err(Unclosed)),
            ("--b\n\na", Err(Unclosed)),
            ("--b\n\na\n --b--", Err(Unclosed)),
            ("--b\n\na\n\t--b\n--b--", Err(StrayDelimiter)),
            ("--b\nX: y\n--b--", Err(Headers)),
            ("--b\na=b\n\na\n--b--", Err(Headers)),
            ("", Err(NoDelimiter)),
        ] {
            let found = read_as(Reading::Easy, body);
            let found = found.map(|(parts, bare, short)| {
                (parts.into_iter().map(|(.., data)| data).collect::<Vec<_>>(), bare, short)
            });
            assert_eq!(found, read, "{body:?}");
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
