//! What goes wrong at the acquirer, by chance.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom};
use merchant::acquirer::loopback::{Mischief, Mishap};

/// Faults, and how often each happened.
#[derive(Clone)]
pub struct Faults(Arc<Shared>);

struct Shared {
    random: Mutex<fastrand::Rng>,
    counts: Mutex<BTreeMap<&'static str, usize>>,
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

impl Faults {
    pub fn new(random: fastrand::Rng) -> Self {
        Self(Arc::new(Shared {
            random: Mutex::new(random),
            counts: Mutex::default(),
            on: AtomicBool::new(true),
        }))
    }

    /// From now on, everything works.
    pub fn end(&self) {
        self.0.on.store(false, Ordering::Relaxed);
    }

    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.0.counts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The acquirer's mischief: of ten requests, about four do not go well.
    pub fn mischief(&self) -> Mischief {
        let faults = self.clone();
        Box::new(move |_knock| {
            let fault = faults.0.on.load(Ordering::Relaxed).then(|| faults.choose()).flatten();
            let (name, mishap) = fault.unzip();
            let mut counts = faults.0.counts.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry(name.unwrap_or("none")).or_default() += 1;
            mishap
        })
    }

    fn choose(&self) -> Option<(&'static str, Mishap)> {
        let mut random = self.0.random.lock().unwrap_or_else(PoisonError::into_inner);
        let symptom = SYMPTOMS[random.usize(..SYMPTOMS.len())];
        let mut seconds = |from: u64, to: u64| Duration::from_secs(random.u64(from..=to));
        let (short, long) = (seconds(1, 20), seconds(31, 90));
        Some(match random.u32(..100) {
            0..8 => ("answer lost", Mishap::Effect(Effect::LoseAnswer(symptom))),
            8..14 => ("request lost", Mishap::Effect(Effect::LoseRequest(symptom))),
            14..19 => ("processed for long", Mishap::Effect(Effect::Delay(short, Symptom::Timeout))),
            19..24 => ("answer late", Mishap::Late(short)),
            24..27 => ("answer too late", Mishap::Late(long)),
            27..30 => ("cut off before", Mishap::CutBefore),
            30..33 => ("cut off after", Mishap::CutAfter),
            33..34 => ("endless answer", Mishap::Flood),
            34..37 => ("declined", Mishap::Effect(Effect::Refuse("D102".parse().ok()?))),
            37..40 => ("acquirer not reached", Mishap::Effect(Effect::Refuse("S001".parse().ok()?))),
            _ => return None,
        })
    }
}
