//! A payment of a job.

use super::attributes::Attributes;
use super::capture::Capture;
use super::currency::AnyCurrency;
use super::flags::Flags;
use super::refund::Refund;
use super::report::ErrorReport;
use super::step::Step;
use super::text::{NumberText, TimeText};
use super::write;
use crate::gateway::{Decimal, PaymentMeaning, PaymentMethod, PaymentStatus, Reference};
use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};

/// A payment: one attempt to pay a job (section 5).
///
/// **Amounts are no sign of money, the status is**: a cancelled payment keeps its paid amount.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// The gateway's name of it.
    pub reference: Reference,
    /// When it was begun.
    pub created: Option<TimeText>,
    /// By what the shopper pays.
    pub payment_methods: Vec<PaymentMethod>,
    /// What became of it: see [`meaning`](Self::meaning).
    pub status: PaymentStatus,
    /// How much is to be paid.
    pub amount_to_collect: Option<Decimal>,
    /// How much is added to it.
    pub surcharge_amount: Option<NumberText>,
    /// How much was paid, of a payment that may have been cancelled since.
    pub paid_amount: Option<Decimal>,
    /// The total in the shopper's currency.
    pub converted_total_amount: Option<NumberText>,
    /// The shopper's currency.
    pub converted_currency: Option<AnyCurrency>,
    /// The rate of the conversion.
    pub conversion_rate: Option<NumberText>,
    /// What happened to it, in its order.
    pub steps: Vec<Step>,
    /// What it is marked with.
    pub flags: Flags,
    /// What else is known of it: transaction id, acquiring details, token.
    pub attributes: Attributes,
    /// What was refunded of it.
    pub refunds: Vec<Refund>,
    /// What was captured of it.
    pub captures: Vec<Capture>,
    /// What went wrong last.
    pub last_error_report: Option<ErrorReport>,
    unlisted: KeptMembers,
}

impl Payment {
    /// A payment of which nothing more is known.
    #[must_use]
    pub fn new(reference: Reference, status: PaymentStatus) -> Self {
        Self {
            reference,
            created: None,
            payment_methods: Vec::new(),
            status,
            amount_to_collect: None,
            surcharge_amount: None,
            paid_amount: None,
            converted_total_amount: None,
            converted_currency: None,
            conversion_rate: None,
            steps: Vec::new(),
            flags: Flags::new(),
            attributes: Attributes::new(),
            refunds: Vec::new(),
            captures: Vec::new(),
            last_error_report: None,
            unlisted: KeptMembers::new(),
        }
    }

    /// What the payment's status means for its money.
    #[must_use]
    pub const fn meaning(&self) -> PaymentMeaning {
        self.status.meaning()
    }

    /// The refunds with a number. Shops repeat refund numbers, so look at amount and time too.
    pub fn refunds_numbered<'p>(&'p self, number: &'p str) -> impl Iterator<Item = &'p Refund> {
        self.refunds.iter().filter(move |refund| refund.number.as_deref() == Some(number))
    }

    /// Members that nobody listed, and such that nobody described, `abuseReport`.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }
}

impl ReadJson for Payment {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let mut payment = Self::new(object.required("reference")?, object.required("status")?);
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "reference" | "status" => {}
                "createDateTimeUtc" => payment.created = value.optional()?,
                "paymentMethods" => payment.payment_methods = value.optional()?.unwrap_or_default(),
                "amountToCollect" => payment.amount_to_collect = value.optional()?,
                "surchargeAmount" => payment.surcharge_amount = value.optional()?,
                "paidAmount" => payment.paid_amount = value.optional()?,
                "convertedTotalAmount" => payment.converted_total_amount = value.optional()?,
                "convertedCurrency" => payment.converted_currency = value.optional()?,
                "conversionRate" => payment.conversion_rate = value.optional()?,
                "steps" => payment.steps = value.optional()?.unwrap_or_default(),
                "flags" => payment.flags = value.optional()?.unwrap_or_default(),
                "attributes" => payment.attributes = value.optional()?.unwrap_or_default(),
                "refunds" => payment.refunds = value.optional()?.unwrap_or_default(),
                "captures" => payment.captures = value.optional()?.unwrap_or_default(),
                "lastErrorReport" => payment.last_error_report = value.optional()?,
                _ => unlisted.push((name, value)),
            }
        }
        payment.unlisted = KeptMembers::found(&unlisted);
        Ok(payment)
    }
}

impl WriteJson for Payment {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            write::number(members, "reference", self.reference);
            members.optional("createDateTimeUtc", self.created.as_ref());
            write::words(members, "paymentMethods", &self.payment_methods);
            members.text("status", self.status.as_str());
            write::optional_number(members, "amountToCollect", self.amount_to_collect);
            members.optional("surchargeAmount", self.surcharge_amount.as_ref());
            write::optional_number(members, "paidAmount", self.paid_amount);
            let converted = self.converted_total_amount.as_ref();
            members.optional("convertedTotalAmount", converted);
            members.optional("convertedCurrency", self.converted_currency.as_ref());
            members.optional("conversionRate", self.conversion_rate.as_ref());
            write::list(members, "steps", &self.steps);
            self.flags.write(members.member("flags"));
            self.attributes.write(members.member("attributes"));
            write::list(members, "refunds", &self.refunds);
            write::list(members, "captures", &self.captures);
            write::optional(members, "lastErrorReport", self.last_error_report.as_ref());
            self.unlisted.write_into(members);
        });
    }
}
