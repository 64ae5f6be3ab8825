//! Attempts as JSON and the like (serde).
//!
//! Reading checks every rule again: what is read is made into an attempt, and refused if it is not
//! what would be written of that, or says what cannot be.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::intent::{Intent, LastFour};
use super::state::{Answered, Phase, Sent};
use super::step::{Conclusion, Doubt, GiveUp};
use super::time::Moment;
use super::{Attempt, AttemptState};
use crate::remote_auth::OperationKind;
use crate::remote_auth::request::{MerchantReference, OriginalClass, RetryNumber, StorableRequest};
use crate::value::stored::Object;
use crate::value::{Amount, Checks, Currency, OriginalId, ResponseCode, TransactionId};

stored_as_text! {
    Conclusion, Doubt, GiveUp, LastFour, AttemptState
}

impl Serialize for Attempt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StoredAttempt::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Attempt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object::<StoredAttempt>::read(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

/// Everything that can be said of an attempt; what does not belong to its state is `null`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredAttempt {
    state: AttemptState,
    intent: StoredIntent,
    #[serde(deserialize_with = "plain")]
    sendings: u8,
    #[serde(deserialize_with = "plain")]
    card_gone: bool,
    seen_at: Moment,
    sent: Option<StoredSent>,
    wait_until: Option<Moment>,
    cause: Option<GiveUp>,
    answer: Option<StoredAnswer>,
    /// When the server refused it before it was processed.
    #[serde(default)]
    rejected_at: Option<Moment>,
    transactions: [Option<TransactionId>; 2],
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredIntent {
    operation: OperationKind,
    class: Option<OriginalClass>,
    reference: Option<MerchantReference>,
    original: Option<OriginalId>,
    amount: Option<Amount>,
    currency: Currency,
    last_four: Option<LastFour>,
    request: Option<StorableRequest>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredSent {
    first_at: Moment,
    last_at: Moment,
    retry_number: Option<RetryNumber>,
    doubt: Option<Doubt>,
    #[serde(default)]
    unanswered_at: Option<Moment>,
    #[serde(deserialize_with = "plain")]
    clock_went_back: bool,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredAnswer {
    transaction_id: Option<TransactionId>,
    checks: Checks,
    code: Option<ResponseCode>,
    at: Moment,
}

/// Reads a number or a truth value, without the quotation of what is there instead.
pub(super) fn plain<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer).map_err(|_| D::Error::custom("must be a number that fits, true or false"))
}

impl From<&Attempt> for StoredAttempt {
    fn from(attempt: &Attempt) -> Self {
        let Attempt { intent, phase, sent, sendings, card_gone, seen } = attempt;
        let mut stored = Self {
            state: attempt.state(),
            intent: intent.into(),
            sendings: *sendings,
            card_gone: *card_gone,
            seen_at: *seen,
            sent: sent.as_ref().map(Into::into),
            wait_until: None,
            cause: None,
            answer: None,
            rejected_at: None,
            transactions: [None; 2],
        };
        match *phase {
            Phase::Planned | Phase::Cancelled => {}
            Phase::Sent { due: wait } | Phase::Open { wait } | Phase::NeverSent { wait } => {
                stored.wait_until = Some(wait);
            }
            Phase::GivenUp(cause, transactions) => {
                stored.cause = Some(cause);
                stored.transactions = transactions;
            }
            Phase::Authorised(answered) | Phase::Refused(answered) => stored.answer = Some(answered.into()),
            Phase::Rejected(at) => stored.rejected_at = Some(at),
            Phase::SettledByHand { found } => stored.transactions = [found, None],
        }
        stored
    }
}

impl From<&Intent> for StoredIntent {
    fn from(intent: &Intent) -> Self {
        let Intent { operation, class, reference, original, amount, currency, last_four, request } = intent;
        Self {
            operation: *operation,
            class: *class,
            reference: reference.clone(),
            original: *original,
            amount: *amount,
            currency: *currency,
            last_four: *last_four,
            request: request.clone(),
        }
    }
}

impl From<&Sent> for StoredSent {
    fn from(sent: &Sent) -> Self {
        let Sent { first, last, number, doubt, unanswered, clock_went_back } = *sent;
        let (first_at, last_at, unanswered_at) = (first, last, unanswered);
        Self { first_at, last_at, retry_number: number, doubt, unanswered_at, clock_went_back }
    }
}

impl From<Answered> for StoredAnswer {
    fn from(answered: Answered) -> Self {
        let Answered { id, checks, code, at } = answered;
        Self { transaction_id: id, checks, code, at }
    }
}

impl TryFrom<StoredAttempt> for Attempt {
    type Error = &'static str;

    fn try_from(stored: StoredAttempt) -> Result<Self, &'static str> {
        let attempt = Self {
            intent: stored.intent.clone().try_into()?,
            phase: stored.phase().ok_or("the attempt lacks what its state has")?,
            sent: stored.sent.as_ref().map(Into::into),
            sendings: stored.sendings,
            card_gone: stored.card_gone,
            seen: stored.seen_at,
        };
        if StoredAttempt::from(&attempt) != stored {
            return Err("the attempt says what its state has not");
        }
        attempt.can_be().then_some(attempt).ok_or("the attempt contradicts itself")
    }
}

impl StoredAttempt {
    /// The state with what belongs to it, if that is there.
    fn phase(&self) -> Option<Phase> {
        let wait = self.wait_until;
        let answered = self.answer.as_ref().map(Answered::from);
        Some(match self.state {
            AttemptState::Planned => Phase::Planned,
            AttemptState::Sent => Phase::Sent { due: wait? },
            AttemptState::Open => Phase::Open { wait: wait? },
            AttemptState::NeverSent => Phase::NeverSent { wait: wait? },
            AttemptState::GivenUp => Phase::GivenUp(self.cause?, self.transactions),
            AttemptState::Authorised => Phase::Authorised(answered?),
            AttemptState::Refused => match (answered, self.rejected_at) {
                (None, Some(at)) => Phase::Rejected(at),
                (answered, _) => Phase::Refused(answered?),
            },
            AttemptState::Cancelled => Phase::Cancelled,
            AttemptState::SettledByHand => {
                let [found, _] = self.transactions;
                Phase::SettledByHand { found }
            }
        })
    }
}

impl TryFrom<StoredIntent> for Intent {
    type Error = &'static str;

    fn try_from(stored: StoredIntent) -> Result<Self, &'static str> {
        let StoredIntent { operation, class, reference, original, amount, currency, last_four, request } =
            stored;
        let intent = Self { operation, class, reference, original, amount, currency, last_four, request };
        let agrees = match &intent.request {
            Some(request) => Self::of(request.request()) == intent,
            None => intent.can_be_without_request(),
        };
        agrees.then_some(intent).ok_or("what is wanted contradicts itself")
    }
}

impl From<&StoredSent> for Sent {
    fn from(stored: &StoredSent) -> Self {
        let StoredSent { first_at, last_at, retry_number, doubt, unanswered_at, clock_went_back } = *stored;
        let (first, last, unanswered) = (first_at, last_at, unanswered_at);
        Self { first, last, number: retry_number, doubt, unanswered, clock_went_back }
    }
}

impl From<&StoredAnswer> for Answered {
    fn from(stored: &StoredAnswer) -> Self {
        let StoredAnswer { transaction_id, checks, code, at } = *stored;
        Self { id: transaction_id, checks, code, at }
    }
}
