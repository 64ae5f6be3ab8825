//! What makes the shop ask the gateway: a notification, a shopper who comes back, the time, the start.

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

/// What was found at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Orders whose job was being created.
    pub being_created: usize,
    /// Orders and refunds that the gateway is asked about.
    pub unfinished: usize,
}

impl Shop {
    /// Takes up what is stored, and looks after it from now on. To be called once, before shoppers are let
    /// in.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn open(self: &Arc<Self>) -> Result<Recovered, StoreError> {
        let being_created = self.table.being_created().await?;
        // Whatever happened meanwhile was notified to nobody.
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

    /// Takes a notification, if it is about an order: writes that the gateway is to be asked, so that it can
    /// be acknowledged, and asks soon.
    ///
    /// # Errors
    ///
    /// It is about no order, so it is not to be acknowledged: it may be, when it comes again. Or the database
    /// fails.
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

    /// The order of a shopper who comes back, as far as the gateway says in time that it is.
    ///
    /// # Errors
    ///
    /// It is about no order, or the database fails.
    pub async fn returned(self: &Arc<Self>, returned: &ShopperReturn) -> Result<OrderId, Refusal> {
        let number = match self.table.by_job(returned.job()).await? {
            Some(order) if is_its_number(&order, returned) => order.number,
            Some(_) => return Err(Refusal::NoSuchOrder),
            None => self.adopt_in_time(returned.job()).await?,
        };
        let now = self.clock.now();
        self.table.change(number, now, move |order| Some(due(order, now))).await?;
        // A task of its own: whoever does not wait leaves an order that is looked at all the same.
        let shop = Arc::clone(self);
        let looked = self.tasks.spawn(async move { shop.look_in_turn(number).await });
        let _too_late = self.clock.within(self.terms.answer_within, looked).await;
        Ok(number)
    }

    async fn adopt_in_time(self: &Arc<Self>, job: JobReference) -> Result<OrderId, Refusal> {
        let adopted = self.clock.within(self.terms.answer_within, self.adopt_stranger(job)).await;
        adopted.ok_or(Refusal::NoSuchOrder)?.map(|order| order.number)
    }

    /// The same as [`adopt`](Self::adopt), for a job that anybody may have named: only while the job of a young order
    /// is lost, and seldom. A notification that is refused comes again.
    async fn adopt_stranger(self: &Arc<Self>, job: JobReference) -> Result<Order, Refusal> {
        let now = self.clock.now();
        let young = now.checked_sub(ASKS_FOR_ORDER).unwrap_or(SystemTime::UNIX_EPOCH);
        if !self.table.has_lost_jobs(young).await? || !self.looks.may_ask_for_a_stranger(now) {
            return Err(Refusal::NoSuchOrder);
        }
        let _place = self.looks.place().await;
        self.adopt(job).await
    }

    /// Asks the gateway about an order as soon as it is its turn, once, however often that is wanted
    /// meanwhile.
    fn look_soon(self: &Arc<Self>, number: OrderId) {
        if !self.queued.lock().unwrap_or_else(PoisonError::into_inner).insert(number) {
            return;
        }
        let shop = Arc::clone(self);
        self.tasks.spawn(async move { shop.look_in_turn(number).await });
    }

    /// Asks the gateway about an order when it is its turn.
    async fn look_in_turn(&self, number: OrderId) {
        let look = async || {
            self.queued.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
            if !self.stopping.is_cancelled()
                && let Err(error) = self.look(number).await
            {
                tracing::error!(order = %number, %error, "cannot be looked at");
            }
        };
        let _as_good = self.looks.in_turn(number, &self.clock, look).await;
    }

    /// Asks about whatever is due, for as long as the shop is open: a notification may be lost.
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
            // It may have been settled while this waited.
            let refunds = self.table.refunds(refund.order).await?;
            let still = refunds
                .into_iter()
                .find(|known| known.number == refund.number && known.state.is_unfinished());
            if let Some(refund) = still
                && let Err(error) = self.find_refund(refund).await
            {
                tracing::error!(%error, "a refund cannot be looked for");
            }
        }
        Ok(())
    }
}

/// Somebody says that something happened: the gateway is to be asked, and until it has answered, it may be a payment.
const fn due(mut order: Order, now: SystemTime) -> Change {
    (order.look_at, order.is_in_doubt) = (Some(now), true);
    Change { order, step: None }
}

/// Whether the order number of a shopper who comes back is the order's, if there is one.
fn is_its_number(order: &Order, returned: &ShopperReturn) -> bool {
    returned.order_number().is_none_or(|number| number == order.number.to_string())
}
