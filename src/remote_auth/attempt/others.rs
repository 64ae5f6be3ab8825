//! References and transactions that belong to one attempt only. These sets stand beside the journal's map, so that
//! no operation has to look through all attempts.

use std::collections::{BTreeMap, BTreeSet};

use super::intent::Intent;
use super::time::Moment;
use super::{Attempt, RetryPolicy, rules};
use crate::remote_auth::request::MerchantReference;
use crate::value::TransactionId;

/// The number that a journal gives an attempt.
pub(super) type Number = u64;

/// The fields that equal voids or refunds share: the acquirer cannot tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Twin {
    pub(super) operation: &'static str,
    pub(super) original: TransactionId,
    pub(super) hundredths: Option<u64>,
}

/// How long an attempt is in the way of an equal one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Until {
    Forgotten(Moment),
    /// It has not ended.
    Open,
}

impl From<Option<Moment>> for Until {
    fn from(forgotten: Option<Moment>) -> Self {
        forgotten.map_or(Self::Open, Self::Forgotten)
    }
}

/// The references, equal reversals, transactions and ends of a journal's attempts.
#[derive(Clone, Debug, Default)]
pub(super) struct Others {
    references: BTreeSet<MerchantReference>,
    twins: BTreeSet<(Twin, Until, Number)>,
    /// Every transaction that an attempt is known to have made.
    transactions: BTreeMap<TransactionId, Number>,
    /// Those that have ended, by when they are forgotten.
    ended: BTreeSet<(Moment, Number)>,
}

impl Others {
    pub(super) fn has_reference(&self, intent: &Intent) -> bool {
        rules::own_reference(intent).is_some_and(|reference| self.references.contains(reference))
    }

    /// How long an equal void or refund is in the way, if there is one.
    pub(super) fn equal_until(&self, intent: &Intent, policy: &RetryPolicy) -> Option<Until> {
        let twin = rules::twin(intent, policy)?;
        let first = (twin, Until::Forgotten(Moment::default()), Number::MIN);
        let (_, until, _) = self.twins.range(first..=(twin, Until::Open, Number::MAX)).next_back()?;
        Some(*until)
    }

    /// The attempt that a transaction belongs to.
    pub(super) fn owner(&self, id: &TransactionId) -> Option<Number> {
        self.transactions.get(id).copied()
    }

    /// Adds an attempt.
    pub(super) fn insert(&mut self, number: Number, attempt: &Attempt, policy: &RetryPolicy) {
        self.references.extend(rules::own_reference(&attempt.intent).cloned());
        self.insert_end(number, attempt, policy);
        self.insert_transactions(number, attempt);
    }

    /// Takes note of what an attempt has become, which was forgotten at `before`.
    pub(super) fn change(
        &mut self,
        number: Number,
        attempt: &Attempt,
        before: Option<Moment>,
        policy: &RetryPolicy,
    ) {
        if before != rules::forgotten_at(attempt, policy) {
            self.remove_end(number, attempt, before, policy);
            self.insert_end(number, attempt, policy);
        }
        self.insert_transactions(number, attempt);
    }

    /// The attempt that was forgotten first, if that is by now.
    pub(super) fn first_forgotten(&self, now: Moment) -> Option<Number> {
        self.ended.first().filter(|(forgotten, _)| *forgotten <= now).map(|(_, number)| *number)
    }

    pub(super) fn remove(&mut self, number: Number, attempt: &Attempt, policy: &RetryPolicy) {
        if let Some(reference) = rules::own_reference(&attempt.intent) {
            self.references.remove(reference);
        }
        for id in attempt.ids() {
            if self.owner(&id) == Some(number) {
                self.transactions.remove(&id);
            }
        }
        self.remove_end(number, attempt, rules::forgotten_at(attempt, policy), policy);
    }

    fn insert_end(&mut self, number: Number, attempt: &Attempt, policy: &RetryPolicy) {
        let forgotten = rules::forgotten_at(attempt, policy);
        self.ended.extend(forgotten.map(|forgotten| (forgotten, number)));
        self.twins.extend(rules::twin(&attempt.intent, policy).map(|twin| (twin, forgotten.into(), number)));
    }

    fn insert_transactions(&mut self, number: Number, attempt: &Attempt) {
        for id in attempt.ids() {
            self.transactions.entry(id).or_insert(number);
        }
    }

    fn remove_end(
        &mut self,
        number: Number,
        attempt: &Attempt,
        forgotten: Option<Moment>,
        policy: &RetryPolicy,
    ) {
        if let Some(forgotten) = forgotten {
            self.ended.remove(&(forgotten, number));
        }
        if let Some(twin) = rules::twin(&attempt.intent, policy) {
            self.twins.remove(&(twin, forgotten.into(), number));
        }
    }
}
