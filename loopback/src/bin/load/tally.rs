//! What clients were told, and how long it took.

use std::collections::HashMap;
use std::time::Duration;

use cashflows_codec::value::Money;
use hdrhistogram::{AdditionError, CreationError, Histogram};

use crate::operation::Operation;

/// Longer waits count as this one.
const LONGEST: u64 = 60_000_000;

/// How many unexpected answers are kept as examples; all are counted.
const EXAMPLES: usize = 5;

/// The books of one client, or of all together.
pub struct Tally {
    /// In microseconds, by the place of the operation in [`Operation::ALL`].
    times: Vec<Histogram<u32>>,
    /// How often each reference of Remote Auth was charged, as far as clients were told.
    charges: HashMap<Box<str>, u32>,
    /// The numbers of orders that were paid at the gateway, with the reference of the payment.
    orders: Vec<(Box<str>, Box<str>)>,
    pence: i128,
    surprises: u64,
    examples: Vec<String>,
}

impl Tally {
    pub fn new() -> Result<Self, CreationError> {
        let times = Operation::ALL.iter().map(|_| Histogram::new_with_bounds(1, LONGEST, 2));
        Ok(Self {
            times: times.collect::<Result<_, _>>()?,
            charges: HashMap::new(),
            orders: Vec::new(),
            pence: 0,
            surprises: 0,
            examples: Vec::new(),
        })
    }

    /// A card was charged.
    pub fn charged(&mut self, reference: &str, money: Money) {
        *self.charges.entry(reference.into()).or_default() += 1;
        self.pence += i128::from(money.amount().hundredths());
    }

    /// An order was paid at the gateway.
    pub fn paid(&mut self, order: &str, payment: &str, money: Money) {
        self.orders.push((order.into(), payment.into()));
        self.pence += i128::from(money.amount().hundredths());
    }

    /// Money was given back.
    pub fn returned(&mut self, money: Money) {
        self.pence -= i128::from(money.amount().hundredths());
    }

    /// An answer took so long.
    pub fn took(&mut self, operation: Operation, time: Duration) {
        let microseconds = u64::try_from(time.as_micros()).unwrap_or(LONGEST);
        if let Some(times) = self.times.get_mut(operation as usize) {
            times.saturating_record(microseconds.max(1));
        }
    }

    /// An answer is not the one that was expected.
    pub fn surprise(&mut self, operation: Operation, what: &str) {
        self.surprises += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(format!("{}: {what}", operation.as_str()));
        }
    }

    /// Adds another client's books.
    pub fn add(&mut self, other: Self) -> Result<(), AdditionError> {
        for (times, others) in self.times.iter_mut().zip(&other.times) {
            times.add(others)?;
        }
        for (reference, count) in other.charges {
            *self.charges.entry(reference).or_default() += count;
        }
        self.orders.extend(other.orders);
        self.pence += other.pence;
        self.surprises += other.surprises;
        self.examples.extend(other.examples);
        self.examples.truncate(EXAMPLES);
        Ok(())
    }

    /// The times of an operation.
    pub fn times(&self, operation: Operation) -> Option<&Histogram<u32>> {
        self.times.get(operation as usize)
    }

    /// How many charges clients were told of.
    pub fn count(&self) -> u64 {
        (self.charges.len() + self.orders.len()) as u64
    }

    pub const fn charges(&self) -> &HashMap<Box<str>, u32> {
        &self.charges
    }

    pub fn orders(&self) -> &[(Box<str>, Box<str>)] {
        &self.orders
    }

    /// What the merchant got, less what was given back.
    pub const fn pence(&self) -> i128 {
        self.pence
    }

    pub const fn surprises(&self) -> u64 {
        self.surprises
    }

    pub fn examples(&self) -> &[String] {
        &self.examples
    }
}
