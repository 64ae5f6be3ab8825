//! Random faults at the acquirer.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cashflows_codec::simulator::gateway::{self, NotificationEffect};
use cashflows_codec::simulator::{Acquirer, Effect, Symptom};
use merchant::acquirer::loopback::{Knock, Mischief, Mishap};

/// Faults, and the count of each.
#[derive(Clone)]
pub struct Faults(Arc<Shared>);

struct Shared {
    random: Mutex<fastrand::Rng>,
    counts: Mutex<BTreeMap<&'static str, usize>>,
    calls: Mutex<BTreeMap<&'static str, usize>>,
    on: AtomicBool,
}

const SYMPTOMS: [Symptom; 7] = [
    Symptom::ConnectFailure,
    Symptom::Timeout,
    Symptom::InvalidResponse,
    Symptom::ResponseTimeout,
    Symptom::HtmlPage,
    Symptom::HalfLine,
    Symptom::Silence,
];

const CALL_SYMPTOMS: [gateway::Symptom; 6] = [
    gateway::Symptom::InternalError,
    gateway::Symptom::BadResponse,
    gateway::Symptom::Unavailable,
    gateway::Symptom::HtmlPage,
    gateway::Symptom::HalfBody,
    gateway::Symptom::Silence,
];

impl Faults {
    pub fn new(random: fastrand::Rng) -> Self {
        Self(Arc::new(Shared {
            random: Mutex::new(random),
            counts: Mutex::default(),
            calls: Mutex::default(),
            on: AtomicBool::new(true),
        }))
    }

    /// From now on, no faults.
    pub fn end(&self) {
        self.0.on.store(false, Ordering::Relaxed);
    }

    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.0.counts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same for the calls of the gateway.
    pub fn calls(&self) -> BTreeMap<&'static str, usize> {
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The faults of Remote Auth: about four in ten requests.
    pub fn mischief(&self) -> Mischief {
        let faults = self.clone();
        Box::new(move |knock| {
            let on = faults.0.on.load(Ordering::Relaxed);
            let (fault, counts) = match knock {
                Knock::RemoteAuth(_) => (on.then(|| faults.choose()).flatten(), &faults.0.counts),
                Knock::Gateway(_) => (on.then(|| faults.choose_for_call()).flatten(), &faults.0.calls),
            };
            let (name, mishap) = fault.unzip();
            let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry(name.unwrap_or("none")).or_default() += 1;
            mishap
        })
    }

    /// The faults of webhooks: about four in ten are lost, doubled or late.
    pub fn script_webhooks(&self, acquirer: &mut Acquirer, most: u32) {
        let mut random = self.0.random.lock().unwrap_or_else(PoisonError::into_inner);
        for nth in 1..=most {
            let effect = match random.u32(..100) {
                0..15 => NotificationEffect::Lose,
                15..28 => NotificationEffect::Double,
                28..40 => NotificationEffect::Late(Duration::from_secs(random.u64(1..600))),
                _ => continue,
            };
            acquirer.script_notifications(Some(nth), effect);
        }
    }

    fn choose_for_call(&self) -> Option<(&'static str, Mishap)> {
        let mut random = self.0.random.lock().unwrap_or_else(PoisonError::into_inner);
        let symptom = CALL_SYMPTOMS[random.usize(..CALL_SYMPTOMS.len())];
        let late = Duration::from_secs(random.u64(1..90));
        Some(match random.u32(..100) {
            0..8 => ("response lost", Mishap::Call(gateway::Effect::LoseAnswer(symptom))),
            8..15 => ("request lost", Mishap::Call(gateway::Effect::LoseRequest(symptom))),
            15..20 => ("response late", Mishap::Late(late)),
            20..23 => ("cut off before", Mishap::CutBefore),
            23..27 => ("cut off after", Mishap::CutAfter),
            27..28 => ("endless response", Mishap::Flood),
            _ => return None,
        })
    }

    fn choose(&self) -> Option<(&'static str, Mishap)> {
        let mut random = self.0.random.lock().unwrap_or_else(PoisonError::into_inner);
        let symptom = SYMPTOMS[random.usize(..SYMPTOMS.len())];
        let mut seconds = |from: u64, to: u64| Duration::from_secs(random.u64(from..=to));
        let (short, long) = (seconds(1, 20), seconds(31, 90));
        Some(match random.u32(..100) {
            0..8 => ("response lost", Mishap::Effect(Effect::LoseAnswer(symptom))),
            8..14 => ("request lost", Mishap::Effect(Effect::LoseRequest(symptom))),
            14..19 => ("processed for long", Mishap::Effect(Effect::Delay(short, Symptom::Timeout))),
            19..24 => ("response late", Mishap::Late(short)),
            24..27 => ("response too late", Mishap::Late(long)),
            27..30 => ("cut off before", Mishap::CutBefore),
            30..33 => ("cut off after", Mishap::CutAfter),
            33..34 => ("endless response", Mishap::Flood),
            34..37 => ("declined", Mishap::Effect(Effect::Refuse("D102".parse().ok()?))),
            37..40 => ("acquirer not reached", Mishap::Effect(Effect::Refuse("S001".parse().ok()?))),
            _ => return None,
        })
    }
}
