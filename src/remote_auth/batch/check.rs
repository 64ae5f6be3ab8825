//! Checks a report against itself and the protocol page.

use super::{AttachedType, BatchFinding, BatchParameter, BatchStatus, Report, Row, RowError, RowResult};

/// The counts of a report's rows.
#[derive(Default)]
struct Tally {
    listed: u64,
    released: u64,
    unlisted: u64,
    unreadable: u64,
    first_error: Option<RowError>,
}

impl Tally {
    fn of(rows: impl Iterator<Item = Result<Row, RowError>>) -> Self {
        let mut tally = Self::default();
        for row in rows {
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
    /// The findings of the form alone.
    pub(crate) fn in_the_form(&self) -> Vec<BatchFinding> {
        let mut findings = Vec::new();
        match self.status {
            BatchStatus::Complete => findings.extend(self.missing()),
            BatchStatus::Pending | BatchStatus::Processing if self.attachment.is_some() => {
                findings.push(BatchFinding::EarlyAttachment(self.status));
            }
            _ => {}
        }
        if let Some(AttachedType::Unlisted(word)) = self.attached_type {
            findings.push(BatchFinding::AttachedType(word));
        }
        findings.extend(self.sum());
        findings
    }

    /// The parts of a complete report that are missing.
    fn missing(&self) -> impl Iterator<Item = BatchFinding> {
        let parameters = [
            (BatchParameter::ItemCount, self.counts.all.is_none()),
            (BatchParameter::ItemSucc, self.counts.succeeded.is_none()),
            (BatchParameter::ItemFail, self.counts.failed.is_none()),
            (BatchParameter::AttachedType, self.attached_type.is_none()),
        ];
        let missing = parameters
            .into_iter()
            .filter(|(parameter, missing)| *missing && !self.noted.is_malformed(*parameter));
        missing
            .map(|(parameter, _)| BatchFinding::Missing(parameter))
            .chain(self.attachment.is_none().then_some(BatchFinding::NoAttachment))
    }

    /// The finding that the counts do not add up.
    fn sum(&self) -> Option<BatchFinding> {
        let counts = self.counts;
        let (item_count, item_succ, item_fail) = (counts.all?, counts.succeeded?, counts.failed?);
        let adds_up = item_succ.checked_add(item_fail) == Some(item_count);
        (!adds_up).then_some(BatchFinding::Sum { item_count, item_succ, item_fail })
    }

    /// The findings of the rows against the counts.
    pub(crate) fn in_the_rows(
        &self,
        rows: impl Iterator<Item = Result<Row, RowError>>,
        findings: &mut Vec<BatchFinding>,
    ) {
        let tally = Tally::of(rows);
        for (parameter, counted, listed) in [
            (BatchParameter::ItemCount, self.counts.all, tally.listed),
            (BatchParameter::ItemSucc, self.counts.succeeded, tally.released),
            (BatchParameter::ItemFail, self.counts.failed, tally.not_released()),
        ] {
            if let Some(counted) = counted.filter(|counted| *counted != listed) {
                findings.push(BatchFinding::Count { parameter, counted, listed });
            }
        }
        if let Some(first) = tally.first_error {
            findings.push(BatchFinding::UnreadableRows { count: tally.unreadable, first });
        }
        if tally.unlisted > 0 {
            findings.push(BatchFinding::UnlistedResults(tally.unlisted));
        }
    }
}
