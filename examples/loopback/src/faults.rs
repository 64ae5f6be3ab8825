//! What the dashboard's buttons let go wrong: each is for the next request, in the order in which they
//! were pressed.

mod remote_auth;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cashflows_codec::simulator::{Acquirer, When};

/// The most that wait for their request.
const MOST: usize = 20;

/// What a fault is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    RemoteAuth,
}

/// A button.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    /// What happens then.
    pub(crate) what: &'static str,
}

/// A fault that waits for its request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) target: Target,
    pub(crate) choice: &'static Choice,
}

impl Target {
    pub(crate) const ALL: [Self; 1] = [Self::RemoteAuth];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::RemoteAuth => "remote-auth",
        }
    }

    /// Which request it is for.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::RemoteAuth => "The next payment by Remote Auth",
        }
    }

    pub(crate) const fn choices(self) -> &'static [Choice] {
        match self {
            Self::RemoteAuth => &remote_auth::CHOICES,
        }
    }
}

impl Fault {
    /// The fault that a button names.
    pub(crate) fn find(target: &str, choice: &str) -> Option<Self> {
        let target = Target::ALL.into_iter().find(|known| known.id() == target)?;
        let choice = target.choices().iter().find(|known| known.id == choice)?;
        Some(Self { target, choice })
    }

    fn script(self, acquirer: &mut Acquirer) {
        match self.target {
            Target::RemoteAuth => {
                if let Some(effect) = remote_auth::effect(self.choice.id) {
                    acquirer.script(When::any().on_call(1), effect);
                }
            }
        }
    }
}

/// The faults that wait.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: Mutex<VecDeque<Fault>>,
    /// How many there are: nearly always none, and then nobody waits for the lock.
    count: AtomicUsize,
}

impl Faults {
    /// Lets a fault wait for its request. Whether there was room.
    pub(crate) fn add(&self, fault: Fault) -> bool {
        let mut waiting = self.waiting();
        let has_room = waiting.len() < MOST;
        if has_room {
            waiting.push_back(fault);
            self.count.store(waiting.len(), Ordering::Release);
        }
        has_room
    }

    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        self.waiting().clear();
        self.count.store(0, Ordering::Release);
    }

    pub(crate) fn list(&self) -> Vec<Fault> {
        self.waiting().iter().copied().collect()
    }

    /// Tells the acquirer of the next fault for a request that it is about to answer. Gives the words of
    /// the button.
    pub(crate) fn apply(&self, target: Target, acquirer: &mut Acquirer) -> Option<&'static str> {
        if self.count.load(Ordering::Acquire) == 0 {
            return None;
        }
        let mut waiting = self.waiting();
        let place = waiting.iter().position(|fault| fault.target == target)?;
        let fault = waiting.remove(place)?;
        self.count.store(waiting.len(), Ordering::Release);
        fault.script(acquirer);
        Some(fault.choice.label)
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Fault>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
