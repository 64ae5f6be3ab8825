//! The outcome of a call, and the next step (section 6). It is never to make a call again that moves
//! money: there is no idempotency key.

use super::Operation;

word_value! {
    /// The outcome of a call: of the operation that it asked for, not of money, which is
    /// [`JobMeaning`](crate::gateway::JobMeaning) and [`PaymentMeaning`](crate::gateway::PaymentMeaning).
    ///
    /// | the answer | the call |
    /// | --- | --- |
    /// | 200 to 299 with readable data | done, but for the rows below |
    /// | a refund or capture that is `Failed` | not done |
    /// | a refund or capture with an unlisted status | unknown |
    /// | to the cancellation of a payment or job: one whose own status is not `Cancelled` | unknown |
    /// | 401, 403 without data, whatever the body, unless one that cannot be read may hide data | not done |
    /// | 400 whose errors are all validations (`InvalidRequest`, or a problem document with `errors`), or words or sentences of the page's table | not done |
    /// | 404 whose errors are all words or sentences of the page's table | not done |
    /// | 400, 404 with other errors, on a call that does not move money | not done |
    /// | the same on a call that moves money, or with an error about communication | unknown |
    /// | any of them with data beside the report, or with a report that names no error | unknown |
    /// | 406, 500, 503 and any other status | unknown |
    /// | a body that cannot be read, but for 401 and 403 | unknown |
    /// | none | unknown |
    ///
    /// *Not done* is said of this call alone: an earlier one may have worked. What to look for then is
    /// [`ResponseError::next_step`](crate::gateway::ResponseError::next_step).
    CallOutcome = "outcome of a call";
    /// `done`: the gateway did what was asked for.
    Done = "done",
    /// `not_done`: the gateway refused, and nothing happened.
    NotDone = "not_done",
    /// `unknown`: it may have happened.
    Unknown = "unknown",
}

word_value! {
    /// The next step after a call. It is never to make a call again that moves money: that could move it
    /// twice.
    NextStep = "next step";
    /// `none`: the answer is final, or there is nothing to look for.
    Nothing = "none",
    /// `check_access`: configuration, key, permission or references are wrong, or those of the other
    /// environment. Repeated wrong signatures lock an account, so do not go on before somebody has
    /// looked at them.
    CheckAccess = "check_access",
    /// `look_for_order`: ask whether the order exists, by its number. If it does, the job was created,
    /// and its reference comes with the notification. That it does not is certain only if the
    /// configuration is known to be good.
    LookForOrder = "look_for_order",
    /// `look_for_refund`: retrieve the payment and look among its refunds for the refund number, the
    /// amount and the time.
    LookForRefund = "look_for_refund",
    /// `look_for_capture`: retrieve the payment and look among its captures.
    LookForCapture = "look_for_capture",
    /// `retrieve_payment`: retrieve the payment, whose status tells.
    RetrievePayment = "retrieve_payment",
    /// `retrieve_job`: retrieve the job, whose status tells.
    RetrieveJob = "retrieve_job",
}

stored_as_text!(CallOutcome, NextStep);

/// The outcome of a call by the data of its response.
pub(super) trait Told {
    /// The outcome of the call. Data that says nothing of it shows that the call was done.
    fn outcome(&self, _operation: Operation) -> CallOutcome {
        CallOutcome::Done
    }
}

impl NextStep {
    /// The next step if the outcome of a call is unknown, or no response came at all.
    ///
    /// ```
    /// use cashflows_codec::gateway::{NextStep, Operation};
    ///
    /// assert_eq!(NextStep::after_unknown(Operation::CreateJob), NextStep::LookForOrder);
    /// assert_eq!(NextStep::after_unknown(Operation::RefundPayment), NextStep::LookForRefund);
    /// ```
    #[must_use]
    pub const fn after_unknown(operation: Operation) -> Self {
        match operation {
            Operation::CreateJob => Self::LookForOrder,
            Operation::RefundPayment => Self::LookForRefund,
            Operation::CapturePayment => Self::LookForCapture,
            Operation::CancelPayment | Operation::RetrievePayment => Self::RetrievePayment,
            Operation::CancelJob | Operation::RetrieveJob => Self::RetrieveJob,
            Operation::TokeniseCard | Operation::ListPaymentMethods | Operation::FindOrder => Self::Nothing,
        }
    }
}
