//! Something new: a job, a token.

use crate::gateway::Locale;
use crate::gateway::request::{PaymentJob, Tokenisation};

/// Creates a payment job: `POST /api/gateway/payment-jobs`.
///
/// Never send it twice because its answer was lost: there is no idempotency key. Ask with
/// [`FindOrder`](super::FindOrder) first whether the order arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateJob {
    pub(in crate::gateway) job: PaymentJob,
    pub(in crate::gateway) locale: Option<Locale>,
}

impl CreateJob {
    /// With this job.
    #[must_use]
    pub const fn new(job: PaymentJob) -> Self {
        Self { job, locale: None }
    }

    /// Asks for texts in a language (query `locale`).
    #[must_use]
    pub fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = Some(locale);
        self
    }

    /// The language that is asked for, if one is.
    #[must_use]
    pub const fn locale(&self) -> Option<&Locale> {
        self.locale.as_ref()
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
    pub(in crate::gateway) locale: Option<Locale>,
}

impl TokeniseCard {
    /// For this card.
    #[must_use]
    pub const fn new(card: Tokenisation) -> Self {
        Self { card, locale: None }
    }

    /// Asks for texts in a language (query `locale`).
    #[must_use]
    pub fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = Some(locale);
        self
    }

    /// The language that is asked for, if one is.
    #[must_use]
    pub const fn locale(&self) -> Option<&Locale> {
        self.locale.as_ref()
    }

    /// The card.
    #[must_use]
    pub const fn card(&self) -> &Tokenisation {
        &self.card
    }
}
