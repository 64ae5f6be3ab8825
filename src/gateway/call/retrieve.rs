//! What became of a job or a payment.

use crate::gateway::{Locale, Reference};

/// Retrieves a job with its payments: `GET /api/gateway/payment-jobs/{job}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetrieveJob {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) locale: Option<Locale>,
}

impl RetrieveJob {
    /// Of this job.
    #[must_use]
    pub const fn new(job: Reference) -> Self {
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
    pub const fn job(&self) -> Reference {
        self.job
    }
}

/// Retrieves one payment of a job: `GET /api/gateway/payment-jobs/{job}/payments/{payment}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetrievePayment {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) payment: Reference,
    pub(in crate::gateway) locale: Option<Locale>,
}

impl RetrievePayment {
    /// Of this payment of this job.
    #[must_use]
    pub const fn new(job: Reference, payment: Reference) -> Self {
        Self { job, payment, locale: None }
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
    pub const fn job(&self) -> Reference {
        self.job
    }

    /// The payment.
    #[must_use]
    pub const fn payment(&self) -> Reference {
        self.payment
    }
}
