//! A capture of a payment.

use super::attributes::Attributes;
use super::currency::AnyCurrency;
use super::refund::CompletionStatus;
use super::step::Step;
use super::text::{NumberText, TimeText};
use super::write;
use crate::gateway::{Decimal, Reference};
use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};

/// A capture of a reserved payment (section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capture {
    /// The gateway's name of it.
    pub reference: Reference,
    /// When it was asked for.
    pub created: Option<TimeText>,
    /// What became of it.
    pub status: CompletionStatus,
    /// How much is captured.
    pub amount: Option<Decimal>,
    /// Whether no more is captured after it.
    pub is_final: Option<bool>,
    /// The amount in the shopper's currency.
    pub converted_amount: Option<NumberText>,
    /// The shopper's currency.
    pub converted_currency: Option<AnyCurrency>,
    /// The rate of the conversion.
    pub conversion_rate: Option<NumberText>,
    /// What happened to it, in its order; the example has none.
    pub steps: Vec<Step>,
    /// What else is known of it: transaction id, acquiring details.
    pub attributes: Attributes,
    unlisted: KeptMembers,
}

impl Capture {
    /// A capture of which nothing more is known.
    #[must_use]
    pub fn new(reference: Reference, status: CompletionStatus) -> Self {
        Self {
            reference,
            created: None,
            status,
            amount: None,
            is_final: None,
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

impl ReadJson for Capture {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let mut capture = Self::new(object.required("reference")?, object.required("status")?);
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "reference" | "status" => {}
                "createDateTimeUtc" => capture.created = value.optional()?,
                "amountToCapture" => capture.amount = value.optional()?,
                "isFinalCapture" if value.is_null() => {}
                "isFinalCapture" => capture.is_final = Some(value.boolean_or_text()?),
                "convertedAmount" => capture.converted_amount = value.optional()?,
                "convertedCurrency" => capture.converted_currency = value.optional()?,
                "conversionRate" => capture.conversion_rate = value.optional()?,
                "steps" => capture.steps = value.optional()?.unwrap_or_default(),
                "attributes" => capture.attributes = value.optional()?.unwrap_or_default(),
                _ => unlisted.push((name, value)),
            }
        }
        capture.unlisted = KeptMembers::found(&unlisted);
        Ok(capture)
    }
}

impl WriteJson for Capture {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            write::number(members, "reference", self.reference);
            members.optional("createDateTimeUtc", self.created.as_ref());
            members.text("status", self.status.as_str());
            write::optional_number(members, "amountToCapture", self.amount);
            if let Some(is_final) = self.is_final {
                members.member("isFinalCapture").boolean(is_final);
            }
            members.optional("convertedAmount", self.converted_amount.as_ref());
            members.optional("convertedCurrency", self.converted_currency.as_ref());
            members.optional("conversionRate", self.conversion_rate.as_ref());
            if !self.steps.is_empty() {
                write::list(members, "steps", &self.steps);
            }
            self.attributes.write(members.member("attributes"));
            self.unlisted.write_into(members);
        });
    }
}
