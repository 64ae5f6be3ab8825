//! Orders: taken once, sent until it is known what became of them, whoever hangs up meanwhile.
//!
//! An order is driven by one task, which holds the request and with it the card. The task writes down
//! what it is about to do before it does it, and what came of it afterwards; what is to be done next is
//! said by the codec's attempt. When the process dies, the card is gone and the rest is in the database:
//! `recovery` goes on from there.

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

/// How long after the first attempt the acquirer knows a retry (section 6 of the protocol page).
pub(crate) const RETRY_WINDOW: Duration = cashflows_codec::remote_auth::request::RETRY_WINDOW;

/// All orders, and whatever is being done for them.
#[derive(Debug)]
pub struct Orders {
    store: Store,
    acquirer: Acquirer,
    clock: Clock,
    journal: Mutex<Journal<OrderId>>,
    /// The orders that a task is at work for, and how far each is.
    running: Mutex<HashMap<OrderId, watch::Receiver<Order>>>,
    /// The orders that wait for their card, and until when.
    waiting: Mutex<HashMap<OrderId, SystemTime>>,
    /// Orders are taken one at a time: two equal ones could otherwise both be the first.
    desk: tokio::sync::Mutex<()>,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

/// An order, and what is being done for it.
#[derive(Clone, Debug)]
pub struct Progress {
    pub order: Order,
    /// Whether a task is at work for it.
    pub is_running: bool,
    /// Until when the buyer can give the card again, if that is needed.
    pub card_until: Option<SystemTime>,
}

/// An order that may still be on its way.
#[derive(Debug)]
pub struct Watched {
    order: Order,
    running: Option<watch::Receiver<Order>>,
    clock: Clock,
}

impl Watched {
    /// Waits until it is known what became of the order, but no longer than `time`.
    pub async fn settled_within(&mut self, time: Duration) {
        let Some(running) = &mut self.running else { return };
        let settled = running.wait_for(|order| order.state != State::Open);
        // It may take longer, and the task may end: then the order is as far as it was.
        drop(self.clock.within(time, settled).await);
        self.order = running.borrow().clone();
    }

    /// The order, as far as it is known to be.
    #[must_use]
    pub fn order(self) -> Order {
        self.order
    }
}

impl Orders {
    /// No orders yet: `recovery` takes up those that are stored.
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

    /// Takes an order, or finds the one that was taken with the same key.
    ///
    /// # Errors
    ///
    /// It is not taken, and nothing is sent.
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

    /// Takes what a person found who looked an order up at the acquirer.
    ///
    /// # Errors
    ///
    /// Nobody was asked to look it up, or it is not that transaction.
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

    /// The order with an id.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn look_up(&self, id: OrderId) -> Result<Option<Progress>, Refusal> {
        let order = self.store.by_id(id).await?;
        Ok(order.map(|order| self.progress(order)))
    }

    /// What is being done for an order.
    #[must_use]
    pub fn progress(&self, order: Order) -> Progress {
        let is_running = held(&self.running).contains_key(&order.id);
        let card_until = held(&self.waiting).get(&order.id).copied();
        Progress { order, is_running, card_until }
    }

    /// Takes no new orders, and waits for what is being done. What is not done by then is taken up at the
    /// next start.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// How many orders a task is at work for.
    #[must_use]
    pub fn at_work(&self) -> usize {
        held(&self.running).len()
    }

    /// The same key and the same body: the same order. If it waits for its card, here is one.
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

    /// A new key: a new order, if the rules allow it.
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
                // Nothing was sent, and nothing will be.
                if let Some(mut attempt) = held(&self.journal).get_mut(&id) {
                    let _ended = attempt.cancel();
                }
                Err(error.into())
            }
        }
    }

    /// What is to be sent for an order that is wanted, if the rules allow it.
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
                // What it is comes before how much is left of it.
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

    /// Puts a task to work for an order. Who holds the desk calls this: an order has one task.
    pub(crate) fn start(self: &Arc<Self>, order: Order, request: Request) -> Watched {
        let (sender, receiver) = watch::channel(order.clone());
        held(&self.running).insert(order.id, receiver.clone());
        self.tasks.spawn(Arc::clone(self).drive(order.id, request, sender));
        Watched { order, running: Some(receiver), clock: self.clock }
    }
}

/// What the recovery needs.
impl Orders {
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) const fn clock(&self) -> Clock {
        self.clock
    }

    /// Keeps an order in mind that is stored.
    pub(crate) fn remember(&self, order: &Order) {
        if let Err(error) = held(&self.journal).insert(order.id, order.attempt.clone()) {
            tracing::error!(order = %order.id, %error, "a stored order cannot be taken up");
        }
    }

    /// While this is held, no order is taken.
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

/// What an order comes to.
struct Planned {
    request: Request,
    money: Money,
    parent: Option<OrderId>,
}

/// A lock's content. Nothing here leaves it half changed, so a panic elsewhere does not spoil it.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
