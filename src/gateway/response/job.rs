//! A payment job.

use super::attributes::JobAttributes;
use super::currency::AnyCurrency;
use super::flags::Flags;
use super::link::Links;
use super::order::OrderRecord;
use super::payment::Payment;
use super::reversal::{Reversal, ReversalStatus};
use super::text::{TimeText, UrlText};
use crate::gateway::{Decimal, JobReference, PaymentMethod, PaymentReference, PaymentStatus, Reference};
use crate::media::json::{KeptMembers, message};

message! {
    /// A payment job: what is to be paid, and the payments that have been made for it (section 5).
    ///
    /// **A payment ends, its job does not**: a job takes more payments after one has failed. What a job
    /// means for the money is its [`meaning`](Self::meaning).
    ///
    /// ```
    /// use cashflows_codec::gateway::response::{Job, Payment};
    /// use cashflows_codec::gateway::{JobMeaning, PaymentMeaning, PaymentStatus};
    ///
    /// let mut job = Job::new("210221017179873304".parse()?, PaymentStatus::Failed);
    /// job.payments = vec![Payment::new("210221117314091036".parse()?, PaymentStatus::Failed)];
    /// assert_eq!(job.payments[0].meaning(), PaymentMeaning::NotTaken);
    /// assert_eq!(job.meaning(), JobMeaning::Open);
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Job {
        /// The gateway's reference of the job.
        required "reference" => reference: JobReference,
        /// When the job was created.
        "createDateTimeUtc" => created: Option<TimeText>,
        /// `Payment` or `Credit`.
        "type" => job_type: Option<Box<str>>,
        /// The gateway's reference of all that it did for the job.
        "traceReference" => trace_reference: Option<Reference>,
        /// The configuration that the job was made with.
        number_too "configurationId" => configuration_id: Option<Box<str>>,
        /// The domain of the gateway.
        "domain" => domain: Option<Box<str>>,
        /// The language of texts, such as `en_GB`.
        "locale" => locale: Option<Box<str>>,
        /// The time zone, such as `Europe/London`.
        "timeZone" => time_zone: Option<Box<str>>,
        /// The order.
        "order" => order: Option<OrderRecord>,
        /// Earlier states of the order, of which no page says what they look like.
        "orderHistory" => order_history: Option<Vec<KeptMembers>>,
        /// The parent of a child.
        "parentPaymentJobReference" => parent_reference: Option<JobReference>,
        /// The payment methods that the shopper may choose from.
        "paymentMethodsToUse" => payment_methods_to_use: Vec<PaymentMethod>,
        /// The address that the payment page shows.
        "displayUrl" => display_url: Option<UrlText>,
        /// The currency of all amounts of the job.
        "currency" => currency: Option<AnyCurrency>,
        /// The amount that is to be paid.
        "amountToCollect" => amount_to_collect: Option<Decimal>,
        /// The amount that was collected: not counted by the [meaning](Self::meaning).
        "amountCollected" => amount_collected: Option<Decimal>,
        /// The amount that was paid: not counted by the [meaning](Self::meaning).
        "paidAmount" => paid_amount: Option<Decimal>,
        /// When the job was paid.
        "paidDateTimeUtc" => paid: Option<TimeText>,
        /// When the job expires, six months after its creation unless the request said otherwise.
        "expirationDateTimeUtc" => expires: Option<TimeText>,
        /// Until when a payment by the API has to be complete, ten minutes after its creation.
        "dueDateTimeUtc" => due: Option<TimeText>,
        /// When the job was changed last.
        "lastUpdateTimeUtc" => last_update: Option<TimeText>,
        /// When the job was processed last.
        "lastProcessedTimeUtc" => last_processed: Option<TimeText>,
        /// The flags of the job.
        "flags" => flags: Flags,
        /// Notification URL and payment page.
        "attributes" => attributes: JobAttributes,
        /// The status of the job itself, which does not tell alone: see [`meaning`](Self::meaning).
        required "paymentStatus" => payment_status: PaymentStatus,
        /// The payments of the job, in their order.
        decides "payments" => payments: Vec<Payment>,
        /// The reversals of payments of the job, chargebacks say.
        decides_unless_empty "reversals" => reversals: Vec<Reversal>,
        /// How much of the job is reversed.
        "reversalStatus" => reversal_status: Option<ReversalStatus>,
        /// How the job recurs, as the request said.
        "recurrenceCriteria" => recurrence_criteria: Option<KeptMembers>,
        /// Links that some gateways write here, not beside the data.
        "links" => links: Option<Box<Links>>,
    }
}

impl Job {
    /// The payment with a reference.
    #[must_use]
    pub fn payment(&self, reference: PaymentReference) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.reference == reference)
    }
}
