//! Who knows everything, and says what is wrong.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::Conclusion;
use cashflows_codec::remote_auth::request::RetryNumber;
use cashflows_codec::remote_auth::{OperationKind, Outcome, Request, TransportFailure};
use cashflows_codec::simulator::Entry;

use super::{CARD, Heard, Wish, World};

/// What the service sends and hears about one wish, as an onlooker sees it.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    pub(crate) wish: Wish,
    /// Whether it may be that a sending has arrived.
    pub(crate) may_have_arrived: bool,
    pub(crate) sendings: u8,
    /// When the last sending was over; `None` if the clock was changed since.
    pub(crate) over_at: Option<SystemTime>,
    /// The earliest time at which the attempt saw the clock.
    pub(crate) earliest: SystemTime,
    /// The numbers of the retries that may have arrived.
    pub(crate) numbers: BTreeSet<RetryNumber>,
    /// When its authorised transactions were made.
    pub(crate) made: Vec<SystemTime>,
    /// Whether a sending has arrived after its retry, and made another transaction.
    pub(crate) overtaken: bool,
}

/// In what way something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// Two transactions for one wish.
    AuthorisedTwice,
    /// The ledger has no such transaction of this wish.
    CalledAuthorised,
    /// The ledger has a transaction of this wish.
    CalledNotAuthorised,
    /// Another amount or another card than was wished.
    OfAnotherKind,
    /// A sending says that it is a retry and is none, or the other way round, or has the number of another.
    RetryNumber,
    /// A credit is sent again, and nobody knows whether the acquirer knows it.
    SentAgain,
    /// A sending that was overtaken has made a transaction, and nothing was said of that.
    Unannounced,
    SentTooOften,
    SentTooSoon,
    /// It is to be sent, and then it is not.
    NotSent,
    /// It is to be sent, and nobody has the card.
    NobodyHasTheCard,
    NeverEnds,
    /// What was stored cannot be read, or is something else.
    Unreadable,
}

/// What went wrong: the property does not hold.
pub(crate) type Violation = (Wrong, String);

impl World {
    pub(crate) fn is_wrong(&mut self, wrong: Wrong, key: usize) {
        let (watched, attempt) = (&self.watched[key], &self.stored[key]);
        // What follows from the first ones is not told at length.
        let told = match self.violations.len() {
            0..3 => format!("{watched:?}: {attempt:?}\n{}", self.acquirer.ledger()),
            _ => String::new(),
        };
        self.violations.push((wrong, told));
    }

    /// Nobody can say any more what is too soon.
    pub(crate) fn the_clock_was_changed(&mut self) {
        self.watched.iter_mut().for_each(|watched| watched.over_at = None);
    }

    /// What the onlooker knows without a look at the machine: a second sending of what may have
    /// arrived says that it is a retry, and does not come too often or too soon.
    pub(crate) fn look_at_sending(&mut self, key: usize, request: &Request, card_is_given: bool) {
        let watched = self.watched[key].clone();
        let is_retry = request.retry_number().is_some_and(|number| number.get() > 0);
        let number = request.retry_number().filter(|_| is_retry);
        let is_new = number.is_none_or(|number| self.watched[key].numbers.insert(number));
        if is_retry != watched.may_have_arrived || !is_new {
            self.is_wrong(Wrong::RetryNumber, key);
        }
        let is_credit = request.kind() == OperationKind::Credit;
        if is_credit && watched.may_have_arrived && !self.policy.credits_by_reference {
            self.is_wrong(Wrong::SentAgain, key);
        }
        if watched.sendings >= self.policy.most_sendings.get() {
            self.is_wrong(Wrong::SentTooOften, key);
        }
        let is_soon = |over| self.now.duration_since(over).unwrap() < Duration::from_millis(500);
        if watched.over_at.is_some_and(is_soon) && !card_is_given {
            self.is_wrong(Wrong::SentTooSoon, key);
        }
    }

    pub(crate) fn watch(&mut self, key: usize, request: &Request, heard: &Heard) {
        let outcome = match heard {
            Heard::Reply(Ok(response)) => response.outcome(),
            Heard::Reply(Err(failure)) => Outcome::of(failure),
            Heard::Forbidden => Outcome::Refused,
        };
        let watched = &mut self.watched[key];
        if matches!(heard, Heard::Reply(Err(TransportFailure::NotConnected)))
            && let Some(number) = request.retry_number()
        {
            watched.numbers.remove(&number);
        }
        watched.sendings += 1;
        watched.may_have_arrived |= outcome != Outcome::NeverSent;
        watched.over_at = Some(self.now);
    }

    /// Everything that is said of an attempt is what the ledger says.
    pub(crate) fn check(&mut self) {
        for key in 0..self.watched.len() {
            if let Some(wrong) = self.wrong_with(key) {
                self.is_wrong(wrong, key);
            }
        }
    }

    pub(crate) fn wrong_with(&self, key: usize) -> Option<Wrong> {
        let attempt = &self.stored[key];
        let entries = self.acquirer.ledger().entries().iter().filter(|entry| entry.is_authorised());
        let made: Vec<_> = entries.filter(|entry| self.owners.get(entry.id()) == Some(&key)).collect();
        // As many as there are of the reference, whoever it was that asked for them.
        let alike = |cart| self.acquirer.ledger().charges(&format!("cart-{cart}")).count();
        let twice = matches!(self.watched[key].wish, Wish::Sale { cart } if alike(cart) > 1);
        let is_wished = |entry: &Entry| {
            attempt.amount().is_none_or(|amount| amount == entry.money().amount())
                && entry.card().is_none_or(|card| card.secret_str() == CARD)
        };
        match (attempt.conclusion(), made.as_slice()) {
            // That was said.
            (_, [_, _, ..]) if self.watched[key].overtaken => None,
            (_, [_, _, ..]) => Some(Wrong::AuthorisedTwice),
            _ if twice => Some(Wrong::AuthorisedTwice),
            (_, [one]) if !is_wished(one) => Some(Wrong::OfAnotherKind),
            (Some(Conclusion::Authorised), [one]) if Some(*one.id()) == attempt.transaction_id() => None,
            (Some(Conclusion::Authorised), _) => Some(Wrong::CalledAuthorised),
            (Some(Conclusion::NotAuthorised), [_]) => Some(Wrong::CalledNotAuthorised),
            (Some(Conclusion::NotAuthorised) | None, _) => None,
        }
    }
}
