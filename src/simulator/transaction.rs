//! From a request to its answer: what is known of it, what the rules make of it, what the ledger
//! keeps.

use core::time::Duration;
use std::time::SystemTime;

use super::Gateway;
use super::asked::Asked;
use super::card::{Brand, KnownCard};
use super::date::later;
use super::ledger::Entry;
use super::numbers::Number;
use super::reply::{code, message};
use super::retries::Known;
use super::rules::{Decision, Desk};
use crate::remote_auth::ReturnFlags;
use crate::remote_auth::request::Request;
use crate::remote_auth::response::{Answer, Response};
use crate::secret::Wiped;
use crate::value::{Checks, Family, ResponseCode};

/// What the script changes about a transaction.
#[derive(Clone, Copy, Default)]
pub(super) struct Twist {
    pub(super) refusal: Option<ResponseCode>,
    pub(super) checks: Option<Checks>,
    pub(super) hold: bool,
    pub(super) delay: Duration,
}

impl Gateway {
    /// The answer to a request: an earlier one, or a new one, which is remembered.
    pub(super) fn answer(
        &mut self,
        now: SystemTime,
        request: &Request,
        asked: &Asked<'_>,
        twist: Twist,
    ) -> Response {
        match self.retries.look_up(now, asked) {
            Known::Finished(response) => return *response,
            Known::Refused(reason) => return self.reject(code(reason)),
            Known::Nothing => {}
        }
        let finished = later(now, twist.delay);
        let response = self.process(finished, request, twist);
        self.retries.remember(now, finished, asked, &response);
        response
    }

    fn process(&mut self, at: SystemTime, request: &Request, twist: Twist) -> Response {
        let Self { profile, ledger, vault, .. } = &*self;
        match (Desk { now: at, profile, ledger, vault }).decide(request) {
            Ok(decision) => self.decided(at, decision, request.return_flags(), twist),
            Err(reason) => self.reject(code(reason)),
        }
    }

    /// Makes a transaction of a decision. What does not validate, and what fails for technical
    /// reasons, makes none.
    fn decided(&mut self, at: SystemTime, decision: Decision, asked: ReturnFlags, twist: Twist) -> Response {
        let Decision { mut facts, refusal } = decision;
        let refusal = twist.refusal.or(refusal);
        if let Some(code) = refusal.filter(|code| makes_no_transaction(*code)) {
            return self.reject(code);
        }
        facts.checks = twist.checks.unwrap_or(facts.checks);
        let number = self.numbers.next();
        let id = number.id(facts.kind);
        let authorised = || Answer::Authorised(number.authorisation_code(facts.kind));
        let answer = refusal.map_or_else(authorised, Answer::refusal);
        let extras = facts.card.as_ref().map(|card| self.extras(number, card, &answer, asked));
        let response = Response::new(answer, id, facts.checks, message(&answer));
        let response = match extras {
            Some(extras) => response.with_extras_as_sent(&extras),
            None => response,
        };
        self.ledger.enter(Entry { id, at, answer, hold: None, facts });
        if twist.hold {
            // Of what was refused there is nothing to hold.
            let _held = self.hold(at, &id);
        }
        response
    }

    /// An answer that makes no transaction.
    pub(super) fn reject(&mut self, code: ResponseCode) -> Response {
        let (answer, id) = (Answer::refusal(code), self.numbers.rejection());
        Response::new(answer, id, Checks::NONE, message(&answer))
    }

    /// What the request asked for, as far as there is any, as on the wire: a token comes with an authorised
    /// transaction only, ARN and scheme id with a refused one too.
    fn extras(
        &mut self,
        number: Number,
        card: &KnownCard,
        answer: &Answer,
        asked: ReturnFlags,
    ) -> Wiped<String> {
        let authorised = matches!(answer, Answer::Authorised(_));
        let mut wire = Wiped::new(String::with_capacity(96));
        let mut extra = |text: &str| {
            wire.push('|');
            wire.push_str(text);
        };
        if asked.acquirer_reference() {
            extra(&number.acquirer_reference());
        }
        if asked.token() && authorised {
            extra(&self.vault.token(&card.number));
        }
        if asked.scheme_transaction_id() {
            extra(&number.scheme_transaction_id(Brand::of(&card.number)));
        }
        wire
    }
}

const fn makes_no_transaction(code: ResponseCode) -> bool {
    matches!(code.family(), Family::ValidationError | Family::SystemError)
}
