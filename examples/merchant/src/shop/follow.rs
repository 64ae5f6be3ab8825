//! Retrieves a job, and stores its state.

use std::sync::Arc;
use std::time::SystemTime;

use cashflows_codec::gateway::call::{CancelJob, RetrieveJob};
use cashflows_codec::gateway::response::Job;
use cashflows_codec::gateway::{Expected, JobReference, Known, Money};

use super::order::{Order, Seen, State};
use super::table::{Change, Changed};
use super::{Shop, order_number};
use crate::acquirer::gateway::Fate;
use crate::orders::Refusal;
use crate::store::row::millis;
use crate::store::surely;
use crate::wanted::OrderId;

impl Shop {
    /// Retrieves the job of an order, stores its state, and returns the order.
    ///
    /// # Errors
    ///
    /// There is no such order, or the database fails.
    pub async fn look(&self, number: OrderId) -> Result<Order, Refusal> {
        let order = self.table.by_number(number).await?.ok_or(Refusal::NoSuchOrder)?;
        let Some(job) = order.job else {
            return Ok(match order.state {
                State::Creating | State::Lost => self.find(order, "looked for it again").await,
                _ => order,
            });
        };
        let order =
            if order.state == State::Closing { order } else { self.retrieve(order, job, false).await };
        // An order just found unpaid is closed at once, so that it stays unpaid.
        Ok(if order.state == State::Closing { self.close(order, job).await } else { order })
    }

    /// Cancels an unpaid job, so that it cannot be paid any more, and retrieves it again: the shopper may have been
    /// faster.
    async fn close(&self, order: Order, job: JobReference) -> Order {
        let fate = self.gateway.ask(CancelJob::new(job)).await;
        tracing::info!(order = %order.number, said = %fate, "cancelled its job");
        self.retrieve(order, job, fate.has_response()).await
    }

    /// Retrieves a job. It is over if the gateway has responded to its cancel.
    async fn retrieve(&self, order: Order, job: JobReference, is_over: bool) -> Order {
        let asked = self.clock.now();
        match self.gateway.ask(RetrieveJob::new(job)).await {
            Fate::Done(answer) if answer.data().reference == job => {
                let known = Known::new().at(self.clock.now());
                let known = if is_over { known.with_job_cancelled() } else { known };
                match expected(&order) {
                    Some(expected) => {
                        let seen = Seen::of(answer.data(), &expected, &known);
                        self.record(order, seen, asked).await
                    }
                    None => self.look_later(order).await,
                }
            }
            fate => {
                tracing::warn!(order = %order.number, said = %fate, "the state of its job is unknown");
                self.look_later(order).await
            }
        }
    }

    /// Stores the gateway's response.
    async fn record(&self, order: Order, seen: Seen, asked: SystemTime) -> Order {
        let (number, now, again) = (order.number, self.clock.now(), self.look_again(order.made));
        let changed = surely(|| {
            let seen = seen.clone();
            self.table.change(number, now, move |mut order| {
                let (state, payment) = seen.leaves(order.state, order.payment);
                let is_new = (state, payment) != (order.state, order.payment);
                let said =
                    || payment.map_or(state.as_str().to_owned(), |by| format!("{} by {by}", state.as_str()));
                let step = is_new.then(|| format!("the gateway says: {} ({seen})", said()));
                (order.state, order.payment) = (state, payment);
                // Notifications since the call are not covered by this response.
                let is_due_again = order.look_at.is_some_and(|due| millis(asked) < millis(due) && due <= now);
                if !is_due_again {
                    order.look_at = state.is_unfinished().then_some(again);
                    order.is_in_doubt = seen.is_under_way();
                }
                Some(Change { order, step })
            })
        })
        .await;
        if let [_, _, ..] = seen.taken() {
            tracing::error!(order = %number, payments = ?seen.taken(), "paid more than once: refund the excess");
        }
        let Some(changed) = changed else { return order };
        if changed.before != State::Review && changed.order.state == State::Review {
            tracing::error!(
                order = %number, said = %seen,
                "the money of its job does not match the order: look it up, and deliver or refund by hand"
            );
        }
        if changed.is_to_be_delivered {
            self.deliver(&changed.order).await;
        }
        told(changed)
    }

    /// Handles the first payment of an order.
    async fn deliver(&self, order: &Order) {
        match surely(|| self.table.successor(order.number)).await {
            None => tracing::info!(order = %order.number, "paid: deliver it"),
            // Its page was never seen, or could not be paid any more: an error on one of the two sides.
            Some(other) => tracing::error!(
                order = %order.number, other = %other.number,
                "paid, though another order took its place: deliver one, and refund the other"
            ),
        }
    }

    /// Retrieves the job again later, after an unknown outcome.
    async fn look_later(&self, order: Order) -> Order {
        let (number, now, again) = (order.number, self.clock.now(), self.look_again(order.made));
        let changed = surely(|| {
            self.table.change(number, now, move |mut order| {
                order.look_at = Some(again);
                Some(Change { order, step: None })
            })
        });
        changed.await.map_or(order, |changed| changed.order)
    }

    /// Finds the order of an unknown job, whose create had no response. The gateway tells the job's order: the caller
    /// is not trusted.
    ///
    /// # Errors
    ///
    /// The job belongs to none of the shop's orders.
    pub async fn adopt(self: &Arc<Self>, job: JobReference) -> Result<Order, Refusal> {
        if let Some(order) = self.table.by_job(job).await? {
            return self.look(order.number).await;
        }
        let Fate::Done(answer) = self.gateway.ask(RetrieveJob::new(job)).await else {
            return Err(Refusal::NoSuchOrder);
        };
        let job = answer.into_data();
        let number = job.order.as_ref().and_then(|order| order.number()?.parse::<OrderId>().ok());
        let number = number.ok_or(Refusal::NoSuchOrder)?;
        let order = self.table.by_number(number).await?.ok_or(Refusal::NoSuchOrder)?;
        if !order.state.may_have_lost_its_job() || !is_of(&job, &order) {
            return Err(Refusal::NoSuchOrder);
        }
        tracing::warn!(order = %number, job = %job.reference, "found the job of an order whose create had no response");
        let reference = job.reference;
        self.surely_change(order, move |mut order| {
            (order.state, order.job) = (State::Closing, Some(reference));
            let step = Some(format!("its job was found: {reference}"));
            Some(Change { order, step })
        })
        .await;
        self.look(number).await
    }
}

/// The expected values of an order's job. Every order has some.
fn expected(order: &Order) -> Option<Expected> {
    Some(Expected::new(Money::try_from(order.money).ok()?, order_number(order.number)?))
}

/// Tells whether a job belongs to an order: by number, amount, currency and type.
fn is_of(job: &Job, order: &Order) -> bool {
    let Some(expected) = expected(order) else { return false };
    let number = job.order.as_ref().and_then(|order| order.number());
    let currency = job.currency.as_ref().and_then(|currency| currency.listed());
    number == Some(expected.order_number().as_ref())
        && job.amount_to_collect == Some(expected.amount().to_decimal())
        && currency == Some(expected.amount().currency())
        && matches!(job.job_type.as_deref(), None | Some("Payment"))
}

/// Logs a change for the operator.
fn told(changed: Changed) -> Order {
    let Changed { before, order, .. } = changed;
    if before != order.state {
        let (number, state) = (order.number, order.state.as_str());
        match order.state {
            State::Review => {}
            _ => tracing::info!(order = %number, state, "the gateway says"),
        }
    }
    order
}
