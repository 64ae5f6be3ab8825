//! The lines of an attachment: references in an upload, references and results in a report.

mod line;
mod loose;
mod repeats;

use bytes::Bytes;

use self::line::{Line, Lines, USUAL};
use self::repeats::Repeats;
use super::contents::BYTE_ORDER_MARK;
use crate::media::multipart::Data;
use crate::remote_auth::batch::{
    AttachedType, Attachment, BatchFinding, BatchId, BatchPlace, BatchStatus, Noted, Report, Row, RowError,
    RowErrorKind,
};
use crate::value::{OriginalId, TransactionId};

const LINE_END: &[u8; 2] = b"\r\n";
/// A line end and a usual id.
const USUAL_LINE: usize = LINE_END.len() + USUAL;

/// A reference alone, which has to name a transaction. A row of a report repeats whatever was uploaded.
fn reference(line: &str) -> Result<OriginalId, RowErrorKind> {
    let field = loose::one_field(line).unwrap_or(line);
    let id = TransactionId::try_from(field).map_err(|_| RowErrorKind::Reference)?;
    id.try_into().map_err(|_| RowErrorKind::NamesNoTransaction)
}

/// Reads an uploaded file.
pub(super) fn references(file: &[u8], noted: &mut Noted) -> Result<Vec<OriginalId>, RowError> {
    note_beginning(file, noted);
    let lines = Lines::behind_header(file).filter(|line| !line.is_empty());
    let references = lines.map(|line| line.read(reference)).collect::<Result<_, _>>()?;
    note_form(file, noted, |_| true);
    Ok(references)
}

/// Notes lines that are empty, and readable rows that are written otherwise than the pages have them.
fn note_form(file: &[u8], noted: &mut Noted, is_readable: impl Fn(Line<'_>) -> bool) {
    let (mut empty, mut loose, mut first) = (0, 0, None);
    for line in Lines::behind_header(file) {
        if line.is_empty() {
            empty += 1;
        } else if line.is_loose() {
            let number = line.number;
            if is_readable(line) {
                loose += 1;
                first.get_or_insert(number);
            }
        }
    }
    noted.note_if(empty > 0, BatchFinding::EmptyLines(empty));
    if let Some(first) = first {
        noted.note(BatchFinding::RowForm { count: loose, first });
    }
}

/// Notes what stands before the first row.
fn note_beginning(file: &[u8], noted: &mut Noted) {
    noted.note_if(file.starts_with(BYTE_ORDER_MARK), BatchFinding::ByteOrderMark(BatchPlace::Attachment));
    let is_header = Lines::of(file).next().is_some_and(|line| line.is_header());
    noted.note_if(is_header, BatchFinding::HeaderRow);
}

impl Report {
    /// Lists what is malformed in the report, or contradicts the rest or the protocol page. Reads all rows.
    ///
    /// The documented example counts 4 transactions, all released, and lists 3, one of them expired:
    ///
    /// ```
    /// use cashflows_codec::remote_auth::batch::{Report, Row};
    /// use cashflows_codec::remote_auth::batch::RowResult;
    ///
    /// let rows = [
    ///     Row::new("01S00001724".parse()?, RowResult::Expired),
    ///     Row::new("01S00001725".parse()?, RowResult::Released),
    ///     Row::new("01S00001726".parse()?, RowResult::Released),
    /// ];
    /// let report = Report::complete("26".parse()?, rows).with_counts(4, 4, 0);
    /// let findings: Vec<String> = report.findings().iter().map(ToString::to_string).collect();
    /// assert_eq!(findings, [
    ///     "item_count is 4, but 3 rows are listed",
    ///     "item_succ is 4, but 2 rows are released",
    ///     "item_fail is 0, but 1 rows are not released",
    /// ]);
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn findings(&self) -> Vec<BatchFinding> {
        let mut noted = self.noted.clone();
        let file = self.attachment.as_ref().map(|attachment| &*attachment.0);
        if let Some(file) = file {
            note_beginning(file, &mut noted);
            note_form(file, &mut noted, |line| line.row().is_ok());
        }
        let mut findings = noted.findings();
        findings.extend(self.in_the_form());
        if let Some(file) = file {
            let repeats = Repeats::of(file);
            let repeated = repeats.repeated.len() as u64;
            self.in_the_rows(repeats.rows(file), &mut findings);
            findings.extend((repeated > 0).then_some(BatchFinding::RepeatedRows(repeated)));
        }
        findings
    }
}

/// References as the data of an upload: one a line, CRLF between lines.
///
/// A CRLF is followed by a letter or a digit, never by the dashes of a delimiter.
pub(super) struct References<'a> {
    pub(super) ids: &'a [OriginalId],
    /// How many characters the ids have, all together.
    pub(super) characters: usize,
}

impl References<'_> {
    /// The bytes that one reference adds, with a line end.
    pub(super) fn line_len(reference: &OriginalId) -> usize {
        reference.as_str().len() + LINE_END.len()
    }
}

impl Data for References<'_> {
    fn len(&self) -> usize {
        self.characters + LINE_END.len() * self.ids.len().saturating_sub(1)
    }

    /// Into room that is there already: to ask for some, line by line, takes longer than to write.
    fn write(&self, body: &mut Vec<u8>) {
        let start = body.len();
        body.resize(start + self.len(), 0);
        let Some((first, others)) = self.ids.split_first() else { return };
        let mut room = put(first.as_str().as_bytes(), body.get_mut(start..).unwrap_or_default());
        for other in others {
            room = put_line(other.as_str().as_bytes(), room);
        }
        debug_assert!(room.is_empty(), "the references have as many characters as announced");
    }
}

/// Writes to the beginning of `room`, which is large enough, and gives back what is left of it.
fn put<'r>(bytes: &[u8], room: &'r mut [u8]) -> &'r mut [u8] {
    let (place, rest) = room.split_at_mut_checked(bytes.len()).unwrap_or_default();
    if place.len() == bytes.len() {
        place.copy_from_slice(bytes);
    }
    rest
}

/// Writes a line end and a reference in the same way.
#[inline]
fn put_line<'r>(reference: &[u8], room: &'r mut [u8]) -> &'r mut [u8] {
    match reference.try_into() {
        Ok(usual) => put_usual_line(usual, room),
        Err(_) => put(reference, put(LINE_END, room)),
    }
}

/// The same for a reference of the usual length: where the length is known, a copy is two instructions
/// and no call.
#[inline]
fn put_usual_line<'r>(reference: &[u8; USUAL], room: &'r mut [u8]) -> &'r mut [u8] {
    let Some((line, rest)) = room.split_first_chunk_mut::<USUAL_LINE>() else { return &mut [] };
    let (end, place) = line.split_at_mut(LINE_END.len());
    end.copy_from_slice(LINE_END);
    place.copy_from_slice(reference);
    rest
}

impl Report {
    /// The rows in the order in which they came, read one by one, without an allocation while references of 11 characters
    /// ascend. A line that is not a row is an error in its place, and the next one is read again. A header row,
    /// `reference,result`, and empty lines are left out.
    ///
    /// A row that repeats an earlier one is left out too. Where rows of one transaction have different results, none of
    /// them says what became of it: each is the error [`Contradicted`](RowErrorKind::Contradicted).
    #[inline]
    pub fn rows(&self) -> impl Iterator<Item = Result<Row, RowError>> + Clone + use<'_> {
        let file = self.attachment().map_or(&[][..], |attachment| &attachment[..]);
        Repeats::of(file).rows(file)
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
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Bytes of an attachment: lines that are right, nearly right, and not even text.
    fn file() -> impl Strategy<Value = Vec<u8>> {
        let line = prop_oneof![
            "[0-9]{2}[SVRP][0-9A-F]{8},(batchrel_ok|batchrel_notonhold|batchrel_expired|batchrel_|later)",
            "[0-9A-Za-z,é ]{9,12},{0,2}(batchrel_error|batchrel_invalref)?",
            "[0-9A-F]{1,33},batchrel_ok",
            "[0-9A-Z]{1,33}",
            "\u{feff}[0-9A-Z]{11}(,batchrel_ok)?",
            ".{0,20}",
        ];
        let end = proptest::sample::select(vec!["\r\n", "\n", "\r\r\n", ""]);
        let lines = vec((line.prop_map(String::into_bytes), end), 0..20);
        let broken = vec((any::<prop::sample::Index>(), any::<u8>()), 0..2);
        (lines, broken).prop_map(|(lines, broken)| {
            let lines = lines.into_iter().map(|(line, end)| [line, end.into()].concat());
            let mut file = lines.collect::<Vec<_>>().concat();
            for (place, byte) in broken {
                if !file.is_empty() {
                    let place = place.index(file.len());
                    file[place] = byte;
                }
            }
            file
        })
    }

    /// The obvious way to cut a file into lines: each as text, where it begins, and its number.
    fn obvious<T>(file: &[u8], read: fn(&str) -> Result<T, RowErrorKind>) -> Vec<Result<T, RowError>> {
        let mut offset = 0;
        let lines = file.split_inclusive(|&byte| byte == b'\n').enumerate().map(|(index, whole)| {
            let line = whole.strip_suffix(b"\n").unwrap_or(whole);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
            // A byte that is no text is in no reference and in no result.
            let line: String = line.iter().copied().map(char::from).collect();
            let value = read(&line).map_err(|kind| RowError { line: index + 1, offset, kind });
            offset += whole.len();
            value
        });
        lines.collect()
    }

    proptest! {
        #[test]
        fn rows_and_references_match_naive_reader(file in file()) {
            let rows: Vec<_> = Lines::of(&file).map(Line::row).collect();
            prop_assert_eq!(rows, obvious(&file, line::row));
            let references: Vec<_> = Lines::of(&file).map(|line| line.read(reference)).collect();
            prop_assert_eq!(references, obvious(&file, reference));
        }

        #[test]
        fn references_write_lines_without_final_line_end(
            ids in vec(prop_oneof![3 => "[A-D][0-9A-Za-z]{10}", 1 => "[A-D][0-9A-Za-z]{0,31}"], 0..30),
        ) {
            let expected = ids.join("\r\n");
            let characters = ids.iter().map(String::len).sum();
            let ids: Vec<OriginalId> = ids.iter().map(|id| id.parse().unwrap()).collect();
            let references = References { ids: &ids, characters };
            let mut body = b"before it".to_vec();
            references.write(&mut body);
            prop_assert_eq!(references.len(), expected.len());
            prop_assert_eq!(body, ["before it", &expected].concat().into_bytes());
        }
    }

    fn read(file: &str) -> Vec<Result<&str, (usize, usize, RowErrorKind)>> {
        let rows = Repeats::of(file.as_bytes()).rows(file.as_bytes());
        let shown = rows.map(|row| match row {
            Ok(row) => Ok(match row.reference().as_str() {
                "A1" => "A1",
                "B2" => "B2",
                _ => "other",
            }),
            Err(error) => Err((error.line, error.offset, error.kind)),
        });
        shown.collect()
    }

    #[test]
    fn rows_have_values_or_located_errors() {
        use RowErrorKind::{Contradicted, NoComma, Reference, Result};
        for (file, rows) in [
            ("", vec![]),
            ("A1,x", vec![Ok("A1")]),
            ("A1,x\r\n", vec![Ok("A1")]),
            ("A1,x\nB2,y\r\n", vec![Ok("A1"), Ok("B2")]),
            ("A1,x\r\n\r\nB2,y", vec![Ok("A1"), Ok("B2")]),
            ("\n ; \n\"\",\"\"\n", vec![]),
            (
                "\u{feff}\"Reference\";\"Result\"\r\n\"A1\";\"x\";\r\nB2\ty\t\t\r\n;;\r\n",
                vec![Ok("A1"), Ok("B2")],
            ),
            ("B2,x\nA1,y\nB2,x", vec![Ok("B2"), Ok("A1")]),
            ("A1,x\nB2,x\n\nA1;y", vec![Err((1, 0, Contradicted)), Ok("B2"), Err((4, 11, Contradicted))]),
            ("A1,x\nA1,two words", vec![Err((1, 0, Contradicted)), Err((2, 5, Result))]),
            ("A1,x\n\"A1\"\n", vec![Err((1, 0, Contradicted)), Err((2, 5, NoComma))]),
            ("A1\nA1", vec![Err((1, 0, NoComma)), Err((2, 3, NoComma))]),
            ("B2,x\nA1,1.00E+02\n1.00E+02,x", vec![Ok("B2"), Err((2, 5, Result)), Err((3, 17, Reference))]),
            ("A1\nB2,y", vec![Err((1, 0, NoComma)), Ok("B2")]),
            ("A 1,x\nB2,y", vec![Err((1, 0, Reference)), Ok("B2")]),
            (",x", vec![Err((1, 0, Reference))]),
            ("A1,\nB2,y", vec![Err((1, 0, Result)), Ok("B2")]),
            ("A1,x,y", vec![Err((1, 0, Result))]),
            ("\u{feff}A1,x\n\u{feff}B2,y", vec![Ok("A1"), Ok("B2")]),
            ("\u{feff}\u{feff}A1,x", vec![Err((1, 0, Reference))]),
            ("reference,result\r\nA1,x\r\n\r\n", vec![Ok("A1")]),
            ("\u{feff}Reference,Result", vec![]),
            ("A1,x\nreference,result", vec![Ok("A1"), Ok("other")]),
            ("A1,x\r\r\nB2,é", vec![Err((1, 0, Result)), Err((2, 7, Result))]),
        ] {
            assert_eq!(read(file), rows, "{file:?}");
        }
    }
}
