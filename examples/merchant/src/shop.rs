//! The shop: orders that are paid on the gateway's payment page.
//!
//! An order is stored before its job is created, and again afterwards. Neither a shopper's return nor a notification
//! proves a payment: both only make the shop retrieve the job, and the [meaning of the
//! job](cashflows_codec::gateway::JobMeaning) is stored. README.md has the table of responses.
//!
//! | module | content |
//! | --- | --- |
//! | [`catalogue`] | the items for sale |
//! | [`order`] | an order, and its changes of state |
//! | `checkout` | from a click to an order and its job |
//! | `follow` | retrieves a job, and stores its state |
//! | `watch` | reasons to retrieve a job: notifications, returns, time, the start |
//! | `looks` | limits on the rate of retrievals |
//! | [`refund`], `give_back` | refunds, and cancels of payments |
//! | [`table`] | the database |

pub mod catalogue;
mod checkout;
mod follow;
mod give_back;
mod looks;
pub mod order;
pub mod refund;
pub mod table;
mod watch;

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use cashflows_codec::gateway::OrderNumber;
use cashflows_codec::value::Url;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::acquirer::gateway::Gateway;
use crate::clock::Clock;
use crate::wanted::OrderId;
use looks::Looks;
use table::Table;

pub use checkout::Basket;
pub use watch::Recovered;

/// Longest time between retrievals of an open order's job.
const SELDOM: Duration = Duration::from_secs(60 * 60);

/// The terms of the shop.
#[derive(Clone, Debug)]
pub struct Terms {
    /// URL to which shoppers return.
    pub return_url: Url,
    /// URL of the webhook.
    pub webhook_url: Url,
    /// Time within which an order can be paid.
    pub pay_within: Duration,
    /// Time between retrievals of an open order's job. It grows with the order's age.
    pub look_every: Duration,
    /// Longest time that a shopper waits for the gateway.
    pub answer_within: Duration,
}

/// All orders of the shop, and the tasks that follow them.
#[derive(Debug)]
pub struct Shop {
    table: Table,
    gateway: Gateway,
    clock: Clock,
    terms: Terms,
    /// Orders whose jobs are to be retrieved.
    queued: Mutex<HashSet<OrderId>>,
    looks: Looks,
    /// Held by one refund or cancel at a time: otherwise two could refund the same money.
    till: tokio::sync::Mutex<()>,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

impl Shop {
    /// A shop that has not opened yet: [`open`](Self::open) takes up stored orders.
    #[must_use]
    pub fn new(table: Table, gateway: Gateway, clock: Clock, terms: Terms) -> Self {
        Self {
            table,
            gateway,
            clock,
            terms,
            queued: Mutex::default(),
            looks: Looks::new(),
            till: tokio::sync::Mutex::default(),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        }
    }

    /// The shop's tables.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// The gateway.
    #[must_use]
    pub const fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// The terms.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Takes no new orders, and waits for running tasks. The next start takes up the rest.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Time of the next retrieval for an order of this age.
    fn look_again(&self, made: SystemTime) -> SystemTime {
        let now = self.clock.now();
        let age = now.duration_since(made).unwrap_or_default();
        now + (age / 4).clamp(self.terms.look_every, SELDOM.max(self.terms.look_every))
    }
}

/// The order number at the gateway.
fn order_number(number: OrderId) -> Option<OrderNumber> {
    OrderNumber::try_from(number.to_string()).ok()
}
