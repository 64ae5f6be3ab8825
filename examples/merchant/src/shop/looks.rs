//! How often the gateway is asked, whoever makes the shop ask: anybody can send a notification or come "back".

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::{Mutex as Turn, Semaphore, SemaphorePermit};

use crate::clock::Clock;
use crate::wanted::OrderId;

/// How many calls that only look are made at a time.
const AT_A_TIME: usize = 8;

/// The least time between two looks at one order.
const BETWEEN: Duration = Duration::from_secs(2);

/// How often a job is asked for that no order knows, and how often at once.
const STRANGER_EVERY: Duration = Duration::from_secs(10);
const STRANGERS_AT_ONCE: u32 = 8;

/// How many orders are remembered before those are forgotten that need not be.
const REMEMBERED: usize = 1_024;

/// The looks that are made, and were made last.
#[derive(Debug)]
pub(super) struct Looks {
    places: Semaphore,
    /// When the last look at an order began. Who looks at it holds this.
    orders: Mutex<HashMap<OrderId, Arc<Turn<Option<SystemTime>>>>>,
    /// When jobs that no order knows will have been asked for as seldom as they may be.
    strangers: Mutex<SystemTime>,
}

impl Looks {
    pub(super) fn new() -> Self {
        let strangers = Mutex::new(SystemTime::UNIX_EPOCH);
        Self { places: Semaphore::new(AT_A_TIME), orders: Mutex::default(), strangers }
    }

    /// One of the places of those who ask.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Looks at an order when it is its turn, but no sooner than a while after the last look began. A look that began
    /// after this was wanted is as good: then there is none.
    pub(super) async fn in_turn<T>(
        &self,
        number: OrderId,
        clock: &Clock,
        look: impl AsyncFnOnce() -> T,
    ) -> Option<T> {
        let wanted = clock.now();
        let turn = self.turn(number, wanted);
        let mut last = turn.lock().await;
        match *last {
            Some(began) if began >= wanted => return None,
            Some(began) => clock.sleep_until(began + BETWEEN).await,
            None => {}
        }
        let _place = self.place().await;
        *last = Some(clock.now());
        Some(look().await)
    }

    fn turn(&self, number: OrderId, now: SystemTime) -> Arc<Turn<Option<SystemTime>>> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if orders.len() >= REMEMBERED {
            orders.retain(|_, turn| {
                turn.try_lock().map_or(true, |last| last.is_some_and(|began| began + BETWEEN > now))
                    || Arc::strong_count(turn) > 1
            });
        }
        Arc::clone(orders.entry(number).or_default())
    }

    /// Whether a job that no order knows may be asked for now.
    pub(super) fn may_ask_for_a_stranger(&self, now: SystemTime) -> bool {
        let mut seldom = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        let next = (*seldom).max(now) + STRANGER_EVERY;
        let may = next <= now + STRANGER_EVERY * STRANGERS_AT_ONCE;
        if may {
            *seldom = next;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_asked_for_eight_times_at_once_and_then_every_ten_seconds() {
        let (looks, start) = (Looks::new(), SystemTime::UNIX_EPOCH + Duration::from_secs(1_000));
        let asked = |from: u64, to: u64| {
            let times =
                (from * 100..to * 100).map(|hundredths| start + Duration::from_millis(hundredths * 10));
            times.filter(|now| looks.may_ask_for_a_stranger(*now)).count()
        };
        assert_eq!(asked(0, 1), 8);
        assert_eq!(asked(1, 101), 10);
        assert_eq!(asked(1_000, 1_001), 8, "after a rest");
    }

    #[test]
    fn orders_are_forgotten_when_they_need_no_rest_any_more() {
        let looks = Looks::new();
        let now = SystemTime::now();
        let held: Vec<_> = (0..3).map(|_| looks.turn(OrderId::new(), now)).collect();
        for _ in 0..2 * REMEMBERED {
            looks.turn(OrderId::new(), now);
        }
        let kept = looks.orders.lock().unwrap().len();
        assert!((held.len()..=REMEMBERED).contains(&kept), "{kept}");
    }
}
