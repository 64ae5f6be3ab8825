//! The ledger of the acquirer, for a test to look at.

use core::fmt;
use core::iter::successors;
use std::time::SystemTime;

use super::entry::{Entry, State};
use super::numbers::SerialNumber;
use super::subject::{Subject, Subjects};
use crate::remote_auth::parameter::OperationKind;
use crate::value::{Amount, Currency, TransactionId};

/// Every transaction that the acquirer has made, in order.
///
/// The state of one transaction follows from all: a sale is voided when there is an authorised
/// void of it, and settled when its day is over. A day ends at midnight UTC of the times that the
/// caller passes in.
///
/// The sums are kept while transactions are entered, and an id or a reference is looked up in an
/// index: however many transactions there are, none of these methods but
/// [`entries`](Self::entries) goes through all of them.
#[derive(Clone, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    subjects: Subjects,
    balances: Vec<(Currency, i128)>,
}

impl Ledger {
    /// All transactions, refused ones too.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The transaction with this id.
    #[must_use]
    pub fn get(&self, id: &TransactionId) -> Option<&Entry> {
        self.entries.get(SerialNumber::place(id)?).filter(|entry| entry.id() == id)
    }

    pub(super) fn get_mut(&mut self, id: &TransactionId) -> Option<&mut Entry> {
        self.entries.get_mut(SerialNumber::place(id)?).filter(|entry| entry.id() == id)
    }

    /// Every transaction with this reference, the oldest first.
    pub fn with_reference(&self, reference: &str) -> impl Iterator<Item = &Entry> {
        self.subjects.places(reference).filter_map(|place| self.entries.get(place))
    }

    /// Every authorised sale and continuous payment with this reference, voided or not: how often
    /// was the card charged?
    pub fn charges(&self, reference: &str) -> impl Iterator<Item = &Entry> {
        self.with_reference(reference).filter(|entry| entry.is_charge())
    }

    /// Every authorised void and refund of a transaction, the newest first.
    pub fn reversals(&self, id: &TransactionId) -> impl Iterator<Item = &Entry> + use<'_> {
        let at = |place: Option<usize>| self.entries.get(place?);
        let last = self.get(id).and_then(|entry| at(entry.reversals()[0]));
        successors(last, move |reversal| at(reversal.reversals()[1]))
    }

    /// How much of a transaction was refunded.
    #[must_use]
    pub fn refunded(&self, id: &TransactionId) -> Amount {
        self.get(id).map_or(Amount::from_hundredths(0), Entry::refunded)
    }

    /// The merchant's balance of a currency, in hundredths: charges that were not voided, less
    /// refunds and credits. Holds count like everything else that was authorised, until they expire,
    /// which the first request after that finds.
    #[must_use]
    pub fn balance(&self, currency: Currency) -> i128 {
        let balance = self.balances.iter().find(|(kept, _)| *kept == currency);
        balance.map_or(0, |(_, sum)| *sum)
    }

    /// How far a transaction is at a time.
    #[must_use]
    pub fn state(&self, id: &TransactionId, now: SystemTime) -> Option<State> {
        self.get(id).map(|entry| entry.state(now))
    }

    /// The subject of a request, which later ones about the same will find.
    pub(super) fn subject(&mut self, text: &str) -> Subject {
        self.subjects.of(text)
    }

    /// Adds a transaction, which has the next serial number.
    pub(super) fn enter(&mut self, mut entry: Entry, subject: &Subject) {
        self.add(entry.money().currency(), entry.effect());
        self.reverse(&mut entry);
        self.subjects.push(entry.reference().map(|_| subject));
        self.entries.push(entry);
    }

    /// Notes at the original what a void or refund takes back of it.
    fn reverse(&mut self, reversal: &mut Entry) {
        let (operation, place) = (reversal.operation(), self.entries.len());
        if !reversal.is_authorised() || !matches!(operation, OperationKind::Refund | OperationKind::Void) {
            return;
        }
        let Some(id) = reversal.original().copied() else { return };
        let Some(original) = self.get_mut(&id) else { return };
        original.add_reversal(reversal, place);
        if operation == OperationKind::Refund {
            original.add_refund(reversal.money().amount(), reversal.at());
        } else {
            self.change(&id, Entry::set_voided);
        }
    }

    /// Captures a part of a hold.
    pub(super) fn capture(&mut self, id: &TransactionId, amount: Amount) {
        if let Some(entry) = self.get_mut(id) {
            entry.capture(amount);
        }
    }

    /// Releases a hold: what was captured of it is taken, or all of it.
    pub(super) fn release(&mut self, id: &TransactionId, at: SystemTime) {
        self.change(id, |entry| entry.release(at));
    }

    /// Ends a hold that nobody released in time.
    pub(super) fn end_hold(&mut self, id: &TransactionId, at: SystemTime) {
        self.change(id, |entry| entry.end_hold(at));
    }

    /// Changes a transaction, and the balance with it.
    fn change(&mut self, id: &TransactionId, change: impl FnOnce(&mut Entry)) {
        let Some(entry) = self.get_mut(id) else { return };
        let before = entry.effect();
        change(entry);
        let (currency, difference) = (entry.money().currency(), entry.effect() - before);
        self.add(currency, difference);
    }

    /// There are some 180 currencies at most, however many transactions there are.
    fn add(&mut self, currency: Currency, effect: i128) {
        match self.balances.iter_mut().find(|(kept, _)| *kept == currency) {
            Some((_, sum)) => *sum += effect,
            None => self.balances.push((currency, effect)),
        }
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("entries", &self.entries).finish_non_exhaustive()
    }
}

/// One line for each transaction.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}
