//! Parts into a body: measured first, then written into one buffer of exactly that size.

use super::form::Form;
use super::media;
use crate::remote_auth::batch::Boundary;
use crate::secret::Wiped;

/// The data of an attached file.
pub(super) trait Data {
    fn len(&self) -> usize;
    fn write(&self, body: &mut Vec<u8>);
}

/// Data that is there already.
impl Data for &[u8] {
    fn len(&self) -> usize {
        (*self).len()
    }

    fn write(&self, body: &mut Vec<u8>) {
        body.extend_from_slice(self);
    }
}

/// A file to attach.
pub(super) struct File<'a, D> {
    pub(super) media_type: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) data: D,
}

/// A form and perhaps a file, as parts of a body.
pub(super) struct Message<'a, D> {
    pub(super) boundary: &'a Boundary,
    pub(super) form: &'a Form<'a>,
    pub(super) file: Option<File<'a, D>>,
}

impl<D: Data> Message<'_, D> {
    /// The exact size of the body.
    pub(super) fn len(&self) -> usize {
        let file = self.file.as_ref().map(|file| size(&self.file_head(file)) + file.data.len());
        size(&self.form_head()) + self.form.size() + file.unwrap_or_default() + size(&self.close())
    }

    /// The body.
    pub(super) fn to_body(&self) -> Wiped<Vec<u8>> {
        self.to_body_of(self.len())
    }

    /// The body, where its size is already known.
    pub(super) fn to_body_of(&self, len: usize) -> Wiped<Vec<u8>> {
        let mut body = Wiped::new(Vec::with_capacity(len));
        append(&self.form_head(), &mut body);
        self.form.append_to(&mut body);
        if let Some(file) = &self.file {
            append(&self.file_head(file), &mut body);
            file.data.write(&mut body);
        }
        append(&self.close(), &mut body);
        debug_assert_eq!(body.len(), len, "the body is as long as announced");
        body
    }

    fn form_head(&self) -> [&str; 5] {
        ["--", self.boundary.as_str(), "\r\nContent-Type: ", media::FORM, "\r\n\r\n"]
    }

    fn file_head<'s>(&'s self, file: &'s File<'_, D>) -> [&'s str; 8] {
        let [before, name, after] = match file.name {
            Some(name) => ["\r\nContent-Disposition: attachment; filename=\"", name, "\""],
            None => [""; 3],
        };
        let boundary = self.boundary.as_str();
        ["\r\n--", boundary, "\r\nContent-Type: ", file.media_type, before, name, after, "\r\n\r\n"]
    }

    fn close(&self) -> [&str; 3] {
        ["\r\n--", self.boundary.as_str(), "--\r\n"]
    }
}

fn size(pieces: &[&str]) -> usize {
    pieces.iter().map(|piece| piece.len()).sum()
}

fn append(pieces: &[&str], body: &mut Vec<u8>) {
    for piece in pieces {
        body.extend_from_slice(piece.as_bytes());
    }
}
