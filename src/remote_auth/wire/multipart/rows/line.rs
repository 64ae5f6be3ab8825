//! Lines of an attachment, and the rows that they are.

use memchr::memchr;

use super::loose;
use crate::remote_auth::batch::{Row, RowError, RowErrorKind, RowResult};
use crate::remote_auth::wire::multipart::contents::BYTE_ORDER_MARK;
use crate::scan::all_bytes;
use crate::value::TransactionId;

/// The characters of an id as a rule (section 3).
pub(super) const USUAL: usize = 11;

/// A line of an attachment, without its end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub(super) number: usize,
    /// The offset of the line.
    pub(super) offset: usize,
    bytes: &'a [u8],
}

/// Line after line. They end with LF or CRLF; the last one needs no end.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    /// How many lines there were.
    number: usize,
    /// The offset of the rest.
    offset: usize,
}

impl<'a> Lines<'a> {
    pub(super) const fn of(rest: &'a [u8]) -> Self {
        Self { rest, number: 0, offset: 0 }
    }

    /// The lines behind a header row, if there is one.
    pub(super) fn behind_header(file: &'a [u8]) -> Self {
        let all = Self::of(file);
        let mut behind = all.clone();
        if behind.next().is_some_and(|line| line.is_header()) { behind } else { all }
    }

    /// The lines that have fields, behind a header row.
    pub(super) fn rows_of(file: &'a [u8]) -> impl Iterator<Item = Line<'a>> + Clone {
        Self::behind_header(file).filter(|line| !line.is_empty())
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    #[inline]
    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr(b'\n', self.rest).map_or(self.rest.len(), |at| at + "\n".len());
        let (line, rest) = self.rest.split_at_checked(end)?;
        let offset = self.offset;
        self.rest = rest;
        self.number += 1;
        self.offset += line.len();
        let bytes = line.strip_suffix(b"\n").unwrap_or(line);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        Some(Line { number: self.number, offset, bytes })
    }
}

impl<'a> Line<'a> {
    /// A row of a report. Not `#[inline]`, which takes a third more time: called, it writes the row where
    /// the caller wants it; inlined, the row is moved there just after it was written.
    pub(super) fn row(self) -> Result<Row, RowError> {
        match core::str::from_utf8(self.bytes).ok().and_then(usual_row) {
            Some(row) => Ok(row),
            None => self.read(row),
        }
    }

    /// The reference of a row, if it is of the usual length and a comma follows it.
    #[inline]
    pub(super) fn usual_reference(self) -> Option<&'a [u8; USUAL]> {
        let (reference, rest) = self.bytes.split_first_chunk()?;
        rest.starts_with(b",").then_some(reference)
    }

    /// An error about the line.
    pub(super) const fn error(self, kind: RowErrorKind) -> RowError {
        RowError { line: self.number, offset: self.offset, kind }
    }

    /// The transaction that a row names, the line's number, and the result if it is readable.
    pub(super) fn named(self) -> Option<(TransactionId, usize, Option<RowResult>)> {
        match self.row() {
            Ok(row) => Some((*row.reference(), self.number, Some(*row.result()))),
            Err(RowError { kind: RowErrorKind::Result | RowErrorKind::NoComma, .. }) => {
                let line = core::str::from_utf8(self.unmarked()).ok()?;
                let reference = line.split([',', ';', '\t']).next()?.trim_matches([' ', '"']);
                Some((reference.try_into().ok()?, self.number, None))
            }
            Err(_) => None,
        }
    }

    /// Returns true for a header row.
    pub(super) fn is_header(&self) -> bool {
        let is = |field: &str, name: &str| field.eq_ignore_ascii_case(name);
        core::str::from_utf8(self.unmarked()).is_ok_and(|line| match loose::two_fields(line) {
            Some((reference, result)) => is(reference, "reference") && is(result, "result"),
            None => loose::one_field(line).is_some_and(|reference| is(reference, "reference")),
        })
    }

    /// Returns true for a line without a field. Most rows are known by their first byte.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        let begins_a_field = self.bytes.first().is_some_and(u8::is_ascii_alphanumeric);
        !begins_a_field && self.unmarked().iter().all(|&byte| loose::is_filler(byte))
    }

    /// Returns true for a row that has more than its fields and one comma.
    pub(super) fn is_loose(&self) -> bool {
        let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.,".contains(&byte);
        !all_bytes::<8>(self.unmarked(), is_usual) || self.bytes.ends_with(b",")
    }

    /// The line without a byte order mark.
    fn unmarked(&self) -> &'a [u8] {
        self.bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(self.bytes)
    }

    /// Reads the line without a byte order mark. U+FFFD stands for bytes that are not UTF-8: it is in no reference and in
    /// no result.
    pub(super) fn read<T>(self, read: fn(&str) -> Result<T, RowErrorKind>) -> Result<T, RowError> {
        let read = read(&String::from_utf8_lossy(self.unmarked()));
        read.map_err(|kind| self.error(kind))
    }
}

/// Reads a row with a reference of the usual length and a listed result, as [`row`] does.
#[inline]
fn usual_row(line: &str) -> Option<Row> {
    let (reference, result) = line.split_at_checked(USUAL)?;
    let result = RowResult::listed(result.strip_prefix(',')?)?;
    Some(Row::new(TransactionId::try_from(reference).ok()?, result))
}

/// `reference,result`
#[cold]
pub(super) fn row(line: &str) -> Result<Row, RowErrorKind> {
    let fields = line.split_once(',').or_else(|| loose::two_fields(line));
    let (reference, result) = fields.ok_or(RowErrorKind::NoComma)?;
    let read = |reference: &str, result: &str| {
        let reference = reference.try_into().map_err(|_| RowErrorKind::Reference)?;
        Ok(Row::new(reference, result.try_into().map_err(|_| RowErrorKind::Result)?))
    };
    read(reference, result).or_else(|error| {
        let (reference, result) = loose::two_fields(line).ok_or(error)?;
        read(reference, result)
    })
}
