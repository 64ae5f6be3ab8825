//! The start after a stop, a crash or a `kill -9`: takes up open orders.
//!
//! Refunds and months of subscriptions need no card, and continue. Other orders need their card, which was in the
//! memory of the old process and must not be stored. They wait until the buyer sends the same request with the same key
//! again, as long as the acquirer recognises a retry. After that, a person has to look them up.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::Step;

use crate::orders::{Orders, RETRY_WINDOW, look_up, next};
use crate::store::{Order, State, StoreError};
use crate::wanted::OrderId;

/// Orders found at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Orders that continue without a client.
    pub resumed: usize,
    /// Orders that wait for their card.
    pub waiting: usize,
    /// Orders for a person to look up.
    pub reconcile: usize,
}

/// Takes up stored orders. Call it once, before clients are accepted.
///
/// # Errors
///
/// The database cannot be read.
pub async fn recover(orders: &Arc<Orders>) -> Result<Recovered, StoreError> {
    let now = orders.clock().now();
    // Settled orders too: a retry could get the response of an equal one.
    let recent = now.checked_sub(RETRY_WINDOW * 2).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut recovered = Recovered::default();
    let stored = orders.store().recent_orders(recent).await?;
    for order in &stored {
        orders.remember(order);
    }
    for order in stored.into_iter().filter(|order| order.state == State::Open) {
        orders.take_up(order, &mut recovered).await;
    }
    let Recovered { resumed, waiting, reconcile } = recovered;
    tracing::info!(resumed, waiting, reconcile, "took up open orders");
    Ok(recovered)
}

impl Orders {
    async fn take_up(self: &Arc<Self>, order: Order, recovered: &mut Recovered) {
        let id = order.id;
        let request = order.attempt.request().cloned();
        let step = self.tell(id, |attempt, now, jitter| attempt.restarted(now, jitter));
        self.write(id, None, "the service was started again".to_owned()).await;
        tracing::info!(order = %id, operation = %order.operation, next = next(step.as_ref()), "it was open");
        look_up(id, step.as_ref());
        match (step, request) {
            (None | Some(Step::Done(_)), _) => {}
            (Some(Step::Reconcile(_)), _) => recovered.reconcile += 1,
            (Some(_), Some(request)) => {
                recovered.resumed += 1;
                self.start(order, request);
            }
            (Some(step), None) => {
                recovered.waiting += 1;
                self.wait_for_card(&order, &step);
            }
        }
    }
}

/// Orders that wait for their card.
impl Orders {
    /// Makes an order wait for its card, until the acquirer would not recognise a retry any more.
    fn wait_for_card(self: &Arc<Self>, order: &Order, step: &Step) {
        let latest = order.made + RETRY_WINDOW;
        let until = match step {
            Step::AskForCard { until: Some(until), .. } => *until,
            _ => latest,
        };
        self.await_card(order.id, until);
        // The task needs no end of its own: the next start does the rest.
        tokio::spawn(Arc::clone(self).end_of_waiting(order.id, latest));
    }

    /// Ends an order for which no card came.
    async fn end_of_waiting(self: Arc<Self>, id: OrderId, latest: SystemTime) {
        loop {
            let until = match self.next(id).await {
                Some(Step::AskForCard { until: Some(until), .. } | Step::Wait { until }) => until,
                // The acquirer knows of no sending, so waiting longer finds out no more.
                Some(Step::AskForCard { until: None, .. } | Step::Send { .. }) => latest,
                _ => break,
            };
            self.clock().sleep_until(until + Duration::from_millis(1)).await;
            let _turn = self.desk().await;
            if !self.is_awaiting_card(id) {
                // The card came, and a task is running.
                return;
            }
            if self.clock().now() > latest && self.tell(id, |attempt, _, _| attempt.cancel()) == Some(Ok(()))
            {
                tracing::info!(order = %id, "nothing was sent, and no card came");
                self.write(id, None, "no card came".to_owned()).await;
            }
        }
        self.no_card_came(id);
    }
}
