//! Compares the shop's orders with the gateway's jobs, and with the shoppers' pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::SystemTime;

use cashflows_codec::gateway::response::{CompletionStatus, Job};
use cashflows_codec::gateway::{JobMeaning, JobReference, Known, PaymentReference};
use cashflows_codec::simulator::Acquirer;
use rusqlite::{Connection, OpenFlags};

use crate::Failure;
use crate::shoppers::{Farewell, Visit};

/// An order of the shop in the database.
#[derive(Debug)]
pub struct ShopOrder {
    pub number: String,
    pub key: String,
    pub replaces: Option<String>,
    pub state: String,
    pub job: Option<JobReference>,
    pub payment: Option<PaymentReference>,
    pub amount: u64,
    /// Number of deliveries.
    pub deliveries: u64,
    /// Refunded amount in hundredths, and number of unsettled refunds.
    pub refunded: u64,
    pub open_refunds: u64,
    pub interrupted: bool,
}

/// The findings.
#[derive(Debug, Default)]
pub struct ShopAudit {
    pub orders: usize,
    pub states: BTreeMap<String, usize>,
    pub interrupted: usize,
    pub charges: usize,
    pub replaced: usize,
    pub jobs: usize,
    pub refunds: usize,
    /// Orders or clicks that were paid, delivered or refunded more than once.
    pub doubled: Vec<String>,
    /// Orders that will never be settled, and money without an order.
    pub lost: Vec<String>,
    /// Orders whose state differs from the gateway's.
    pub wrong: Vec<String>,
}

pub fn shop_orders(database: &Path) -> Result<Vec<ShopOrder>, Failure> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = connection.prepare(
        "SELECT *,
            (SELECT count(*) FROM shop_deliveries WHERE order_number = number) AS deliveries,
            (SELECT coalesce(sum(amount), 0) FROM shop_refunds
             WHERE order_number = shop_orders.number AND state = 'completed') AS refunded,
            (SELECT count(*) FROM shop_refunds
             WHERE order_number = shop_orders.number AND state IN ('sending', 'unknown', 'pending')) AS open_refunds,
            EXISTS (SELECT 1 FROM shop_steps
             WHERE order_number = shop_orders.number AND step LIKE 'the service was started again%') AS interrupted
         FROM shop_orders ORDER BY number",
    )?;
    let orders = query.query_map([], |row| {
        Ok(ShopOrder {
            number: row.get("number")?,
            key: row.get("key")?,
            replaces: row.get("replaces")?,
            state: row.get("state")?,
            job: reference(row.get("job")?, JobReference::new),
            payment: reference(row.get("payment")?, PaymentReference::new),
            amount: row.get::<_, i64>("amount")?.unsigned_abs(),
            deliveries: row.get::<_, i64>("deliveries")?.unsigned_abs(),
            refunded: row.get::<_, i64>("refunded")?.unsigned_abs(),
            open_refunds: row.get::<_, i64>("open_refunds")?.unsigned_abs(),
            interrupted: row.get("interrupted")?,
        })
    })?;
    Ok(orders.collect::<Result<_, _>>()?)
}

/// Tells whether the gateway's job has ended.
pub fn is_settled(order: &ShopOrder) -> bool {
    let ended = matches!(order.state.as_str(), "paid" | "returned" | "closed" | "not_created" | "lost");
    ended && order.open_refunds == 0
}

impl ShopAudit {
    pub fn new(orders: &[ShopOrder], acquirer: &mut Acquirer, now: SystemTime, visits: &[Visit]) -> Self {
        let mut audit = Self { orders: orders.len(), ..Self::default() };
        let jobs: Vec<Job> = acquirer
            .jobs()
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|job| acquirer.job(now, job))
            .collect();
        let by_number: BTreeMap<&str, &Job> =
            jobs.iter().filter_map(|job| Some((job.order.as_ref()?.number()?, job))).collect();
        audit.jobs = jobs.len();
        for order in orders {
            *audit.states.entry(order.state.clone()).or_default() += 1;
            audit.interrupted += usize::from(order.interrupted);
            audit.replaced += usize::from(order.replaces.is_some());
            let charges = acquirer.job_charges(&order.number).count();
            audit.charges += charges;
            audit.order(order, charges, by_number.get(order.number.as_str()).copied(), now);
        }
        audit.strangers(orders, &jobs, acquirer);
        audit.clicks(orders);
        audit.visits(orders, visits);
        audit
    }

    pub fn is_good(&self) -> bool {
        self.doubled.is_empty() && self.lost.is_empty() && self.wrong.is_empty()
    }

    /// Compares an order with its job at the gateway.
    fn order(&mut self, order: &ShopOrder, charges: usize, job: Option<&Job>, now: SystemTime) {
        if charges > 1 || order.deliveries > 1 {
            self.doubled
                .push(format!("{}: {charges} charges, {} deliveries", order.number, order.deliveries));
        }
        if !is_settled(order) {
            self.lost.push(format!("{} is {} for ever", order.number, order.state));
            return;
        }
        // The shop knows of a closed order that its job was cancelled.
        let known = Known::new().at(now);
        let known = if order.state == "closed" { known.with_job_cancelled() } else { known };
        let meaning = job.map(|job| job.meaning_with(&known));
        let with_refunds = match order.refunded {
            0 => JobMeaning::Taken,
            refunded if refunded == order.amount => JobMeaning::GivenBack,
            _ => JobMeaning::PartlyTaken,
        };
        let is_its_job = job.map(|job| job.reference) == order.job;
        let payment = job.and_then(|job| job.payment(order.payment?));
        let status = payment.map(|payment| payment.status.as_str());
        let is_right = match order.state.as_str() {
            "paid" => meaning == Some(with_refunds) && status == Some("Paid") && is_its_job && charges == 1,
            "returned" => meaning != Some(JobMeaning::Taken) && status == Some("Cancelled") && is_its_job,
            "closed" => meaning == Some(JobMeaning::NotTaken) && is_its_job && charges == 0,
            "not_created" => job.is_none(),
            _ => charges == 0 && order.job.is_none(),
        };
        let is_delivered = matches!(order.state.as_str(), "paid" | "returned");
        if !is_right || is_delivered != (order.deliveries == 1) {
            self.wrong
                .push(format!("{order:?}, and the gateway says {meaning:?} {status:?}, {charges} charges"));
        }
        self.refunds(order, payment);
    }

    /// Checks that the refunds are those of the shop, and never more than the payment.
    fn refunds(&mut self, order: &ShopOrder, payment: Option<&cashflows_codec::gateway::response::Payment>) {
        let given = payment.into_iter().flat_map(|payment| &payment.refunds);
        let given: Vec<u64> = given
            .filter(|refund| refund.status == CompletionStatus::Completed)
            .filter_map(|refund| refund.amount?.in_units(2))
            .collect();
        self.refunds += given.len();
        let sum: u64 = given.iter().sum();
        if sum > order.amount {
            self.doubled.push(format!("{}: {sum} of {} was given back", order.number, order.amount));
        }
        if sum != order.refunded {
            self.wrong.push(format!(
                "{}: {sum} was given back, and the shop says {}",
                order.number, order.refunded
            ));
        }
    }

    /// Checks that each job belongs to an order.
    fn strangers(&mut self, orders: &[ShopOrder], jobs: &[Job], acquirer: &Acquirer) {
        let known: BTreeSet<&str> = orders.iter().map(|order| order.number.as_str()).collect();
        for job in jobs {
            let number = job.order.as_ref().and_then(|order| order.number()).unwrap_or_default();
            if !known.contains(number) {
                let charges = acquirer.job_charges(number).count();
                self.lost
                    .push(format!("a job without an order: {}, which has {charges} charges", job.reference));
            }
        }
    }

    /// Checks that each click is paid once at most, with all its new tries.
    fn clicks(&mut self, orders: &[ShopOrder]) {
        let by_number: BTreeMap<&str, &ShopOrder> =
            orders.iter().map(|order| (order.number.as_str(), order)).collect();
        let mut paid: BTreeMap<&str, usize> = BTreeMap::new();
        for order in orders.iter().filter(|order| order.deliveries > 0) {
            let mut first = order;
            while let Some(before) = first.replaces.as_deref().and_then(|number| by_number.get(number)) {
                first = before;
            }
            *paid.entry(&first.key).or_default() += 1;
        }
        for (click, times) in paid.into_iter().filter(|(_, times)| *times > 1) {
            self.doubled.push(format!("{click} was paid {times} times"));
        }
    }

    /// Checks the pages that shoppers had.
    fn visits(&mut self, orders: &[ShopOrder], visits: &[Visit]) {
        for visit in visits {
            if !orders.iter().any(|order| order.key == visit.key) {
                self.lost.push(format!("{} was clicked, and is not there: {visit:?}", visit.key));
            }
            let order =
                visit.order.as_deref().and_then(|number| orders.iter().find(|order| order.number == number));
            match (visit.end, order) {
                (Farewell::Thanked | Farewell::PaidAndGone, Some(order)) if order.state == "paid" => {}
                (Farewell::BackOffice, Some(order)) if order.deliveries == 1 => {}
                (Farewell::Cancelled, Some(order)) if order.state == "closed" => {}
                (Farewell::Gone, _) => {}
                _ => self.wrong.push(format!("{visit:?}, and the order is {order:?}")),
            }
        }
    }

    pub fn print(&self, visits: &[Visit]) {
        let line = |what: &str, count: usize| println!("{count:>8}  {what}");
        let ended = |end| visits.iter().filter(|visit| visit.end == end).count();
        println!();
        line("visits to the shop", visits.len());
        line("  that ended with thanks", ended(Farewell::Thanked));
        line("  and then with a refund or a cancellation", ended(Farewell::BackOffice));
        line("  paid, and never came back", ended(Farewell::PaidAndGone));
        line("  cancelled on the payment page", ended(Farewell::Cancelled));
        line("  never paid, and never came back", ended(Farewell::Gone));
        line(
            "  of all these, how many found the shop gone",
            visits.iter().filter(|visit| visit.cut_off > 0).count(),
        );
        line("orders of the shop in the database", self.orders);
        for (state, count) in &self.states {
            line(&format!("  {state}"), *count);
        }
        line("  of these, ordered in the place of another that ended without money", self.replaced);
        line("orders whose job was being created when the shop was killed", self.interrupted);
        line("jobs at the gateway", self.jobs);
        line("  charges", self.charges);
        line("  refunds", self.refunds);
        println!();
        line("orders or clicks paid, delivered or given back twice", self.doubled.len());
        line("orders lost, or still open", self.lost.len());
        line("orders whose state is not what the gateway says", self.wrong.len());
        for problem in [&self.doubled, &self.lost, &self.wrong].into_iter().flatten() {
            println!("{problem}");
        }
    }
}

fn reference<T, E>(number: Option<i64>, make: impl FnOnce(u64) -> Result<T, E>) -> Option<T> {
    number.and_then(|number| make(number.unsigned_abs()).ok())
}
