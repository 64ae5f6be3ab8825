//! How many requests there are still to be sent, and how fast they go.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The requests of a run, which all clients share, and when each tenth of them was answered.
#[derive(Debug)]
pub struct Pace {
    total: u64,
    taken: AtomicU64,
    answered: AtomicU64,
    began: OnceLock<Instant>,
    tenths: [OnceLock<Duration>; 10],
}

impl Pace {
    /// For so many requests.
    pub fn new(total: u64) -> Self {
        Self {
            total,
            taken: AtomicU64::new(0),
            answered: AtomicU64::new(0),
            began: OnceLock::new(),
            tenths: Default::default(),
        }
    }

    /// The clock begins to run.
    pub fn start(&self) {
        self.began.get_or_init(Instant::now);
    }

    /// Whether there is one more to be sent; then it is the caller's.
    pub fn take(&self) -> bool {
        self.taken.fetch_add(1, Ordering::Relaxed) < self.total
    }

    /// One was answered.
    pub fn answered(&self) {
        let answered = self.answered.fetch_add(1, Ordering::Relaxed) + 1;
        for (tenth, mark) in (1..).zip(&self.tenths) {
            if answered == (self.total * tenth).div_ceil(10) {
                mark.get_or_init(|| self.start_of_run().elapsed());
            }
        }
    }

    fn start_of_run(&self) -> Instant {
        *self.began.get_or_init(Instant::now)
    }

    /// How long all of it took.
    pub fn time(&self) -> Duration {
        self.tenths.last().and_then(OnceLock::get).copied().unwrap_or_default()
    }

    /// Requests a second.
    pub fn rate(&self) -> f64 {
        rate(self.total, self.time())
    }

    /// Requests a second, of each tenth.
    pub fn rates(&self) -> Vec<f64> {
        let mut before = (0, Duration::ZERO);
        let mut rates = Vec::new();
        for (tenth, mark) in (1..).zip(&self.tenths) {
            let after = ((self.total * tenth).div_ceil(10), mark.get().copied().unwrap_or(before.1));
            rates.push(rate(after.0 - before.0, after.1.saturating_sub(before.1)));
            before = after;
        }
        rates
    }
}

/// So many in such a time; for so few that no time went by, none.
fn rate(count: u64, time: Duration) -> f64 {
    let seconds = time.as_secs_f64();
    if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_is_taken_once() {
        let pace = Pace::new(25);
        pace.start();
        let taken: usize = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..3).map(|_| scope.spawn(|| (0..20).filter(|_| pace.take()).count())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
        });
        assert_eq!(taken, 25);
    }

    #[test]
    fn each_tenth_has_a_rate_of_its_own() {
        let pace = Pace::new(25);
        pace.start();
        for answered in 0..25 {
            // The first tenth ends with the third answer, the second with the fifth.
            let pause = if answered == 3 { 30 } else { 1 };
            std::thread::sleep(Duration::from_millis(pause));
            pace.answered();
        }
        let rates = pace.rates();
        assert_eq!(rates.len(), 10);
        assert!(rates[0] > rates[1], "{rates:?}");
        assert!(rates.iter().all(|rate| *rate > 0.0), "{rates:?}");
        assert!(pace.time() >= Duration::from_millis(54), "{:?}", pace.time());
    }
}
