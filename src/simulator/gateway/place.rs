//! References of the gateway: the first digit tells the kind, the others count.

use crate::gateway::{JobReference, PaymentReference, Reference};

/// The kind of a reference.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Job = 1,
    Payment = 2,
    Step = 3,
    Refund = 4,
    Capture = 5,
    Trace = 6,
}

/// References have 18 digits, as in every example: more than a float can hold.
const KINDS: u64 = 100_000_000_000_000_000;

/// The number of the reference of this kind, counted from 1.
const fn number(kind: Kind, count: u64) -> u64 {
    kind as u64 * KINDS + count
}

/// The reference of a step, refund, capture or trace, counted from 1.
pub(super) const fn reference(kind: Kind, count: u64) -> Reference {
    Reference::saturating(number(kind, count))
}

/// The place that a reference of the kind names.
fn place(kind: Kind, reference: u64) -> Option<u32> {
    let number = reference.checked_sub(kind as u64 * KINDS)?;
    u32::try_from(number.checked_sub(1)?).ok()
}

/// The place of a job in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::simulator) struct JobPlace(pub(super) u32);

impl JobPlace {
    pub(super) const fn reference(self) -> JobReference {
        JobReference::saturating(number(Kind::Job, self.0 as u64 + 1))
    }

    pub(super) fn of(job: JobReference) -> Option<Self> {
        place(Kind::Job, job.get()).map(Self)
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The place of a payment in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::simulator) struct PaymentPlace(pub(super) u32);

impl PaymentPlace {
    pub(super) const fn reference(self) -> PaymentReference {
        PaymentReference::saturating(number(Kind::Payment, self.0 as u64 + 1))
    }

    pub(super) fn of(payment: PaymentReference) -> Option<Self> {
        place(Kind::Payment, payment.get()).map(Self)
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}
