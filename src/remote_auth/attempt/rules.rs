//! The rules that keep an attempt from being charged twice, and from being called what it is not:
//! one function for each.
//!
//! Each can be taken out in a test, which has to find out: `tests.rs` plays random histories without
//! each of them, and fails where nothing goes wrong.

use core::time::Duration;

use super::intent::Intent;
use super::others::{Number, Others, Twin};
use super::state::{Attempt, Phase};
use super::step::{Difference, Doubt};
use super::time::Moment;
use super::{RetryPolicy, Ticket};
use crate::remote_auth::request::{MerchantReference, RETRY_WINDOW, Request, RetryNumber};
use crate::remote_auth::{OperationKind, outcome};
use crate::value::TransactionId;

/// Ends a function early, in a test that has taken its rule out.
macro_rules! without {
    ($Rule:ident, $answer:expr) => {
        #[cfg(test)]
        if Rule::$Rule.is_taken_out() {
            return $answer;
        }
    };
}

/// After five minutes the gateway has forgotten the first attempt, and takes a retry for a new
/// request (section 6).
pub(super) fn last_moment_to_send(first: Moment, policy: &RetryPolicy) -> Moment {
    without!(Window, first.later(Duration::from_secs(3_600)));
    first.later(RETRY_WINDOW).earlier(margin(policy))
}

/// The five minutes count at the gateway, so a retry has to leave some time before they end.
fn margin(policy: &RetryPolicy) -> Duration {
    without!(Margin, Duration::ZERO);
    policy.margin
}

/// A first sending has no window yet: held up for minutes, and taken for dead and retried meanwhile, it
/// would arrive as a new request. So each sending has to leave soon after it was noted.
pub(super) fn leaves_by(noted: Moment, first: Moment, policy: &RetryPolicy) -> Moment {
    let last = last_moment_to_send(first, policy);
    without!(Leave, noted.later(Duration::from_secs(3_600)));
    last.min(noted.later(policy.leave_within))
}

/// The clock is read after the attempt was stored, which may have taken any time. A clock that went back
/// meanwhile does not tell how long.
pub(super) fn may_leave(noted: Moment, until: Moment, now: Moment) -> bool {
    without!(Leave, true);
    noted <= now && now <= until
}

/// A late failure is about its own sending, not about the one that is out.
pub(super) fn is_of_the_last(ticket: Ticket, sendings: u8) -> bool {
    without!(Ticket, true);
    ticket == Ticket(sendings)
}

/// A clock that went back makes an attempt look younger than it is, by an unknown time.
pub(super) fn has_gone_back(seen: Moment, now: Moment) -> bool {
    without!(Clock, false);
    now < seen
}

/// A sending after one whose end is not known says that it is a retry, by a number one higher. Any
/// other is a first attempt, and has no number.
pub(super) fn next_number(number: Option<RetryNumber>, doubt: Option<Doubt>) -> Option<RetryNumber> {
    without!(RetryNumber, None);
    // No policy asks for more sendings than there are numbers.
    doubt.map(|_| number.unwrap_or_default().next().unwrap_or(RetryNumber::new(u8::MAX)))
}

/// The gateway cannot tell a second sending of a credit from a second credit, unless its acquirer is
/// known to look at the reference.
pub(super) fn can_be_retried(operation: OperationKind, policy: &RetryPolicy) -> bool {
    without!(Credit, true);
    !matches!(operation, OperationKind::Credit) || policy.credits_by_reference
}

/// Returns true if the acquirer knows a retry by its reference. The pages promise that of authorisations.
fn is_known_by_reference(intent: &Intent, policy: &RetryPolicy) -> bool {
    match intent.operation {
        OperationKind::Sale | OperationKind::Verify | OperationKind::Continuous => true,
        OperationKind::Void | OperationKind::Refund => {
            intent.reference.is_some() && policy.reversals_by_reference
        }
        OperationKind::Credit => policy.credits_by_reference,
    }
}

/// A sending that never arrived does not tell what became of an earlier one.
pub(super) fn was_never_sent(doubt: Option<Doubt>) -> bool {
    without!(NeverSent, true);
    doubt.is_none()
}

/// A rejection is about the sending that it answers: a retry with a wrong password is rejected whatever
/// became of the first attempt, and "already cancelled" may say that the first one worked. So a response is
/// read as that to a retry, where another sending may have arrived.
pub(super) fn sending_of(after_another: bool, intent: &Intent, policy: &RetryPolicy) -> outcome::SentAs {
    without!(Refusal, outcome::SentAs::FIRST);
    let retry = outcome::SentAs::retry(intent.operation);
    match (after_another, decline_is_of_the_first(intent, policy)) {
        (false, _) => outcome::SentAs::FIRST,
        (true, false) => retry,
        (true, true) => retry.known_by_reference(),
    }
}

/// A retry is declined as the first sending was, where the gateway knows it as a retry. To a void or
/// refund that it takes for a new one, "insufficient funds" may say that the first one took them.
fn decline_is_of_the_first(intent: &Intent, policy: &RetryPolicy) -> bool {
    without!(Decline, true);
    is_known_by_reference(intent, policy)
}

/// A transaction that ended another attempt, or that this one goes back to, is no response to this attempt. The retry
/// of one of two equal refunds can get the response to the other.
pub(super) fn is_of_another(attempt: &Attempt, number: Number, others: &Others, id: &TransactionId) -> bool {
    without!(Another, false);
    let original = attempt.intent.original.is_some_and(|original| original.transaction_id() == *id);
    let owner = others.owner(id);
    original || (owner.is_some_and(|owner| owner != number) && !attempt.ids().any(|own| own == *id))
}

/// The gateway tells the retries of equal voids and refunds apart by nothing but their references, if it
/// looks at those.
pub(super) fn twin(intent: &Intent, policy: &RetryPolicy) -> Option<Twin> {
    without!(EqualReversal, None);
    let is_reversal = matches!(intent.operation, OperationKind::Void | OperationKind::Refund);
    if !is_reversal || is_known_by_reference(intent, policy) {
        return None;
    }
    let original = intent.original?.transaction_id();
    let hundredths = intent.amount.map(|amount| amount.hundredths());
    Some(Twin { operation: intent.operation.as_str(), original, hundredths })
}

/// The network may hold a sending back and deliver it after its retry was authorised. Where the gateway
/// does not know it by its reference, it is another void or refund then.
pub(super) fn earlier_may_arrive_until(attempt: &Attempt, policy: &RetryPolicy) -> Option<Moment> {
    let Attempt { intent, sent, .. } = attempt;
    let is_reversal = matches!(intent.operation, OperationKind::Void | OperationKind::Refund);
    if !is_reversal || is_known_by_reference(intent, policy) {
        return None;
    }
    let sent = sent.as_ref()?;
    // What was stored before this was noted says only that the end of an earlier one is not known.
    let lost_before = (sent.number.is_some() && sent.doubt == Some(Doubt::NoAnswer)).then_some(sent.last);
    sent.unanswered.or(lost_before).map(|noted| noted.later(RETRY_WINDOW))
}

/// From when on the gateway has forgotten an attempt, so that nothing can be confused with it;
/// `None` while it has not ended.
pub(super) fn forgotten_at(attempt: &Attempt, policy: &RetryPolicy) -> Option<Moment> {
    let last = match attempt.phase {
        Phase::Authorised(answered) | Phase::Refused(answered) => answered.at,
        Phase::Rejected(at) => at,
        Phase::SettledByHand { .. } => attempt.sent.map_or(attempt.seen, |sent| sent.last),
        Phase::Cancelled => return Some(Moment::default()),
        Phase::Planned
        | Phase::Sent { .. }
        | Phase::Open { .. }
        | Phase::NeverSent { .. }
        | Phase::GivenUp(..) => return None,
    };
    without!(Memory, Some(Moment::default()));
    Some(last.later(RETRY_WINDOW).later(policy.margin))
}

/// The gateway tells retries by the reference, so that it belongs to one attempt.
pub(super) fn own_reference(intent: &Intent) -> Option<&MerchantReference> {
    without!(Reference, None);
    intent.reference.as_ref()
}

/// A retry is the same request.
pub(super) fn difference(planned: &Intent, request: &Request) -> Option<Difference> {
    without!(SameRequest, None);
    planned.difference(&Intent::of(request))
}

/// A request is sent at most as often as the policy says.
pub(super) fn is_exhausted(sendings: u8, policy: &RetryPolicy) -> bool {
    without!(MostSendings, false);
    sendings >= policy.most_sendings.get()
}

/// A gateway in trouble is not asked again at once.
pub(super) fn has_to_wait(until: Moment, now: Moment) -> bool {
    without!(Backoff, false);
    now < until
}

/// A response that is not reported counts as lost after a while.
pub(super) fn is_overdue(due: Moment, now: Moment) -> bool {
    without!(Patience, false);
    now >= due
}

/// A request that was being sent before a restart may have left.
pub(super) fn may_have_left_before_a_restart() -> bool {
    without!(Restart, false);
    true
}

/// After a restart a card that was in memory is gone.
pub(super) fn card_is_gone(intent: &Intent) -> bool {
    without!(Card, false);
    intent.request.is_none()
}

#[cfg(test)]
pub(super) use taken_out::Rule;

/// Rules that a test can take out.
#[cfg(test)]
mod taken_out {
    use std::cell::Cell;

    thread_local! {
        static TAKEN_OUT: Cell<Option<Rule>> = const { Cell::new(None) };
    }

    macro_rules! rules {
        ($($Rule:ident,)+) => {
            /// A rule of this file.
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub(in super::super) enum Rule {
                $($Rule,)+
            }

            impl Rule {
                pub(in super::super) const ALL: &[Self] = &[$(Self::$Rule),+];
            }
        };
    }

    rules! {
        Window, Margin, Clock, RetryNumber, Credit, NeverSent, Refusal, Another, EqualReversal, Memory,
        Reference, SameRequest, MostSendings, Backoff, Patience, Restart, Card, Leave, Ticket, Decline,
    }

    impl Rule {
        pub(super) fn is_taken_out(self) -> bool {
            TAKEN_OUT.get() == Some(self)
        }

        /// Does something without this rule.
        pub(in super::super) fn do_without<T>(self, something: impl FnOnce() -> T) -> T {
            TAKEN_OUT.set(Some(self));
            let done = something();
            TAKEN_OUT.set(None);
            done
        }
    }
}
