//! Reports as objects, for users who store them (serde).

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AttachedType, Attachment, BatchId, BatchStatus, Counts, Noted, Report};
use crate::value::stored::{AnyText, Object};

/// Malformed and unlisted parameters are not stored.
#[derive(Serialize, Deserialize)]
struct StoredReport {
    batch_id: BatchId,
    batch_status: BatchStatus,
    item_count: Option<u64>,
    item_succ: Option<u64>,
    item_fail: Option<u64>,
    attached_type: Option<AttachedType>,
    /// Bytes that are not UTF-8 are stored as U+FFFD, as they are read.
    attachment: Option<AnyText>,
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = StoredReport {
            batch_id: self.batch_id,
            batch_status: self.status,
            item_count: self.counts.all,
            item_succ: self.counts.succeeded,
            item_fail: self.counts.failed,
            attached_type: self.attached_type,
            attachment: self.attachment().map(|rows| AnyText::from(&*String::from_utf8_lossy(rows))),
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Report {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored: StoredReport = Object::read(deserializer)?;
        let rows = stored.attachment.map(|rows| Bytes::copy_from_slice(rows.as_str().as_bytes()));
        Ok(Self {
            batch_id: stored.batch_id,
            status: stored.batch_status,
            counts: Counts { all: stored.item_count, succeeded: stored.item_succ, failed: stored.item_fail },
            attached_type: stored.attached_type,
            attachment: rows.map(Attachment),
            unlisted: Vec::new(),
            noted: Noted::NONE,
        })
    }
}
