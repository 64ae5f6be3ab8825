//! Follows changes of the payments' transactions, at whichever door: the payments say so.

use std::time::SystemTime;

use super::payment::{Return, Stage};
use super::place::PaymentPlace;
use crate::gateway::response::StepAction;
use crate::gateway::{PaymentReference, PaymentStatus};
use crate::remote_auth::OperationKind;
use crate::simulator::Acquirer;
use crate::value::TransactionId;

impl Acquirer {
    /// The payment that a transaction charges the card for.
    pub(super) fn payment_with(&self, charge: &TransactionId) -> Option<PaymentPlace> {
        let reference = PaymentReference::try_from(self.ledger.get(charge)?.reference()?).ok()?;
        let place = PaymentPlace::of(reference)?;
        (self.gateway.payment(place)?.charge() == Some(*charge)).then_some(place)
    }

    /// A transaction was entered: where it takes a payment back, that is cancelled, or has a refund.
    pub(in crate::simulator) fn payment_taken_back(&mut self, at: SystemTime, id: &TransactionId) {
        let Some(entry) = self.ledger.get(id).filter(|entry| entry.is_authorised()) else { return };
        let (operation, amount) = (entry.operation(), entry.money().amount());
        let is_reversal = matches!(operation, OperationKind::Void | OperationKind::Refund);
        let Some(original) = entry.original().copied().filter(|_| is_reversal) else { return };
        let Some(place) = self.payment_with(&original) else { return };
        if operation == OperationKind::Void {
            if let Some(payment) = self.gateway.payment_mut(place) {
                payment.void = Some(*id);
            }
            return self.becomes(at, place, PaymentStatus::Cancelled, StepAction::Cancel);
        }
        let (serial, amount) = (self.gateway.next_number(), self.decimal(&original, amount));
        if let Some(payment) = self.gateway.payment_mut(place) {
            payment.refunds.push(Return { serial, at, number: None, amount, transaction: *id });
        }
        self.step(at, place, StepAction::Refund);
        self.payment_released(at, &original);
    }

    /// A transaction was put on hold: its payment is reserved.
    pub(in crate::simulator) fn payment_held(&mut self, at: SystemTime, id: &TransactionId) {
        self.replace(at, id, &PaymentStatus::Paid, PaymentStatus::Reserved);
    }

    /// A transaction is on hold no more: its payment is paid.
    pub(in crate::simulator) fn payment_released(&mut self, at: SystemTime, id: &TransactionId) {
        if self.ledger.get(id).is_some_and(|entry| !entry.is_on_hold()) {
            self.replace(at, id, &PaymentStatus::Reserved, PaymentStatus::Paid);
        }
    }

    fn replace(&mut self, at: SystemTime, id: &TransactionId, before: &PaymentStatus, after: PaymentStatus) {
        let Some(place) = self.payment_with(id) else { return };
        let status = self.gateway.payment(place).map(|payment| match &payment.stage {
            Stage::Verdict(verdict) => &verdict.status,
            _ => &payment.status,
        });
        if status == Some(before) {
            self.becomes(at, place, after, StepAction::BackgroundProcess);
        }
    }

    /// Gives a payment another status; where nobody knows of it yet, that is what will be found out.
    pub(super) fn becomes(
        &mut self,
        at: SystemTime,
        place: PaymentPlace,
        status: PaymentStatus,
        action: StepAction,
    ) {
        let Some(payment) = self.gateway.payment_mut(place) else { return };
        if let Stage::Verdict(verdict) = &mut payment.stage {
            verdict.status = status;
            return;
        }
        payment.status = status;
        self.changed(at, place, action);
    }
}
