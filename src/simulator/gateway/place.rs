//! What the gateway names things by: the first digit says what it is, the others count.

use crate::gateway::Reference;

/// What a reference is of.
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

/// The reference of the thing of a kind that has this number, counted from 1.
pub(super) const fn reference(kind: Kind, number: u64) -> Reference {
    Reference::saturating(kind as u64 * KINDS + number)
}

/// The place of what a reference names, if it is of the kind.
fn place(kind: Kind, reference: Reference) -> Option<u32> {
    let number = reference.get().checked_sub(kind as u64 * KINDS)?;
    u32::try_from(number.checked_sub(1)?).ok()
}

/// Where a job stands in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::simulator) struct JobPlace(pub(super) u32);

impl JobPlace {
    pub(super) const fn reference(self) -> Reference {
        reference(Kind::Job, self.0 as u64 + 1)
    }

    pub(super) fn of(job: Reference) -> Option<Self> {
        place(Kind::Job, job).map(Self)
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a payment stands in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::simulator) struct PaymentPlace(pub(super) u32);

impl PaymentPlace {
    pub(super) const fn reference(self) -> Reference {
        reference(Kind::Payment, self.0 as u64 + 1)
    }

    pub(super) fn of(payment: Reference) -> Option<Self> {
        place(Kind::Payment, payment).map(Self)
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}
