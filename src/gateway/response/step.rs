//! The steps of a payment, a refund or a capture.

use super::text::TimeText;
use crate::gateway::{Decimal, PaymentMethod, Reference};
use crate::media::json::{KeptMembers, message};

open_list! {
    /// The action of a step (section 5). The list is open.
    StepAction = "action of a step", text;
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

open_list! {
    /// How a step ended. The list is open.
    ///
    /// It is history, not the state of the payment: a cancelled payment still has a step that says
    /// `Paid`. So it has no meaning for the money; the payment's [status](crate::gateway::PaymentStatus) has.
    StepStatus = "status of a step", text;
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

message! {
    /// A step of a payment, a refund or a capture (section 5).
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Step {
        /// The gateway's reference of the step.
        required "reference" => reference: Reference,
        /// When the step began.
        "createDateTimeUtc" => created: Option<TimeText>,
        /// The action of the step.
        "action" => action: Option<StepAction>,
        /// The payment methods of the step. Steps of refunds have none.
        "paymentMethods" => payment_methods: Option<Vec<PaymentMethod>>,
        /// How the step ended.
        "status" => status: Option<StepStatus>,
        /// The amount that the step is about.
        "amountToCollect" => amount_to_collect: Option<Decimal>,
        /// The step in words.
        "description" => description: Option<Box<str>>,
        /// The result of the step. Only steps of refunds have one.
        "resultAttributes" => result_attributes: Option<KeptMembers>,
    }
}
