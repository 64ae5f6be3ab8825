//! Payments that recur: the parent that begins them and its children.

use super::{Card, ExternalThreeDs, HostedPage, Moto, StoredCard, Wallet};
use crate::error::Rule;
use crate::gateway::{Reference, Timestamp};
use crate::value::rules;

word_value! {
    /// Why payments recur (section 4, `recurrenceType`).
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
    /// When payments stop to recur (section 4, `recurringExpiry`): a calendar date `yyyy-mm-dd`, or a
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
/// assert_eq!(monthly.kind(), RecurrenceKind::Subscription);
/// let thirteen = RecurrenceCriteria::instalment("2034-11-08".parse()?, 30, 13);
/// assert_eq!(thirteen.instalments(), Some(13));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurrenceCriteria {
    pub(super) kind: RecurrenceKind,
    pub(super) expiry: Option<RecurringExpiry>,
    pub(super) frequency: Option<u32>,
    pub(super) instalments: Option<u32>,
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

    /// Sets until when (`recurringExpiry`).
    #[must_use]
    pub fn with_expiry(mut self, expiry: RecurringExpiry) -> Self {
        self.expiry = Some(expiry);
        self
    }

    /// Sets after how many days again (`recurringFrequency`).
    #[must_use]
    pub const fn with_frequency(mut self, days: u32) -> Self {
        self.frequency = Some(days);
        self
    }

    /// Why (`recurrenceType`).
    #[must_use]
    pub const fn kind(&self) -> RecurrenceKind {
        self.kind
    }

    /// Until when (`recurringExpiry`), if it is said.
    #[must_use]
    pub const fn expiry(&self) -> Option<&RecurringExpiry> {
        self.expiry.as_ref()
    }

    /// After how many days again (`recurringFrequency`), if it is said.
    #[must_use]
    pub const fn frequency(&self) -> Option<u32> {
        self.frequency
    }

    /// How many instalments (`Instalments`); only of [`RecurrenceKind::Instalment`].
    #[must_use]
    pub const fn instalments(&self) -> Option<u32> {
        self.instalments
    }
}

/// By what the first of several payments is made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParentMeans {
    /// The hosted page asks for the card.
    HostedPage(HostedPage),
    /// A card or token.
    Card(Card),
    /// A card or token, by mail or telephone.
    Moto(Moto),
    /// A card whose holder was authenticated elsewhere.
    ExternalThreeDs(ExternalThreeDs),
    /// A card out of a wallet.
    Wallet(Wallet),
    /// A card that was stored before, without its security code.
    StoredCard(StoredCard),
}

impl From<HostedPage> for ParentMeans {
    fn from(page: HostedPage) -> Self {
        Self::HostedPage(page)
    }
}

impl From<Card> for ParentMeans {
    fn from(card: Card) -> Self {
        Self::Card(card)
    }
}

impl From<Moto> for ParentMeans {
    fn from(card: Moto) -> Self {
        Self::Moto(card)
    }
}

impl From<ExternalThreeDs> for ParentMeans {
    fn from(card: ExternalThreeDs) -> Self {
        Self::ExternalThreeDs(card)
    }
}

impl From<StoredCard> for ParentMeans {
    fn from(card: StoredCard) -> Self {
        Self::StoredCard(card)
    }
}

impl From<Wallet> for ParentMeans {
    fn from(card: Wallet) -> Self {
        Self::Wallet(card)
    }
}

/// The first of several payments (option `IsRecurringPaymentJobParent`, section 4). It is the only job
/// whose amount may be nothing: then the card is verified only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    pub(super) means: ParentMeans,
    pub(super) criteria: RecurrenceCriteria,
}

impl Parent {
    /// By what it is paid, and how payments recur from then on.
    #[must_use]
    pub fn new(means: impl Into<ParentMeans>, criteria: RecurrenceCriteria) -> Self {
        Self { means: means.into(), criteria }
    }

    /// By what it is paid.
    #[must_use]
    pub const fn means(&self) -> &ParentMeans {
        &self.means
    }

    /// How payments recur from then on.
    #[must_use]
    pub const fn criteria(&self) -> &RecurrenceCriteria {
        &self.criteria
    }
}

/// A later one of several payments, by the card of the parent (section 4). The result comes at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    pub(super) parent: Reference,
    pub(super) criteria: Option<RecurrenceCriteria>,
}

impl Child {
    /// A payment that follows the job `parent`, and recurs as that says.
    #[must_use]
    pub const fn new(parent: Reference) -> Self {
        Self { parent, criteria: None }
    }

    /// Says once more how payments recur.
    #[must_use]
    pub fn with_criteria(mut self, criteria: RecurrenceCriteria) -> Self {
        self.criteria = Some(criteria);
        self
    }

    /// The parent's job (`parentPaymentJobReference`).
    #[must_use]
    pub const fn parent(&self) -> Reference {
        self.parent
    }

    /// How payments recur, if it is said once more.
    #[must_use]
    pub const fn criteria(&self) -> Option<&RecurrenceCriteria> {
        self.criteria.as_ref()
    }
}
