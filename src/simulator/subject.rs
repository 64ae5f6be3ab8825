//! Subjects of requests: a reference, or a transaction that is to be taken back.

use core::iter::successors;
use core::num::NonZeroU32;
use std::sync::Arc;

use super::index::Index;
use crate::value::{Amount, OriginalId};

/// The subject of a request. All requests about the same have the same.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) place: usize,
    pub(super) text: Arc<str>,
}

/// The beginning of a subject that is no reference: no reference has a control character.
const NO_REFERENCE: char = '\n';

/// The text of the subject of a void or refund that has no reference.
pub(super) fn without_reference(original: &OriginalId, amount: Amount) -> String {
    format!("{NO_REFERENCE}{original} {amount}")
}

impl Subject {
    /// Returns true if its text is the merchant's reference.
    pub(super) fn is_reference(&self) -> bool {
        !self.text.starts_with(NO_REFERENCE)
    }
}

/// All subjects, and the transactions of each. Those of one are linked, so that one more costs the
/// same, however many there are.
#[derive(Clone, Default)]
pub(super) struct Subjects {
    subjects: Vec<Known>,
    by_text: Index,
    /// Of the transaction at a place: the next one of its subject.
    next: Vec<Option<Place>>,
}

#[derive(Clone)]
struct Known {
    text: Arc<str>,
    /// The first and the last transaction.
    ends: Option<(Place, Place)>,
}

/// The place of a transaction in the ledger, plus one: so that none takes no room.
type Place = NonZeroU32;

impl Subjects {
    /// The subject of this text, which is known from now on.
    pub(super) fn of(&mut self, text: &str) -> Subject {
        let place = self.find(text).unwrap_or_else(|| {
            self.by_text.push(text);
            self.subjects.push(Known { text: text.into(), ends: None });
            self.subjects.len() - 1
        });
        let known = self.subjects.get(place);
        Subject { place, text: known.map_or_else(|| text.into(), |known| Arc::clone(&known.text)) }
    }

    fn find(&self, text: &str) -> Option<usize> {
        self.by_text.find(text, |place| self.subjects.get(place).is_some_and(|known| *known.text == *text))
    }

    /// Adds the next transaction of the ledger to those of its subject, if it counts among them.
    pub(super) fn push(&mut self, subject: Option<&Subject>) {
        self.next.push(None);
        // Serial numbers have 32 bits.
        let Some(new) = Place::new(self.next.len() as u32) else { return };
        let Some(known) = subject.and_then(|subject| self.subjects.get_mut(subject.place)) else { return };
        let (first, before) = match known.ends {
            Some((first, last)) => (first, Some(last)),
            None => (new, None),
        };
        known.ends = Some((first, new));
        let next = before.and_then(|before| self.next.get_mut(before.get() as usize - 1));
        if let Some(next) = next {
            *next = Some(new);
        }
    }

    /// The places of the transactions of a subject, the oldest first.
    pub(super) fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let known = self.find(text).and_then(|place| self.subjects.get(place));
        let first = known.and_then(|known| known.ends).map(|(first, _)| first.get() as usize - 1);
        let next = |place: &usize| Some(self.next.get(*place).copied()??.get() as usize - 1);
        successors(first, next)
    }
}
