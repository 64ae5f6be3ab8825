//! From a request to its answer: what is known of it, what the rules make of it, what the ledger
//! keeps.

use core::time::Duration;
use std::time::SystemTime;

use super::Acquirer;
use super::card::{Brand, CardRecord};
use super::date::later;
use super::entry::Entry;
use super::facts::RequestFacts;
use super::numbers::SerialNumber;
use super::retries::Earlier;
use super::rules::{Rules, Ruling};
use super::script::{Effect, Symptom};
use super::subject::Subject;
use super::vault::Card;
use crate::remote_auth::ReturnFlags;
use crate::remote_auth::request::Request;
use crate::remote_auth::response::{Decision, Message, Response};
use crate::secret::Wiped;
use crate::value::{Checks, CvvCheck, Family, Reason, ResponseCode};

/// The facts of a transaction that the script changes.
#[derive(Clone, Copy, Default)]
pub(super) struct Overrides {
    pub(super) refusal: Option<ResponseCode>,
    pub(super) checks: Option<Checks>,
    pub(super) hold: bool,
    /// The issuer has nothing against it.
    pub(super) approve: bool,
    /// Nobody gave a security code, so that none is checked.
    pub(super) without_code: bool,
    pub(super) delay: Duration,
}

/// The fate of a request to the acquirer, and of its response, by the script.
#[derive(Clone, Copy)]
pub(super) enum Fate {
    /// It is answered.
    Answered,
    /// It is answered so much later, when somebody has given up.
    Late(Duration, Symptom),
    /// It is processed, and the answer is lost.
    AnswerLost(Symptom),
    /// It is lost itself.
    RequestLost(Symptom),
}

impl Overrides {
    /// Applies an effect of the script, and tells the fate of the request.
    pub(super) fn scripted(self, effect: Option<Effect>) -> (Self, Fate) {
        match effect {
            None => (self, Fate::Answered),
            Some(Effect::Refuse(code)) => (Self { refusal: Some(code), ..self }, Fate::Answered),
            Some(Effect::Check(checks)) => (Self { checks: Some(checks), ..self }, Fate::Answered),
            Some(Effect::Hold) => (Self { hold: true, ..self }, Fate::Answered),
            Some(Effect::LoseRequest(symptom)) => (self, Fate::RequestLost(symptom)),
            Some(Effect::LoseAnswer(symptom)) => (self, Fate::AnswerLost(symptom)),
            Some(Effect::Delay(delay, symptom)) => (Self { delay, ..self }, Fate::Late(delay, symptom)),
        }
    }
}

impl Acquirer {
    /// The answer to a request: an earlier one, or a new one, which is remembered.
    pub(super) fn answer(
        &mut self,
        now: SystemTime,
        request: &Request,
        facts: &RequestFacts<'_>,
        overrides: Overrides,
    ) -> Response {
        let card = facts.card.and_then(|given| self.vault.identify(given));
        let subject = self.ledger.subject(&facts.subject());
        match self.retries.look_up(now, facts, &subject, card.as_ref()) {
            Earlier::Finished(response) => return *response,
            Earlier::Refused(reason) => return self.reject(code(reason)),
            Earlier::Unknown => {}
        }
        let finished = later(now, overrides.delay);
        let response = self.process(finished, request, &subject, card.as_ref(), overrides);
        self.retries.remember(now, finished, facts, &subject, card.as_ref(), &response);
        response
    }

    fn process(
        &mut self,
        at: SystemTime,
        request: &Request,
        subject: &Subject,
        card: Option<&Card>,
        overrides: Overrides,
    ) -> Response {
        let Self { profile, ledger, vault, .. } = &*self;
        match (Rules { now: at, profile, ledger, vault, card }).decide(request) {
            Ok(decision) => self.execute(at, decision, subject, request.return_flags(), overrides),
            Err(reason) => self.reject(code(reason)),
        }
    }

    /// Makes a transaction of a decision. What does not validate, and what fails for technical
    /// reasons, makes none.
    fn execute(
        &mut self,
        at: SystemTime,
        decision: Ruling,
        subject: &Subject,
        flags: ReturnFlags,
        overrides: Overrides,
    ) -> Response {
        let Ruling { mut details, refusal } = decision;
        let refusal = overrides.refusal.or(refusal.filter(|_| !overrides.approve));
        if let Some(code) = refusal.filter(|code| makes_no_transaction(*code)) {
            return self.reject(code);
        }
        if overrides.without_code {
            let (address, postcode) = (details.checks.address(), details.checks.postcode());
            details.checks = Checks::new(CvvCheck::NotChecked, address, postcode);
        }
        details.checks = overrides.checks.unwrap_or(details.checks);
        let number = self.counters.next();
        let id = number.id(details.kind);
        let authorised = || Decision::Authorised(number.authorisation_code(details.kind));
        let answer = refusal.map_or_else(authorised, Decision::refusal);
        let extras = details.card.as_ref().map(|record| self.extras(number, record, &answer, flags));
        let response = Response::new(answer, id, details.checks, message(&answer));
        let response = match extras {
            Some(extras) => response.with_extras_as_sent(&extras),
            None => response,
        };
        if let Some(CardRecord { card, expiry, stored: true, .. }) = &details.card {
            self.vault.file(card, *expiry, matches!(answer, Decision::Authorised(_)));
        }
        self.ledger.enter(Entry::new(id, at, answer, subject, details), subject);
        self.payment_taken_back(at, &id);
        if overrides.hold {
            // Of what was refused there is nothing to hold.
            let _held = self.hold(at, &id);
        }
        response
    }

    /// An answer that makes no transaction.
    pub(super) fn reject(&mut self, code: ResponseCode) -> Response {
        let (answer, id) = (Decision::refusal(code), self.counters.rejection());
        Response::new(answer, id, Checks::NONE, message(&answer))
    }

    /// The extras that the request asked for, as far as there are any, as on the wire: a token comes with an authorised
    /// transaction only, ARN and scheme id with a refused one too.
    fn extras(
        &mut self,
        number: SerialNumber,
        CardRecord { card, expiry, .. }: &CardRecord,
        answer: &Decision,
        flags: ReturnFlags,
    ) -> Wiped<String> {
        let authorised = matches!(answer, Decision::Authorised(_));
        let mut wire = Wiped::new(String::with_capacity(96));
        let mut extra = |text: &str| {
            wire.push('|');
            wire.push_str(text);
        };
        if flags.acquirer_reference {
            extra(&number.acquirer_reference());
        }
        if flags.token && authorised {
            extra(&self.vault.token(card, *expiry));
        }
        if flags.scheme_transaction_id {
            extra(&number.scheme_transaction_id(Brand::of(card.number())));
        }
        wire
    }
}

const fn makes_no_transaction(code: ResponseCode) -> bool {
    matches!(code.family(), Family::ValidationError | Family::SystemError)
}

/// The code of a reason: internal digit 2, as in the documented `V226` and `V249`.
pub(super) const fn code(reason: Reason) -> ResponseCode {
    ResponseCode::with_digit::<2>(reason)
}

/// The message that an answer comes with: that of the documented lines, or the text of the table.
pub(super) fn message(answer: &Decision) -> Message {
    Message::fixed(match answer {
        Decision::Authorised(_) => "Authorised",
        Decision::ValidationError(code) | Decision::SystemError(code) | Decision::Cancelled(code) => {
            code.reason().text().unwrap_or("Error")
        }
        _ => "Not Authorised",
    })
}
