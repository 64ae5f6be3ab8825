//! Where a report contradicts itself or the protocol page.

use thiserror::Error;

use super::{AttachedType, BatchParameter, BatchStatus, Report, RowError, RowResult, UnlistedAttachedType};
use crate::remote_auth::UnlistedName;

/// Something in a [`Report`] that a merchant ought to look at. `Display` says it in words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Finding {
    /// A complete report lacks a parameter that it has to have.
    #[error("{0} is missing from a complete report")]
    Missing(BatchParameter),
    /// A complete report lacks its rows.
    #[error("a complete report has no rows attached")]
    NoAttachment,
    /// A report has rows attached, though its batch is not complete.
    #[error("rows are attached, though the batch is {0}")]
    EarlyAttachment(BatchStatus),
    /// The number of rows is not `item_count`.
    #[error("item_count is {counted}, but {listed} rows are listed")]
    ItemCount {
        /// What the form says.
        counted: u64,
        /// What the attachment has.
        listed: u64,
    },
    /// The number of released rows is not `item_succ`.
    #[error("item_succ is {counted}, but {listed} rows are released")]
    ItemSucc {
        /// What the form says.
        counted: u64,
        /// What the attachment has.
        listed: u64,
    },
    /// The number of rows that are not released is not `item_fail`.
    #[error("item_fail is {counted}, but {listed} rows are not released")]
    ItemFail {
        /// What the form says.
        counted: u64,
        /// What the attachment has.
        listed: u64,
    },
    /// `item_succ` and `item_fail` do not add up to `item_count`.
    #[error("item_succ {item_succ} and item_fail {item_fail} do not add up to item_count {item_count}")]
    Sum {
        /// All transactions.
        item_count: u64,
        /// Those released.
        item_succ: u64,
        /// Those not released.
        item_fail: u64,
    },
    /// The attachment announces a format that is not documented.
    #[error("attached_type is {0}, not onhold_v0")]
    AttachedType(UnlistedAttachedType),
    /// Rows that cannot be read. They are listed, but neither released nor not.
    #[error("unreadable rows: {count}, the first is {first}")]
    UnreadableRows {
        /// How many there are.
        count: u64,
        /// The first one.
        first: RowError,
    },
    /// Rows whose result is not documented. They count as not released.
    #[error("rows with an unlisted result: {0}")]
    UnlistedResults(u64),
    /// The form has a parameter that is not documented.
    #[error("the parameter {0} is not documented")]
    UnlistedParameter(UnlistedName),
}

/// What the rows of a report add up to.
#[derive(Default)]
struct Tally {
    listed: u64,
    released: u64,
    unlisted: u64,
    unreadable: u64,
    first_error: Option<RowError>,
}

impl Tally {
    fn of(report: &Report) -> Self {
        let mut tally = Self::default();
        for row in report.rows() {
            tally.listed += 1;
            match row {
                Ok(row) if row.result().is_released() => tally.released += 1,
                Ok(row) => tally.unlisted += u64::from(matches!(row.result(), RowResult::Unlisted(_))),
                Err(error) => {
                    tally.unreadable += 1;
                    tally.first_error.get_or_insert(error);
                }
            }
        }
        tally
    }

    const fn not_released(&self) -> u64 {
        self.listed - self.released - self.unreadable
    }
}

impl Report {
    /// Where the report contradicts itself or the protocol page. Reads all rows.
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
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.in_the_form();
        if self.attachment.is_some() {
            self.in_the_rows(&mut findings);
        }
        findings
    }

    /// What the form alone tells.
    fn in_the_form(&self) -> Vec<Finding> {
        let mut findings: Vec<_> = self.unlisted.iter().cloned().map(Finding::UnlistedParameter).collect();
        match self.status {
            BatchStatus::Complete => findings.extend(self.missing()),
            BatchStatus::Pending | BatchStatus::Processing if self.attachment.is_some() => {
                findings.push(Finding::EarlyAttachment(self.status));
            }
            _ => {}
        }
        if let Some(AttachedType::Unlisted(word)) = self.attached_type {
            findings.push(Finding::AttachedType(word));
        }
        findings.extend(self.sum());
        findings
    }

    /// What a complete report has to have and this one has not.
    fn missing(&self) -> impl Iterator<Item = Finding> {
        let parameters = [
            (BatchParameter::ItemCount, self.counts.all.is_none()),
            (BatchParameter::ItemSucc, self.counts.succeeded.is_none()),
            (BatchParameter::ItemFail, self.counts.failed.is_none()),
            (BatchParameter::AttachedType, self.attached_type.is_none()),
        ];
        let missing = parameters.into_iter().filter(|(_, missing)| *missing);
        missing
            .map(|(parameter, _)| Finding::Missing(parameter))
            .chain(self.attachment.is_none().then_some(Finding::NoAttachment))
    }

    /// Whether the counts add up.
    fn sum(&self) -> Option<Finding> {
        let counts = self.counts;
        let (item_count, item_succ, item_fail) = (counts.all?, counts.succeeded?, counts.failed?);
        let adds_up = item_succ.checked_add(item_fail) == Some(item_count);
        (!adds_up).then_some(Finding::Sum { item_count, item_succ, item_fail })
    }

    /// What the rows tell, against the counts.
    fn in_the_rows(&self, findings: &mut Vec<Finding>) {
        let tally = Tally::of(self);
        let differ = |counted: Option<u64>, listed| counted.filter(|counted| *counted != listed);
        if let Some(counted) = differ(self.counts.all, tally.listed) {
            findings.push(Finding::ItemCount { counted, listed: tally.listed });
        }
        if let Some(counted) = differ(self.counts.succeeded, tally.released) {
            findings.push(Finding::ItemSucc { counted, listed: tally.released });
        }
        if let Some(counted) = differ(self.counts.failed, tally.not_released()) {
            findings.push(Finding::ItemFail { counted, listed: tally.not_released() });
        }
        if let Some(first) = tally.first_error {
            findings.push(Finding::UnreadableRows { count: tally.unreadable, first });
        }
        if tally.unlisted > 0 {
            findings.push(Finding::UnlistedResults(tally.unlisted));
        }
    }
}
