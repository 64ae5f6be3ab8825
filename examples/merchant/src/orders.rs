//! Orders: taken once, and sent until their outcome is known, even if the client hangs up.
//!
//! One task drives an order. It holds the request, and with it the card. It stores each step before and after it, and
//! the codec's attempt decides the next one. When the process dies, only the card is lost: `recovery` continues with
//! the stored rest.

mod drive;
mod refusal;
mod request;
pub(crate) mod rules;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::attempt::{Attempt, Found, Journal, PlanError, RetryPolicy, SettleError};
use cashflows_codec::value::Money;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) use drive::{look_up, next};
pub use refusal::Refusal;

use crate::acquirer::Acquirer;
use crate::clock::Clock;
use crate::store::{NewOrder, Order, State, Store};
use crate::wanted::{Key, OrderId, Wanted};

/// Time after the first sending within which the acquirer recognises a retry (section 6 of the protocol page).
pub(crate) const RETRY_WINDOW: Duration = cashflows_codec::remote_auth::request::RETRY_WINDOW;

/// All orders, and the tasks that drive them.
#[derive(Debug)]
pub struct Orders {
    store: Store,
    acquirer: Acquirer,
    clock: Clock,
    journal: Mutex<Journal<OrderId>>,
    /// The orders with a running task, and the latest state of each.
    running: Mutex<HashMap<OrderId, watch::Receiver<Order>>>,
    /// The orders that wait for their card, and the end of the wait.
    waiting: Mutex<HashMap<OrderId, SystemTime>>,
    /// Held while an order is taken: otherwise two equal orders could both be the first.
    desk: tokio::sync::Mutex<()>,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

/// An order, and its task.
#[derive(Clone, Debug)]
pub struct Progress {
    pub order: Order,
    /// True if a task is running for it.
    pub is_running: bool,
    /// Latest time at which the buyer can send the card again, if it is needed.
    pub card_until: Option<SystemTime>,
}

/// An order whose task may still be running.
#[derive(Debug)]
pub struct Watched {
    order: Order,
    running: Option<watch::Receiver<Order>>,
    clock: Clock,
}

impl Watched {
    /// Waits until the outcome of the order is known, but no longer than `time`.
    pub async fn settled_within(&mut self, time: Duration) {
        let Some(running) = &mut self.running else { return };
        let settled = running.wait_for(|order| order.state != State::Open);
        // On a timeout, and if the task ends, the order stays in its last known state.
        drop(self.clock.within(time, settled).await);
        self.order = running.borrow().clone();
    }

    /// The order, in its last known state.
    #[must_use]
    pub fn order(self) -> Order {
        self.order
    }
}

impl Orders {
    /// Starts without orders: `recovery` takes up the stored ones.
    #[must_use]
    pub fn new(store: Store, acquirer: Acquirer, clock: Clock, policy: RetryPolicy) -> Self {
        Self {
            store,
            acquirer,
            clock,
            journal: Mutex::new(Journal::new(policy)),
            running: Mutex::default(),
            waiting: Mutex::default(),
            desk: tokio::sync::Mutex::default(),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        }
    }

    /// Takes an order, or finds the one with the same key.
    ///
    /// # Errors
    ///
    /// The order is not taken, and no request is sent.
    pub async fn submit(self: &Arc<Self>, key: Key, wanted: Wanted) -> Result<Watched, Refusal> {
        let _turn = self.desk.lock().await;
        let fingerprint = wanted.fingerprint();
        match self.store.by_key(key.clone()).await? {
            Some(order) if order.fingerprint != fingerprint => Err(Refusal::OtherBody),
            Some(order) => self.again(order, &wanted),
            None if self.stopping.is_cancelled() => Err(Refusal::Stopping),
            None => self.first(key, fingerprint, &wanted).await,
        }
    }

    /// Enters the result of a person's look-up at the acquirer.
    ///
    /// # Errors
    ///
    /// The order does not wait for a look-up, or the transaction belongs to another one.
    pub async fn settle(self: &Arc<Self>, id: OrderId, finding: Found) -> Result<Progress, Refusal> {
        let _turn = self.desk.lock().await;
        let order = self.store.by_id(id).await?.ok_or(Refusal::NoSuchOrder)?;
        if let Found::Authorised(transaction) = finding
            && self.store.another_of(transaction, id).await?.is_some()
        {
            return Err(Refusal::NotSettled(SettleError::OfAnother));
        }
        if held(&self.journal).get(&id).is_none() {
            self.remember(&order);
        }
        let settled = self.tell(id, |attempt, _, _| attempt.settle(finding));
        settled.ok_or(Refusal::NoSuchOrder)?.map_err(Refusal::NotSettled)?;
        tracing::warn!(order = %id, ?finding, "settled by hand");
        self.write(id, None, "settled by hand".to_owned()).await;
        let order = self.store.by_id(id).await?.ok_or(Refusal::NoSuchOrder)?;
        Ok(self.progress(order))
    }

    /// Finds an order by its id.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn look_up(&self, id: OrderId) -> Result<Option<Progress>, Refusal> {
        let order = self.store.by_id(id).await?;
        Ok(order.map(|order| self.progress(order)))
    }

    /// The progress of an order.
    #[must_use]
    pub fn progress(&self, order: Order) -> Progress {
        let is_running = held(&self.running).contains_key(&order.id);
        let card_until = held(&self.waiting).get(&order.id).copied();
        Progress { order, is_running, card_until }
    }

    /// Takes no new orders, and waits for running tasks. The next start takes up the rest.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Number of orders with a running task.
    #[must_use]
    pub fn at_work(&self) -> usize {
        held(&self.running).len()
    }

    /// Handles a known key with the same body: the same order, perhaps with the card that it waits for.
    fn again(self: &Arc<Self>, order: Order, wanted: &Wanted) -> Result<Watched, Refusal> {
        let running = held(&self.running).get(&order.id).cloned();
        if running.is_some() || order.state != State::Open {
            return Ok(Watched { order, running, clock: self.clock });
        }
        let Some(purchase) = wanted.purchase().filter(|_| !self.stopping.is_cancelled()) else {
            return Ok(Watched { order, running: None, clock: self.clock });
        };
        let request = request::with_card(order.id, order.operation, purchase)?;
        tracing::info!(order = %order.id, key = %order.key, card = %purchase.card.number, "the card came again");
        held(&self.waiting).remove(&order.id);
        Ok(self.start(order, request))
    }

    /// Handles a new key: a new order, if the rules allow it.
    async fn first(
        self: &Arc<Self>,
        key: Key,
        fingerprint: String,
        wanted: &Wanted,
    ) -> Result<Watched, Refusal> {
        let id = OrderId::new();
        let now = self.clock.now();
        let Planned { request, money, parent } = self.planned(id, wanted).await?;
        let card = wanted.purchase().map(|purchase| purchase.card.number.to_string());
        let month = match wanted {
            Wanted::ChargeMonth { month, .. } => Some(*month),
            _ => None,
        };
        let attempt = self.plan(id, &request, now)?;
        let operation = wanted.operation();
        let order = NewOrder { id, key, fingerprint, operation, money, card, parent, month, attempt };
        tracing::info!(order = %id, key = %order.key, %operation, %money, card = order.card, "took an order");
        match self.store.insert(order, now).await {
            Ok(order) => Ok(self.start(order, request)),
            Err(error) => {
                // It was not sent, and never will be.
                if let Some(mut attempt) = held(&self.journal).get_mut(&id) {
                    let _ended = attempt.cancel();
                }
                Err(error.into())
            }
        }
    }

    /// Builds the request of an order, if the rules allow it.
    async fn planned(&self, id: OrderId, wanted: &Wanted) -> Result<Planned, Refusal> {
        match wanted {
            Wanted::Pay(purchase) | Wanted::Subscribe(purchase) => {
                let request = request::with_card(id, wanted.operation(), purchase)?;
                Ok(Planned { request, money: purchase.money, parent: None })
            }
            Wanted::ChargeMonth { subscription, month } => {
                let subscription = self.store.by_id(*subscription).await?;
                let subscription = subscription.ok_or(Refusal::NoSuchSubscription)?;
                let request = request::month(id, &subscription)?;
                rules::chargeable(&self.store.children(subscription.id).await?, *month)?;
                Ok(Planned { request, money: subscription.money, parent: Some(subscription.id) })
            }
            Wanted::Refund { order, money } => {
                let paid = self.store.by_id(*order).await?.ok_or(Refusal::NoSuchOrder)?;
                let refunds = self.store.children(paid.id).await?;
                // The checks of the original come before those of the amount left.
                request::refund(id, &paid, paid.money)?;
                let given = refunds.iter().filter(|refund| refund.state.may_have_moved_money());
                let money = rules::refundable(paid.money, given.map(|refund| refund.money), *money)?;
                Ok(Planned { request: request::refund(id, &paid, money)?, money, parent: Some(paid.id) })
            }
        }
    }

    fn plan(&self, id: OrderId, request: &Request, now: SystemTime) -> Result<Attempt, Refusal> {
        let mut journal = held(&self.journal);
        journal.retire(now);
        match journal.plan(id, request, now) {
            Ok(attempt) => Ok(attempt.clone()),
            Err(PlanError::EqualReversal { until }) => {
                let left = until.map(|until| until.duration_since(now).unwrap_or_default());
                Err(Refusal::EqualRefund { left: left.unwrap_or(RETRY_WINDOW) })
            }
            Err(error) => Err(Refusal::NotPlanned(error)),
        }
    }

    /// Starts the task of an order. The caller holds the desk, so that an order has one task only.
    pub(crate) fn start(self: &Arc<Self>, order: Order, request: Request) -> Watched {
        let (sender, receiver) = watch::channel(order.clone());
        held(&self.running).insert(order.id, receiver.clone());
        self.tasks.spawn(Arc::clone(self).drive(order.id, request, sender));
        Watched { order, running: Some(receiver), clock: self.clock }
    }
}

/// Used by the recovery.
impl Orders {
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) const fn clock(&self) -> Clock {
        self.clock
    }

    /// Adds a stored order to the journal.
    pub(crate) fn remember(&self, order: &Order) {
        if let Err(error) = held(&self.journal).insert(order.id, order.attempt.clone()) {
            tracing::error!(order = %order.id, %error, "a stored order cannot be taken up");
        }
    }

    /// Lock of the desk: while it is held, no order is taken.
    pub(crate) async fn desk(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.desk.lock().await
    }

    pub(crate) fn await_card(&self, id: OrderId, until: SystemTime) {
        held(&self.waiting).insert(id, until);
    }

    pub(crate) fn is_awaiting_card(&self, id: OrderId) -> bool {
        held(&self.waiting).contains_key(&id)
    }

    pub(crate) fn no_card_came(&self, id: OrderId) {
        held(&self.waiting).remove(&id);
    }
}

/// The request of an order, its amount, and its original.
struct Planned {
    request: Request,
    money: Money,
    parent: Option<OrderId>,
}

/// Locks a mutex. No code here leaves its content half changed, so a panic elsewhere does not spoil it.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
