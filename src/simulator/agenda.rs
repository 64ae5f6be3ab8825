//! Events that happen by themselves when their time has come.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::gateway::{JobPlace, PaymentPlace};
use crate::value::TransactionId;

/// An event that happens by itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Due {
    /// A hold ends that nobody released.
    HoldEnds(TransactionId),
    /// A payment that was to take a while is decided.
    PaymentDecided(PaymentPlace),
    /// A payment ends for which the shopper did not come back.
    PaymentEnds(PaymentPlace),
    /// A job ends that nobody paid.
    JobEnds(JobPlace),
}

/// Everything that is due some time, in the order in which it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    due: BTreeMap<(SystemTime, u64), Due>,
    added: u64,
}

impl Agenda {
    pub(super) fn add(&mut self, at: SystemTime, due: Due) {
        self.due.insert((at, self.added), due);
        self.added += 1;
    }

    /// Takes the next thing that is due at `now` or was before, and when it was.
    pub(super) fn next(&mut self, now: SystemTime) -> Option<(SystemTime, Due)> {
        let first = self.due.first_entry().filter(|first| first.key().0 <= now)?;
        let ((at, _), due) = first.remove_entry();
        Some((at, due))
    }
}
