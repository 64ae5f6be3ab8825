//! Findings: parts of a batch message that are malformed or contradict each other or the protocol page.

use core::fmt;

use super::{AttachedType, BatchParameter, BatchStatus, RowError};
use crate::error::Rule;
use crate::value::{MaskedText, Unlisted};

/// Something in a [`Report`](super::Report) or an upload that is malformed, or contradicts the rest or the protocol page,
/// and decides nothing. `Display` is the place and the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchFinding {
    /// A byte order mark before the body, the form or the rows.
    ByteOrderMark(BatchPlace),
    /// Lines of the framing that end with LF, where CRLF should stand.
    LineEnds,
    /// A closing delimiter that ends in one hyphen, where two should stand.
    ClosingDelimiter,
    /// A first row that names the columns. It is no row of the report, and no reference of the upload.
    HeaderRow,
    /// A parameter of a report that is malformed. The report is read without it.
    Malformed {
        /// The parameter: a count, or the format of the attachment.
        parameter: BatchParameter,
        /// The rule that its value breaks.
        rule: Rule,
    },
    /// A complete report lacks a parameter that it has to have.
    Missing(BatchParameter),
    /// A complete report lacks its rows.
    NoAttachment,
    /// A report has rows attached, though its batch is not complete.
    EarlyAttachment(BatchStatus),
    /// A count of the form is not that of the rows: of all for `item_count`, of those released for `item_succ`, of
    /// those not released for `item_fail`.
    Count {
        /// The parameter of the form.
        parameter: BatchParameter,
        /// The count in the form.
        counted: u64,
        /// The count of the rows.
        listed: u64,
    },
    /// `item_succ` and `item_fail` do not add up to `item_count`.
    Sum {
        /// All transactions.
        item_count: u64,
        /// Those released.
        item_succ: u64,
        /// Those not released.
        item_fail: u64,
    },
    /// The attachment announces a format that is not documented.
    AttachedType(Unlisted<AttachedType>),
    /// Lines of an upload or a report that are empty, or have separators alone. They name no transaction.
    EmptyLines(u64),
    /// Rows of an upload or a report that are written as spreadsheets do it: with quotation marks, blanks, semicolons or
    /// tabs, or with separators behind them.
    RowForm {
        /// How many there are.
        count: u64,
        /// The number of the first one's line, from 1.
        first: usize,
    },
    /// Rows that repeat an earlier one. They count once.
    RepeatedRows(u64),
    /// Rows that cannot be read, and rows of which another one has another result. They are listed, but neither released
    /// nor not.
    UnreadableRows {
        /// How many there are.
        count: u64,
        /// The first one.
        first: RowError,
    },
    /// Rows whose result is not documented. They count as not released.
    UnlistedResults(u64),
}

/// The place of a [`BatchFinding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BatchPlace {
    /// The framing of the whole body: `body`.
    Body,
    /// The form: `form`.
    Form,
    /// A parameter of the form, by its name: `item_count`.
    Parameter(BatchParameter),
    /// The attached rows: `attachment`.
    Attachment,
}

impl fmt::Display for BatchPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Body => "body",
            Self::Form => "form",
            Self::Parameter(parameter) => parameter.as_str(),
            Self::Attachment => "attachment",
        })
    }
}

impl BatchFinding {
    /// The place of it.
    #[must_use]
    pub const fn at(&self) -> BatchPlace {
        match self {
            Self::ByteOrderMark(place) => *place,
            Self::LineEnds | Self::ClosingDelimiter => BatchPlace::Body,
            Self::Missing(parameter) | Self::Malformed { parameter, .. } | Self::Count { parameter, .. } => {
                BatchPlace::Parameter(*parameter)
            }
            Self::Sum { .. } => BatchPlace::Parameter(BatchParameter::ItemCount),
            Self::AttachedType(_) => BatchPlace::Parameter(BatchParameter::AttachedType),
            Self::HeaderRow
            | Self::NoAttachment
            | Self::EarlyAttachment(_)
            | Self::EmptyLines(_)
            | Self::RowForm { .. }
            | Self::RepeatedRows(_)
            | Self::UnreadableRows { .. }
            | Self::UnlistedResults(_) => BatchPlace::Attachment,
        }
    }

    /// The problem, in words that follow the place.
    #[must_use]
    pub fn problem(&self) -> impl fmt::Display + '_ {
        Problem(self)
    }
}

/// The place and the problem: `item_count is 4, but 3 rows are listed`.
impl fmt::Display for BatchFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at(), self.problem())
    }
}

struct Problem<'a>(&'a BatchFinding);

impl fmt::Display for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            BatchFinding::ByteOrderMark(_) => f.write_str("begins with a byte order mark"),
            BatchFinding::LineEnds => f.write_str("has lines that end with LF"),
            BatchFinding::ClosingDelimiter => f.write_str("ends with one hyphen where two should stand"),
            BatchFinding::HeaderRow => f.write_str("begins with a header row"),
            BatchFinding::Malformed { rule, .. } => rule.fmt(f),
            BatchFinding::EmptyLines(count) => write!(f, "has empty lines: {count}"),
            BatchFinding::RowForm { count, first } => {
                write!(f, "has rows that are written otherwise: {count}, the first is row {first}")
            }
            BatchFinding::RepeatedRows(count) => write!(f, "has rows that repeat an earlier one: {count}"),
            BatchFinding::Missing(_) | BatchFinding::NoAttachment => {
                f.write_str("is missing from a complete report")
            }
            BatchFinding::EarlyAttachment(status) => {
                write!(f, "is there, though the batch is {}", MaskedText::new(status.as_str()))
            }
            BatchFinding::Count { parameter, counted, listed } => {
                let state = match parameter {
                    BatchParameter::ItemSucc => "released",
                    BatchParameter::ItemFail => "not released",
                    _ => "listed",
                };
                write!(f, "is {counted}, but {listed} rows are {state}")
            }
            BatchFinding::Sum { item_count, item_succ, item_fail } => {
                write!(
                    f,
                    "is {item_count}, which item_succ {item_succ} and item_fail {item_fail} do not add up to"
                )
            }
            BatchFinding::AttachedType(word) => {
                write!(f, "is {}, not onhold_v0", MaskedText::new(word.as_str()))
            }
            BatchFinding::UnreadableRows { count, first } => {
                write!(f, "has unreadable rows: {count}, the first is {first}")
            }
            BatchFinding::UnlistedResults(count) => write!(f, "has rows with an unlisted result: {count}"),
        }
    }
}

/// Findings of reading. They take no part in comparing messages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noted(Vec<BatchFinding>);

impl Noted {
    pub(crate) const NONE: Self = Self(Vec::new());

    /// Notes what was found.
    pub(crate) fn note(&mut self, finding: BatchFinding) {
        self.0.push(finding);
    }

    /// Notes what was found, if it was.
    pub(crate) fn note_if(&mut self, found: bool, finding: BatchFinding) {
        if found {
            self.note(finding);
        }
    }

    pub(crate) fn findings(&self) -> Vec<BatchFinding> {
        self.0.clone()
    }

    /// Returns true if a parameter is present and malformed.
    pub(super) fn is_malformed(&self, parameter: BatchParameter) -> bool {
        let is_it = |found: &BatchFinding| matches!(found, BatchFinding::Malformed { parameter: malformed, .. } if *malformed == parameter);
        self.0.iter().any(is_it)
    }
}

impl PartialEq for Noted {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Noted {}
