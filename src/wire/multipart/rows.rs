//! The lines of an attachment: references in an upload, references and results in a report.

use bytes::Bytes;
use nom::bytes::complete::{tag, take_till};
use nom::combinator::opt;
use nom::sequence::terminated;
use nom::{IResult, Parser};

use super::write::Data;
use crate::batch::{
    AttachedType, Attachment, BatchId, BatchStatus, Report, Row, RowError, RowErrorKind, RowResult,
};
use crate::value::TransactionId;

const LINE_END: &[u8] = b"\r\n";

/// A line without its end, which is LF or CRLF; the last one needs none.
#[inline]
fn line(input: &[u8]) -> IResult<&[u8], &[u8], ()> {
    let (rest, line) = terminated(take_till(|byte| byte == b'\n'), opt(tag("\n"))).parse(input)?;
    Ok((rest, line.strip_suffix(b"\r").unwrap_or(line)))
}

/// What stands before the comma; the rest stands after it.
#[inline]
fn before_comma(input: &[u8]) -> IResult<&[u8], &[u8], ()> {
    terminated(take_till(|byte| byte == b','), tag(",")).parse(input)
}

/// `reference,result`
#[inline]
fn row(line: &[u8]) -> Result<Row, RowErrorKind> {
    let (result, reference) = before_comma(line).map_err(|_| match line {
        [] => RowErrorKind::Empty,
        _ => RowErrorKind::NoComma,
    })?;
    Ok(Row::new(
        word(reference).ok_or(RowErrorKind::Reference)?,
        word::<RowResult>(result).ok_or(RowErrorKind::Result)?,
    ))
}

fn reference(line: &[u8]) -> Result<TransactionId, RowErrorKind> {
    word(line).ok_or(if line.is_empty() { RowErrorKind::Empty } else { RowErrorKind::Reference })
}

#[inline]
fn word<T: for<'t> TryFrom<&'t str>>(bytes: &[u8]) -> Option<T> {
    T::try_from(core::str::from_utf8(bytes).ok()?).ok()
}

/// Reads line after line, and says where one is that cannot be read.
#[derive(Clone)]
struct Lines<'a, F> {
    all: &'a [u8],
    rest: &'a [u8],
    number: usize,
    read: F,
}

impl<'a, F> Lines<'a, F> {
    const fn new(all: &'a [u8], read: F) -> Self {
        Self { all, rest: all, number: 0, read }
    }
}

impl<T, F: Fn(&[u8]) -> Result<T, RowErrorKind>> Iterator for Lines<'_, F> {
    type Item = Result<T, RowError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let offset = self.all.len() - self.rest.len();
        let (rest, line) = line(self.rest).ok()?;
        self.rest = rest;
        self.number += 1;
        Some((self.read)(line).map_err(|kind| RowError::new(self.number, offset, kind)))
    }
}

/// Reads an uploaded file.
pub(super) fn references(file: &[u8]) -> Result<Vec<TransactionId>, RowError> {
    Lines::new(file, reference).collect()
}

/// References as the data of an upload: one a line, CRLF between lines.
///
/// A CRLF is followed by a letter or a digit, never by the dashes of a delimiter.
pub(super) struct References<'a>(pub(super) &'a [TransactionId]);

impl References<'_> {
    /// The bytes that one reference adds, with a line end.
    pub(super) fn line_len(reference: &TransactionId) -> usize {
        reference.as_str().len() + LINE_END.len()
    }
}

impl Data for References<'_> {
    fn len(&self) -> usize {
        let lines: usize = self.0.iter().map(Self::line_len).sum();
        lines.saturating_sub(LINE_END.len())
    }

    fn write(&self, body: &mut Vec<u8>) {
        let Some((first, others)) = self.0.split_first() else { return };
        append(first, body);
        for reference in others {
            body.extend_from_slice(LINE_END);
            append(reference, body);
        }
    }
}

/// Ids have 11 characters as a rule (section 3), and to copy what is known to be so long takes no
/// call.
#[inline]
fn append(reference: &TransactionId, body: &mut Vec<u8>) {
    match <&[u8; 11]>::try_from(reference.as_str().as_bytes()) {
        Ok(usual) => body.extend_from_slice(usual),
        Err(_) => body.extend_from_slice(reference.as_str().as_bytes()),
    }
}

impl Report {
    /// The rows in the order in which they came, read one by one, without an allocation. A line that
    /// is not a row is an error in its place, and the next one is read again.
    #[inline]
    pub fn rows(&self) -> impl Iterator<Item = Result<Row, RowError>> + Clone + use<'_> {
        Lines::new(self.attachment().map_or(&[], |attachment| &attachment[..]), row)
    }

    /// The report of a batch that is done, with its rows and the counts that they add up to.
    #[must_use]
    pub fn complete(batch_id: BatchId, rows: impl IntoIterator<Item = Row>) -> Self {
        let mut attachment = Vec::new();
        let (mut all, mut released) = (0, 0);
        for row in rows {
            if all > 0 {
                attachment.extend_from_slice(LINE_END);
            }
            attachment.extend_from_slice(row.reference().as_str().as_bytes());
            attachment.push(b',');
            attachment.extend_from_slice(row.result().as_str().as_bytes());
            all += 1;
            released += u64::from(row.result().is_released());
        }
        Self {
            attached_type: Some(AttachedType::OnHoldV0),
            attachment: Some(Attachment(Bytes::from(attachment))),
            ..Self::new(batch_id, BatchStatus::Complete).with_counts(all, released, all - released)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Vec<Result<&str, (usize, usize, RowErrorKind)>> {
        let rows = Lines::new(file.as_bytes(), row);
        let shown = rows.map(|row| match row {
            Ok(row) => Ok(match row.reference().as_str() {
                "A1" => "A1",
                "B2" => "B2",
                _ => "other",
            }),
            Err(error) => Err((error.line(), error.offset(), error.kind())),
        });
        shown.collect()
    }

    #[test]
    fn rows_are_read_and_located() {
        use RowErrorKind::{Empty, NoComma, Reference, Result};
        for (file, rows) in [
            ("", vec![]),
            ("A1,x", vec![Ok("A1")]),
            ("A1,x\r\n", vec![Ok("A1")]),
            ("A1,x\nB2,y\r\n", vec![Ok("A1"), Ok("B2")]),
            ("A1,x\r\n\r\nB2,y", vec![Ok("A1"), Err((2, 6, Empty)), Ok("B2")]),
            ("\n", vec![Err((1, 0, Empty))]),
            ("A1\nB2,y", vec![Err((1, 0, NoComma)), Ok("B2")]),
            ("A 1,x\nB2,y", vec![Err((1, 0, Reference)), Ok("B2")]),
            (",x", vec![Err((1, 0, Reference))]),
            ("A1,\nB2,y", vec![Err((1, 0, Result)), Ok("B2")]),
            ("A1,x,y", vec![Err((1, 0, Result))]),
            ("A1,x\r\r\nB2,é", vec![Err((1, 0, Result)), Err((2, 7, Result))]),
        ] {
            assert_eq!(read(file), rows, "{file:?}");
        }
    }
}
