//! Parts into a body: measured first, then written into one block of exactly that size.

use bytes::Bytes;

use super::Boundary;
use crate::secret::Wiped;

/// The data of a part. No line of it may begin with a delimiter.
pub(crate) trait Data {
    /// The exact number of bytes.
    fn len(&self) -> usize;

    /// Appends them to a body that has room for them.
    fn write(&self, body: &mut Vec<u8>);
}

/// Data that is there already.
impl Data for Bytes {
    fn len(&self) -> usize {
        self.len()
    }

    fn write(&self, body: &mut Vec<u8>) {
        body.extend_from_slice(self);
    }
}

/// A part to be written.
pub(crate) struct NewPart<'a> {
    pub(crate) media_type: &'a str,
    pub(crate) file_name: Option<&'a str>,
    pub(crate) data: &'a dyn Data,
}

impl NewPart<'_> {
    /// The text before the data, after the dashes and the boundary.
    fn head(&self) -> [&str; 6] {
        let [before, name, after] = match self.file_name {
            Some(name) => ["\r\nContent-Disposition: attachment; filename=\"", name, "\""],
            None => [""; 3],
        };
        ["\r\nContent-Type: ", self.media_type, before, name, after, "\r\n\r\n"]
    }
}

/// A body to be written: its parts in their order.
pub(crate) struct NewBody<'a> {
    pub(crate) boundary: &'a Boundary,
    pub(crate) parts: &'a [NewPart<'a>],
}

impl NewBody<'_> {
    /// The exact size of the body.
    pub(crate) fn len(&self) -> usize {
        let delimiter = "--".len() + self.boundary.as_str().len();
        let part = |part: &NewPart<'_>| delimiter + len(&part.head()) + part.data.len() + "\r\n".len();
        self.parts.iter().map(part).sum::<usize>() + delimiter + "--\r\n".len()
    }

    /// The body.
    pub(crate) fn to_bytes(&self) -> Wiped<Vec<u8>> {
        let (len, boundary) = (self.len(), self.boundary.as_str());
        let mut body = Wiped::new(Vec::with_capacity(len));
        for part in self.parts {
            append(&["--", boundary], &mut body);
            append(&part.head(), &mut body);
            part.data.write(&mut body);
            append(&["\r\n"], &mut body);
        }
        append(&["--", boundary, "--\r\n"], &mut body);
        debug_assert_eq!(body.len(), len, "the body is as long as announced");
        body
    }
}

fn len(pieces: &[&str]) -> usize {
    pieces.iter().map(|piece| piece.len()).sum()
}

fn append(pieces: &[&str], body: &mut Vec<u8>) {
    for piece in pieces {
        body.extend_from_slice(piece.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_with_their_headers_into_a_block_of_their_size() {
        let boundary = Boundary::of_literal("b");
        let [text, nothing] = [&b"a=b"[..], b""].map(Bytes::from_static);
        let form = NewPart { media_type: "text/x", file_name: None, data: &text };
        let file = NewPart { media_type: "text/csv", file_name: Some("é.csv"), data: &nothing };
        for (parts, expected) in [
            (&[][..], "--b--\r\n"),
            (
                &[form, file],
                "--b\r\nContent-Type: text/x\r\n\r\na=b\r\n\
              --b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"é.csv\"\r\n\r\n\r\n\
              --b--\r\n",
            ),
        ] {
            let body = NewBody { boundary: &boundary, parts };
            let bytes = body.to_bytes();
            assert_eq!(str::from_utf8(&bytes), Ok(expected));
            assert_eq!((bytes.capacity(), body.len()), (expected.len(), expected.len()));
        }
    }
}
