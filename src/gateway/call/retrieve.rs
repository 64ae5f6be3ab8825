//! What became of a job or a payment.

use crate::gateway::Reference;

/// Retrieves a job with its payments: `GET /api/gateway/payment-jobs/{job}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetrieveJob {
    pub(in crate::gateway) job: Reference,
}

impl RetrieveJob {
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

/// Retrieves one payment of a job: `GET /api/gateway/payment-jobs/{job}/payments/{payment}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetrievePayment {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) payment: Reference,
}

impl RetrievePayment {
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
