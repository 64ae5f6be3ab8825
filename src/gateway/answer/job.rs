//! A payment job.

use std::time::SystemTime;

use super::attributes::JobAttributes;
use super::currency::AnyCurrency;
use super::flags::Flags;
use super::order::OrderRecord;
use super::payment::Payment;
use super::text::{TimeText, UrlText};
use super::write;
use crate::gateway::{Decimal, JobMeaning, PaymentMeaning, PaymentMethod, PaymentStatus, Reference};
use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};

/// A payment job: what is to be paid, and the payments that have been made for it (section 5).
///
/// **A payment ends, its job does not**: a job takes more payments after one has failed. What a job
/// means for the money is its [`meaning`](Self::meaning).
///
/// ```
/// use cashflows_codec::gateway::answer::{Job, Payment};
/// use cashflows_codec::gateway::{JobMeaning, PaymentMeaning, PaymentStatus};
///
/// let mut job = Job::new("210221017179873304".parse()?, PaymentStatus::Failed);
/// job.payments = vec![Payment::new("210221117314091036".parse()?, PaymentStatus::Failed)];
/// assert_eq!(job.payments[0].meaning(), PaymentMeaning::NotTaken);
/// assert_eq!(job.meaning(), JobMeaning::Open);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Job {
    /// The gateway's name of it.
    pub reference: Reference,
    /// When it was created.
    pub created: Option<TimeText>,
    /// `Payment` or `Credit`.
    pub job_type: Option<Box<str>>,
    /// The gateway's name of what it did for the merchant's call.
    pub trace_reference: Option<Reference>,
    /// The configuration that it was made with.
    pub configuration_id: Option<Box<str>>,
    /// The domain of the gateway.
    pub domain: Option<Box<str>>,
    /// The language of texts.
    pub locale: Option<Box<str>>,
    /// The time zone, such as `Europe/London`.
    pub time_zone: Option<Box<str>>,
    /// What is ordered.
    pub order: Option<OrderRecord>,
    /// Of a child, the job that it continues.
    pub parent_reference: Option<Reference>,
    /// By what the shopper may pay.
    pub payment_methods_to_use: Vec<PaymentMethod>,
    /// The address that the payment page shows.
    pub display_url: Option<UrlText>,
    /// The currency of all of its amounts.
    pub currency: Option<AnyCurrency>,
    /// How much is to be paid.
    pub amount_to_collect: Option<Decimal>,
    /// How much of that was collected: no sign of money, the meaning is.
    pub amount_collected: Option<Decimal>,
    /// How much was paid: no sign of money, the meaning is.
    pub paid_amount: Option<Decimal>,
    /// When it was paid.
    pub paid: Option<TimeText>,
    /// When it expires, six months after its creation unless the request said otherwise.
    pub expires: Option<TimeText>,
    /// Until when a payment by the API has to be complete, ten minutes after its creation.
    pub due: Option<TimeText>,
    /// When it was changed last.
    pub last_update: Option<TimeText>,
    /// When it was processed last.
    pub last_processed: Option<TimeText>,
    /// What it is marked with.
    pub flags: Flags,
    /// What else is known of it.
    pub attributes: JobAttributes,
    /// Its own status, which alone does not tell: see [`meaning`](Self::meaning).
    pub payment_status: PaymentStatus,
    /// The payments that have been made for it, in their order.
    pub payments: Vec<Payment>,
    /// How it recurs, as the request said.
    pub recurrence_criteria: Option<KeptMembers>,
    unlisted: KeptMembers,
}

impl Job {
    /// A job of which nothing more is known.
    #[must_use]
    pub fn new(reference: Reference, payment_status: PaymentStatus) -> Self {
        Self {
            reference,
            created: None,
            job_type: None,
            trace_reference: None,
            configuration_id: None,
            domain: None,
            locale: None,
            time_zone: None,
            order: None,
            parent_reference: None,
            payment_methods_to_use: Vec::new(),
            display_url: None,
            currency: None,
            amount_to_collect: None,
            amount_collected: None,
            paid_amount: None,
            paid: None,
            expires: None,
            due: None,
            last_update: None,
            last_processed: None,
            flags: Flags::new(),
            attributes: JobAttributes::new(),
            payment_status,
            payments: Vec::new(),
            recurrence_criteria: None,
            unlisted: KeptMembers::new(),
        }
    }

    /// What its status and those of its payments mean together: the table is at [`JobMeaning`].
    #[must_use]
    pub fn meaning(&self) -> JobMeaning {
        JobMeaning::of(&self.payment_status, self.payments.iter().map(|payment| &payment.status))
    }

    /// The same, for those who know what time it is: a job whose payments have all ended without money is
    /// open until it expires, and not taken afterwards.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use cashflows_codec::gateway::answer::Job;
    /// use cashflows_codec::gateway::{JobMeaning, PaymentStatus};
    ///
    /// let mut job = Job::new("210221017179873304".parse()?, PaymentStatus::Failed);
    /// job.expires = Some("2021-08-18T11:04:38.2907396Z".into());
    /// let day = |day: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86_400);
    /// assert_eq!(job.meaning_at(day(18_857)), JobMeaning::Open); // 2021-08-18, midnight
    /// assert_eq!(job.meaning_at(day(18_858)), JobMeaning::NotTaken);
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn meaning_at(&self, now: SystemTime) -> JobMeaning {
        let statuses = self.payments.iter().map(|payment| &payment.status).chain([&self.payment_status]);
        let ended = statuses.map(PaymentStatus::meaning).all(|meaning| meaning == PaymentMeaning::NotTaken);
        let expires = self.expires.as_ref().and_then(TimeText::timestamp);
        let expires = expires.and_then(|time| time.to_system_time());
        match self.meaning() {
            JobMeaning::Open if ended && expires.is_some_and(|expires| expires <= now) => {
                JobMeaning::NotTaken
            }
            meaning => meaning,
        }
    }

    /// The payment with a reference.
    #[must_use]
    pub fn payment(&self, reference: Reference) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.reference == reference)
    }

    /// Members that nobody listed, and such that nobody described: `orderHistory`.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }
}

impl ReadJson for Job {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let mut job = Self::new(object.required("reference")?, object.required("paymentStatus")?);
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "reference" | "paymentStatus" => {}
                "createDateTimeUtc" => job.created = value.optional()?,
                "type" => job.job_type = value.optional()?,
                "traceReference" => job.trace_reference = value.optional()?,
                "configurationId" => job.configuration_id = value.optional()?,
                "domain" => job.domain = value.optional()?,
                "locale" => job.locale = value.optional()?,
                "timeZone" => job.time_zone = value.optional()?,
                "order" => job.order = value.optional()?,
                "parentPaymentJobReference" => job.parent_reference = value.optional()?,
                "paymentMethodsToUse" => {
                    job.payment_methods_to_use = value.optional()?.unwrap_or_default();
                }
                "displayUrl" => job.display_url = value.optional()?,
                "currency" => job.currency = value.optional()?,
                "amountToCollect" => job.amount_to_collect = value.optional()?,
                "amountCollected" => job.amount_collected = value.optional()?,
                "paidAmount" => job.paid_amount = value.optional()?,
                "paidDateTimeUtc" => job.paid = value.optional()?,
                "expirationDateTimeUtc" => job.expires = value.optional()?,
                "dueDateTimeUtc" => job.due = value.optional()?,
                "lastUpdateTimeUtc" => job.last_update = value.optional()?,
                "lastProcessedTimeUtc" => job.last_processed = value.optional()?,
                "flags" => job.flags = value.optional()?.unwrap_or_default(),
                "attributes" => job.attributes = value.optional()?.unwrap_or_default(),
                "payments" => job.payments = value.optional()?.unwrap_or_default(),
                "recurrenceCriteria" => job.recurrence_criteria = value.optional()?,
                _ => unlisted.push((name, value)),
            }
        }
        job.unlisted = KeptMembers::found(&unlisted);
        Ok(job)
    }
}

impl WriteJson for Job {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            write::number(members, "reference", self.reference);
            members.optional("createDateTimeUtc", self.created.as_ref());
            members.optional("type", self.job_type.as_ref());
            write::optional_number(members, "traceReference", self.trace_reference);
            members.optional("configurationId", self.configuration_id.as_ref());
            members.optional("domain", self.domain.as_ref());
            members.optional("locale", self.locale.as_ref());
            members.optional("timeZone", self.time_zone.as_ref());
            write::optional(members, "order", self.order.as_ref());
            write::optional_number(members, "parentPaymentJobReference", self.parent_reference);
            write::words(members, "paymentMethodsToUse", &self.payment_methods_to_use);
            members.optional("displayUrl", self.display_url.as_ref());
            members.optional("currency", self.currency.as_ref());
            write::optional_number(members, "amountToCollect", self.amount_to_collect);
            write::optional_number(members, "amountCollected", self.amount_collected);
            write::optional_number(members, "paidAmount", self.paid_amount);
            members.optional("paidDateTimeUtc", self.paid.as_ref());
            members.optional("expirationDateTimeUtc", self.expires.as_ref());
            members.optional("dueDateTimeUtc", self.due.as_ref());
            members.optional("lastUpdateTimeUtc", self.last_update.as_ref());
            members.optional("lastProcessedTimeUtc", self.last_processed.as_ref());
            self.flags.write(members.member("flags"));
            self.attributes.write(members.member("attributes"));
            members.text("paymentStatus", self.payment_status.as_str());
            write::list(members, "payments", &self.payments);
            write::optional(members, "recurrenceCriteria", self.recurrence_criteria.as_ref());
            self.unlisted.write_into(members);
        });
    }
}
