//! What is done with a payment that was made.

use crate::gateway::Reference;
use crate::gateway::request::{CaptureRequest, RefundRequest};

/// Pays money back: `POST /api/gateway/payment-jobs/{job}/payments/{payment}/refunds`.
///
/// Never send it twice because its answer was lost: there is no idempotency key. Retrieve the payment
/// and look for the refund's number first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundPayment {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) payment: Reference,
    pub(in crate::gateway) refund: RefundRequest,
}

impl RefundPayment {
    /// For this payment of this job.
    #[must_use]
    pub const fn new(job: Reference, payment: Reference, refund: RefundRequest) -> Self {
        Self { job, payment, refund }
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

    /// What is paid back.
    #[must_use]
    pub const fn refund(&self) -> &RefundRequest {
        &self.refund
    }
}

/// Captures what was reserved: `POST /api/gateway/payment-jobs/{job}/payments/{payment}/captures`.
///
/// If the answer was lost, retrieve the payment and look among its captures first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturePayment {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) payment: Reference,
    pub(in crate::gateway) capture: CaptureRequest,
}

impl CapturePayment {
    /// For this payment of this job.
    #[must_use]
    pub const fn new(job: Reference, payment: Reference, capture: CaptureRequest) -> Self {
        Self { job, payment, capture }
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

    /// What is captured.
    #[must_use]
    pub const fn capture(&self) -> &CaptureRequest {
        &self.capture
    }
}
