//! The acquirer's memory of requests, so that a retry does not charge twice (section 6).

use std::collections::VecDeque;
use std::time::SystemTime;

use super::date::elapsed;
use super::facts::RequestFacts;
use super::subject::Subject;
use super::vault::Card;
use crate::remote_auth::outcome::Outcome;
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{RETRY_WINDOW, RetryNumber};
use crate::remote_auth::response::Response;
use crate::value::{Amount, Currency, OriginalId, Reason};

/// How many old requests are forgotten for each one that is remembered: more than one, so that their
/// number falls, and few, so that no single request pays for a busy hour.
const FORGOTTEN_AT_ONCE: usize = 2;

/// How many kinds of requests there are.
const KINDS: usize = 6;

/// The slot of the latest request of each kind.
const fn slot(kind: OperationKind) -> usize {
    match kind {
        OperationKind::Sale => 0,
        OperationKind::Verify => 1,
        OperationKind::Continuous => 2,
        OperationKind::Credit => 3,
        OperationKind::Void => 4,
        OperationKind::Refund => 5,
    }
}

/// The terms that a retry has to repeat.
#[derive(Clone, Debug)]
struct Terms {
    amount: Option<Amount>,
    currency: Currency,
    card: Option<Card>,
    /// In a box, since most have none and many are remembered.
    original: Option<Box<OriginalId>>,
}

impl Terms {
    fn of(request: &RequestFacts<'_>, card: Option<&Card>) -> Self {
        Self {
            amount: request.amount,
            currency: request.currency,
            card: card.cloned(),
            original: request.original.map(Box::new),
        }
    }

    /// The way in which a retry differs.
    fn changed(&self, retry: &RequestFacts<'_>, card: Option<&Card>) -> Option<Reason> {
        if self.amount != retry.amount {
            Some(Reason::AmountChanged)
        } else if self.currency != retry.currency {
            Some(Reason::CurrencyChanged)
        } else if self.card.as_ref() != card {
            Some(Reason::CardNumberChanged)
        } else if self.original.as_deref() != retry.original.as_ref() {
            // No code says that the original changed (ours).
            Some(Reason::InvalidRequest)
        } else {
            None
        }
    }
}

/// A request that was finished, or will be.
#[derive(Clone, Debug)]
struct Remembered {
    terms: Terms,
    first: SystemTime,
    finished: SystemTime,
    response: Response,
}

/// The earlier request that a request meets.
pub(super) enum Earlier {
    /// Nothing: it is to be processed.
    Unknown,
    /// It is a retry of a finished one, and gets the same answer.
    Finished(Box<Response>),
    /// It is refused for what it says about an earlier one.
    Refused(Reason),
}

/// The requests of the last five minutes, the oldest first.
#[derive(Clone, Default)]
pub(super) struct Retries {
    requests: VecDeque<Remembered>,
    /// How many were remembered and are forgotten.
    forgotten: u32,
    /// The latest request about each subject, by its kind: its number, counted from 1. What is
    /// forgotten has a number all the same.
    latest: Vec<[u32; KINDS]>,
}

impl Retries {
    /// Looks a request up among those whose first attempt was within the last five minutes.
    pub(super) fn look_up(
        &self,
        now: SystemTime,
        request: &RequestFacts<'_>,
        subject: &Subject,
        card: Option<&Card>,
    ) -> Earlier {
        let latest = self.latest.get(subject.place).and_then(|latest| latest.get(slot(request.kind)));
        let earlier = latest.and_then(|number| self.requests.get(self.place(*number)?));
        let Some(earlier) = earlier.filter(|earlier| earlier.is_recent(now)) else {
            return Earlier::Unknown;
        };
        if now < earlier.finished {
            return Earlier::Refused(Reason::DuplicateTransactionStillProcessing);
        }
        if request.retry == RetryNumber::FIRST {
            return earlier.repeated(request);
        }
        match earlier.terms.changed(request, card) {
            Some(reason) => Earlier::Refused(reason),
            None => Earlier::Finished(Box::new(earlier.response.clone())),
        }
    }

    /// Remembers an answer, if it is final: after any other one a retry is processed.
    pub(super) fn remember(
        &mut self,
        now: SystemTime,
        finished: SystemTime,
        request: &RequestFacts<'_>,
        subject: &Subject,
        card: Option<&Card>,
        response: &Response,
    ) {
        if !matches!(response.outcome(), Outcome::Authorised | Outcome::Refused) {
            return;
        }
        self.forget_old(now);
        let terms = Terms::of(request, card);
        self.requests.push_back(Remembered { terms, first: now, finished, response: response.clone() });
        if self.latest.len() <= subject.place {
            self.latest.resize(subject.place + 1, [0; KINDS]);
        }
        let slots = self.latest.get_mut(subject.place);
        if let Some(latest) = slots.and_then(|slots| slots.get_mut(slot(request.kind))) {
            // Every answer has a serial number of 32 bits.
            *latest = self.forgotten + self.requests.len() as u32;
        }
    }

    fn forget_old(&mut self, now: SystemTime) {
        for _ in 0..FORGOTTEN_AT_ONCE {
            if self.requests.front().is_none_or(|oldest| oldest.is_recent(now)) {
                return;
            }
            self.requests.pop_front();
            self.forgotten += 1;
        }
    }

    fn place(&self, number: u32) -> Option<usize> {
        usize::try_from(number.checked_sub(self.forgotten + 1)?).ok()
    }
}

impl core::fmt::Debug for Retries {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Retries").field("requests", &self.requests).finish_non_exhaustive()
    }
}

impl Remembered {
    fn is_recent(&self, now: SystemTime) -> bool {
        elapsed(self.first, now) <= RETRY_WINDOW
    }

    /// Judges a request that says to be a first attempt and is not: a reference is charged
    /// once, voided once, refunded once. Without a reference there is nothing to tell it by: two refunds
    /// may be alike.
    fn repeated(&self, request: &RequestFacts<'_>) -> Earlier {
        let authorised = self.response.outcome() == Outcome::Authorised;
        if authorised && request.reference.is_some() {
            Earlier::Refused(Reason::DuplicateTransaction)
        } else {
            Earlier::Unknown
        }
    }
}
