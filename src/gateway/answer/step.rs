//! What happened to a payment, refund or capture, one thing after the other.

use super::text::TimeText;
use super::write;
use crate::gateway::{Decimal, PaymentMethod, Reference};
use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};

open_words! {
    /// What a step did (section 5). The list is open.
    StepAction or UnlistedStepAction = "action of a step";
    /// `DisplayHostedPage`
    DisplayHostedPage = "DisplayHostedPage",
    /// `PaymentMethodSelection`
    PaymentMethodSelection = "PaymentMethodSelection",
    /// `Start`
    Start = "Start",
    /// `Process`
    Process = "Process",
    /// `BackgroundProcess`
    BackgroundProcess = "BackgroundProcess",
    /// `Capture`
    Capture = "Capture",
    /// `Refund`
    Refund = "Refund",
    /// `Cancel`
    Cancel = "Cancel",
}

open_words! {
    /// How a step ended. The list is open.
    ///
    /// It is history, not the state of the payment: a cancelled payment still has a step that says
    /// `Paid`. So it has no meaning for the money; the payment's [status](crate::gateway::PaymentStatus) has.
    StepStatus or UnlistedStepStatus = "status of a step";
    /// `Pending`
    Pending = "Pending",
    /// `Paid`
    Paid = "Paid",
    /// `Reserved`
    Reserved = "Reserved",
    /// `Verified`
    Verified = "Verified",
    /// `Completed`
    Completed = "Completed",
    /// `Cancelled`
    Cancelled = "Cancelled",
    /// `Failed`
    Failed = "Failed",
}

/// A step of a payment, a refund or a capture (section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The gateway's name of it.
    pub reference: Reference,
    /// When it began.
    pub created: Option<TimeText>,
    /// What it did.
    pub action: Option<StepAction>,
    /// By what the shopper pays; none for steps of refunds.
    pub payment_methods: Option<Vec<PaymentMethod>>,
    /// How it ended.
    pub status: Option<StepStatus>,
    /// The amount that it was about.
    pub amount_to_collect: Option<Decimal>,
    /// In words.
    pub description: Option<Box<str>>,
    /// What came of it, for steps of refunds.
    pub result_attributes: Option<KeptMembers>,
    unlisted: KeptMembers,
}

impl Step {
    /// A step of which nothing more is known.
    #[must_use]
    pub fn new(reference: Reference) -> Self {
        Self {
            reference,
            created: None,
            action: None,
            payment_methods: None,
            status: None,
            amount_to_collect: None,
            description: None,
            result_attributes: None,
            unlisted: KeptMembers::new(),
        }
    }

    /// Members that nobody listed.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }
}

impl ReadJson for Step {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let mut step = Self::new(object.required("reference")?);
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "reference" => {}
                "createDateTimeUtc" => step.created = value.optional()?,
                "action" => step.action = value.optional()?,
                "paymentMethods" => step.payment_methods = value.optional()?,
                "status" => step.status = value.optional()?,
                "amountToCollect" => step.amount_to_collect = value.optional()?,
                "description" => step.description = value.optional()?,
                "resultAttributes" => step.result_attributes = value.optional()?,
                _ => unlisted.push((name, value)),
            }
        }
        step.unlisted = KeptMembers::found(&unlisted);
        Ok(step)
    }
}

impl WriteJson for Step {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            write::number(members, "reference", self.reference);
            members.optional("createDateTimeUtc", self.created.as_ref());
            members.optional("action", self.action.as_ref());
            if let Some(methods) = &self.payment_methods {
                write::words(members, "paymentMethods", methods);
            }
            members.optional("status", self.status.as_ref());
            write::optional_number(members, "amountToCollect", self.amount_to_collect);
            members.optional("description", self.description.as_ref());
            write::optional(members, "resultAttributes", self.result_attributes.as_ref());
            self.unlisted.write_into(members);
        });
    }
}

impl ReadJson for StepAction {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.text().map(|text| Self::from(&*text))
    }
}

impl ReadJson for StepStatus {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.text().map(|text| Self::from(&*text))
    }
}
