//! A refund of a payment.

use super::attributes::Attributes;
use super::currency::AnyCurrency;
use super::link::Links;
use super::step::Step;
use super::text::{NumberText, TimeText};
use crate::gateway::{Decimal, Reference};
use crate::media::json::message;

open_list! {
    /// The status of a refund or a capture (section 5). The list is open; a word that is not on it is
    /// kept, and does not say that the money went anywhere.
    CompletionStatus = "status of a refund or capture", text;
    /// `Pending`: not done yet.
    Pending = "Pending",
    /// `Completed`: done.
    Completed = "Completed",
    /// `Failed`: not done, and will not be.
    Failed = "Failed",
}

message! {
    /// A refund of a payment (section 5).
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Refund {
        /// The gateway's reference of the refund.
        required "reference" => reference: Reference,
        /// When the refund was asked for.
        "createDateTimeUtc" => created: Option<TimeText>,
        /// The merchant's number of the refund. It need not be unique.
        number_too "refundNumber" => number: Option<Box<str>>,
        /// How far the refund is.
        required "status" => status: CompletionStatus,
        /// The amount that is paid back.
        "amountToRefund" => amount: Option<Decimal>,
        /// The amount in the shopper's currency.
        "convertedAmount" => converted_amount: Option<NumberText>,
        /// The shopper's currency.
        "convertedCurrency" => converted_currency: Option<AnyCurrency>,
        /// The rate of the conversion.
        "conversionRate" => conversion_rate: Option<NumberText>,
        /// The steps of the refund, in their order.
        "steps" => steps: Vec<Step>,
        /// Transaction id and acquiring details.
        "attributes" => attributes: Attributes,
        /// Links that some gateways write here, not beside the data.
        "links" => links: Option<Box<Links>>,
    }
}
