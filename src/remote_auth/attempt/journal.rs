//! The journal: all attempts of a service.

use core::borrow::Borrow;
use std::collections::BTreeMap;
use std::time::SystemTime;

use super::intent::Intent;
use super::others::{Number, Others, Until};
use super::time::Moment;
use super::{Attempt, AttemptMut, PlanError, RetryPolicy, rules};
use crate::remote_auth::Request;

/// The attempts of a service, by a key of its own (an order's number, the id of a row): the only
/// way to change one, since what a response means can depend on the others.
///
/// Planning, changing and retiring an attempt cost the same, however many there are: the logarithm of
/// their number.
#[derive(Clone, Debug)]
#[doc(alias = "idempotency")]
#[doc(alias = "crash")]
pub struct Journal<K> {
    policy: RetryPolicy,
    attempts: BTreeMap<K, Numbered>,
    keys: BTreeMap<Number, K>,
    next: Number,
    others: Others,
}

#[derive(Clone, Debug)]
struct Numbered {
    number: Number,
    attempt: Attempt,
}

impl<K: Ord + Clone> Journal<K> {
    /// A journal without attempts.
    #[must_use]
    pub fn new(policy: RetryPolicy) -> Self {
        let others = Others::default();
        Self { policy, attempts: BTreeMap::new(), keys: BTreeMap::new(), next: 0, others }
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
        match self.others.equal_until(&intent, &self.policy) {
            Some(Until::Open) => return Err(PlanError::EqualReversal { until: None }),
            Some(Until::Forgotten(until)) if now < until => {
                return Err(PlanError::EqualReversal { until: Some(until.into()) });
            }
            _ => {}
        }
        Ok(self.keep(key, Attempt::planned(intent, now)))
    }

    /// Checks that key and reference are free.
    fn check(&self, key: &K, intent: &Intent) -> Result<(), PlanError> {
        if self.attempts.contains_key(key) {
            return Err(PlanError::KeyTaken);
        }
        if self.others.has_reference(intent) {
            return Err(PlanError::ReferenceTaken);
        }
        Ok(())
    }

    fn keep(&mut self, key: K, attempt: Attempt) -> &Attempt {
        let number = self.next;
        self.next += 1;
        self.others.insert(number, &attempt, &self.policy);
        self.keys.insert(number, key.clone());
        &self.attempts.entry(key).or_insert(Numbered { number, attempt }).attempt
    }

    /// Adds an attempt that was stored. After a restart, say so to each
    /// ([`restarted`](AttemptMut::restarted)).
    ///
    /// # Errors
    ///
    /// The journal has an attempt with this key or reference.
    pub fn insert(&mut self, key: K, attempt: Attempt) -> Result<(), PlanError> {
        self.check(&key, &attempt.intent)?;
        self.keep(key, attempt);
        Ok(())
    }

    /// The attempt with this key.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&Attempt>
    where
        K: Borrow<Q>,
    {
        self.attempts.get(key).map(|numbered| &numbered.attempt)
    }

    /// The attempt with this key, to tell it what happened.
    #[must_use]
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<AttemptMut<'_>>
    where
        K: Borrow<Q>,
    {
        let Self { policy, attempts, others, .. } = self;
        let Numbered { number, attempt } = attempts.get_mut(key)?;
        Some(AttemptMut { attempt, policy, number: *number, others })
    }

    /// All attempts.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &Attempt)> {
        self.attempts.iter().map(|(key, numbered)| (key, &numbered.attempt))
    }

    /// The attempts that have not ended. Each has a next step ([`AttemptMut::step`]).
    pub fn unfinished(&self) -> impl Iterator<Item = (&K, &Attempt)> {
        self.iter().filter(|(_, attempt)| !attempt.has_ended())
    }

    /// Removes the attempts that ended more than five minutes and the margin ago, so that no other can be confused with
    /// them ([`Attempt::forgotten_at`]). The one that was forgotten first comes first.
    ///
    /// The journal then knows neither their references nor their transactions. Keep a unique index on
    /// both where the attempts are stored: no reference may be planned again, and no transaction that
    /// an attempt has ended with is what became of another. Do not call this with a clock that has just
    /// jumped forward.
    pub fn retire(&mut self, now: SystemTime) -> Vec<(K, Attempt)> {
        let now = Moment::from(now);
        let mut retired = Vec::new();
        while let Some(number) = self.others.first_forgotten(now) {
            let entry = self.keys.remove(&number).and_then(|key| self.attempts.remove_entry(&key));
            // There is an attempt of every number.
            let Some((key, Numbered { attempt, .. })) = entry else { break };
            self.others.remove(number, &attempt, &self.policy);
            retired.push((key, attempt));
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

    /// Until when an earlier sending, whose response never came, may still arrive, and be taken for
    /// another void or refund: five minutes after it was noted. `None` where that cannot be.
    ///
    /// It is said of an attempt that has ended as well: its retry may have overtaken the first sending.
    /// A sale is safe from it, since the gateway knows its reference (Vx33). A void or refund is, if it
    /// has a reference and [the acquirer is known to look at
    /// it](RetryPolicy::reversals_by_reference). Else compare, when the time is over, what the
    /// acquirer lists of the original with your own books: how often, and how much.
    ///
    /// Five minutes are as long as this crate reckons with. A network that holds a request for longer
    /// is not ruled out.
    #[must_use]
    pub fn earlier_may_arrive_until(&self, policy: &RetryPolicy) -> Option<SystemTime> {
        rules::earlier_may_arrive_until(self, policy).map(Into::into)
    }
}
