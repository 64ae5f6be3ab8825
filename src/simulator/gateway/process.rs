//! From a card to what becomes of a payment: 3-D Secure, the acquirer, the verdict.

use core::time::Duration;
use std::time::SystemTime;

use super::charge::{Charge, Means, Way, money, passed, recurrence};
use super::payment::{Payment, PaymentError, Stage, Step, Verdict, is_good};
use super::place::PaymentPlace;
use crate::gateway::PaymentStatus;
use crate::gateway::request::JobOption;
use crate::gateway::response::{ErrorWord, StepAction};
use crate::remote_auth::OperationKind;
use crate::remote_auth::request as remote;
use crate::remote_auth::response::{Decision, Response};
use crate::simulator::agenda::Due;
use crate::simulator::card::Brand;
use crate::simulator::date::later;
use crate::simulator::facts::{GivenCard, RequestFacts};
use crate::simulator::numbers::SerialNumber;
use crate::simulator::transaction::{Fate, Overrides, code};
use crate::simulator::{Acquirer, State};
use crate::value::{CardOrToken, CvvCheck, FullThreeDs, OriginalId, Reason, SchemeTransactionId};

/// How long a shopper has for 3-D Secure (section 5, `dueDateTimeUtc`).
pub(super) const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// How long it takes the gateway to find out what the acquirer did, when its answer was lost (ours).
const FINDING_OUT: Duration = Duration::from_secs(60);

/// The result of authenticating the cardholder.
enum ThreeDs {
    /// Nobody asks.
    NotAsked,
    Passed,
    Failed(ErrorWord),
    /// The cardholder has to say so.
    Challenge,
}

impl Acquirer {
    /// Begins to pay: a payment goes on from here by itself, or waits for the shopper.
    pub(super) fn begin(&mut self, now: SystemTime, place: PaymentPlace, means: Means) {
        if matches!(means, Means::Page) {
            return self.step(now, place, StepAction::DisplayHostedPage);
        }
        self.step(now, place, StepAction::Start);
        // Only a card with its security code can be verified.
        let verifiable = matches!(&means, Means::Card(charge) if charge.cvv.is_some());
        let by_itself =
            |status: &PaymentStatus| !is_good(status) || (*status == PaymentStatus::Verified && !verifiable);
        if let Some(status) = self.simulated(place).filter(by_itself) {
            return self.settle(now, place, Verdict { status, transaction: None, error: None });
        }
        match means {
            Means::Page => {}
            Means::Card(charge) => self.pay_by_card(now, place, charge),
            Means::Child(parent) => self.continue_from(now, place, parent),
            Means::Credit(to) => self.pay_out(now, place, to),
        }
    }

    fn pay_by_card(&mut self, now: SystemTime, place: PaymentPlace, mut charge: Charge) {
        if let (None, CardOrToken::Token(token)) = (charge.expiry, &charge.source) {
            charge.expiry = self.vault.expiry(token);
        }
        match self.three_ds(place, &charge) {
            ThreeDs::NotAsked => self.charge(now, place, &charge, None),
            ThreeDs::Passed => self.charge_authenticated(now, place, &charge),
            ThreeDs::Failed(word) => {
                self.settle(now, place, Verdict::failed(PaymentStatus::Failed, PaymentError::Word(word)));
            }
            ThreeDs::Challenge => {
                if let Some(payment) = self.gateway.payment_mut(place) {
                    payment.stage = Stage::ThreeDs(Box::new(charge));
                    self.agenda.add(later(now, PATIENCE), Due::PaymentEnds(place));
                }
            }
        }
    }

    /// The holder's name decides, as documented for Remote Auth (section 8 of its page).
    fn three_ds(&self, place: PaymentPlace, charge: &Charge) -> ThreeDs {
        let external = self.takes_external_three_ds();
        match &charge.way {
            Way::Moto | Way::Wallet(..) | Way::Stored(_) => return ThreeDs::NotAsked,
            Way::External(_) if external => return ThreeDs::NotAsked,
            Way::External(_) | Way::Asked if self.simulated(place).is_some() => return ThreeDs::Passed,
            Way::External(_) | Way::Asked => {}
        }
        let frictionless = self.gateway.job_of(place).is_some_and(|job| job.wants(&JobOption::Frictionless));
        match charge.holder.as_ref().map(|holder| holder.as_str()) {
            Some("Luke Skywalker" | "Ben Kenobi") => ThreeDs::Passed,
            Some("Lando Calrissian" | "Darth Maul") => ThreeDs::Failed(ErrorWord::ThreeDSecureFailed),
            Some("Darth Vader") => ThreeDs::Failed(ErrorWord::ThreeDSecureUnavailable),
            Some("Han Solo" | "Leia Skywalker") => ThreeDs::Challenge,
            _ if frictionless => ThreeDs::Passed,
            _ => ThreeDs::Challenge,
        }
    }

    fn takes_external_three_ds(&self) -> bool {
        self.configured(|gateway| gateway.takes_external_three_ds)
    }

    /// The status that was asked for, if one was. Where it says that money was taken, money is.
    fn simulated(&self, place: PaymentPlace) -> Option<PaymentStatus> {
        self.gateway.job_of(place)?.simulated()
    }

    /// Charges a card whose holder has passed the gateway's own 3-D Secure.
    pub(super) fn charge_authenticated(&mut self, now: SystemTime, place: PaymentPlace, charge: &Charge) {
        let own = match charge.way {
            Way::Asked => true,
            Way::External(_) => !self.takes_external_three_ds(),
            Way::Moto | Way::Stored(_) | Way::Wallet(..) => false,
        };
        let passed = passed(self.brand(&charge.source)).filter(|_| own);
        self.charge(now, place, charge, passed);
    }

    fn charge(&mut self, now: SystemTime, place: PaymentPlace, charge: &Charge, passed: Option<FullThreeDs>) {
        let brand = self.brand(&charge.source);
        let verify = self.simulated(place) == Some(PaymentStatus::Verified);
        let result = charge.three_ds(brand, passed);
        let shown = result.as_ref().map(|result| charge.authenticated(brand, result.as_ref()));
        if let (Some(payment), Ok(shown)) = (self.gateway.payment_mut(place), shown) {
            payment.authenticated = shown;
        }
        let (Some(job), Some(reference)) = (self.gateway.job_of(place), reference(place)) else { return };
        let request = result.and_then(|result| charge.request(job, reference, brand, result, verify));
        let how = Overrides { without_code: charge.is_without_code(), ..Overrides::default() };
        self.transact(now, place, request, self.configured(|gateway| gateway.captures_by_call), how);
    }

    /// A child, by the card of its parent: the acquirer's continuous payment.
    fn continue_from(&mut self, now: SystemTime, place: PaymentPlace, parent: crate::gateway::JobReference) {
        let request = self.continuous(place, parent);
        self.transact(
            now,
            place,
            request,
            self.configured(|gateway| gateway.captures_recurring_by_call),
            Overrides::default(),
        );
    }

    fn continuous(
        &self,
        place: PaymentPlace,
        parent: crate::gateway::JobReference,
    ) -> Result<remote::Request, PaymentError> {
        const NOTHING: PaymentError = PaymentError::Message("There is nothing to pay.");
        const NO_PARENT: PaymentError = PaymentError::Message("The parent has no transaction to go on from.");
        let job = self.gateway.job_of(place).ok_or(NO_PARENT)?;
        let money = money(job)?.ok_or(NOTHING)?;
        let origin = self.gateway.good_payment(parent).and_then(|payment| payment.transaction);
        let entry = origin.and_then(|id| self.ledger.get(&id)).ok_or(NO_PARENT)?;
        let origin = if entry.checks().cvv() == CvvCheck::FullMatch {
            let id = OriginalId::try_from(*entry.id()).map_err(|_| NO_PARENT)?;
            remote::Origin::Original(id)
        } else {
            // A card whose code was not checked gives its authority by the scheme's own id.
            let record = entry.card_record().ok_or(NO_PARENT)?;
            let brand = Brand::of(record.card.number());
            let id = SerialNumber::of(entry.id()).map(|number| number.scheme_transaction_id(brand));
            let id = id.and_then(|id| SchemeTransactionId::try_from(id.as_str()).ok()).ok_or(NO_PARENT)?;
            let origin = remote::SchemeOrigin::new(id);
            remote::Origin::Scheme(origin.with_card(record.card.number().clone(), record.expiry))
        };
        let reference = reference(place).ok_or(NO_PARENT)?;
        let payment = remote::Continuous::new(origin, money, reference).returning_acquirer_reference();
        let criteria = job.criteria.as_ref().or_else(|| self.gateway.job(parent)?.criteria.as_ref());
        Ok(match criteria.and_then(|criteria| recurrence(criteria.kind)) {
            Some(recurrence) => payment.with_recurrence(recurrence),
            None => payment,
        }
        .into())
    }

    /// A credit, if the profile has credit transfers.
    fn pay_out(&mut self, now: SystemTime, place: PaymentPlace, to: CardOrToken) {
        let request = self.credit(place, to);
        self.transact(now, place, request, false, Overrides::default());
    }

    fn credit(&self, place: PaymentPlace, to: CardOrToken) -> Result<remote::Request, PaymentError> {
        const INVALID: PaymentError = PaymentError::Word(ErrorWord::InvalidPaymentForCredit);
        let job = self.gateway.job_of(place).ok_or(INVALID)?;
        let money = money(job)?.ok_or(INVALID)?;
        let secret =
            self.profile.digest_secret.as_ref().filter(|_| self.profile.may_credit()).ok_or(INVALID)?;
        let reference = place.reference().to_string();
        let reference = remote::CreditReference::try_from(reference.as_str()).map_err(|_| INVALID)?;
        Ok(remote::Credit::new(remote::CreditTo::Card(to), money, reference, secret).into())
    }

    /// Asks the acquirer behind the gateway, which goes by the script of card transactions. What is to be
    /// captured by call is put on hold; a simulated status decides that by itself.
    fn transact(
        &mut self,
        now: SystemTime,
        place: PaymentPlace,
        request: Result<remote::Request, PaymentError>,
        captured_by_call: bool,
        how: Overrides,
    ) {
        let simulated = self.simulated(place);
        let hold = match &simulated {
            Some(status) => *status == PaymentStatus::Reserved,
            None => captured_by_call,
        };
        let plain = Overrides { hold, approve: simulated.is_some(), ..how };
        let request = match request {
            Ok(request) => request,
            Err(error) => return self.settle(now, place, Verdict::failed(PaymentStatus::Rejected, error)),
        };
        let facts = RequestFacts::of(&request);
        let (overrides, fate) = plain.scripted(self.script.effect(&facts));
        let waits = match fate {
            Fate::Answered => None,
            Fate::AnswerLost(_) => Some((PaymentStatus::Commissioned, FINDING_OUT)),
            Fate::Late(delay, _) => Some((PaymentStatus::Pending, delay)),
            Fate::RequestLost(symptom) => {
                let response = self.reject(symptom.code().unwrap_or(code(Reason::ResponseTimeout)));
                return self.settle(now, place, self.verdict(now, &response));
            }
        };
        let response = self.answer(now, &request, &facts, overrides);
        let verdict = self.verdict(now, &response);
        let Some((meanwhile, time)) = waits else { return self.settle(now, place, verdict) };
        if let Some(payment) = self.gateway.payment_mut(place) {
            payment.stage = Stage::Verdict(verdict);
            payment.status = meanwhile;
            self.agenda.add(later(now, time), Due::PaymentDecided(place));
            self.changed(now, place, StepAction::BackgroundProcess);
        }
    }

    /// The meaning of the acquirer's response for a payment.
    fn verdict(&self, now: SystemTime, response: &Response) -> Verdict {
        let id = response.transaction_id();
        let entry = id.and_then(|id| self.ledger.get(&id));
        let reserved = || entry.is_some_and(|entry| entry.state(now) == State::OnHold);
        let verified = || entry.is_some_and(|entry| entry.operation() == OperationKind::Verify);
        let status = match response.decision() {
            Decision::Authorised(_) if verified() => PaymentStatus::Verified,
            Decision::Authorised(_) if reserved() => PaymentStatus::Reserved,
            Decision::Authorised(_) => PaymentStatus::Paid,
            Decision::Declined(_) => PaymentStatus::Declined,
            Decision::Blocked(_) => PaymentStatus::Blocked,
            Decision::Referral(_) | Decision::Cancelled(_) | Decision::ValidationError(_) => {
                PaymentStatus::Rejected
            }
            Decision::SystemError(_) | Decision::Unlisted(..) | Decision::WithoutCode(_) => {
                PaymentStatus::Failed
            }
        };
        let error = response.reason().map(PaymentError::Reason);
        Verdict { status, transaction: entry.map(|entry| *entry.id()), error }
    }

    /// Says what became of a payment.
    pub(super) fn settle(&mut self, now: SystemTime, place: PaymentPlace, verdict: Verdict) {
        let Some(payment) = self.gateway.payment_mut(place) else { return };
        payment.stage = Stage::Over;
        payment.status = verdict.status;
        payment.transaction = verdict.transaction;
        payment.error = verdict.error;
        self.changed(now, place, StepAction::Process);
    }

    /// Notes a step, and notifies if the status is another than after the last one.
    pub(super) fn changed(&mut self, now: SystemTime, place: PaymentPlace, action: StepAction) {
        let Some(payment) = self.gateway.payment(place) else { return };
        let last = payment.steps.last().map(|step| step.status.as_str());
        let is_new = last != Some(payment.status.as_str());
        self.step(now, place, action);
        if is_new {
            self.notify(now, place);
        }
    }

    /// Notes a step that ends in the status that the payment has.
    pub(super) fn step(&mut self, now: SystemTime, place: PaymentPlace, action: StepAction) {
        let number = self.gateway.next_number();
        let Some(payment) = self.gateway.payment_mut(place) else { return };
        let status = payment.status.as_str().into();
        payment.steps.push(Step { number, at: now, action, status });
        let job = payment.job;
        if let Some(job) = self.gateway.jobs.get_mut(job.index()) {
            job.changed = now;
        }
    }

    fn brand(&mut self, source: &CardOrToken) -> Option<Brand> {
        self.vault.identify(GivenCard::from(source)).and_then(|card| Brand::of(card.number()))
    }

    /// Ends a payment whose time has come.
    pub(super) fn payment_due(&mut self, at: SystemTime, place: PaymentPlace, due: Due) {
        let Some(payment) = self.gateway.payment_mut(place) else { return };
        match (due, &payment.stage) {
            (Due::PaymentDecided(_), Stage::Verdict(_)) => {
                if let Stage::Verdict(verdict) = core::mem::replace(&mut payment.stage, Stage::Over) {
                    self.settle(at, place, verdict);
                }
            }
            (Due::PaymentEnds(_), Stage::ThreeDs(_)) => self.end(at, place, PaymentStatus::Expired),
            _ => {}
        }
    }

    /// Ends a payment that waited for the shopper.
    pub(super) fn end(&mut self, now: SystemTime, place: PaymentPlace, status: PaymentStatus) {
        let Some(payment) = self.gateway.payment_mut(place) else { return };
        payment.stage = Stage::Over;
        payment.status = status;
        self.changed(now, place, StepAction::Cancel);
    }

    /// A new payment of a job.
    pub(super) fn add_payment(&mut self, now: SystemTime, job: super::place::JobPlace) -> PaymentPlace {
        let gateway = &mut self.gateway;
        // Serial numbers have 32 bits.
        let place = PaymentPlace(gateway.payments.len() as u32);
        gateway.payments.push(Payment::new(job, now));
        if let Some(job) = gateway.jobs.get_mut(job.index()) {
            job.payments.push(place);
        }
        place
    }
}

/// The reference of a payment's card transaction: its own.
fn reference(place: PaymentPlace) -> Option<remote::MerchantReference> {
    place.reference().to_string().as_str().try_into().ok()
}
