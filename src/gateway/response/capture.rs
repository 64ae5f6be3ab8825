//! A capture of a payment.

use super::attributes::Attributes;
use super::currency::AnyCurrency;
use super::link::Links;
use super::refund::CompletionStatus;
use super::step::Step;
use super::text::{NumberText, TimeText};
use crate::gateway::{Decimal, Reference};
use crate::media::json::message;

message! {
    /// A capture of a reserved payment (section 5).
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Capture {
        /// The gateway's reference of the capture.
        required "reference" => reference: Reference,
        /// When the capture was asked for.
        "createDateTimeUtc" => created: Option<TimeText>,
        /// How far the capture is.
        required "status" => status: CompletionStatus,
        /// The amount that is captured.
        "amountToCapture" => amount: Option<Decimal>,
        /// True if no more is captured after it.
        "isFinalCapture" => is_final: Option<bool>,
        /// The amount in the shopper's currency.
        "convertedAmount" => converted_amount: Option<NumberText>,
        /// The shopper's currency.
        "convertedCurrency" => converted_currency: Option<AnyCurrency>,
        /// The rate of the conversion.
        "conversionRate" => conversion_rate: Option<NumberText>,
        /// The steps of the capture, in their order. The example has none.
        unless_empty "steps" => steps: Vec<Step>,
        /// Transaction id and acquiring details.
        "attributes" => attributes: Attributes,
        /// Links that some gateways write here, not beside the data.
        "links" => links: Option<Box<Links>>,
    }
}
