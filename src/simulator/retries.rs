//! What the gateway remembers of requests, so that a retry does not charge twice (section 6).

use std::time::SystemTime;

use super::asked::Asked;
use super::date::elapsed;
use crate::remote_auth::outcome::Outcome;
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::RETRY_WINDOW;
use crate::remote_auth::request::RetryNumber;
use crate::remote_auth::response::Response;
use crate::value::Reason;
use crate::value::{Amount, Currency, OriginalId};

/// What makes two requests attempts at the same thing. Voids and refunds have no reference.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Reference(OperationKind, Box<str>),
    Reversal(OperationKind, Option<OriginalId>, Option<Amount>),
}

impl Key {
    fn of(asked: &Asked<'_>) -> Self {
        match asked.reference {
            Some(reference) => Self::Reference(asked.kind, reference.into()),
            None => Self::Reversal(asked.kind, asked.original, asked.amount),
        }
    }
}

/// A request that was finished, or will be.
#[derive(Clone, Debug)]
struct Attempt {
    key: Key,
    amount: Option<Amount>,
    currency: Currency,
    first: SystemTime,
    finished: SystemTime,
    response: Response,
}

/// What is known of a request before it is processed.
pub(super) enum Known {
    /// Nothing: it is to be processed.
    Nothing,
    /// It is a retry of a finished one, and gets the same answer.
    Finished(Box<Response>),
    /// It is refused for what it says about an earlier one.
    Refused(Reason),
}

/// All finished requests, the oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Retries(Vec<Attempt>);

impl Retries {
    /// Looks a request up among those whose first attempt was within the last five minutes.
    pub(super) fn look_up(&self, now: SystemTime, asked: &Asked<'_>) -> Known {
        let key = Key::of(asked);
        let recent = |attempt: &&Attempt| attempt.key == key && elapsed(attempt.first, now) <= RETRY_WINDOW;
        let Some(earlier) = self.0.iter().rev().find(recent) else { return Known::Nothing };
        if now < earlier.finished {
            return Known::Refused(Reason::DuplicateTransactionStillProcessing);
        }
        if asked.retry == RetryNumber::FIRST {
            return earlier.again(asked);
        }
        match earlier.changed(asked) {
            Some(reason) => Known::Refused(reason),
            None => Known::Finished(Box::new(earlier.response.clone())),
        }
    }

    /// Remembers an answer, if it is final: after any other one a retry is processed.
    pub(super) fn remember(
        &mut self,
        now: SystemTime,
        finished: SystemTime,
        asked: &Asked<'_>,
        response: &Response,
    ) {
        if !matches!(response.outcome(), Outcome::Authorised | Outcome::Refused) {
            return;
        }
        self.0.retain(|attempt| elapsed(attempt.first, now) <= RETRY_WINDOW);
        self.0.push(Attempt {
            key: Key::of(asked),
            amount: asked.amount,
            currency: asked.currency,
            first: now,
            finished,
            response: response.clone(),
        });
    }
}

impl Attempt {
    /// What becomes of a request that says to be a first attempt and is not: a reference is charged
    /// once. Without a reference there is nothing to tell it by: two refunds may be alike.
    fn again(&self, asked: &Asked<'_>) -> Known {
        let authorised = self.response.outcome() == Outcome::Authorised;
        if authorised && asked.reference.is_some() {
            Known::Refused(Reason::DuplicateTransaction)
        } else {
            Known::Nothing
        }
    }

    /// In which way a retry is not the same request.
    fn changed(&self, asked: &Asked<'_>) -> Option<Reason> {
        if self.amount != asked.amount {
            Some(Reason::AmountChanged)
        } else if self.currency != asked.currency {
            Some(Reason::CurrencyChanged)
        } else {
            None
        }
    }
}
