//! Changes of payments and jobs: cancel, refund, capture.

use std::time::SystemTime;

use super::payment::{Capture, Payment, Return, Stage};
use super::place::{JobPlace, PaymentPlace};
use super::refusal;
use crate::gateway::call::{CallType, CancelJob, CancelPayment, CapturePayment, RefundPayment};
use crate::gateway::response::{
    self, ErrorReport, ErrorWord, Refusal, ReportEntry, Response, StepAction, WarningWord,
};
use crate::gateway::{Decimal, JobReference, Money, PaymentReference, PaymentStatus};
use crate::remote_auth::request::{Request, Reversal};
use crate::remote_auth::response::Decision;
use crate::simulator::facts::RequestFacts;
use crate::simulator::transaction::{Fate, Overrides};
use crate::simulator::{Acquirer, Entry, State};
use crate::value::{self, Amount, OriginalId, Reason, TransactionId};

impl Acquirer {
    fn payment_called(&self, job: JobReference, payment: PaymentReference) -> Result<PaymentPlace, Refusal> {
        self.gateway.job(job).ok_or_else(|| refusal::not_found("Payment job"))?;
        self.gateway.find(job, payment).ok_or_else(|| refusal::not_found("Payment"))
    }

    /// Cancels a payment: one that waits, or one that was paid or reserved, until midnight (section 9).
    pub(super) fn cancel_payment(
        &mut self,
        now: SystemTime,
        job: JobReference,
        payment: PaymentReference,
    ) -> Result<Response<response::Payment>, Refusal> {
        let place = self.payment_called(job, payment)?;
        let invalid = || refusal::word(ErrorWord::InvalidPaymentStatus);
        let kept = self.gateway.payment(place).ok_or_else(invalid)?;
        match (&kept.stage, &kept.status, kept.transaction) {
            (Stage::Page | Stage::ThreeDs(_), ..) => self.end(now, place, PaymentStatus::Cancelled),
            (Stage::Over, PaymentStatus::Paid | PaymentStatus::Reserved, Some(id)) => {
                // That the payment is cancelled follows from its transaction.
                self.reverse(now, &id, None, Request::Void, |_, _| {})?.map_err(|_| invalid())?;
            }
            _ => return Err(invalid()),
        }
        self.payment_answer::<CancelPayment>(place)
    }

    /// Cancels a job: what waits is cancelled, what is complete is not, and nothing can be added.
    pub(super) fn cancel_job(
        &mut self,
        now: SystemTime,
        job: JobReference,
    ) -> Result<Response<response::Job>, Refusal> {
        let not_found = || refusal::not_found("Payment job");
        let place = JobPlace::of(job).ok_or_else(not_found)?;
        let kept = self.gateway.jobs.get_mut(place.index()).ok_or_else(not_found)?;
        if kept.end.is_some() {
            return Err(refusal::word(ErrorWord::PaymentJobAlreadyFinal));
        }
        kept.end = Some(PaymentStatus::Cancelled);
        kept.changed = now;
        let last = kept.payments.last().copied();
        let kept = last.and_then(|last| Some((last, self.gateway.payment(last)?)));
        let complete = kept.is_some_and(|(_, last)| !last.waits_for_shopper() && !last.ended_without_money());
        if let Some((last, _)) = kept.filter(|(_, last)| last.waits_for_shopper()) {
            self.end(now, last, PaymentStatus::Cancelled);
        }
        let mut answer = self.job_answer::<CancelJob>(place, 200)?;
        if complete {
            let warning = ReportEntry::new(WarningWord::UnexpectedPaymentStatus);
            answer = answer.with_report(ErrorReport::new().with_warning(warning));
        }
        Ok(answer)
    }

    /// Pays money back, as the acquirer's rules allow.
    pub(super) fn refund_payment(
        &mut self,
        now: SystemTime,
        call: &RefundPayment,
    ) -> Result<Response<response::Refund>, Refusal> {
        let place = self.payment_called(call.job, call.payment)?;
        let id = self.refundable(now, place)?;
        let amount = match call.refund.amount {
            None => self.left_of(&id),
            Some(amount) => self.amount(&id, amount),
        };
        let amount = amount.ok_or_else(|| refusal::word(ErrorWord::GenericRejectionOfRefund))?;
        let number = call.refund.number.as_ref().map(|number| Box::from(number.as_str()));
        let reversed = self.reverse(now, &id, Some(amount), Request::Refund, |acquirer, id| {
            // The refund is among those of the payment already: it follows from its transaction.
            if let Some(refund) = acquirer.refund_mut(place, id) {
                refund.number = number;
            }
        })?;
        let id = reversed.map_err(|reason| match reason {
            Some(Reason::AmountExceedsOriginal) => {
                refusal::word(ErrorWord::RefundAmountExceedsOriginalAmount)
            }
            _ => refusal::word(ErrorWord::GenericRejectionOfRefund),
        })?;
        let refund = self.refund_mut(place, &id).cloned().ok_or_else(|| refusal::fault(500))?;
        Ok(RefundPayment::respond(201, self.refund_answer(&refund)))
    }

    /// The amount that was taken by a transaction and not refunded.
    fn left_of(&self, id: &TransactionId) -> Option<Amount> {
        let entry = self.ledger.get(id)?;
        let left = entry.charged().hundredths().checked_sub(entry.refunded().hundredths())?;
        Some(Amount::from_hundredths(left))
    }

    /// The newest refund of a payment, which is this transaction.
    fn refund_mut(&mut self, place: PaymentPlace, id: &TransactionId) -> Option<&mut Return> {
        let refund = self.gateway.payment_mut(place)?.refunds.last_mut();
        refund.filter(|refund| refund.transaction == *id)
    }

    /// The transaction of a payment that can be refunded.
    fn refundable(&self, now: SystemTime, place: PaymentPlace) -> Result<TransactionId, Refusal> {
        let word = |word| Err(refusal::word(word));
        let payment = self.gateway.payment(place);
        match payment.map(|payment| &payment.status) {
            Some(PaymentStatus::Paid) => {}
            Some(PaymentStatus::Reserved | PaymentStatus::Pending | PaymentStatus::Commissioned) => {
                return word(ErrorWord::InvalidRefundStatus);
            }
            _ => return word(ErrorWord::InvalidPaymentForRefund),
        }
        let entry = payment.and_then(|payment| self.ledger.get(&payment.transaction?));
        let Some(entry) = entry.filter(|entry| entry.is_charge()) else {
            return word(ErrorWord::InvalidPaymentForRefund);
        };
        let all = entry.refunded().hundredths() >= entry.charged().hundredths();
        if all && entry.state(now) != State::Voided {
            return word(ErrorWord::PaymentAlreadyFullyRefunded);
        }
        Ok(*entry.id())
    }

    /// Captures what was reserved.
    pub(super) fn capture_payment(
        &mut self,
        now: SystemTime,
        call: &CapturePayment,
    ) -> Result<Response<response::Capture>, Refusal> {
        let place = self.payment_called(call.job, call.payment)?;
        let status = || refusal::word(ErrorWord::InvalidCaptureStatus);
        let payment = self.gateway.payment(place).ok_or_else(status)?;
        let reserved = payment.status == PaymentStatus::Reserved;
        let entry = payment.transaction.and_then(|id| self.ledger.get(&id)).filter(|_| reserved);
        let entry = entry.filter(|entry| entry.state(now) == State::OnHold).ok_or_else(status)?;
        let id = *entry.id();
        let left = entry.money().amount().hundredths().saturating_sub(entry.captured().hundredths());
        let exceeds = || refusal::word(ErrorWord::CaptureAmountExceedsOriginalAuthorisation);
        let amount = match call.capture.amount {
            None => Some(Amount::from_hundredths(left)),
            Some(amount) => self.amount(&id, amount),
        };
        let amount = amount.filter(|amount| (1..=left).contains(&amount.hundredths())).ok_or_else(exceeds)?;
        let whole = self.configured(|gateway| gateway.captures_whole_only);
        if whole && amount.hundredths() != entry.money().amount().hundredths() {
            return Err(exceeds());
        }
        let is_final = amount.hundredths() == left || call.capture.is_final.unwrap_or(false);
        self.ledger.capture(&id, amount);
        if is_final {
            self.ledger.release(&id, now);
        }
        let serial = self.gateway.next_number();
        let capture = Capture { serial, at: now, amount: self.decimal(&id, amount), is_final };
        if let Some(payment) = self.gateway.payment_mut(place) {
            payment.captures.push(capture.clone());
            if is_final {
                payment.status = PaymentStatus::Paid;
            }
        }
        self.changed(now, place, StepAction::Capture);
        Ok(CapturePayment::respond(200, self.capture_answer(&capture, &id)))
    }

    /// Takes a transaction back at the acquirer, all of it or an amount, by the script of card transactions:
    /// the transaction that does so, or why there is none.
    ///
    /// If the response of the acquirer is lost, the gateway cannot say what became of it. It notes the transaction all
    /// the same.
    fn reverse<const IS_REFUND: bool>(
        &mut self,
        now: SystemTime,
        id: &TransactionId,
        amount: Option<Amount>,
        kind: impl FnOnce(Reversal<IS_REFUND>) -> Request,
        note: impl FnOnce(&mut Self, &TransactionId),
    ) -> Result<Result<TransactionId, Option<Reason>>, Refusal> {
        let bad_response = || refusal::fault(406);
        let entry = self.ledger.get(id).ok_or_else(bad_response)?;
        let money = value::Money::new(amount.unwrap_or(entry.money().amount()), entry.money().currency());
        let original = OriginalId::try_from(*id).map_err(|_| bad_response())?;
        let request = kind(Reversal::new(original, entry.class(), money));
        let facts = RequestFacts::of(&request);
        let (overrides, fate) = Overrides::default().scripted(self.script.effect(&facts));
        if let Fate::RequestLost(_) = fate {
            return Err(bad_response());
        }
        // Nobody checks a card when its money goes back.
        let overrides = Overrides { checks: None, ..overrides };
        let answered = self.answer(now, &request, &facts, overrides);
        if let Decision::Authorised(_) = answered.decision() {
            note(self, &answered.transaction_id().ok_or_else(bad_response)?);
        }
        match answered.decision() {
            _ if !matches!(fate, Fate::Answered) => Err(bad_response()),
            Decision::Authorised(_) => Ok(Ok(answered.transaction_id().ok_or_else(bad_response)?)),
            Decision::SystemError(_) => Err(bad_response()),
            _ => Ok(Err(answered.reason())),
        }
    }

    /// An amount of the wire, in the currency of a transaction.
    fn amount(&self, id: &TransactionId, amount: Decimal) -> Option<Amount> {
        let currency = self.ledger.get(id)?.money().currency();
        let money = Money::from_decimal(amount, currency).ok()?;
        value::Money::try_from(money).ok().map(|money| money.amount())
    }

    /// An amount of a transaction, as the wire has it.
    pub(super) fn decimal(&self, id: &TransactionId, amount: Amount) -> Decimal {
        let currency = self.ledger.get(id).map(|entry: &Entry| entry.money().currency());
        let money = currency.and_then(|currency| Money::try_from(value::Money::new(amount, currency)).ok());
        money.map_or(Decimal::whole(0), Money::to_decimal)
    }
}

impl Payment {
    /// The transaction, and how much of it is taken.
    pub(super) fn entry<'l>(&self, acquirer: &'l Acquirer) -> Option<&'l Entry> {
        acquirer.ledger.get(&self.transaction?)
    }
}
