//! The meaning of a response, or of none, for an attempt.

use super::state::{Answered, Phase};
use super::step::{Conclusion, Doubt, GiveUp};
use super::time::Moment;
use super::{AttemptMut, Received, Ticket, rules};
use crate::remote_auth::request::RetryNumber;
use crate::remote_auth::{Outcome, Response, TransportFailure, outcome};
use crate::value::{Reason, TransactionId};

/// The meaning of a response, or of none, for an attempt.
pub(super) enum Verdict {
    Authorised(Answered),
    Refused(Answered),
    /// The only sending that may have arrived was refused before it was processed.
    Rejected,
    NeverSent,
    NotConnected,
    /// The only sending that may have arrived is the second one with its reference.
    Duplicate,
    Unknown(Doubt),
}

impl Verdict {
    /// Returns true if the verdict is about its one sending only.
    pub(super) const fn is_about_its_sending(&self) -> bool {
        !matches!(self, Self::Authorised(_) | Self::Refused(_))
    }
}

/// Judges responses.
impl AttemptMut<'_> {
    pub(super) fn judge(&self, of: Ticket, received: Received<'_>, at: Moment) -> Verdict {
        match received {
            Received::Response(response) => self.judge_response(of, response, at),
            Received::Rejected if !self.sending_of(of).is_retry() => Verdict::Rejected,
            Received::Rejected => Verdict::Unknown(Doubt::Rejected),
            Received::Failure(TransportFailure::NotConnected) => Verdict::NotConnected,
            Received::Failure(TransportFailure::Lost) => Verdict::Unknown(Doubt::NoAnswer),
        }
    }

    fn judge_response(&self, of: Ticket, response: &Response, at: Moment) -> Verdict {
        let id = response.transaction_id();
        let named = id.filter(TransactionId::names_a_transaction);
        if named.is_some_and(|id| rules::is_of_another(self.attempt, self.number, self.others, &id)) {
            return Verdict::Unknown(Doubt::OfAnother);
        }
        let code = response.response_code();
        let answered = Answered { id, checks: response.checks(), code, at };
        let sending = self.sending_of(of);
        let doubt = match response.reason() {
            Some(Reason::DuplicateTransaction) => Doubt::Duplicate,
            Some(Reason::DuplicateTransactionStillProcessing | Reason::ConcurrentAuthorisations) => {
                Doubt::StillProcessing
            }
            _ if response.outcome() == Outcome::Refused => Doubt::Rejected,
            _ => Doubt::SystemError,
        };
        match Outcome::of_response_to(sending, response) {
            Outcome::Authorised => Verdict::Authorised(answered),
            Outcome::Refused => Verdict::Refused(answered),
            // Of a retry too, so that it is known that it did not arrive.
            _ if response.outcome() == Outcome::NeverSent => Verdict::NeverSent,
            _ if doubt == Doubt::Duplicate && !sending.is_retry() => Verdict::Duplicate,
            _ => Verdict::Unknown(doubt),
        }
    }

    fn sending_of(&self, of: Ticket) -> outcome::SentAs {
        rules::sending_of(self.is_after_another(of), &self.intent, self.policy)
    }

    /// Returns true if another sending may have arrived. A retry number, even one that was taken back, shows that the
    /// last sending is a retry.
    fn is_after_another(&self, of: Ticket) -> bool {
        of != Ticket(self.sendings) || self.attempt.sent.is_some_and(|sent| sent.number.is_some())
    }

    pub(super) fn apply(&mut self, of: Ticket, verdict: Verdict, now: Moment, jitter: u32) {
        let is_sent = matches!(self.attempt.phase, Phase::Sent { .. });
        let is_open = matches!(self.attempt.phase, Phase::Open { .. } | Phase::GivenUp(..));
        match verdict {
            Verdict::Authorised(answered) => self.ends(of, Phase::Authorised(answered)),
            Verdict::Refused(answered) => self.ends(of, Phase::Refused(answered)),
            Verdict::Rejected if is_sent || is_open => self.ends(of, Phase::Rejected(now)),
            Verdict::NotConnected if is_sent => {
                self.take_back_the_number();
                self.was_never_sent(now, jitter);
            }
            Verdict::NeverSent if is_sent => self.was_never_sent(now, jitter),
            Verdict::Duplicate if is_sent || is_open => {
                self.is_in_doubt(Doubt::Duplicate);
                if !matches!(self.attempt.phase, Phase::GivenUp(..)) {
                    self.attempt.phase = Phase::GivenUp(GiveUp::Duplicate, [None; 2]);
                }
            }
            Verdict::Unknown(Doubt::NoAnswer) if is_sent => self.is_lost(now, jitter),
            Verdict::Unknown(doubt) if is_sent => self.is_open_again(doubt, now, jitter),
            Verdict::Unknown(doubt) if is_open => self.is_in_doubt(doubt),
            // Late news of a sending that others have overtaken, or of none.
            _ => {}
        }
    }

    fn ends(&mut self, of: Ticket, phase: Phase) {
        let is_the_only_one = !self.is_after_another(of);
        if let Some(sent) = &mut self.attempt.sent
            && is_the_only_one
        {
            sent.unanswered = None;
        }
        self.attempt.phase = phase;
    }

    /// Takes a response after the attempt has ended. Only an authorisation that contradicts the end changes it.
    pub(super) fn late(&mut self, verdict: &Verdict) {
        let Verdict::Authorised(answered) = verdict else { return };
        let ended_with = self.transaction_id();
        let is_authorised = self.conclusion() == Some(Conclusion::Authorised);
        if is_authorised && (answered.names_no_transaction() || ended_with == answered.id) {
            return;
        }
        self.attempt.phase = Phase::GivenUp(GiveUp::Contradicted, [ended_with, answered.id]);
    }

    /// The gateway never saw the number of the last sending. A number 0 says that it was a retry.
    fn take_back_the_number(&mut self) {
        if let Some(sent) = &mut self.attempt.sent {
            sent.number = sent.number.map(|number| RetryNumber::new(number.get().saturating_sub(1)));
        }
    }

    /// Notes that the last sending did not arrive. If it was the only one, the request was never sent.
    pub(super) fn was_never_sent(&mut self, now: Moment, jitter: u32) {
        let earlier = self.attempt.sent.and_then(|sent| sent.doubt);
        match earlier {
            Some(doubt) if !rules::was_never_sent(earlier) => self.is_open_again(doubt, now, jitter),
            _ => {
                let wait = now.later(self.policy.wait(self.sendings, jitter));
                self.attempt.sent = None;
                self.attempt.phase = Phase::NeverSent { wait };
            }
        }
    }

    /// Notes that the last sending may have arrived, or may still arrive.
    pub(super) fn is_lost(&mut self, now: Moment, jitter: u32) {
        if let Some(sent) = &mut self.attempt.sent {
            sent.unanswered = Some(sent.last);
        }
        self.is_open_again(Doubt::NoAnswer, now, jitter);
    }

    fn is_in_doubt(&mut self, doubt: Doubt) {
        if let Some(sent) = &mut self.attempt.sent {
            sent.doubt = Some(doubt);
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
