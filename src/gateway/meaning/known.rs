//! Knowledge of the caller that is not in the response.

use std::time::SystemTime;

use crate::gateway::Operation;

/// The knowledge of a caller about a job, beside the response. It helps to tell a job that is over from one that
/// may still be paid.
///
/// ```
/// use cashflows_codec::gateway::response::Job;
/// use cashflows_codec::gateway::{JobMeaning, Known, Operation, PaymentStatus};
///
/// let job = Job::new("210221017179873304".parse()?, PaymentStatus::Cancelled);
/// // A shopper who cancels a payment leaves this behind, and may pay with another card.
/// assert_eq!(job.meaning(), JobMeaning::Open);
/// let known = Known::new().answer_to(Operation::CancelJob);
/// assert_eq!(job.meaning_with(&known), JobMeaning::NotTaken);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub(super) now: Option<SystemTime>,
    pub(super) is_cancelled: bool,
}

impl Known {
    /// Nothing but the answer.
    #[must_use]
    pub const fn new() -> Self {
        Self { now: None, is_cancelled: false }
    }

    /// The time, by the caller's clock: a job may have expired.
    #[must_use]
    pub const fn at(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }

    /// The call that the job is the answer to. One that cancels the job tells that it is over.
    #[must_use]
    pub const fn answer_to(self, operation: Operation) -> Self {
        match operation {
            Operation::CancelJob => self.with_job_cancelled(),
            _ => self,
        }
    }

    /// The cancellation of the job was answered 200, now or before.
    #[must_use]
    pub const fn with_job_cancelled(mut self) -> Self {
        self.is_cancelled = true;
        self
    }
}
