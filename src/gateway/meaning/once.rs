//! The payments, refunds and captures of a job, each once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::gateway::PaymentReference;
use crate::gateway::response::{Capture, Job, Payment, Refund};

/// A payment, with its refunds and captures.
pub(super) struct Listed<'j> {
    pub(super) payment: &'j Payment,
    pub(super) refunds: Vec<&'j Refund>,
    pub(super) captures: Vec<&'j Capture>,
}

/// Lists each payment, refund and capture of a job once, by its reference. The flag is true if entries of one reference
/// differ, or stand in several payments: then the list is only one of those that are possible.
pub(super) fn once(job: &Job) -> (Vec<Listed<'_>>, bool) {
    let (mut payments, mut refunds, mut captures) = (Seen::default(), Seen::default(), Seen::default());
    let mut listed = Vec::with_capacity(job.payments.len());
    for payment in &job.payments {
        let of = payment.reference;
        if payments.is_new(of, (payment, of)) {
            listed.push(Listed {
                payment,
                refunds: refunds.new_of(&payment.refunds, of, |refund| refund.reference),
                captures: captures.new_of(&payment.captures, of, |capture| capture.reference),
            });
        }
    }
    (listed, payments.differ || refunds.differ || captures.differ)
}

/// The entries that were seen, by their references, each with its payment.
struct Seen<'j, R, T> {
    first: BTreeMap<R, (&'j T, PaymentReference)>,
    differ: bool,
}

impl<R, T> Default for Seen<'_, R, T> {
    fn default() -> Self {
        Self { first: BTreeMap::new(), differ: false }
    }
}

impl<'j, R: Ord, T: PartialEq> Seen<'j, R, T> {
    /// The entries of a payment that were not seen before.
    fn new_of(&mut self, entries: &'j [T], of: PaymentReference, reference: fn(&T) -> R) -> Vec<&'j T> {
        entries.iter().filter(|entry| self.is_new(reference(entry), (*entry, of))).collect()
    }

    fn is_new(&mut self, reference: R, entry: (&'j T, PaymentReference)) -> bool {
        match self.first.entry(reference) {
            Entry::Vacant(place) => {
                place.insert(entry);
                true
            }
            Entry::Occupied(first) => {
                self.differ |= *first.get() != entry;
                false
            }
        }
    }
}
