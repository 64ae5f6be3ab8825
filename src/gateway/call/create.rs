//! Something new: a job, a token.

use crate::gateway::request::{PaymentJob, Tokenisation};

/// Creates a payment job: `POST /api/gateway/payment-jobs`.
///
/// Never send it twice because its answer was lost: there is no idempotency key. Ask with
/// [`FindOrder`](super::FindOrder) first whether the order arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateJob {
    pub(in crate::gateway) job: PaymentJob,
}

impl CreateJob {
    /// With this job.
    #[must_use]
    pub const fn new(job: PaymentJob) -> Self {
        Self { job }
    }

    /// The job.
    #[must_use]
    pub const fn job(&self) -> &PaymentJob {
        &self.job
    }

    /// The job.
    #[must_use]
    pub fn into_job(self) -> PaymentJob {
        self.job
    }
}

/// Asks for a token for a card: `POST /api/gateway/card-tokenisation`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokeniseCard {
    pub(in crate::gateway) card: Tokenisation,
}

impl TokeniseCard {
    /// For this card.
    #[must_use]
    pub const fn new(card: Tokenisation) -> Self {
        Self { card }
    }

    /// The card.
    #[must_use]
    pub const fn card(&self) -> &Tokenisation {
        &self.card
    }
}
