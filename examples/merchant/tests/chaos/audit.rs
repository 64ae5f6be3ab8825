//! Compares the service's orders with the acquirer's ledger, and with the buyers' responses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::simulator::{Acquirer, Entry, Ledger};
use merchant::wanted::Operation;
use rusqlite::{Connection, OpenFlags};

use crate::Failure;
use crate::buyers::{Asked, End};

/// An order in the database.
#[derive(Debug)]
pub struct Stored {
    pub id: String,
    pub key: String,
    pub operation: Operation,
    pub state: String,
    pub parent: Option<String>,
    pub month: Option<String>,
    pub transaction_id: Option<String>,
    pub amount: u64,
    /// Number of restarts while it was open.
    pub interruptions: usize,
}

/// The findings.
#[derive(Debug, Default)]
pub struct Audit {
    pub orders: usize,
    pub states: BTreeMap<String, usize>,
    /// Orders that were open at a kill, and the total of those kills.
    pub interrupted: usize,
    pub interruptions: usize,
    pub charges: usize,
    /// More than one charge, or refund, for one order.
    pub doubled: Vec<String>,
    /// Orders that will never be settled, and charges without an order.
    pub lost: Vec<String>,
    /// Orders whose state differs from the acquirer's ledger.
    pub wrong: Vec<String>,
    /// Orders to be looked up by hand, and how many of them were charged.
    pub reconcile: Vec<(String, bool)>,
    /// Number of those whose buyers left.
    pub reconcile_gone: usize,
}

pub fn stored(database: &Path) -> Result<Vec<Stored>, Failure> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = connection.prepare(
        "SELECT *, (SELECT count(*) FROM steps WHERE order_id = orders.id
                    AND step = 'the service was started again') AS interruptions
         FROM orders ORDER BY id",
    )?;
    let orders = query.query_map([], |row| {
        let operation: String = row.get("operation")?;
        Ok(Stored {
            id: row.get("id")?,
            key: row.get("key")?,
            operation: Operation::from_word(&operation).ok_or(rusqlite::Error::InvalidQuery)?,
            state: row.get("state")?,
            parent: row.get("parent")?,
            month: row.get("month")?,
            transaction_id: row.get("transaction_id")?,
            amount: row.get::<_, i64>("amount")?.unsigned_abs(),
            interruptions: row.get::<_, i64>("interruptions")?.unsigned_abs() as usize,
        })
    })?;
    Ok(orders.collect::<Result<_, _>>()?)
}

impl Audit {
    pub fn new(orders: &[Stored], acquirer: &Acquirer, asked: &[Asked]) -> Self {
        let ledger = acquirer.ledger();
        let mut audit = Self { orders: orders.len(), ..Self::default() };
        for order in orders {
            *audit.states.entry(order.state.clone()).or_default() += 1;
            audit.interrupted += usize::from(order.interruptions > 0);
            audit.interruptions += order.interruptions;
            audit.order(order, ledger);
        }
        audit.refunds(orders, ledger);
        audit.months(orders, ledger);
        audit.acquirer(orders, acquirer);
        audit.buyers(orders, asked);
        audit
    }

    pub fn is_good(&self) -> bool {
        self.doubled.is_empty() && self.lost.is_empty() && self.wrong.is_empty()
    }

    /// Compares an order with the acquirer's entries for its reference.
    fn order(&mut self, order: &Stored, ledger: &Ledger) {
        let done: Vec<&Entry> = match order.operation {
            Operation::Pay | Operation::ChargeMonth => ledger.charges(&order.id).collect(),
            Operation::Subscribe => verified(ledger, &order.id).collect(),
            // Refunds without a reference are counted together, by original and amount.
            Operation::Refund => ledger
                .entries()
                .iter()
                .filter(|entry| {
                    entry.is_authorised() && Some(entry.id().as_str()) == order.transaction_id.as_deref()
                })
                .collect(),
        };
        if done.len() > 1 && order.operation != Operation::Subscribe {
            self.doubled.push(format!("{} {}: {} times", order.operation, order.id, done.len()));
        }
        let is_same = |entry: &&Entry| {
            Some(entry.id().as_str()) == order.transaction_id.as_deref()
                && (order.operation == Operation::Subscribe
                    || entry.money().amount().hundredths() == order.amount)
        };
        let is_right = match order.state.as_str() {
            "authorised" => done.iter().any(is_same),
            "refused" | "not_sent" => done.is_empty(),
            "reconcile" => {
                self.reconcile.push((order.id.clone(), !done.is_empty()));
                true
            }
            _ => {
                self.lost.push(format!("{} {} is {}", order.operation, order.id, order.state));
                true
            }
        };
        if !is_right {
            self.wrong.push(format!(
                "{} {} is {}, and the acquirer says {done:?}",
                order.operation, order.id, order.state
            ));
        }
    }

    /// Checks that no order is refunded more often than requested.
    fn refunds(&mut self, orders: &[Stored], ledger: &Ledger) {
        for paid in orders {
            let Some(id) = &paid.transaction_id else { continue };
            let given = |entry: &&Entry| {
                entry.is_authorised()
                    && entry.operation() == OperationKind::Refund
                    && entry.original().is_some_and(|original| original.as_str() == id)
            };
            let given = ledger.entries().iter().filter(given).count();
            let may_be = |order: &&Stored| {
                order.operation == Operation::Refund
                    && order.parent.as_ref() == Some(&paid.id)
                    && matches!(order.state.as_str(), "authorised" | "reconcile")
            };
            if given > orders.iter().filter(may_be).count() {
                self.doubled.push(format!("{} was given back {given} times", paid.id));
            }
        }
    }

    /// Checks that no month is charged twice, by any orders.
    fn months(&mut self, orders: &[Stored], ledger: &Ledger) {
        let mut months: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for order in orders {
            if let (Some(subscription), Some(month)) = (&order.parent, &order.month) {
                *months.entry((subscription, month)).or_default() += ledger.charges(&order.id).count();
            }
        }
        for ((subscription, month), charges) in months {
            if charges > 1 {
                self.doubled.push(format!("{month} of {subscription}: {charges} times"));
            }
        }
    }

    /// Checks that each charge belongs to an order. Those of jobs are the shop's.
    fn acquirer(&mut self, orders: &[Stored], acquirer: &Acquirer) {
        let known: BTreeSet<&str> = orders.iter().map(|order| order.id.as_str()).collect();
        let of_no_job = |entry: &&Entry| entry.is_charge() && acquirer.payment_of(entry.id()).is_none();
        for charge in acquirer.ledger().entries().iter().filter(of_no_job) {
            self.charges += 1;
            if !charge.reference().is_some_and(|reference| known.contains(reference)) {
                self.lost.push(format!("a charge without an order: {charge}"));
            }
        }
    }

    /// Checks the responses that buyers had.
    fn buyers(&mut self, orders: &[Stored], asked: &[Asked]) {
        let by_key: BTreeMap<&str, &Stored> =
            orders.iter().map(|order| (order.key.as_str(), order)).collect();
        for asked in asked {
            let order = by_key.get(asked.key.as_str());
            match (order, asked.end) {
                (Some(order), End::Answered) if asked.state.as_deref() == Some(order.state.as_str()) => {}
                (Some(order), End::WentAway) => {
                    self.reconcile_gone += usize::from(order.state == "reconcile");
                }
                // It was never taken.
                (None, End::WentAway) if asked.id.is_none() => {}
                (None, End::NotTaken) => {}
                (None, _) => {
                    self.lost.push(format!("{} was asked for, and is not there: {asked:?}", asked.key))
                }
                (Some(order), _) => {
                    self.wrong
                        .push(format!("{} is {}, and its buyer knows {asked:?}", order.key, order.state));
                }
            }
        }
    }
}

fn verified<'a>(ledger: &'a Ledger, reference: &'a str) -> impl Iterator<Item = &'a Entry> {
    let is_verification =
        |entry: &&Entry| entry.is_authorised() && entry.operation() == OperationKind::Verify;
    ledger.entries().iter().filter(is_verification).filter(move |entry| entry.reference() == Some(reference))
}
