//! A request as multer may see it: delimiters and headers, and blanks for everything else.
//!
//! multer copies what it reads into memory that nobody wipes, and the form holds a password. So it
//! is given the outline of the body, and the data is taken from the body, from the places where the
//! outline has its blanks.

use core::ops::Range;

use bytes::Bytes;
use memchr::memmem;

const LINE_END: &[u8] = b"\r\n";
const BLANK_LINE: &[u8] = b"\r\n\r\n";
/// Stands for one byte that is not shown. A letter, so that it is never a padding or an empty line.
const BLANK: u8 = b'x';

/// The outline of a body.
pub(super) struct Outline {
    /// As long as the body.
    pub(super) text: Bytes,
    /// Where the data of each part stands, in the body as well as in the outline.
    pub(super) data: Vec<Range<usize>>,
}

impl Outline {
    /// Finds the parts as multer does: a head is a delimiter and all up to the next blank line.
    pub(super) fn of(body: &[u8], dashes: &[u8]) -> Self {
        let find = |from, what| Some(from + memmem::find(body.get(from..)?, what)?);
        let (delimiter, closing) = ([LINE_END, dashes].concat(), [dashes, b"--"].concat());
        let (mut text, mut data) = (Vec::with_capacity(body.len()), Vec::new());
        let mut next = find(0, dashes);
        while let Some(head) = next {
            text.resize(head, BLANK);
            let start = find(head, BLANK_LINE).map_or(body.len(), |at| at + BLANK_LINE.len());
            let lines = body.get(head..start).unwrap_or_default();
            if lines.starts_with(&closing) {
                text.extend_from_slice(&closing);
                break;
            }
            show(lines, dashes, &mut text);
            let end = find(start, &delimiter);
            data.push(start..end.unwrap_or(body.len()));
            next = end.map(|end| {
                text.resize(end, BLANK);
                text.extend_from_slice(LINE_END);
                end + LINE_END.len()
            });
        }
        text.resize(body.len(), BLANK);
        Self { text: text.into(), data }
    }
}

/// Appends a head, of which only what can be a delimiter or a header is shown: what is in a form has
/// no colon.
fn show(head: &[u8], dashes: &[u8], text: &mut Vec<u8>) {
    for line in head.split_inclusive(|&byte| byte == b'\n') {
        let shown = match line.strip_prefix(dashes) {
            Some(_) => dashes.len(),
            None if line.contains(&b':') => line.len(),
            None => 0,
        };
        let (shown, hidden) = line.split_at(shown);
        text.extend_from_slice(shown);
        text.extend(hidden.iter().map(|&byte| match byte {
            b'\r' | b'\n' | b' ' | b'\t' | b'-' => byte,
            _ => BLANK,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_and_headers_are_shown_and_nothing_else() {
        for (body, shown, data) in [
            ("", "", &[][..]),
            ("a=b&c", "xxxxx", &[]),
            ("--b\r\nX: y\r\n\r\na=b\r\n--b--\r\n", "--b\r\nX: y\r\n\r\nxxx\r\n--b--xx", &["a=b"]),
            ("a=b\r\n--b\r\nX: y\r\n\r\nc", "xxxxx--b\r\nX: y\r\n\r\nx", &["c"]),
            (
                "--b\r\n\r\na\r\nb\r\n--b\r\n\r\n\r\n--b--c: d",
                "--b\r\n\r\nxxxx\r\n--b\r\n\r\n\r\n--b--xxxx",
                &["a\r\nb", ""],
            ),
            ("--b a=b\r\nc=d\r\nX: y\r\n\r\n", "--b xxx\r\nxxx\r\nX: y\r\n\r\n", &[""]),
            ("--b\na=b\n--b--\n", "--b\nxxx\n--b--\n", &[""]),
        ] {
            let outline = Outline::of(body.as_bytes(), b"--b");
            assert_eq!(outline.text, shown, "{body:?}");
            let found: Vec<&str> = outline.data.into_iter().map(|place| &body[place]).collect();
            assert_eq!(found, data, "{body:?}");
        }
    }
}
