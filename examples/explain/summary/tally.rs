//! What is counted of each reply.

use std::collections::HashMap;

use cashflows_codec::remote_auth::response::View;
use cashflows_codec::remote_auth::{NextStep, Outcome};
use cashflows_codec::value::Reason;

/// Counts of a digit.
pub(super) type Digits = [u64; 10];

#[derive(Default)]
pub(super) struct Tally {
    pub(super) outcomes: [u64; Outcome::ALL.len()],
    /// Of replies that were read.
    pub(super) next: [u64; NextStep::ALL.len()],
    /// How many lines have findings.
    pub(super) with_findings: u64,
    pub(super) reasons: HashMap<Reason, u64>,
    /// CVV, address, postcode.
    pub(super) checks: [Digits; 3],
    pub(super) unreadable: u64,
}

impl Tally {
    pub(super) fn count(&mut self, view: View<'_>) {
        self.outcomes[view.outcome() as usize] += 1;
        self.next[view.next_step() as usize] += 1;
        self.with_findings += u64::from(!view.findings().is_empty());
        let checks = view.checks();
        let digits = [checks.cvv().digit(), checks.address().digit(), checks.postcode().digit()];
        for (counts, digit) in self.checks.iter_mut().zip(digits) {
            counts[digit.to_digit(10).unwrap_or(0) as usize] += 1;
        }
        if let Some(reason) = view.reason() {
            *self.reasons.entry(reason).or_default() += 1;
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        let pairs = self.outcomes.iter_mut().zip(other.outcomes);
        pairs
            .chain(self.next.iter_mut().zip(other.next))
            .chain(self.checks.as_flattened_mut().iter_mut().zip(other.checks.as_flattened().iter().copied()))
            .for_each(|(ours, theirs)| *ours += theirs);
        for (&reason, count) in &other.reasons {
            *self.reasons.entry(reason).or_default() += count;
        }
        self.unreadable += other.unreadable;
        self.with_findings += other.with_findings;
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> u64 {
        self.outcomes.iter().sum::<u64>() + self.unreadable
    }

    /// An unreadable line does not say that nothing happened.
    pub(super) fn outcome(&self, outcome: Outcome) -> u64 {
        let unreadable = if outcome == Outcome::Unknown { self.unreadable } else { 0 };
        self.outcomes[outcome as usize] + unreadable
    }

    /// An unreadable line asks for a retry.
    pub(super) fn next(&self, next: NextStep) -> u64 {
        let unreadable = if next == NextStep::Retry { self.unreadable } else { 0 };
        self.next[next as usize] + unreadable
    }

    /// The most frequent first.
    pub(super) fn sorted_reasons(&self) -> Vec<(Reason, u64)> {
        let mut reasons: Vec<_> = self.reasons.iter().map(|(&reason, &count)| (reason, count)).collect();
        reasons.sort_by_key(|(reason, count)| (u64::MAX - count, reason.to_string()));
        reasons
    }
}
