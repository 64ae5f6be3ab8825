//! All attempts that can meet.

use core::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use super::intent::Intent;
use super::time::Moment;
use super::{Attempt, AttemptMut, PlanError, RetryPolicy, rules};
use crate::remote_auth::Request;
use crate::value::TransactionId;

/// The attempts of a service, by a key of its own (an order's number, the id of a row): the only
/// way to change one, since what an answer means can depend on the others.
#[derive(Clone, Debug)]
#[doc(alias = "idempotency")]
#[doc(alias = "crash")]
pub struct Journal<K> {
    policy: RetryPolicy,
    attempts: BTreeMap<K, Attempt>,
    /// The transactions that attempts have ended with.
    known: BTreeSet<TransactionId>,
}

impl<K: Ord> Journal<K> {
    /// A journal without attempts.
    #[must_use]
    pub fn new(policy: RetryPolicy) -> Self {
        Self { policy, attempts: BTreeMap::new(), known: BTreeSet::new() }
    }

    /// When attempts are sent again.
    #[must_use]
    pub const fn policy(&self) -> &RetryPolicy {
        &self.policy
    }

    /// Plans an attempt at a request. Store it before it is sent.
    ///
    /// # Errors
    ///
    /// [`PlanError`]: there is an attempt with this key or reference, or an equal void or refund that
    /// is open or younger than five minutes.
    pub fn plan(&mut self, key: K, request: &Request, now: SystemTime) -> Result<&Attempt, PlanError> {
        let intent = Intent::of(request);
        self.check(&key, &intent)?;
        let now = now.into();
        let equal = |other: &&Attempt| rules::are_equal_reversals(&intent, &other.intent);
        for other in self.attempts.values().filter(equal) {
            let forgotten = rules::forgotten_at(other, &self.policy);
            if forgotten.is_none_or(|forgotten| now < forgotten) {
                return Err(PlanError::EqualReversal { until: forgotten.map(Into::into) });
            }
        }
        Ok(self.attempts.entry(key).or_insert(Attempt::planned(intent, now)))
    }

    /// Whether there can be an attempt with this key and reference.
    fn check(&self, key: &K, intent: &Intent) -> Result<(), PlanError> {
        if self.attempts.contains_key(key) {
            return Err(PlanError::KeyTaken);
        }
        let mut others = self.attempts.values();
        if others.any(|other| rules::have_one_reference(intent, &other.intent)) {
            return Err(PlanError::ReferenceTaken);
        }
        Ok(())
    }

    /// Adds an attempt that was stored. After a restart, say so to each
    /// ([`restarted`](AttemptMut::restarted)).
    ///
    /// # Errors
    ///
    /// The journal has an attempt with this key or reference.
    pub fn insert(&mut self, key: K, attempt: Attempt) -> Result<(), PlanError> {
        self.check(&key, &attempt.intent)?;
        self.known.extend(attempt.ids());
        self.attempts.insert(key, attempt);
        Ok(())
    }

    /// The attempt with this key.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&Attempt>
    where
        K: Borrow<Q>,
    {
        self.attempts.get(key)
    }

    /// The attempt with this key, to tell it what happened.
    #[must_use]
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<AttemptMut<'_>>
    where
        K: Borrow<Q>,
    {
        let Self { policy, attempts, known } = self;
        attempts.get_mut(key).map(|attempt| AttemptMut { attempt, policy, known })
    }

    /// All attempts.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &Attempt)> {
        self.attempts.iter()
    }

    /// Those that have not ended: something is to be done about each ([`AttemptMut::step`]).
    pub fn unfinished(&self) -> impl Iterator<Item = (&K, &Attempt)> {
        self.attempts.iter().filter(|(_, attempt)| !attempt.has_ended())
    }

    /// Takes out what has ended and can be confused with nothing any more: more than five minutes and
    /// the margin ago ([`Attempt::forgotten_at`]).
    ///
    /// The journal then knows neither their references nor their transactions. Keep a unique index on
    /// both where the attempts are stored: no reference may be planned again, and no transaction that
    /// an attempt has ended with is what became of another. Do not call this with a clock that has just
    /// jumped forward.
    pub fn retire(&mut self, now: SystemTime) -> Vec<(K, Attempt)> {
        let now = Moment::from(now);
        let policy = self.policy;
        let is_forgotten = |attempt: &Attempt| {
            rules::forgotten_at(attempt, &policy).is_some_and(|forgotten| forgotten <= now)
        };
        let all = core::mem::take(&mut self.attempts);
        let (retired, kept) = all.into_iter().partition::<Vec<_>, _>(|(_, attempt)| is_forgotten(attempt));
        self.attempts = kept.into_iter().collect();
        for id in retired.iter().flat_map(|(_, attempt)| attempt.ids()) {
            self.known.remove(&id);
        }
        retired
    }
}

impl Attempt {
    /// From when on it can be left out of the journal, since the gateway has forgotten it; `None`
    /// while it has not ended.
    #[must_use]
    pub fn forgotten_at(&self, policy: &RetryPolicy) -> Option<SystemTime> {
        rules::forgotten_at(self, policy).map(Into::into)
    }
}
