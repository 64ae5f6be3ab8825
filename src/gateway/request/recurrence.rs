//! Recurring payments: the parent that begins them, and its children.

use super::JobMeans;
use crate::error::Rule;
use crate::gateway::{JobReference, Timestamp};
use crate::value::rules;

word_value! {
    /// The reason why payments recur (section 4, `recurrenceType`).
    RecurrenceKind = "recurrence type";
    /// `Subscription`
    Subscription = "Subscription",
    /// `Instalment`
    Instalment = "Instalment",
    /// `Unscheduled`
    Unscheduled = "Unscheduled",
    /// `CustomerInitiated`
    CustomerInitiated = "CustomerInitiated",
}

text_value! {
    /// The end of recurring payments (section 4, `recurringExpiry`): a calendar date `yyyy-mm-dd`, or a
    /// [`Timestamp`].
    open RecurringExpiry(Box<str>) = "recurring expiry", |text| {
        let midnight = || Timestamp::try_from(format!("{text}T00:00:00").as_str());
        let right = Timestamp::try_from(text).or_else(|_| midnight()).is_ok();
        rules::require(right, Rule::CalendarDate)
    };
}

/// How payments recur (section 4, `recurrenceCriteria`).
///
/// ```
/// use cashflows_codec::gateway::request::{RecurrenceCriteria, RecurrenceKind};
///
/// let monthly = RecurrenceCriteria::subscription("2034-11-08".parse()?, 30);
/// assert_eq!(monthly.kind, RecurrenceKind::Subscription);
/// let thirteen = RecurrenceCriteria::instalment("2034-11-08".parse()?, 30, 13);
/// assert_eq!(thirteen.instalments, Some(13));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecurrenceCriteria {
    /// The reason why payments recur (`recurrenceType`).
    pub kind: RecurrenceKind,
    /// The end (`recurringExpiry`).
    pub expiry: Option<RecurringExpiry>,
    /// The number of days between two payments (`recurringFrequency`).
    pub frequency: Option<u32>,
    /// The number of instalments (`Instalments`), of [`RecurrenceKind::Instalment`] alone.
    pub instalments: Option<u32>,
}

impl RecurrenceCriteria {
    /// Payments at fixed times until `expiry`, every `frequency` days.
    #[must_use]
    pub const fn subscription(expiry: RecurringExpiry, frequency: u32) -> Self {
        Self::at_fixed_times(RecurrenceKind::Subscription, expiry, frequency, None)
    }

    /// One purchase, paid in so many `instalments` until `expiry`, every `frequency` days.
    #[must_use]
    pub const fn instalment(expiry: RecurringExpiry, frequency: u32, instalments: u32) -> Self {
        Self::at_fixed_times(RecurrenceKind::Instalment, expiry, frequency, Some(instalments))
    }

    const fn at_fixed_times(
        kind: RecurrenceKind,
        expiry: RecurringExpiry,
        frequency: u32,
        instalments: Option<u32>,
    ) -> Self {
        Self { kind, expiry: Some(expiry), frequency: Some(frequency), instalments }
    }

    /// Payments whenever there is something to pay.
    #[must_use]
    pub const fn unscheduled() -> Self {
        Self { kind: RecurrenceKind::Unscheduled, expiry: None, frequency: None, instalments: None }
    }

    /// Payments whenever the customer asks for one.
    #[must_use]
    pub const fn customer_initiated() -> Self {
        Self { kind: RecurrenceKind::CustomerInitiated, expiry: None, frequency: None, instalments: None }
    }

    /// Sets the end (`recurringExpiry`).
    #[must_use]
    pub fn with_expiry(mut self, expiry: RecurringExpiry) -> Self {
        self.expiry = Some(expiry);
        self
    }

    /// Sets the number of days between two payments (`recurringFrequency`).
    #[must_use]
    pub const fn with_frequency(mut self, days: u32) -> Self {
        self.frequency = Some(days);
        self
    }
}

/// The first of several payments (option `IsRecurringPaymentJobParent`, section 4). It is the only job
/// whose amount may be zero: then the card is verified only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parent {
    /// The page or the card by which it is paid.
    pub means: JobMeans,
    /// How payments recur from then on.
    pub criteria: RecurrenceCriteria,
}

impl Parent {
    /// A page or a card, and how payments recur from then on.
    #[must_use]
    pub fn new(means: impl Into<JobMeans>, criteria: RecurrenceCriteria) -> Self {
        Self { means: means.into(), criteria }
    }
}

/// A later one of several payments, by the card of the parent (section 4). The result comes at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Child {
    /// The job of the parent (`parentPaymentJobReference`).
    pub parent: JobReference,
    /// How payments recur, if that is said once more.
    pub criteria: Option<RecurrenceCriteria>,
}

impl Child {
    /// A payment that follows the job `parent`, and recurs as that says.
    #[must_use]
    pub const fn new(parent: JobReference) -> Self {
        Self { parent, criteria: None }
    }

    /// Says once more how payments recur.
    #[must_use]
    pub fn with_criteria(mut self, criteria: RecurrenceCriteria) -> Self {
        self.criteria = Some(criteria);
        self
    }
}
