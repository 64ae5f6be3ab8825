//! Reports of batches.

use core::fmt;

use bytes::Bytes;

use super::{AttachedType, BatchId, BatchStatus, Noted, RowResult};
use crate::remote_auth::UnlistedName;
use crate::value::TransactionId;

/// The state of a batch and, once it is complete, the result of each transaction
/// (`release_report`, section 7).
///
/// The report is what the gateway sent: where its counts, its rows and the protocol page disagree,
/// [`findings`](Self::findings) says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(crate) batch_id: BatchId,
    pub(crate) status: BatchStatus,
    pub(crate) counts: Counts,
    pub(crate) attached_type: Option<AttachedType>,
    pub(crate) attachment: Option<Attachment>,
    pub(crate) unlisted: Vec<UnlistedName>,
    pub(crate) noted: Noted,
}

/// The counts of a report's form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) all: Option<u64>,
    pub(crate) succeeded: Option<u64>,
    pub(crate) failed: Option<u64>,
}

/// The rows as they came. Printed by their size: there can be megabytes.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Attachment(pub(crate) Bytes);

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Report {
    /// A report without counts and rows, as it is while the batch is not complete.
    #[must_use]
    pub const fn new(batch_id: BatchId, status: BatchStatus) -> Self {
        Self {
            batch_id,
            status,
            counts: Counts { all: None, succeeded: None, failed: None },
            attached_type: None,
            attachment: None,
            unlisted: Vec::new(),
            noted: Noted::NONE,
        }
    }

    /// Sets the counts, whatever the rows say.
    #[must_use]
    pub const fn with_counts(mut self, item_count: u64, item_succ: u64, item_fail: u64) -> Self {
        self.counts = Counts { all: Some(item_count), succeeded: Some(item_succ), failed: Some(item_fail) };
        self
    }

    /// The batch.
    #[must_use]
    pub const fn batch_id(&self) -> &BatchId {
        &self.batch_id
    }

    /// The state of the batch.
    #[must_use]
    pub const fn status(&self) -> BatchStatus {
        self.status
    }

    /// How many transactions the gateway counts: `item_count`.
    #[must_use]
    pub const fn item_count(&self) -> Option<u64> {
        self.counts.all
    }

    /// How many of them it counts as released: `item_succ`.
    #[must_use]
    pub const fn item_succ(&self) -> Option<u64> {
        self.counts.succeeded
    }

    /// How many of them it counts as not released: `item_fail`.
    #[must_use]
    pub const fn item_fail(&self) -> Option<u64> {
        self.counts.failed
    }

    /// The format of the attachment.
    #[must_use]
    pub const fn attached_type(&self) -> Option<AttachedType> {
        self.attached_type
    }

    /// The names of the parameters that the protocol page does not list, in the order of the form.
    #[must_use]
    pub fn unlisted(&self) -> &[UnlistedName] {
        &self.unlisted
    }

    /// The attachment as it came, where there is one. [`rows`](Self::rows) reads it.
    #[must_use]
    pub fn attachment(&self) -> Option<&Bytes> {
        self.attachment.as_ref().map(|attachment| &attachment.0)
    }
}

/// The result of one transaction of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    reference: TransactionId,
    result: RowResult,
}

impl Row {
    /// A row of a report.
    #[must_use]
    pub const fn new(reference: TransactionId, result: RowResult) -> Self {
        Self { reference, result }
    }

    /// The transaction.
    #[must_use]
    pub const fn reference(&self) -> &TransactionId {
        &self.reference
    }

    /// The result of the transaction.
    #[must_use]
    pub const fn result(&self) -> &RowResult {
        &self.result
    }
}
