//! Events of an attempt, and the steps that follow.

use core::fmt;
use core::ops::Deref;
use std::time::SystemTime;

use serde::{Serialize, Serializer};

use super::intent::Intent;
use super::others::{Number, Others};
use super::state::{Answered, Phase, Sent};
use super::step::GiveUp;
use super::time::Moment;
use super::{
    Attempt, Conclusion, Found, Received, Reconciliation, RetryPolicy, SendError, Sending, SettleError, Step,
    Ticket, rules,
};
use crate::remote_auth::Request;
use crate::remote_auth::request::RetryNumber;
use crate::value::TransactionId;

/// An attempt in its journal, to be told what happened.
///
/// Every method that takes the time may change the attempt: store it afterwards, and before doing
/// what the step says.
pub struct AttemptMut<'a> {
    pub(super) attempt: &'a mut Attempt,
    pub(super) policy: &'a RetryPolicy,
    pub(super) number: Number,
    /// The references and transactions of all attempts. Each method that changes the attempt keeps them up to date.
    pub(super) others: &'a mut Others,
}

/// Shows the attempt, without the others.
impl fmt::Debug for AttemptMut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { attempt, policy, .. } = self;
        f.debug_struct("AttemptMut").field("attempt", attempt).field("policy", policy).finish_non_exhaustive()
    }
}

/// Stores the attempt.
impl Serialize for AttemptMut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.attempt.serialize(serializer)
    }
}

impl Deref for AttemptMut<'_> {
    type Target = Attempt;

    fn deref(&self) -> &Attempt {
        self.attempt
    }
}

impl AttemptMut<'_> {
    /// Decides what to do next.
    pub fn step(&mut self, now: SystemTime) -> Step {
        self.recorded(|attempt| attempt.decide(now))
    }

    /// Changes the attempt, and takes note of what others are to know of that.
    fn recorded<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        let before = rules::forgotten_at(self.attempt, self.policy);
        let done = change(self);
        self.others.change(self.number, self.attempt, before, self.policy);
        done
    }

    fn decide(&mut self, now: SystemTime) -> Step {
        let now = self.look_at_the_clock(now);
        if let Phase::Sent { due } = self.attempt.phase
            && rules::is_overdue(due, now)
        {
            self.is_lost(now, 0);
        }
        match self.attempt.phase {
            Phase::Planned => self.first_sending(),
            Phase::Sent { due } => Step::Wait { until: due.into() },
            Phase::Open { wait } => self.retry(wait, now),
            Phase::NeverSent { .. } if rules::is_exhausted(self.sendings, self.policy) => {
                self.attempt.phase = Phase::Cancelled;
                Step::Done(Conclusion::NotAuthorised)
            }
            Phase::NeverSent { wait } if rules::has_to_wait(wait, now) => Step::Wait { until: wait.into() },
            Phase::NeverSent { .. } => self.first_sending(),
            Phase::GivenUp(cause, transactions) => Step::Reconcile(self.reconcile(cause, transactions)),
            Phase::Authorised(_) | Phase::SettledByHand { found: Some(_) } => {
                Step::Done(Conclusion::Authorised)
            }
            Phase::Refused(_)
            | Phase::Rejected(_)
            | Phase::Cancelled
            | Phase::SettledByHand { found: None } => Step::Done(Conclusion::NotAuthorised),
        }
    }

    /// Notes that the request is being sent. Store the attempt, then [`release`](Sending::release) the
    /// request, send it, and tell what came of it ([`received`](Self::received)).
    ///
    /// Never encode the request that was planned: it has no retry number, and nothing has looked at the
    /// clock since the attempt was stored. What [`Sending::release`] gives out is what leaves.
    ///
    /// # Errors
    ///
    /// [`SendError`]: it is not the time to send, or it is another request than the one that was
    /// planned.
    pub fn send(&mut self, request: &Request, now: SystemTime) -> Result<Sending, SendError> {
        self.recorded(|attempt| attempt.note_sending(request, now))
    }

    fn note_sending(&mut self, request: &Request, now: SystemTime) -> Result<Sending, SendError> {
        if let Some(difference) = rules::difference(&self.intent, request) {
            return Err(SendError::AnotherRequest(difference));
        }
        let number = match self.decide(now) {
            Step::Send { retry_number, .. } | Step::AskForCard { retry_number, .. } => retry_number,
            step => return Err(SendError::NotNow(Box::new(step))),
        };
        let request = request.clone().without_retry_number();
        let request = match number {
            Some(number) => request.with_retry_number(number),
            None => request,
        };
        let now = Moment::from(now);
        let attempt = &mut *self.attempt;
        let first = attempt.sent.map_or(now, |sent| sent.first);
        let doubt = attempt.sent.and_then(|sent| sent.doubt);
        let unanswered = attempt.sent.and_then(|sent| sent.unanswered);
        attempt.sent = Some(Sent { first, last: now, number, doubt, unanswered, clock_went_back: false });
        attempt.sendings = attempt.sendings.saturating_add(1);
        attempt.card_gone = false;
        attempt.phase = Phase::Sent { due: now.later(self.policy.answer_within) };
        let ticket = Ticket(attempt.sendings);
        Ok(Sending { request, ticket, noted: now, until: rules::leaves_by(now, first, self.policy) })
    }

    /// Takes what came of the sending `of`, and says what to do next.
    ///
    /// A response counts whenever it comes. A failure of a sending that is not the last one changes
    /// nothing: it says nothing of the one that is out.
    ///
    /// `jitter` is a random number: those who lost their responses at one moment should not all come
    /// back at one moment.
    pub fn received<'r>(
        &mut self,
        of: &Ticket,
        received: impl Into<Received<'r>>,
        now: SystemTime,
        jitter: u32,
    ) -> Step {
        let received = received.into();
        self.recorded(|attempt| attempt.hear(*of, received, now, jitter))
    }

    fn hear(&mut self, of: Ticket, received: Received<'_>, now: SystemTime, jitter: u32) -> Step {
        let moment = self.look_at_the_clock(now);
        let verdict = self.judge(of, received, moment);
        match self.attempt.phase {
            // Only somebody who looks can tell what became of it.
            Phase::GivenUp(GiveUp::Contradicted, _) => {}
            _ if self.has_ended() => self.late(&verdict),
            _ if verdict.is_about_its_sending() && !rules::is_of_the_last(of, self.sendings) => {}
            _ => self.apply(of, verdict, moment, jitter),
        }
        self.decide(now)
    }

    /// Takes note that the process that sent it is gone, and with it every card that it had in
    /// memory. A service that wipes a card as soon as a response is lost can say the same of an open
    /// attempt.
    pub fn restarted(&mut self, now: SystemTime, jitter: u32) -> Step {
        self.recorded(|attempt| attempt.restart(now, jitter))
    }

    fn restart(&mut self, now: SystemTime, jitter: u32) -> Step {
        let moment = self.look_at_the_clock(now);
        if !self.has_ended() {
            self.attempt.card_gone = rules::card_is_gone(&self.intent);
        }
        if matches!(self.attempt.phase, Phase::Sent { .. }) {
            if rules::may_have_left_before_a_restart() {
                self.is_lost(moment, jitter);
            } else {
                self.was_never_sent(moment, jitter);
            }
        }
        self.decide(now)
    }

    /// Ends an attempt that was not sent, or did not arrive.
    ///
    /// # Errors
    ///
    /// It was sent, or has ended.
    pub fn cancel(&mut self) -> Result<(), SettleError> {
        if !matches!(self.attempt.phase, Phase::Planned | Phase::NeverSent { .. }) {
            return Err(SettleError::WrongState(self.state()));
        }
        self.recorded(|attempt| attempt.attempt.phase = Phase::Cancelled);
        Ok(())
    }

    /// Stops sending, for a buyer who does not come back or a clock that cannot be trusted.
    ///
    /// # Errors
    ///
    /// It is not open.
    pub fn give_up(&mut self) -> Result<(), SettleError> {
        if !matches!(self.attempt.phase, Phase::Open { .. }) {
            return Err(SettleError::WrongState(self.state()));
        }
        self.recorded(|attempt| attempt.attempt.phase = Phase::GivenUp(GiveUp::Caller, [None; 2]));
        Ok(())
    }

    /// Takes the result of a search for the transaction by hand. An attempt that was authorised without an id that
    /// names a transaction takes the id, and stays authorised.
    ///
    /// # Errors
    ///
    /// It neither is given up nor lacks an id, or what was found is what another attempt has ended with, or names
    /// no transaction.
    pub fn settle(&mut self, finding: Found) -> Result<(), SettleError> {
        let phase = match (self.attempt.phase, finding) {
            (Phase::GivenUp(..), Found::Authorised(id)) => Phase::SettledByHand { found: Some(id) },
            (Phase::GivenUp(..), Found::NotAuthorised) => Phase::SettledByHand { found: None },
            (Phase::Authorised(answered), Found::Authorised(id)) if answered.names_no_transaction() => {
                Phase::Authorised(Answered { id: Some(id), ..answered })
            }
            _ => return Err(SettleError::WrongState(self.state())),
        };
        match finding {
            Found::Authorised(id) if !id.names_a_transaction() => {
                return Err(SettleError::NamesNoTransaction);
            }
            Found::Authorised(id) if rules::is_of_another(self.attempt, self.number, self.others, &id) => {
                return Err(SettleError::OfAnother);
            }
            _ => {}
        }
        self.recorded(|attempt| attempt.attempt.phase = phase);
        Ok(())
    }
}

/// The time.
impl AttemptMut<'_> {
    /// Takes note of the time. Once the clock went back while a request was out, the attempt's age
    /// is not known any more, whatever the clock says later. What is left of a wait is left of it
    /// still.
    fn look_at_the_clock(&mut self, now: SystemTime) -> Moment {
        let now = Moment::from(now);
        let attempt = &mut *self.attempt;
        if attempt.has_ended() {
            return now;
        }
        if rules::has_gone_back(attempt.seen, now) {
            if let Some(sent) = &mut attempt.sent {
                sent.clock_went_back = true;
            }
            if let Phase::Sent { due: wait } | Phase::NeverSent { wait } = &mut attempt.phase {
                *wait = now.later(wait.since(attempt.seen));
            }
        }
        attempt.seen = now;
        now
    }
}

/// Decides the step.
impl AttemptMut<'_> {
    fn first_sending(&self) -> Step {
        if self.card_gone {
            Step::AskForCard { retry_number: None, until: None, left: None }
        } else {
            Step::Send { retry_number: None, until: None }
        }
    }

    fn retry(&mut self, wait: Moment, now: Moment) -> Step {
        let (retry_number, last) = match self.next_retry(now) {
            Ok(next) => next,
            Err(cause) => return self.gives_up(cause),
        };
        let until = Some(last.into());
        if self.card_gone {
            Step::AskForCard { retry_number, until, left: Some(last.since(now)) }
        } else if rules::has_to_wait(wait, now) {
            Step::Wait { until: wait.into() }
        } else {
            Step::Send { retry_number, until }
        }
    }

    fn gives_up(&mut self, cause: GiveUp) -> Step {
        self.attempt.phase = Phase::GivenUp(cause, [None; 2]);
        Step::Reconcile(self.reconcile(cause, [None; 2]))
    }

    /// The number of the next retry and when it has to have left, or why there is none.
    fn next_retry(&self, now: Moment) -> Result<(Option<RetryNumber>, Moment), GiveUp> {
        if !rules::can_be_retried(self.operation(), self.policy) {
            return Err(GiveUp::NotRetryable);
        }
        let sent = self.attempt.sent.ok_or(GiveUp::Contradicted)?;
        if sent.clock_went_back {
            return Err(GiveUp::ClockWentBack);
        }
        let last = rules::last_moment_to_send(sent.first, self.policy);
        if now > last {
            return Err(GiveUp::WindowClosed);
        }
        if rules::is_exhausted(self.sendings, self.policy) {
            return Err(GiveUp::Exhausted);
        }
        Ok((rules::next_number(sent.number, sent.doubt), last))
    }

    fn reconcile(&self, cause: GiveUp, transactions: [Option<TransactionId>; 2]) -> Reconciliation {
        let Intent { operation, reference, original, amount, currency, last_four, .. } = &self.intent;
        Reconciliation {
            cause,
            doubt: self.doubt(),
            operation: *operation,
            reference: reference.clone(),
            original: *original,
            amount: *amount,
            currency: *currency,
            last_four: *last_four,
            first_sent: self.attempt.sent.map(|sent| sent.first.into()),
            last_sent: self.attempt.sent.map(|sent| sent.last.into()),
            sendings: self.sendings,
            earlier_may_arrive_until: self.earlier_may_arrive_until(self.policy),
            transactions: transactions.into_iter().flatten().collect(),
        }
    }
}
