//! Limits on the rate of retrievals, since anyone can send notifications and returns.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::{Mutex as Turn, Semaphore, SemaphorePermit};

use crate::clock::Clock;
use crate::wanted::OrderId;

/// Most retrievals at a time.
const AT_A_TIME: usize = 8;

/// Least time between two retrievals for one order.
const BETWEEN: Duration = Duration::from_secs(2);

/// Interval for retrieving jobs of no known order, and how many may come at once.
const STRANGER_EVERY: Duration = Duration::from_secs(10);
const STRANGERS_AT_ONCE: u32 = 8;

/// Number of remembered orders from which on old ones are forgotten.
const REMEMBERED: usize = 1_024;

/// The running and the latest retrievals.
#[derive(Debug)]
pub(super) struct Looks {
    places: Semaphore,
    /// Start of the latest retrieval of each order. The task that retrieves holds the lock.
    orders: Mutex<HashMap<OrderId, Arc<Turn<Option<SystemTime>>>>>,
    /// Time until which the retrievals of unknown jobs have used up their rate.
    strangers: Mutex<SystemTime>,
}

impl Looks {
    pub(super) fn new() -> Self {
        let strangers = Mutex::new(SystemTime::UNIX_EPOCH);
        Self { places: Semaphore::new(AT_A_TIME), orders: Mutex::default(), strangers }
    }

    /// One of the places for retrievals.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Runs a retrieval in its turn, some time after the start of the last one. If another one starts after this call,
    /// it serves this caller too, and none is run.
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

    /// Tells whether a job of no known order may be retrieved now.
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
    fn unknown_jobs_are_retrieved_eight_times_at_once_then_every_ten_seconds() {
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
    fn orders_are_forgotten_after_their_pause() {
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
