//! The rules that keep an attempt from being charged twice, and from being called what it is not:
//! one function for each.
//!
//! Each can be taken out in a test, which has to find out: `tests.rs` plays random histories without
//! each of them, and fails where nothing goes wrong.

use core::time::Duration;
use std::collections::BTreeSet;

use super::intent::Intent;
use super::state::{Attempt, Phase};
use super::step::{Difference, Doubt};
use super::time::Moment;
use super::{RetryPolicy, Ticket};
use crate::remote_auth::request::{RETRY_WINDOW, Request, RetryNumber};
use crate::remote_auth::{OperationKind, Response};
use crate::value::{Reason, TransactionId};

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
    policy.margin()
}

/// A first sending has no window yet: held up for minutes, and taken for dead and retried meanwhile, it
/// would arrive as a new request. So each sending has to leave soon after it was noted.
pub(super) fn leaves_by(noted: Moment, first: Moment, policy: &RetryPolicy) -> Moment {
    let last = last_moment_to_send(first, policy);
    last.min(noted.later(policy.leave_within()))
}

/// The clock is read after the attempt was stored, which may have taken any time. A clock that went back
/// meanwhile does not tell how long.
pub(super) fn may_leave(noted: Moment, until: Moment, now: Moment) -> bool {
    noted <= now && now <= until
}

/// A failure that is told late is that of its own sending. It says nothing of the one that is out.
pub(super) fn is_of_the_last(ticket: Ticket, sendings: u8) -> bool {
    ticket == Ticket(sendings)
}

/// A clock that went back says that an attempt is younger than it is. How much younger, nobody
/// knows.
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

/// A credit has no retry number, so that the gateway cannot tell a second sending from a second
/// credit.
pub(super) fn can_be_retried(operation: OperationKind) -> bool {
    without!(Credit, true);
    !matches!(operation, OperationKind::Credit)
}

/// That a sending never arrived says nothing of an earlier one.
pub(super) fn was_never_sent(doubt: Option<Doubt>) -> bool {
    without!(NeverSent, true);
    doubt.is_none()
}

/// A rejection, which makes no transaction, is about the request that it answers: a retry with a
/// wrong password is rejected whatever became of the first attempt. It is an end only where nothing
/// was sent before. Nor is it an end that the card is another than before, or that something was
/// authorised with this reference: that may be the attempt itself.
pub(super) fn refusal_is_an_end(doubt: Option<Doubt>, response: &Response) -> bool {
    without!(Refusal, true);
    match response.reason() {
        Some(Reason::DuplicateTransaction) => false,
        Some(Reason::CardNumberChanged) => doubt.is_none(),
        _ => doubt.is_none() || response.transaction_id().names_a_transaction(),
    }
}

/// What ended another attempt is no answer to this one, nor is the transaction that it goes back to.
/// Of two equal refunds the retry of one can get the answer of the other.
pub(super) fn is_of_another(attempt: &Attempt, known: &BTreeSet<TransactionId>, id: &TransactionId) -> bool {
    without!(Another, false);
    let original = attempt.intent.original.is_some_and(|original| original.transaction_id() == *id);
    original || (known.contains(id) && !attempt.ids().any(|own| own == *id))
}

/// Voids and refunds have no reference: equal ones are those that the gateway cannot tell apart.
pub(super) fn are_equal_reversals(one: &Intent, other: &Intent) -> bool {
    without!(EqualReversal, false);
    let is_reversal = matches!(one.operation, OperationKind::Void | OperationKind::Refund);
    is_reversal
        && one.operation == other.operation
        && one.original == other.original
        && one.amount == other.amount
}

/// From when on the gateway has forgotten an attempt, so that nothing can be confused with it;
/// `None` while it has not ended.
pub(super) fn forgotten_at(attempt: &Attempt, policy: &RetryPolicy) -> Option<Moment> {
    let last = match attempt.phase {
        Phase::Authorised(answered) | Phase::Refused(answered) => answered.at,
        Phase::SettledByHand { .. } => attempt.sent.map_or(attempt.seen, |sent| sent.last),
        Phase::Cancelled => return Some(Moment::default()),
        Phase::Planned
        | Phase::Sent { .. }
        | Phase::Open { .. }
        | Phase::NeverSent { .. }
        | Phase::GivenUp(..) => return None,
    };
    without!(Memory, Some(Moment::default()));
    Some(last.later(RETRY_WINDOW).later(policy.margin()))
}

/// The gateway tells retries by the reference.
pub(super) fn have_one_reference(one: &Intent, other: &Intent) -> bool {
    without!(Reference, false);
    one.reference.is_some() && one.reference == other.reference
}

/// A retry is the same request.
pub(super) fn difference(planned: &Intent, request: &Request) -> Option<Difference> {
    without!(SameRequest, None);
    planned.difference(&Intent::of(request))
}

/// Nobody is asked more often than the policy says.
pub(super) fn is_exhausted(sendings: u8, policy: &RetryPolicy) -> bool {
    without!(MostSendings, false);
    sendings >= policy.most_sendings().get()
}

/// A gateway in trouble is not asked again at once.
pub(super) fn has_to_wait(until: Moment, now: Moment) -> bool {
    without!(Backoff, false);
    now < until
}

/// An answer that nobody reports is lost some day.
pub(super) fn is_overdue(due: Moment, now: Moment) -> bool {
    without!(Patience, false);
    now >= due
}

/// After a restart nobody knows what became of a request that was being sent.
pub(super) fn doubt_after_restart() -> Option<Doubt> {
    without!(Restart, None);
    Some(Doubt::NoAnswer)
}

/// After a restart a card that was in memory is gone.
pub(super) fn card_is_gone(intent: &Intent) -> bool {
    without!(Card, false);
    intent.request.is_none()
}

#[cfg(test)]
pub(super) use taken_out::Rule;

/// What a test can take out.
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
        Reference, SameRequest, MostSendings, Backoff, Patience, Restart, Card,
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
