//! Reasons to retrieve a job: a notification, a shopper's return, the time, the start.

use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use cashflows_codec::gateway::{JobReference, Notification, ShopperReturn};

use super::Shop;
use super::checkout::ASKS_FOR_ORDER;
use super::order::Order;
use super::table::Change;
use crate::orders::Refusal;
use crate::store::StoreError;
use crate::wanted::OrderId;

/// Orders found at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Orders whose job was being created.
    pub being_created: usize,
    /// Orders and refunds to look up at the gateway.
    pub unfinished: usize,
}

impl Shop {
    /// Takes up stored orders, and follows them from now on. Call it once, before shoppers are accepted.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn open(self: &Arc<Self>) -> Result<Recovered, StoreError> {
        let being_created = self.table.being_created().await?;
        // Notifications sent meanwhile reached no service.
        let unfinished = self.table.make_all_due(self.clock.now()).await?;
        let recovered = Recovered { being_created: being_created.len(), unfinished };
        tracing::info!(being_created = recovered.being_created, unfinished, "the shop opens");
        for order in being_created {
            let shop = Arc::clone(self);
            self.tasks.spawn(async move { shop.find(order, "the service was started again").await });
        }
        tokio::spawn(Arc::clone(self).patrol());
        Ok(recovered)
    }

    /// Takes a notification about an order. Stores that its job is to be retrieved, so that the notification can be
    /// acknowledged, and retrieves it soon.
    ///
    /// # Errors
    ///
    /// The notification is about no known order, so it is not acknowledged: when it comes again, its order may be
    /// known. Or the database fails.
    pub async fn notified(self: &Arc<Self>, notification: &Notification) -> Result<(), Refusal> {
        match self.table.by_job(notification.job()).await? {
            Some(order) => {
                let now = self.clock.now();
                self.table.change(order.number, now, move |order| Some(due(order, now))).await?;
                self.look_soon(order.number);
                Ok(())
            }
            None => self.adopt_stranger(notification.job()).await.map(drop),
        }
    }

    /// The order of a returning shopper, in the state that the gateway reports in time.
    ///
    /// # Errors
    ///
    /// The return is about no known order, or the database fails.
    pub async fn returned(self: &Arc<Self>, returned: &ShopperReturn) -> Result<OrderId, Refusal> {
        let number = match self.table.by_job(returned.job()).await? {
            Some(order) if is_its_number(&order, returned) => order.number,
            Some(_) => return Err(Refusal::NoSuchOrder),
            None => self.adopt_in_time(returned.job()).await?,
        };
        let now = self.clock.now();
        self.table.change(number, now, move |order| Some(due(order, now))).await?;
        // In a task of its own: if the shopper leaves, the job is still retrieved.
        let shop = Arc::clone(self);
        let looked = self.tasks.spawn(async move { shop.look_in_turn(number).await });
        let _too_late = self.clock.within(self.terms.answer_within, looked).await;
        Ok(number)
    }

    async fn adopt_in_time(self: &Arc<Self>, job: JobReference) -> Result<OrderId, Refusal> {
        let adopted = self.clock.within(self.terms.answer_within, self.adopt_stranger(job)).await;
        adopted.ok_or(Refusal::NoSuchOrder)?.map(|order| order.number)
    }

    /// The same as [`adopt`](Self::adopt), for a job that anyone may have named: only while the job of a young order is
    /// lost, and rarely. A refused notification comes again.
    async fn adopt_stranger(self: &Arc<Self>, job: JobReference) -> Result<Order, Refusal> {
        let now = self.clock.now();
        let young = now.checked_sub(ASKS_FOR_ORDER).unwrap_or(SystemTime::UNIX_EPOCH);
        if !self.table.has_lost_jobs(young).await? || !self.looks.may_ask_for_a_stranger(now) {
            return Err(Refusal::NoSuchOrder);
        }
        let _place = self.looks.place().await;
        self.adopt(job).await
    }

    /// Retrieves the job of an order as soon as it is its turn, once for all requests up to then.
    fn look_soon(self: &Arc<Self>, number: OrderId) {
        if !self.queued.lock().unwrap_or_else(PoisonError::into_inner).insert(number) {
            return;
        }
        let shop = Arc::clone(self);
        self.tasks.spawn(async move { shop.look_in_turn(number).await });
    }

    /// Retrieves the job of an order in its turn.
    async fn look_in_turn(&self, number: OrderId) {
        let look = async || {
            self.queued.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
            if !self.stopping.is_cancelled()
                && let Err(error) = self.look(number).await
            {
                tracing::error!(order = %number, %error, "its job cannot be retrieved");
            }
        };
        let _as_good = self.looks.in_turn(number, &self.clock, look).await;
    }

    /// Retrieves all jobs that are due, while the shop is open: notifications may be lost.
    async fn patrol(self: Arc<Self>) {
        let rest = self.terms.look_every / 2;
        while !self.stopping.is_cancelled() {
            if !self.gateway.refuses_us()
                && let Err(error) = self.round().await
            {
                tracing::error!(%error, "the database fails; trying again later");
            }
            tokio::select! {
                () = self.clock.sleep(rest) => {}
                () = self.stopping.cancelled() => {}
            }
        }
    }

    async fn round(self: &Arc<Self>) -> Result<(), StoreError> {
        let now = self.clock.now();
        for order in self.table.due(now).await? {
            self.look_soon(order.number);
        }
        for refund in self.table.due_refunds(now).await? {
            let _turn = self.till.lock().await;
            // It may have been settled during the wait.
            let refunds = self.table.refunds(refund.order).await?;
            let still = refunds
                .into_iter()
                .find(|known| known.number == refund.number && known.state.is_unfinished());
            if let Some(refund) = still
                && let Err(error) = self.find_refund(refund).await
            {
                tracing::error!(%error, "a refund cannot be searched for");
            }
        }
        Ok(())
    }
}

/// Notes an unproved event: the job is to be retrieved, and until then a payment may be in progress.
const fn due(mut order: Order, now: SystemTime) -> Change {
    (order.look_at, order.is_in_doubt) = (Some(now), true);
    Change { order, step: None }
}

/// Tells whether the order number in a shopper's return, if any, is the order's.
fn is_its_number(order: &Order, returned: &ShopperReturn) -> bool {
    returned.order_number().is_none_or(|number| number == order.number.to_string())
}
