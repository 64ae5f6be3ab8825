//! What is not to be any more.

use crate::gateway::{Locale, Reference};

/// Cancels a payment, all of it: `PATCH /api/gateway/payment-jobs/{job}/payments/{payment}/cancel`.
/// That is possible until midnight of the day on which it was paid; afterwards it is refunded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelPayment {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) payment: Reference,
    pub(in crate::gateway) locale: Option<Locale>,
}

impl CancelPayment {
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

/// Cancels a job: `PATCH /api/gateway/payment-jobs/{job}/cancel`. Payments that are complete stay;
/// no payment can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelJob {
    pub(in crate::gateway) job: Reference,
    pub(in crate::gateway) locale: Option<Locale>,
}

impl CancelJob {
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
