//! Refunds, and cancels of payments on their own day.
//!
//! A refund is stored before it is sent, with a number that no other refund has. After a lost response, it is searched
//! for by that number and never sent again: a second one would be another refund.

use std::sync::Arc;
use std::time::Duration;

use cashflows_codec::gateway::call::{CancelJob, CancelPayment, RefundPayment, RetrievePayment};
use cashflows_codec::gateway::{JobReference, PaymentReference};

use super::Shop;
use super::order::{Order, State};
use super::refund::{NewRefund, Refund, RefundState};
use super::table::{Change, Inserted};
use crate::acquirer::gateway::Fate;
use crate::orders::Refusal;
use crate::store::surely;
use crate::wanted::OrderId;

/// Time for which a refund with a lost response is searched for. After that, it will never arrive.
const LOOKS_FOR_REFUND: Duration = Duration::from_secs(10 * 60);

impl Shop {
    /// Refunds an order, or finds the refund of the same click.
    ///
    /// # Errors
    ///
    /// The order is not paid, less is left of it, or the database fails.
    pub async fn refund(self: &Arc<Self>, wanted: NewRefund) -> Result<Refund, Refusal> {
        let shop = Arc::clone(self);
        self.in_turn(async move {
            match shop.table.insert_refund(wanted, shop.clock.now()).await? {
                Inserted::Known(refund) => Ok(refund),
                Inserted::New(refund) => shop.send_refund(refund).await,
            }
        })
        .await
    }

    /// Cancels an order: the job of an unpaid one, the payment of a paid one.
    ///
    /// # Errors
    ///
    /// The order has no job or payment to cancel, or a part is refunded already.
    pub async fn cancel(self: &Arc<Self>, number: OrderId) -> Result<Order, Refusal> {
        let shop = Arc::clone(self);
        self.in_turn(async move {
            let order = shop.table.by_number(number).await?.ok_or(Refusal::NoSuchOrder)?;
            match (order.state, order.job, order.payment) {
                (State::Paid | State::Reserved, Some(job), Some(payment)) => {
                    shop.cancel_payment(order, job, payment).await
                }
                (State::Open | State::Review, Some(_), _) => shop.cancel_job(order).await,
                (State::Closing, Some(_), _) => shop.look(number).await,
                _ => Err(Refusal::NothingPaid { state: order.state.as_str() }),
            }
        })
        .await
    }

    /// Runs one refund or cancel at a time, to its end even if the caller hangs up.
    async fn in_turn<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, Refusal>> + Send + 'static,
    ) -> Result<T, Refusal> {
        if self.stopping.is_cancelled() {
            return Err(Refusal::Stopping);
        }
        let shop = Arc::clone(self);
        let done = self.tasks.spawn(async move {
            let _turn = shop.till.lock().await;
            work.await
        });
        done.await.map_err(|_| Refusal::Stopping)?
    }

    async fn cancel_job(&self, order: Order) -> Result<Order, Refusal> {
        let (number, now) = (order.number, self.clock.now());
        let closing = move |mut order: Order| {
            matches!(order.state, State::Open | State::Review).then(|| {
                (order.state, order.look_at) = (State::Closing, Some(now));
                Change { order, step: Some("to be cancelled".to_owned()) }
            })
        };
        self.table.change(number, now, closing).await?;
        self.look(number).await
    }

    /// Cancels a payment, which is safe to repeat, and then its job, so that it cannot be paid again.
    async fn cancel_payment(
        &self,
        order: Order,
        job: JobReference,
        payment: PaymentReference,
    ) -> Result<Order, Refusal> {
        let refunds = self.table.refunds(order.number).await?;
        if refunds.iter().any(|refund| refund.state.may_have_moved_money()) {
            return Err(Refusal::TooMuch { left: order.money });
        }
        self.note(&order, "its payment is to be cancelled").await?;
        let fate = self.gateway.ask(CancelPayment::new(job, payment)).await;
        self.note(&order, &format!("cancelled its payment: {fate}")).await?;
        if matches!(fate, Fate::Done(_)) {
            let _closed = self.gateway.ask(CancelJob::new(job)).await;
        }
        self.look(order.number).await
    }

    /// Stores a step of a payment, and that its job is to be retrieved.
    async fn note(&self, order: &Order, step: &str) -> Result<(), Refusal> {
        tracing::info!(order = %order.number, step);
        let (now, step) = (self.clock.now(), step.to_owned());
        let look = move |mut order: Order| {
            order.look_at = Some(now);
            Some(Change { order, step: Some(step) })
        };
        self.table.change(order.number, now, look).await?;
        Ok(())
    }

    /// Sends a refund once.
    async fn send_refund(&self, refund: Refund) -> Result<Refund, Refusal> {
        let (job, payment) = self.payment_of(&refund).await?;
        let Some(request) = refund.request() else {
            return Ok(self.leave(refund, RefundState::Refused, "it cannot be asked for").await);
        };
        let fate = self.gateway.ask(RefundPayment::new(job, payment, request)).await;
        let said = fate.to_string();
        Ok(match fate {
            Fate::Done(answer) => self.leave(refund, answer.data().meaning().into(), &said).await,
            Fate::Refused(_) | Fate::NoAccess(_) | Fate::NotSent(_) => {
                self.leave(refund, RefundState::Refused, &said).await
            }
            Fate::Unknown(_) => {
                let refund = self.leave(refund, RefundState::Unknown, &said).await;
                self.find_refund(refund).await?
            }
        })
    }

    /// Searches for a refund among those of its payment.
    ///
    /// # Errors
    ///
    /// The payment is not known.
    pub(super) async fn find_refund(&self, refund: Refund) -> Result<Refund, Refusal> {
        let (job, payment) = self.payment_of(&refund).await?;
        let fate = self.gateway.ask(RetrievePayment::new(job, payment)).await;
        let Fate::Done(answer) = fate else {
            let state = refund.state;
            return Ok(self.leave(refund, state, &fate.to_string()).await);
        };
        let age = self.clock.now().duration_since(refund.made).unwrap_or_default();
        let (state, said) = match refund.find(answer.data()) {
            Some(state) => (state, "found by its number"),
            // The gateway had it once, so its money may move.
            None if refund.state == RefundState::Pending => (RefundState::Pending, "not found any more"),
            None if age > LOOKS_FOR_REFUND => (RefundState::NotArrived, "it never reached the gateway"),
            None => (RefundState::Unknown, "not found yet"),
        };
        Ok(self.leave(refund, state, said).await)
    }

    async fn payment_of(&self, refund: &Refund) -> Result<(JobReference, PaymentReference), Refusal> {
        let order = self.table.by_number(refund.order).await?.ok_or(Refusal::NoSuchOrder)?;
        order.job.zip(order.payment).ok_or(Refusal::NothingPaid { state: order.state.as_str() })
    }

    /// Stores the state of a refund, if it changed.
    async fn leave(&self, mut refund: Refund, state: RefundState, said: &str) -> Refund {
        let is_news = refund.state != state;
        refund.state = state;
        refund.look_at = state.is_unfinished().then(|| self.look_again(refund.made));
        let number = &refund.number;
        let step = is_news.then(|| format!("refund {number}: {} ({said})", state.as_str()));
        if let Some(step) = &step {
            tracing::info!(order = %refund.order, step, "refund");
        }
        let now = self.clock.now();
        surely(|| self.table.record_refund(refund.clone(), step.clone(), now)).await;
        refund
    }
}
