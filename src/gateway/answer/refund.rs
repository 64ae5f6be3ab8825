//! A refund of a payment.

use super::attributes::Attributes;
use super::currency::AnyCurrency;
use super::step::Step;
use super::text::{NumberText, TimeText};
use super::write;
use crate::gateway::{Decimal, Reference};
use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};

open_words! {
    /// The status of a refund or a capture (section 5). The list is open; a word that is not on it is
    /// kept, and does not say that the money went anywhere.
    CompletionStatus or UnlistedCompletionStatus = "status of a refund or capture";
    /// `Pending`: not done yet.
    Pending = "Pending",
    /// `Completed`: done.
    Completed = "Completed",
    /// `Failed`: not done, and will not be.
    Failed = "Failed",
}

/// A refund of a payment (section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refund {
    /// The gateway's name of it.
    pub reference: Reference,
    /// When it was asked for.
    pub created: Option<TimeText>,
    /// The merchant's number of it. It need not be unique.
    pub number: Option<Box<str>>,
    /// What became of it.
    pub status: CompletionStatus,
    /// How much is paid back.
    pub amount: Option<Decimal>,
    /// The amount in the shopper's currency.
    pub converted_amount: Option<NumberText>,
    /// The shopper's currency.
    pub converted_currency: Option<AnyCurrency>,
    /// The rate of the conversion.
    pub conversion_rate: Option<NumberText>,
    /// What happened to it, in its order.
    pub steps: Vec<Step>,
    /// What else is known of it: transaction id, acquiring details.
    pub attributes: Attributes,
    unlisted: KeptMembers,
}

impl Refund {
    /// A refund of which nothing more is known.
    #[must_use]
    pub fn new(reference: Reference, status: CompletionStatus) -> Self {
        Self {
            reference,
            created: None,
            number: None,
            status,
            amount: None,
            converted_amount: None,
            converted_currency: None,
            conversion_rate: None,
            steps: Vec::new(),
            attributes: Attributes::new(),
            unlisted: KeptMembers::new(),
        }
    }

    /// Members that nobody listed.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }
}

impl ReadJson for Refund {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let mut refund = Self::new(object.required("reference")?, object.required("status")?);
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "reference" | "status" => {}
                "createDateTimeUtc" => refund.created = value.optional()?,
                "refundNumber" => refund.number = value.optional()?,
                "amountToRefund" => refund.amount = value.optional()?,
                "convertedAmount" => refund.converted_amount = value.optional()?,
                "convertedCurrency" => refund.converted_currency = value.optional()?,
                "conversionRate" => refund.conversion_rate = value.optional()?,
                "steps" => refund.steps = value.optional()?.unwrap_or_default(),
                "attributes" => refund.attributes = value.optional()?.unwrap_or_default(),
                _ => unlisted.push((name, value)),
            }
        }
        refund.unlisted = KeptMembers::found(&unlisted);
        Ok(refund)
    }
}

impl WriteJson for Refund {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            write::number(members, "reference", self.reference);
            members.optional("createDateTimeUtc", self.created.as_ref());
            members.optional("refundNumber", self.number.as_ref());
            members.text("status", self.status.as_str());
            write::optional_number(members, "amountToRefund", self.amount);
            members.optional("convertedAmount", self.converted_amount.as_ref());
            members.optional("convertedCurrency", self.converted_currency.as_ref());
            members.optional("conversionRate", self.conversion_rate.as_ref());
            write::list(members, "steps", &self.steps);
            self.attributes.write(members.member("attributes"));
            self.unlisted.write_into(members);
        });
    }
}

impl ReadJson for CompletionStatus {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.text().map(|text| Self::from(&*text))
    }
}
