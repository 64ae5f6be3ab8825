//! A click becomes an order, and the order gets a job.
//!
//! No create is repeated, since two jobs could both be paid. After a lost response, the shop checks whether the gateway
//! knows the order's number. That does not bring back the reference and the link to the payment page, which only the
//! response had. Such a job cannot be paid, so the shopper orders again, under another number.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use cashflows_codec::gateway::call::CreateJob;
use cashflows_codec::gateway::request::{
    HostedPage, LineKind, Order as JobOrder, OrderLine, PaymentJob, ReturnUrls, UnitPrice,
};
use cashflows_codec::gateway::response::{Job, OrderPresence, Response};
use cashflows_codec::gateway::{Locale, Money, Timestamp};
use cashflows_codec::value::Url;

use super::catalogue::{Item, item_named};
use super::order::{NewOrder, Order, State, Way};
use super::table::{Change, Changed, Inserted};
use super::{Shop, order_number};
use crate::acquirer::gateway::Fate;
use crate::orders::Refusal;
use crate::store::surely;
use crate::wanted::{Key, OrderId};

/// Time for repeating the check whether the gateway knows an order, while the outcome is unknown.
pub(super) const ASKS_FOR_ORDER: Duration = Duration::from_secs(24 * 60 * 60);

/// A shopper's click.
#[derive(Clone, Debug)]
pub struct Basket {
    /// The key of the click.
    pub key: Key,
    pub item: Item,
    pub way: Way,
}

impl Shop {
    /// Takes an order, or finds the one of the same click. Waits until it has a payment page, or certainly has none.
    ///
    /// # Errors
    ///
    /// The order is not taken, and no job is created.
    pub async fn buy(self: &Arc<Self>, basket: Basket) -> Result<Order, Refusal> {
        let Basket { key, item, way } = basket;
        self.take(NewOrder { number: OrderId::new(), key, item, way, replaces: None }).await
    }

    /// Orders the same item again, once, after an order that ended without money.
    ///
    /// # Errors
    ///
    /// The order did not end without money, or no order can be taken.
    pub async fn buy_again(self: &Arc<Self>, number: OrderId) -> Result<Order, Refusal> {
        let order = self.table.by_number(number).await?.ok_or(Refusal::NoSuchOrder)?;
        if !order.state.can_be_replaced() {
            return Ok(order);
        }
        let item = item_named(&order.item).ok_or(Refusal::NoSuchOrder)?;
        let key = format!("again-{number}").parse().map_err(|_| Refusal::NoSuchOrder)?;
        self.take(NewOrder { number: OrderId::new(), key, item, way: order.way, replaces: Some(number) })
            .await
    }

    async fn take(self: &Arc<Self>, order: NewOrder) -> Result<Order, Refusal> {
        if self.stopping.is_cancelled() {
            return Err(Refusal::Stopping);
        }
        let shop = Arc::clone(self);
        // In a task of its own: a hang-up ends this function, but not the task.
        let taken = self.tasks.spawn(async move {
            let item = order.item;
            match shop.table.insert(order, shop.clock.now()).await? {
                Inserted::New(order) => {
                    tracing::info!(order = %order.number, item = item.id, money = %order.money, "took an order");
                    Ok(shop.create(order, item).await)
                }
                Inserted::Known(order) if order.item != item.name => Err(Refusal::OtherBody),
                Inserted::Known(order) => shop.created(order).await,
            }
        });
        taken.await.map_err(|_| Refusal::Stopping)?
    }

    /// Waits until another task has created the job of an order.
    async fn created(&self, mut order: Order) -> Result<Order, Refusal> {
        let until = self.clock.now() + self.terms.answer_within;
        while order.state == State::Creating && self.clock.now() < until {
            tokio::time::sleep(Duration::from_millis(50)).await;
            order = self.table.by_number(order.number).await?.ok_or(Refusal::NoSuchOrder)?;
        }
        Ok(order)
    }

    /// Creates the job of an order.
    async fn create(&self, order: Order, item: Item) -> Order {
        let number = order.number;
        let Some(job) = self.job(&order, item) else {
            return self.creates_nothing(order, State::NotCreated, "it cannot be asked for").await;
        };
        let fate = self.gateway.ask(CreateJob::new(job)).await;
        let said = fate.to_string();
        tracing::info!(order = %number, said, "asked for a payment page");
        match fate {
            Fate::Done(answer) => self.has_job(order, &answer).await,
            Fate::Refused(_) | Fate::NoAccess(_) | Fate::NotSent(_) => {
                self.creates_nothing(order, State::NotCreated, &said).await
            }
            Fate::Unknown(_) => self.find(order, &said).await,
        }
    }

    /// The job to create.
    fn job(&self, order: &Order, item: Item) -> Option<PaymentJob> {
        let money = Money::try_from(order.money).ok()?;
        let line = OrderLine {
            number: Some(1),
            kind: Some(LineKind::PhysicalItem),
            sku_code: Some(item.id.parse().ok()?),
            quantity: Some("1".parse().ok()?),
            total: Some(money.to_decimal().into()),
            ..OrderLine::new(item.name.parse().ok()?, UnitPrice::WithVat(money.to_decimal().into()))
        };
        let order = JobOrder::new(order_number(order.number)?).with_line(line);
        let job = PaymentJob::new(money, order, HostedPage::new())
            .with_locale(Locale::EnGb)
            .with_return_urls(ReturnUrls::all(self.terms.return_url.clone()))
            .with_webhook_url(self.terms.webhook_url.clone())
            .with_expires(timestamp(self.clock.now() + self.terms.pay_within)?);
        Some(job)
    }

    /// Stores the job: from now on its reference is known.
    async fn has_job(&self, order: Order, answer: &Response<Job>) -> Order {
        let job = answer.data().reference;
        let page: Option<Url> =
            answer.links().action.as_ref().and_then(|link| link.url.as_str().parse().ok());
        let look_at = self.clock.now() + self.terms.look_every;
        let changed = self
            .surely_change(order, move |mut order| {
                // A job without a page cannot be paid, and is cancelled.
                order.state = if page.is_some() { State::Open } else { State::Closing };
                (order.job, order.page, order.look_at) = (Some(job), page.clone(), Some(look_at));
                let step = Some(format!("its job is {job}"));
                Some(Change { order, step })
            })
            .await;
        if changed.state == State::Closing {
            return self.look(changed.number).await.unwrap_or(changed);
        }
        changed
    }

    async fn creates_nothing(&self, order: Order, state: State, said: &str) -> Order {
        let step = format!("no job: {said}");
        self.surely_change(order, move |mut order| {
            order.state = state;
            order.look_at = None;
            Some(Change { order, step: Some(step.clone()) })
        })
        .await
    }

    /// Checks whether the gateway knows an order whose create has an unknown outcome.
    pub(super) async fn find(&self, order: Order, said: &str) -> Order {
        let (presence, certain) = self.presence(&order).await;
        let state = match presence {
            OrderPresence::NotFound if certain => State::NotCreated,
            _ => State::Lost,
        };
        let now = self.clock.now();
        let is_young = now.duration_since(order.made).unwrap_or_default() < ASKS_FOR_ORDER;
        let is_open = presence != OrderPresence::Present && state == State::Lost && is_young;
        let look_at = is_open.then(|| self.look_again(order.made));
        let step = format!("{said}; the gateway says of the order: {presence}");
        if state == State::Lost && order.state != State::Lost {
            tracing::warn!(order = %order.number, step, "the gateway may have a job that cannot be paid");
        }
        self.surely_change(order, move |mut order| {
            let step = (order.state != state).then(|| step.clone());
            (order.state, order.look_at) = (state, look_at);
            Some(Change { order, step })
        })
        .await
    }

    /// Tells whether the gateway has an order. Its absence is certain only if another order of the same configuration
    /// is found.
    async fn presence(&self, order: &Order) -> (OrderPresence, bool) {
        let Some(number) = order_number(order.number) else { return (OrderPresence::Unknown, false) };
        let presence = self.gateway.find_order(number).await;
        if presence != OrderPresence::NotFound {
            return (presence, false);
        }
        let other = surely(|| self.table.newest_with_job()).await;
        let Some(other) = other.and_then(|other| order_number(other.number)) else {
            return (presence, false);
        };
        (presence, self.gateway.find_order(other).await == OrderPresence::Present)
    }

    /// Changes an order that has no job yet, however long the database takes. A faster writer had newer facts, so its
    /// state stays.
    pub(super) async fn surely_change(
        &self,
        order: Order,
        decide: impl Fn(Order) -> Option<Change> + Clone + Send + 'static,
    ) -> Order {
        let (number, now) = (order.number, self.clock.now());
        let changed: Option<Changed> = surely(|| {
            let decide = decide.clone();
            self.table.change(number, now, move |order| match order.job {
                None => decide(order),
                Some(_) => None,
            })
        })
        .await;
        match changed {
            Some(changed) => changed.order,
            None => surely(|| self.table.by_number(number)).await.unwrap_or(order),
        }
    }
}

/// A point in time in the format of the wire.
fn timestamp(time: SystemTime) -> Option<Timestamp> {
    humantime::format_rfc3339_seconds(time).to_string().parse().ok()
}
