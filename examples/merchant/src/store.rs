//! The database: SQLite, one file, one service at a time.
//!
//! Every call is one transaction, which is on disk when the call returns. Calls run on threads that may block.

pub(crate) mod row;

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use cashflows_codec::value::TransactionId;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use rusqlite_migration::{M, Migrations};
use thiserror::Error;

pub use row::{Attempted, NewOrder, Order, State};

use crate::wanted::{Key, OrderId};

/// The schema's history: each file is run once, in this order. Add files, never change one.
const STEPS: &[M<'_>] = &[
    M::up(include_str!("../migrations/1-orders.sql")),
    M::up(include_str!("../migrations/2-shop.sql")),
    M::up(include_str!("../migrations/3-starts.sql")),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// The orders on disk.
#[derive(Clone, Debug)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    /// The lock. The system releases it when the process ends, in any way.
    _lock: Option<Arc<File>>,
}

/// Errors of the database. The texts say what to do.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("{0} is used by another service: stop that one first, two would charge twice")]
    InUse(PathBuf),
    #[error("{path} cannot be opened: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("the database cannot be opened: {0}; is the disk full, or the file read-only?")]
    NotOpened(rusqlite::Error),
    #[error("the database cannot be brought up to date: {0}")]
    Migration(#[from] rusqlite_migration::Error),
    #[error("the database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("order {order}: column {column} cannot be read; restore the database, do not change it by hand")]
    Damaged { order: String, column: &'static str },
    #[error("the service is stopping")]
    Stopping,
}

impl StoreError {
    /// Tells whether a rule of the schema was broken, because another writer was first.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Sqlite(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation))
    }
}

impl Store {
    /// Opens the database, creates it if necessary, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// Another service has it, or it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::File { path: path.to_owned(), source };
        // The lock is on the file itself, whatever its name or number of links.
        OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(failed)?;
        let path = path.canonicalize().map_err(failed)?;
        let lock = lock(&path)?;
        Self::with(Connection::open(&path).map_err(StoreError::NotOpened)?, Some(Arc::new(lock)))
    }

    /// A database in memory.
    ///
    /// # Errors
    ///
    /// Memory is short.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::with(Connection::open_in_memory()?, None)
    }

    fn with(mut connection: Connection, lock: Option<Arc<File>>) -> Result<Self, StoreError> {
        set_up(&connection).map_err(StoreError::NotOpened)?;
        MIGRATIONS.to_latest(&mut connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), _lock: lock })
    }

    /// Writes a row for the start, which shows whether the database can be written.
    ///
    /// # Errors
    ///
    /// The disk is full, say, or another process is writing.
    pub async fn note_start(&self, now: SystemTime) -> Result<(), StoreError> {
        self.call(move |connection| {
            connection.execute("INSERT INTO starts (at) VALUES (?)", [row::millis(now)])?;
            Ok(())
        })
        .await
    }

    /// Tells whether there are no orders at all.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        self.call(|connection| {
            let query = "SELECT NOT EXISTS (SELECT 1 FROM orders) AND NOT EXISTS (SELECT 1 FROM shop_orders)";
            Ok(connection.query_row(query, [], |row| row.get(0))?)
        })
        .await
    }

    /// The order with a client's key.
    ///
    /// # Errors
    ///
    /// As in all calls: the database fails.
    pub async fn by_key(&self, key: Key) -> Result<Option<Order>, StoreError> {
        self.call(move |connection| {
            let mut query = connection.prepare("SELECT * FROM orders WHERE key = ?")?;
            query.query_row([key.as_str()], read).optional()?.transpose()
        })
        .await
    }

    /// The order with an id.
    pub async fn by_id(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        self.call(move |connection| {
            let mut query = connection.prepare("SELECT * FROM orders WHERE id = ?")?;
            query.query_row([id.to_string()], read).optional()?.transpose()
        })
        .await
    }

    /// Orders that are unsettled, or that could still be taken for another one's retry: all that changed since `time`.
    /// An unreadable row is logged and skipped.
    pub async fn recent_orders(&self, time: SystemTime) -> Result<Vec<Order>, StoreError> {
        self.call(move |connection| {
            let mut query = connection.prepare(
                "SELECT * FROM orders WHERE state IN ('open', 'reconcile') OR changed >= ? ORDER BY id",
            )?;
            readable(query.query_map([row::millis(time)], read)?)
        })
        .await
    }

    /// All refunds of an order, or all months of a subscription.
    pub async fn children(&self, parent: OrderId) -> Result<Vec<Order>, StoreError> {
        self.call(move |connection| {
            let mut query = connection.prepare("SELECT * FROM orders WHERE parent = ? ORDER BY id")?;
            query.query_map([parent.to_string()], read)?.map(|order| order?).collect()
        })
        .await
    }

    /// Another order with the same transaction, if there is one.
    pub async fn another_of(&self, id: TransactionId, order: OrderId) -> Result<Option<String>, StoreError> {
        self.call(move |connection| {
            let mut query =
                connection.prepare("SELECT id FROM orders WHERE transaction_id = ? AND id <> ?")?;
            Ok(query.query_row([id.as_str(), &order.to_string()], |row| row.get(0)).optional()?)
        })
        .await
    }

    /// Writes an order before it is sent, and returns it as stored.
    pub async fn insert(&self, order: NewOrder, now: SystemTime) -> Result<Order, StoreError> {
        self.call(move |connection| {
            let transaction = connection.transaction()?;
            transaction
                .prepare(
                    "INSERT INTO orders (id, key, fingerprint, operation, amount, currency, card, parent, month,
                                         state, attempt, made, changed)
                     VALUES (:id, :key, :fingerprint, :operation, :amount, :currency, :card, :parent, :month,
                             'open', :attempt, :now, :now)",
                )?
                .execute(named_params! {
                    ":id": order.id.to_string(),
                    ":key": order.key.as_str(),
                    ":fingerprint": order.fingerprint,
                    ":operation": order.operation.as_str(),
                    ":amount": row::integer(order.money.amount().hundredths()),
                    ":currency": order.money.currency().as_str(),
                    ":card": order.card,
                    ":parent": order.parent.map(|parent| parent.to_string()),
                    ":month": order.month.map(|month| month.to_string()),
                    ":attempt": row::json(&order.attempt),
                    ":now": row::millis(now),
                })?;
            step(&transaction, order.id, now, "planned")?;
            let order = transaction.query_row("SELECT * FROM orders WHERE id = ?", [order.id.to_string()], read)??;
            transaction.commit()?;
            Ok(order)
        })
        .await
    }

    /// Writes the state of an attempt, and its cause in a few words.
    pub async fn record(&self, id: OrderId, attempted: Attempted, now: SystemTime) -> Result<(), StoreError> {
        self.call(move |connection| {
            let transaction = connection.transaction()?;
            let ended_with = attempted.attempt.transaction_id().filter(TransactionId::names_a_transaction);
            transaction
                .prepare(
                    "UPDATE orders SET attempt = :attempt, state = :state, changed = :now,
                            reply = coalesce(:reply, reply),
                            transaction_id = coalesce(:transaction_id, transaction_id)
                     WHERE id = :id",
                )?
                .execute(named_params! {
                    ":id": id.to_string(),
                    ":attempt": row::json(&attempted.attempt),
                    ":state": State::of(&attempted.attempt).as_str(),
                    ":reply": attempted.reply.as_ref().and_then(row::json),
                    ":transaction_id": ended_with.as_ref().map(TransactionId::as_str),
                    ":now": row::millis(now),
                })?;
            step(&transaction, id, now, &attempted.step)?;
            Ok(transaction.commit()?)
        })
        .await
    }

    /// The steps of an order.
    pub async fn steps(&self, id: OrderId) -> Result<Vec<(SystemTime, String)>, StoreError> {
        self.call(move |connection| {
            let mut query =
                connection.prepare("SELECT at, step FROM steps WHERE order_id = ? ORDER BY number")?;
            let read = |row: &Row<'_>| Ok((row::time(row.get("at")?), row.get("step")?));
            Ok(query.query_map([id.to_string()], read)?.collect::<Result<_, _>>()?)
        })
        .await
    }

    pub(crate) async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connection = Arc::clone(&self.connection);
        let blocking = move || work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner));
        tokio::task::spawn_blocking(blocking).await.map_err(|_| StoreError::Stopping)?
    }
}

/// Repeats a query until the database responds: it may be full, or locked by a reader. Each failure is logged for the
/// operator.
pub(crate) async fn surely<T, F: Future<Output = Result<T, StoreError>>>(work: impl Fn() -> F) -> T {
    let mut pause = Duration::from_millis(100);
    loop {
        match work().await {
            Ok(done) => return done,
            Err(error) => tracing::error!(%error, "the database fails; trying again in {pause:?}"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(30));
    }
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    // A confirmed order must survive a loss of power.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.busy_timeout(Duration::from_secs(5))
}

/// Takes the lock on the database, or reports that another service has it. `path` has no links in it.
fn lock(path: &Path) -> Result<File, StoreError> {
    let path = locked(path);
    let failed = |source| StoreError::File { path: path.clone(), source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(path)),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// The file that is locked. On Linux it is the database itself, since such locks are independent of SQLite's own there.
/// So the lock cannot be lost without the data.
#[cfg(target_os = "linux")]
fn locked(database: &Path) -> PathBuf {
    database.to_owned()
}

/// The file that is locked. Elsewhere it is a file beside the database, which must not be removed while the service
/// runs.
#[cfg(not(target_os = "linux"))]
fn locked(database: &Path) -> PathBuf {
    let mut name = database.to_owned().into_os_string();
    name.push(".lock");
    name.into()
}

/// The readable orders. The others are logged: a damaged one must not stop the rest, and is never settled, refunded or
/// sent automatically.
pub(crate) fn readable<T>(
    rows: impl Iterator<Item = rusqlite::Result<Result<T, StoreError>>>,
) -> Result<Vec<T>, StoreError> {
    let mut orders = Vec::new();
    for row in rows {
        match row? {
            Ok(order) => orders.push(order),
            Err(error) => tracing::error!(%error, "an order is skipped: look it up by hand"),
        }
    }
    Ok(orders)
}

fn step(connection: &Connection, id: OrderId, now: SystemTime, step: &str) -> Result<(), StoreError> {
    let mut insert = connection.prepare("INSERT INTO steps (order_id, at, step) VALUES (?, ?, ?)")?;
    insert.execute(params![id.to_string(), row::millis(now), step])?;
    Ok(())
}

/// Reads a row. SQLite's errors and invalid values are errors of two kinds.
fn read(row: &Row<'_>) -> rusqlite::Result<Result<Order, StoreError>> {
    Ok(Order::read(row))
}
