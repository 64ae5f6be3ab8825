//! What is not to be any more.

use crate::gateway::Reference;

/// Cancels a payment, all of it: `PATCH /api/gateway/payment-jobs/{job}/payments/{payment}/cancel`.
/// That is possible until midnight of the day on which it was paid; afterwards it is refunded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelPayment {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) payment: Reference,
}

impl CancelPayment {
    /// Of this payment of this job.
    #[must_use]
    pub const fn new(job: Reference, payment: Reference) -> Self {
        Self { job, payment }
    }

    /// The job.
    #[must_use]
    pub const fn job(&self) -> Reference {
        self.job
    }

    /// The payment.
    #[must_use]
    pub const fn payment(&self) -> Reference {
        self.payment
    }
}

/// Cancels a job: `PATCH /api/gateway/payment-jobs/{job}/cancel`. Payments that are complete stay;
/// no payment can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelJob {
    pub(in crate::gateway) job: Reference,
}

impl CancelJob {
    /// Of this job.
    #[must_use]
    pub const fn new(job: Reference) -> Self {
        Self { job }
    }

    /// The job.
    #[must_use]
    pub const fn job(&self) -> Reference {
        self.job
    }
}
