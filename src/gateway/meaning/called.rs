//! The outcome of a call by the data of its response.

use crate::gateway::outcome::Told;
use crate::gateway::response::{Job, Payment, SupportedPaymentMethod, TokenisedCard};
use crate::gateway::{CallOutcome, Operation, PaymentStatus};

/// A cancellation is done only if the answer says so. Anything else shows that a call was done.
fn outcome(status: &PaymentStatus, operation: Operation) -> CallOutcome {
    match operation {
        Operation::CancelPayment | Operation::CancelJob if *status != PaymentStatus::Cancelled => {
            CallOutcome::Unknown
        }
        _ => CallOutcome::Done,
    }
}

impl Told for Payment {
    fn outcome(&self, operation: Operation) -> CallOutcome {
        outcome(&self.status, operation)
    }
}

impl Told for Job {
    fn outcome(&self, operation: Operation) -> CallOutcome {
        outcome(&self.payment_status, operation)
    }
}

impl Told for TokenisedCard {}
impl Told for Vec<SupportedPaymentMethod> {}
