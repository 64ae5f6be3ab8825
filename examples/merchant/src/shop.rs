//! The shop: orders that are paid on the gateway's own page.
//!
//! An order is written down before its job is asked for, and so is what came of it. Neither the shopper
//! who comes back nor a notification says that it is paid: both only make the shop ask the gateway, and
//! what [the job means](cashflows_codec::gateway::JobMeaning) is written. README.md has the table of what
//! each answer means.
//!
//! | module | what |
//! | --- | --- |
//! | [`catalogue`] | what there is to buy |
//! | [`order`] | an order, and what the gateway's word changes |
//! | `checkout` | a click, an order, its job |
//! | `follow` | the gateway is asked what became of a job |
//! | `watch` | who makes it ask: notifications, shoppers, time, the start |
//! | `looks` | how often it asks at most |
//! | [`refund`], `give_back` | money back: refunds, and payments that are cancelled |
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

/// The longest that the gateway is not asked about an order that is open.
const SELDOM: Duration = Duration::from_secs(60 * 60);

/// How the shop sells.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Where shoppers come back to.
    pub return_url: Url,
    /// Where the gateway notifies.
    pub webhook_url: Url,
    /// How long an order can be paid.
    pub pay_within: Duration,
    /// How often the gateway is asked about an order that is open. The older it is, the less often.
    pub look_every: Duration,
    /// How long a shopper waits at most for what the gateway says.
    pub answer_within: Duration,
}

/// All orders of the shop, and whatever is being done for them.
#[derive(Debug)]
pub struct Shop {
    table: Table,
    gateway: Gateway,
    clock: Clock,
    terms: Terms,
    /// The orders that the gateway is to be asked about.
    queued: Mutex<HashSet<OrderId>>,
    looks: Looks,
    /// Money is given back by one at a time: two could otherwise give back the same.
    till: tokio::sync::Mutex<()>,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

impl Shop {
    /// A shop that has not opened yet: [`open`](Self::open) takes up what is stored.
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

    /// Its part of the database.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// The gateway.
    #[must_use]
    pub const fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// How it sells.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Takes no new orders, and waits for what is being done. What is not done by then is taken up at the
    /// next start.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// When to look again at what is so old.
    fn look_again(&self, made: SystemTime) -> SystemTime {
        let now = self.clock.now();
        let age = now.duration_since(made).unwrap_or_default();
        now + (age / 4).clamp(self.terms.look_every, SELDOM.max(self.terms.look_every))
    }
}

/// The number by which the gateway knows an order.
fn order_number(number: OrderId) -> Option<OrderNumber> {
    OrderNumber::try_from(number.to_string()).ok()
}
