//! What was asked and answered lately, masked.
//!
//! Masking takes longer than answering, so it is done for what a person could look at: so many exchanges
//! a second are described, the rest are counted. Nothing of a request is kept that was not masked first.

mod batch;
mod call;
mod json;
mod payment;
mod text;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

pub(crate) use batch::batch;
pub(crate) use call::{call, is_jobs};
pub(crate) use json::masked_json;
pub(crate) use payment::payment;
pub(crate) use text::{masked, masked_url};

/// How many exchanges are kept: the newest.
const KEPT: usize = 2_000;

/// How many are described in a second.
const A_SECOND: u64 = 200;

/// Where something was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    RemoteAuth,
    Batch,
    Gateway,
    OtherProvider,
    Webhook,
    Page,
}

impl Door {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::RemoteAuth => "Remote Auth",
            Self::Batch => "Batch release",
            Self::Gateway => "Gateway",
            Self::OtherProvider => "Other provider",
            Self::Webhook => "Webhook",
            Self::Page => "Payment page",
        }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Status and masked body.
    Response(u16, String),
    /// Not a byte.
    Silence,
}

/// What an exchange is about, so that it is found from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// The acquirer's id.
    Transaction(Box<str>),
    /// The merchant's reference or order number, masked as it is shown.
    Reference(Box<str>),
    /// A payment job of the gateway.
    Job(Box<str>),
}

/// A request and its reply, masked.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) number: u64,
    pub(crate) at: SystemTime,
    pub(crate) door: Door,
    /// What was asked, in a few words.
    pub(crate) title: String,
    pub(crate) request: String,
    pub(crate) reply: Reply,
    /// What the other side knows from the reply.
    pub(crate) meaning: String,
    /// What was passed over in the request.
    pub(crate) passed_over: Vec<String>,
    /// What the acquirer was told to do wrong.
    pub(crate) fault: Option<&'static str>,
    pub(crate) about: Vec<About>,
}

impl Exchange {
    /// An exchange of which nothing is known yet.
    pub(crate) fn new(at: SystemTime, door: Door, title: impl Into<String>) -> Self {
        Self {
            number: 0,
            at,
            door,
            title: title.into(),
            request: String::new(),
            reply: Reply::Silence,
            meaning: String::new(),
            passed_over: Vec::new(),
            fault: None,
            about: Vec::new(),
        }
    }
}

/// The newest exchanges.
#[derive(Debug)]
pub(crate) struct Log {
    kept: Mutex<Kept>,
    started: Instant,
    /// The second since the start in the upper half, how many exchanges were described in it in the lower.
    budget: AtomicU64,
    passed_over: AtomicU64,
}

#[derive(Debug, Default)]
struct Kept {
    newest: VecDeque<Arc<Exchange>>,
    last_number: u64,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self {
            kept: Mutex::default(),
            started: Instant::now(),
            budget: AtomicU64::new(0),
            passed_over: AtomicU64::new(0),
        }
    }

    /// Whether another exchange can be described in this second. If not, it is counted.
    pub(crate) fn has_time(&self) -> bool {
        let second = self.started.elapsed().as_secs() << 32;
        let before = self.budget.load(Ordering::Relaxed);
        let used = if before & !u64::from(u32::MAX) == second { before } else { second };
        // Two threads may both take the last place: then there is one more.
        if used - second < A_SECOND {
            self.budget.store(used + 1, Ordering::Relaxed);
            return true;
        }
        self.passed_over.fetch_add(1, Ordering::Relaxed);
        false
    }

    pub(crate) fn push(&self, mut exchange: Exchange) {
        let mut kept = self.kept();
        kept.last_number += 1;
        exchange.number = kept.last_number;
        if kept.newest.len() == KEPT {
            kept.newest.pop_front();
        }
        kept.newest.push_back(Arc::new(exchange));
    }

    /// The newest ones, as many as that, the newest first.
    pub(crate) fn newest(&self, count: usize) -> Vec<Arc<Exchange>> {
        self.kept().newest.iter().rev().take(count).cloned().collect()
    }

    /// Those that are about any of these, the oldest first.
    pub(crate) fn about(&self, subjects: &[About]) -> Vec<Arc<Exchange>> {
        let kept = self.kept();
        let fits = |exchange: &&Arc<Exchange>| exchange.about.iter().any(|about| subjects.contains(about));
        kept.newest.iter().filter(fits).cloned().collect()
    }

    pub(crate) fn get(&self, number: u64) -> Option<Arc<Exchange>> {
        self.kept().newest.iter().rev().find(|exchange| exchange.number == number).cloned()
    }

    /// How many were not described, since there were too many in a second.
    pub(crate) fn passed_over(&self) -> u64 {
        self.passed_over.load(Ordering::Relaxed)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept() {
        let log = Log::new();
        for number in 0..KEPT + 3 {
            let mut exchange = Exchange::new(SystemTime::UNIX_EPOCH, Door::Gateway, "x");
            exchange.about.push(About::Job(number.to_string().into()));
            log.push(exchange);
        }
        let newest = log.newest(2);
        assert_eq!(newest[0].number, KEPT as u64 + 3);
        assert_eq!(newest.len(), 2);
        assert!(log.get(3).is_none() && log.get(4).is_some());
        assert_eq!(log.about(&[About::Job("7".into())]).len(), 1);
        assert!(log.about(&[About::Job("2".into())]).is_empty());
    }

    #[test]
    fn no_more_are_described_than_there_is_time_for() {
        let log = Log::new();
        let described = (0..1_000).filter(|_| log.has_time()).count() as u64;
        // A second may end in between.
        assert!((A_SECOND..=2 * A_SECOND).contains(&described), "{described}");
        assert_eq!(log.passed_over(), 1_000 - described);
    }
}
