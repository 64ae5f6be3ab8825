//! What happens to an attempt, and what is to be done then.

use core::ops::Deref;
use std::collections::BTreeSet;
use std::time::SystemTime;

use super::intent::Intent;
use super::state::{Answered, Phase, Sent};
use super::step::{Doubt, GiveUp};
use super::time::Moment;
use super::{
    Attempt, Conclusion, Finding, Received, Reconcile, RetryPolicy, SendError, Sending, SettleError, Step,
    Ticket, WrongState, rules,
};
use crate::remote_auth::request::RetryNumber;
use crate::remote_auth::{Outcome, Request, Response, TransportFailure};
use crate::value::{Reason, TransactionId};

/// An attempt in its journal, to be told what happened.
///
/// Every method that takes the time may change the attempt: store it afterwards, and before doing
/// what the step says.
#[derive(Debug)]
pub struct AttemptMut<'a> {
    pub(super) attempt: &'a mut Attempt,
    pub(super) policy: &'a RetryPolicy,
    pub(super) known: &'a mut BTreeSet<TransactionId>,
}

impl Deref for AttemptMut<'_> {
    type Target = Attempt;

    fn deref(&self) -> &Attempt {
        self.attempt
    }
}

/// What an answer, or the lack of one, says of an attempt.
enum Verdict {
    Authorised(Answered),
    Refused(Answered),
    NeverSent,
    NotConnected,
    Unknown(Doubt),
}

impl Verdict {
    /// Whether it says nothing but what became of the one sending that it is about.
    const fn is_about_its_sending(&self) -> bool {
        matches!(self, Self::NeverSent | Self::NotConnected | Self::Unknown(_))
    }
}

impl AttemptMut<'_> {
    /// What to do next.
    pub fn step(&mut self, now: SystemTime) -> Step {
        let now = self.look_at_the_clock(now);
        if let Phase::Sent { due } = self.attempt.phase
            && rules::is_overdue(due, now)
        {
            self.is_open_again(Doubt::NoAnswer, now, 0);
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
            Phase::Refused(_) | Phase::Cancelled | Phase::SettledByHand { found: None } => {
                Step::Done(Conclusion::NotAuthorised)
            }
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
        if let Some(difference) = rules::difference(&self.intent, request) {
            return Err(SendError::AnotherRequest(difference));
        }
        let number = match self.step(now) {
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
        attempt.sent = Some(Sent { first, last: now, number, doubt, clock_went_back: false });
        attempt.sendings = attempt.sendings.saturating_add(1);
        attempt.card_gone = false;
        attempt.phase = Phase::Sent { due: now.later(self.policy.answer_within()) };
        let ticket = Ticket(attempt.sendings);
        Ok(Sending { request, ticket, noted: now, until: rules::leaves_by(now, first, self.policy) })
    }

    /// Takes what came of the sending `of`, and says what to do next.
    ///
    /// An answer counts whenever it comes. A failure of a sending that is not the last one changes
    /// nothing: it says nothing of the one that is out.
    ///
    /// `jitter` is a random number: those who lost their answers at one moment should not all come
    /// back at one moment.
    pub fn received<'r>(
        &mut self,
        of: &Ticket,
        received: impl Into<Received<'r>>,
        now: SystemTime,
        jitter: u32,
    ) -> Step {
        let moment = self.look_at_the_clock(now);
        let verdict = match received.into() {
            Received::Answer(response) => self.judge(response, moment),
            Received::Failure(TransportFailure::NotConnected) => Verdict::NotConnected,
            Received::Failure(TransportFailure::Lost) => Verdict::Unknown(Doubt::NoAnswer),
        };
        match self.attempt.phase {
            // Only somebody who looks can tell what became of it.
            Phase::GivenUp(GiveUp::Contradicted, _) => {}
            _ if self.has_ended() => self.late(&verdict),
            _ if verdict.is_about_its_sending() && !rules::is_of_the_last(*of, self.sendings) => {}
            _ => self.apply(verdict, moment, jitter),
        }
        self.step(now)
    }

    /// Takes note that the process that sent it is gone, and with it every card that it had in
    /// memory. A service that wipes a card as soon as an answer is lost can say the same of an open
    /// attempt.
    pub fn restarted(&mut self, now: SystemTime, jitter: u32) -> Step {
        let moment = self.look_at_the_clock(now);
        if !self.has_ended() {
            self.attempt.card_gone = rules::card_is_gone(&self.intent);
        }
        if matches!(self.attempt.phase, Phase::Sent { .. }) {
            match rules::doubt_after_restart() {
                Some(doubt) => self.is_open_again(doubt, moment, jitter),
                None => self.was_never_sent(moment, jitter),
            }
        }
        self.step(now)
    }

    /// Ends an attempt that was not sent, or did not arrive.
    ///
    /// # Errors
    ///
    /// It was sent, or has ended.
    pub const fn cancel(&mut self) -> Result<(), WrongState> {
        match self.attempt.phase {
            Phase::Planned | Phase::NeverSent { .. } => {
                self.attempt.phase = Phase::Cancelled;
                Ok(())
            }
            _ => Err(WrongState(self.attempt.state())),
        }
    }

    /// Sends no more: for a buyer who does not come back, or a clock that nobody trusts.
    ///
    /// # Errors
    ///
    /// It is not open.
    pub const fn give_up(&mut self) -> Result<(), WrongState> {
        match self.attempt.phase {
            Phase::Open { .. } => {
                self.attempt.phase = Phase::GivenUp(GiveUp::Caller, [None; 2]);
                Ok(())
            }
            _ => Err(WrongState(self.attempt.state())),
        }
    }

    /// Takes what somebody found who looked for the transaction.
    ///
    /// # Errors
    ///
    /// It is not given up, or what was found is what another attempt has ended with.
    pub fn settle(&mut self, finding: Finding) -> Result<(), SettleError> {
        if !matches!(self.attempt.phase, Phase::GivenUp(..)) {
            return Err(WrongState(self.state()).into());
        }
        let found = match finding {
            Finding::Authorised(id) if rules::is_of_another(self.attempt, self.known, &id) => {
                return Err(SettleError::OfAnother);
            }
            Finding::Authorised(id) => Some(id),
            Finding::NotAuthorised => None,
        };
        self.known.extend(found);
        self.attempt.phase = Phase::SettledByHand { found };
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

/// What to do.
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
        if !rules::can_be_retried(self.operation()) {
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

    fn reconcile(&self, cause: GiveUp, transactions: [Option<TransactionId>; 2]) -> Reconcile {
        let Intent { operation, reference, original, amount, currency, last_four, .. } = &self.intent;
        Reconcile {
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
            transactions: transactions.into_iter().flatten().collect(),
        }
    }
}

/// What an answer says.
impl AttemptMut<'_> {
    fn judge(&self, response: &Response, at: Moment) -> Verdict {
        let id = response.transaction_id();
        if rules::is_of_another(self.attempt, self.known, &id) {
            return Verdict::Unknown(Doubt::OfAnother);
        }
        let code = response.response_code();
        let answered = Answered { id, checks: response.checks(), code, at };
        let reason = response.reason();
        match response.outcome() {
            Outcome::Authorised => Verdict::Authorised(answered),
            Outcome::Refused if rules::refusal_is_an_end(self.earlier_doubt(), response) => {
                Verdict::Refused(answered)
            }
            Outcome::Refused if reason == Some(Reason::DuplicateTransaction) => {
                Verdict::Unknown(Doubt::Duplicate)
            }
            Outcome::Refused => Verdict::Unknown(Doubt::Rejected),
            Outcome::NeverSent => Verdict::NeverSent,
            Outcome::Unknown if reason == Some(Reason::DuplicateTransactionStillProcessing) => {
                Verdict::Unknown(Doubt::StillProcessing)
            }
            Outcome::Unknown => Verdict::Unknown(Doubt::SystemError),
        }
    }

    fn earlier_doubt(&self) -> Option<Doubt> {
        self.attempt.sent.and_then(|sent| sent.doubt)
    }

    fn apply(&mut self, verdict: Verdict, now: Moment, jitter: u32) {
        let is_sent = matches!(self.attempt.phase, Phase::Sent { .. });
        let is_open = matches!(self.attempt.phase, Phase::Open { .. } | Phase::GivenUp(..));
        match verdict {
            Verdict::Authorised(answered) => {
                self.known.insert(answered.id);
                self.attempt.phase = Phase::Authorised(answered);
            }
            Verdict::Refused(answered) => {
                self.known.insert(answered.id);
                self.attempt.phase = Phase::Refused(answered);
            }
            Verdict::NotConnected if is_sent => {
                self.take_back_the_number();
                self.was_never_sent(now, jitter);
            }
            Verdict::NeverSent if is_sent => self.was_never_sent(now, jitter),
            Verdict::Unknown(doubt) if is_sent => self.is_open_again(doubt, now, jitter),
            Verdict::Unknown(doubt) if is_open => {
                if let Some(sent) = &mut self.attempt.sent {
                    sent.doubt = Some(doubt);
                }
            }
            // Late news of a sending that others have overtaken, or of none.
            Verdict::NotConnected | Verdict::NeverSent | Verdict::Unknown(_) => {}
        }
    }

    /// An answer to what has ended. It changes nothing, but for an authorisation that should not be.
    fn late(&mut self, verdict: &Verdict) {
        let Verdict::Authorised(answered) = verdict else { return };
        let ended_with = self.transaction_id();
        if self.conclusion() == Some(Conclusion::Authorised) && ended_with == Some(answered.id) {
            return;
        }
        self.known.insert(answered.id);
        self.attempt.phase = Phase::GivenUp(GiveUp::Contradicted, [ended_with, Some(answered.id)]);
    }

    /// The gateway never saw the number of the last sending.
    fn take_back_the_number(&mut self) {
        if let Some(sent) = &mut self.attempt.sent {
            let number = sent.number.map_or(0, |number| number.get().saturating_sub(1));
            sent.number = (number > 0).then_some(RetryNumber::new(number));
        }
    }

    /// The last sending did not arrive. If that was all that was sent, nothing was.
    fn was_never_sent(&mut self, now: Moment, jitter: u32) {
        let earlier = self.earlier_doubt();
        match earlier {
            Some(doubt) if !rules::was_never_sent(earlier) => self.is_open_again(doubt, now, jitter),
            _ => {
                let wait = now.later(self.policy.wait(self.sendings, jitter));
                self.attempt.sent = None;
                self.attempt.phase = Phase::NeverSent { wait };
            }
        }
    }

    fn is_open_again(&mut self, doubt: Doubt, now: Moment, jitter: u32) {
        let Some(sent) = &mut self.attempt.sent else { return };
        sent.doubt = Some(doubt);
        let (shortest, usual) =
            (self.policy.wait(1, jitter), self.policy.wait(self.attempt.sendings, jitter));
        // A wait beyond the last moment to send would waste what is left.
        let left = rules::last_moment_to_send(sent.first, self.policy).since(now);
        let wait = now.later(usual.min(shortest.max(left / 2)));
        self.attempt.phase = Phase::Open { wait };
    }
}
