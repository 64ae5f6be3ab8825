//! The shop's orders and refunds in the database.
//!
//! An order is changed by a function of its stored row, in one transaction. So two tasks that retrieved the job at the
//! same time cannot revert each other's changes.

use std::time::SystemTime;

use cashflows_codec::gateway::JobReference;
use cashflows_codec::value::{Money, Url};
use rusqlite::{Connection, OptionalExtension, Params, Row, named_params, params};

use super::order::{NewOrder, Order, State, Way};
use super::refund::{NewRefund, Refund, RefundState};
use crate::orders::Refusal;
use crate::store::row::{Columns, integer, millis, time};
use crate::store::{Store, StoreError, readable};
use crate::wanted::OrderId;

/// The shop's tables.
#[derive(Clone, Debug)]
pub struct Table(Store);

/// The row that was written, or was there before.
#[derive(Clone, Debug)]
pub enum Inserted<T> {
    New(T),
    Known(T),
}

/// A change of an order.
#[derive(Clone, Debug)]
pub struct Change {
    pub order: Order,
    /// The event, for people. It is empty if only the time of the next retrieval changes.
    pub step: Option<String>,
}

/// An order before and after it was changed.
#[derive(Clone, Debug)]
pub struct Changed {
    pub before: State,
    pub order: Order,
    /// True if this change made the order due for delivery, which happens once.
    pub is_to_be_delivered: bool,
}

impl Table {
    /// The shop's tables in a database.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self(store)
    }

    /// Writes an order before its job is created, or finds the one with the same key.
    ///
    /// # Errors
    ///
    /// As in all calls: the database fails.
    pub async fn insert(&self, order: NewOrder, now: SystemTime) -> Result<Inserted<Order>, StoreError> {
        self.0
            .call(move |connection| {
                let transaction = connection.transaction()?;
                let key = order.key.as_str();
                if let Some(known) = find(&transaction, "SELECT * FROM shop_orders WHERE key = ?", [key])? {
                    return Ok(Inserted::Known(known));
                }
                transaction
                    .prepare(
                        "INSERT INTO shop_orders (number, key, item, amount, currency, way, replaces, state, made, changed)
                         VALUES (:number, :key, :item, :amount, :currency, :way, :replaces, 'creating', :now, :now)",
                    )?
                    .execute(named_params! {
                        ":number": order.number.to_string(),
                        ":key": key,
                        ":item": order.item.name,
                        ":amount": integer(order.item.price.amount().hundredths()),
                        ":currency": order.item.price.currency().as_str(),
                        ":way": order.way.as_str(),
                        ":replaces": order.replaces.map(|number| number.to_string()),
                        ":now": millis(now),
                    })?;
                let order = by_number(&transaction, order.number)?;
                step(&transaction, &order, now, "ordered: its job is to be created")?;
                transaction.commit()?;
                Ok(Inserted::New(order))
            })
            .await
    }

    /// The order with a number.
    pub async fn by_number(&self, number: OrderId) -> Result<Option<Order>, StoreError> {
        let query = "SELECT * FROM shop_orders WHERE number = ?";
        self.0.call(move |connection| find(connection, query, [number.to_string()])).await
    }

    /// The order of a job.
    pub async fn by_job(&self, job: JobReference) -> Result<Option<Order>, StoreError> {
        let query = "SELECT * FROM shop_orders WHERE job = ?";
        self.0.call(move |connection| find(connection, query, [integer(job.get())])).await
    }

    /// The order that replaces another one.
    pub async fn successor(&self, number: OrderId) -> Result<Option<Order>, StoreError> {
        let query = "SELECT * FROM shop_orders WHERE replaces = ?";
        self.0.call(move |connection| find(connection, query, [number.to_string()])).await
    }

    /// The newest order whose job is known.
    pub async fn newest_with_job(&self) -> Result<Option<Order>, StoreError> {
        let query = "SELECT * FROM shop_orders WHERE job IS NOT NULL ORDER BY number DESC LIMIT 1";
        self.0.call(move |connection| find(connection, query, [])).await
    }

    /// Tells whether an order since `time` may have a job with an unknown reference.
    pub async fn has_lost_jobs(&self, time: SystemTime) -> Result<bool, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM shop_orders WHERE state = 'lost' AND made >= ?)";
        self.0
            .call(move |connection| Ok(connection.query_row(query, [millis(time)], |row| row.get(0))?))
            .await
    }

    /// The orders whose job was being created.
    pub async fn being_created(&self) -> Result<Vec<Order>, StoreError> {
        let query = "SELECT * FROM shop_orders WHERE state = 'creating' ORDER BY number";
        self.0.call(move |connection| orders(connection, query, [])).await
    }

    /// Makes all planned retrievals due now, and returns their number.
    pub async fn make_all_due(&self, now: SystemTime) -> Result<usize, StoreError> {
        self.0
            .call(move |connection| {
                let due = |table: &str| format!("UPDATE {table} SET look_at = ? WHERE look_at IS NOT NULL");
                let orders = connection.execute(&due("shop_orders"), [millis(now)])?;
                let refunds = connection.execute(&due("shop_refunds"), [millis(now)])?;
                Ok(orders + refunds)
            })
            .await
    }

    /// The orders whose next retrieval is due, longest first.
    pub async fn due(&self, now: SystemTime) -> Result<Vec<Order>, StoreError> {
        let query = "SELECT * FROM shop_orders WHERE look_at <= ? ORDER BY look_at LIMIT 100";
        self.0.call(move |connection| orders(connection, query, [millis(now)])).await
    }

    /// The newest orders.
    pub async fn newest(&self) -> Result<Vec<Order>, StoreError> {
        let query = "SELECT * FROM shop_orders ORDER BY number DESC LIMIT 50";
        self.0.call(move |connection| orders(connection, query, [])).await
    }

    /// Changes an order, if `decide` returns a change.
    pub async fn change(
        &self,
        number: OrderId,
        now: SystemTime,
        decide: impl FnOnce(Order) -> Option<Change> + Send + 'static,
    ) -> Result<Option<Changed>, StoreError> {
        self.0
            .call(move |connection| {
                let transaction = connection.transaction()?;
                let order = by_number(&transaction, number)?;
                let before = order.state;
                let Some(change) = decide(order) else { return Ok(None) };
                let is_to_be_delivered = write(&transaction, &change, now)?;
                transaction.commit()?;
                Ok(Some(Changed { before, order: change.order, is_to_be_delivered }))
            })
            .await
    }

    /// The steps of an order, and the state after each.
    pub async fn steps(&self, number: OrderId) -> Result<Vec<(SystemTime, String)>, StoreError> {
        self.0
            .call(move |connection| {
                let mut query = connection
                    .prepare("SELECT at, step FROM shop_steps WHERE order_number = ? ORDER BY number")?;
                let read = |row: &Row<'_>| Ok((time(row.get("at")?), row.get("step")?));
                Ok(query.query_map([number.to_string()], read)?.collect::<Result<_, _>>()?)
            })
            .await
    }
}

/// Refunds.
impl Table {
    /// Writes a refund before it is sent, or finds the one with the same key.
    ///
    /// # Errors
    ///
    /// There is too little left to refund, or the database fails.
    pub async fn insert_refund(
        &self,
        refund: NewRefund,
        now: SystemTime,
    ) -> Result<Inserted<Refund>, Refusal> {
        let insert = move |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            let known =
                refunds(&transaction, "SELECT * FROM shop_refunds WHERE key = ?", [refund.key.as_str()])?;
            if let Some(known) = known.into_iter().next() {
                let is_the_same = is_the_same(&transaction, &refund, &known)?;
                return Ok(if is_the_same { Ok(Inserted::Known(known)) } else { Err(Refusal::OtherBody) });
            }
            let order = by_number(&transaction, refund.order)?;
            let others = refunds_of(&transaction, refund.order)?;
            let money = match refund.money(&order, &others) {
                Ok(money) => money,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let number = refund.number(&others);
            transaction
                .prepare(
                    "INSERT INTO shop_refunds (number, key, order_number, amount, asked, state, look_at, made, changed)
                     VALUES (:number, :key, :order, :amount, :asked, 'sending', :now, :now, :now)",
                )?
                .execute(named_params! {
                    ":number": number,
                    ":key": refund.key.as_str(),
                    ":order": order.number.to_string(),
                    ":amount": integer(money.amount().hundredths()),
                    ":asked": refund.asked(),
                    ":now": millis(now),
                })?;
            let said = format!("refund {number} of {money}: to be asked for");
            step(&transaction, &order, now, &said)?;
            transaction.commit()?;
            Ok(Ok(Inserted::New(Refund::new(number, order.number, money, now))))
        };
        self.0.call(insert).await?
    }

    /// Writes the state of a refund.
    pub async fn record_refund(
        &self,
        refund: Refund,
        said: Option<String>,
        now: SystemTime,
    ) -> Result<(), StoreError> {
        self.0
            .call(move |connection| {
                let transaction = connection.transaction()?;
                transaction
                    .prepare("UPDATE shop_refunds SET state = ?, look_at = ?, changed = ? WHERE number = ?")?
                    .execute(params![
                        refund.state.as_str(),
                        refund.look_at.map(millis),
                        millis(now),
                        refund.number
                    ])?;
                if let Some(said) = &said {
                    step(&transaction, &by_number(&transaction, refund.order)?, now, said)?;
                }
                Ok(transaction.commit()?)
            })
            .await
    }

    /// The refunds of an order, oldest first.
    pub async fn refunds(&self, order: OrderId) -> Result<Vec<Refund>, StoreError> {
        self.0.call(move |connection| refunds_of(connection, order)).await
    }

    /// The refunds whose next search is due.
    pub async fn due_refunds(&self, now: SystemTime) -> Result<Vec<Refund>, StoreError> {
        let query = "SELECT * FROM shop_refunds WHERE look_at <= ? ORDER BY look_at LIMIT 100";
        self.0
            .call(move |connection| {
                let mut query = connection.prepare(query)?;
                readable(query.query_map([millis(now)], |row| Ok(read_refund(connection, row)))?)
            })
            .await
    }
}

/// Writes an order, its step, and at its first payment the delivery. Returns whether that was now.
fn write(connection: &Connection, change: &Change, now: SystemTime) -> Result<bool, StoreError> {
    let order = &change.order;
    let number = order.number.to_string();
    connection
        .prepare(
            "UPDATE shop_orders SET state = :state, job = :job, page = :page, payment = :payment, look_at = :look_at,
                    in_doubt = :in_doubt, changed = iif(:is_step, :now, changed)
             WHERE number = :number",
        )?
        .execute(named_params! {
            ":number": number,
            ":state": order.state.as_str(),
            ":job": order.job.and_then(|job| integer(job.get())),
            ":page": order.page.as_ref().map(Url::as_str),
            ":payment": order.payment.and_then(|payment| integer(payment.get())),
            ":look_at": order.look_at.map(millis),
            ":in_doubt": order.is_in_doubt,
            ":is_step": change.step.is_some(),
            ":now": millis(now),
        })?;
    if let Some(said) = &change.step {
        step(connection, order, now, said)?;
    }
    let Some(payment) = order.payment.filter(|_| order.state == State::Paid) else { return Ok(false) };
    let deliver =
        "INSERT INTO shop_deliveries (order_number, payment, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    let delivered =
        connection.prepare(deliver)?.execute(params![number, integer(payment.get()), millis(now)])?;
    Ok(delivered > 0)
}

fn step(connection: &Connection, order: &Order, now: SystemTime, said: &str) -> Result<(), StoreError> {
    let insert = "INSERT INTO shop_steps (order_number, at, state, step) VALUES (?, ?, ?, ?)";
    let values = params![order.number.to_string(), millis(now), order.state.as_str(), said];
    connection.prepare(insert)?.execute(values)?;
    Ok(())
}

fn by_number(connection: &Connection, number: OrderId) -> Result<Order, StoreError> {
    let number = number.to_string();
    let order = find(connection, "SELECT * FROM shop_orders WHERE number = ?", [&number])?;
    order.ok_or(StoreError::Damaged { order: number, column: "number" })
}

fn find(connection: &Connection, query: &str, values: impl Params) -> Result<Option<Order>, StoreError> {
    let mut query = connection.prepare(query)?;
    query.query_row(values, |row| Ok(read(row))).optional()?.transpose()
}

fn orders(connection: &Connection, query: &str, values: impl Params) -> Result<Vec<Order>, StoreError> {
    let mut query = connection.prepare(query)?;
    readable(query.query_map(values, |row| Ok(read(row)))?)
}

fn read(row: &Row<'_>) -> Result<Order, StoreError> {
    let columns = Columns { row, order: row.get("number")? };
    let (way, state): (String, String) = (row.get("way")?, row.get("state")?);
    Ok(Order {
        number: columns.text("number")?,
        item: row.get("item")?,
        money: Money::new(columns.amount()?, columns.text("currency")?),
        way: Way::from_word(&way).ok_or_else(|| columns.damaged("way"))?,
        replaces: columns.optional_text("replaces")?,
        state: State::from_word(&state).ok_or_else(|| columns.damaged("state"))?,
        job: columns.reference("job")?,
        page: columns.optional_text("page")?,
        payment: columns.reference("payment")?,
        look_at: row.get::<_, Option<i64>>("look_at")?.map(time),
        is_in_doubt: row.get("in_doubt")?,
        made: time(row.get("made")?),
        changed: time(row.get("changed")?),
    })
}

/// Tells whether a requested refund is the one with the same key.
fn is_the_same(connection: &Connection, wanted: &NewRefund, known: &Refund) -> Result<bool, StoreError> {
    let query = "SELECT asked FROM shop_refunds WHERE number = ?";
    let asked: Option<String> = connection.query_row(query, [&known.number], |row| row.get(0))?;
    let is_as_much = match asked {
        Some(asked) => asked == wanted.asked(),
        // The row is older than this column: only its amount is known.
        None => wanted.money.is_none_or(|money| money == known.money),
    };
    Ok(known.order == wanted.order && is_as_much)
}

fn refunds_of(connection: &Connection, order: OrderId) -> Result<Vec<Refund>, StoreError> {
    refunds(
        connection,
        "SELECT * FROM shop_refunds WHERE order_number = ? ORDER BY rowid",
        [order.to_string()],
    )
}

fn refunds(connection: &Connection, query: &str, values: impl Params) -> Result<Vec<Refund>, StoreError> {
    let mut query = connection.prepare(query)?;
    let read = |row: &Row<'_>| Ok(read_refund(connection, row));
    query.query_map(values, read)?.map(|refund| refund?).collect()
}

fn read_refund(connection: &Connection, row: &Row<'_>) -> Result<Refund, StoreError> {
    let columns = Columns { row, order: row.get("order_number")? };
    let state: String = row.get("state")?;
    let order: OrderId = columns.text("order_number")?;
    // A refund is in the currency of its order.
    let currency = by_number(connection, order)?.money.currency();
    Ok(Refund {
        number: row.get("number")?,
        order,
        money: Money::new(columns.amount()?, currency),
        state: RefundState::from_word(&state).ok_or_else(|| columns.damaged("state"))?,
        look_at: row.get::<_, Option<i64>>("look_at")?.map(time),
        made: time(row.get("made")?),
    })
}
