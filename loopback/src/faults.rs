//! What the dashboard's buttons let go wrong: each is for the next request, in the order in which they
//! were pressed.

mod batch;
mod call;
mod card;
mod webhook;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cashflows_codec::gateway::request::{JobKind, JobMeans, PaymentJob};
use cashflows_codec::simulator::{Acquirer, BatchWhen, When, gateway};

use crate::exchange::is_jobs;

/// The most that wait for their request.
const MOST: usize = 20;

/// What a fault is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Card,
    Call,
    Webhook,
    Batch,
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
    /// The number of the notification that a webhook's fault is for.
    notification: usize,
}

impl Target {
    pub(crate) const ALL: [Self; 4] = [Self::Card, Self::Call, Self::Webhook, Self::Batch];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Call => "call",
            Self::Webhook => "webhook",
            Self::Batch => "batch",
        }
    }

    /// Which request it is for.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Card => "The next card payment",
            Self::Call => "The next call of the gateway",
            Self::Webhook => "The next webhook",
            Self::Batch => "The next batch request",
        }
    }

    pub(crate) const fn choices(self) -> &'static [Choice] {
        match self {
            Self::Card => &card::CHOICES,
            Self::Call => &call::CHOICES,
            Self::Webhook => &webhook::CHOICES,
            Self::Batch => &batch::CHOICES,
        }
    }
}

impl Fault {
    /// The fault that a button names.
    pub(crate) fn find(target: &str, choice: &str) -> Option<Self> {
        let target = Target::ALL.into_iter().find(|known| known.id() == target)?;
        let choice = target.choices().iter().find(|known| known.id == choice)?;
        Some(Self { target, choice, notification: 0 })
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
    ///
    /// The acquirer is told when the request comes: so faults are taken back, and two for the next
    /// request are for the next two. Nobody sees a notification come, so it is told of those at once.
    pub(crate) fn add(&self, fault: Fault, acquirer: &mut Acquirer) -> bool {
        let mut waiting = self.waiting();
        let sent = acquirer.notifications().len();
        waiting.retain(|fault| fault.target != Target::Webhook || fault.notification > sent);
        if waiting.len() >= MOST {
            return false;
        }
        let mut fault = fault;
        if fault.target == Target::Webhook {
            let last = waiting.iter().map(|fault| fault.notification).max().unwrap_or_default();
            fault.notification = last.max(sent) + 1;
            if let (Some(effect), Ok(nth)) =
                (webhook::effect(fault.choice.id), u32::try_from(fault.notification - sent))
            {
                acquirer.script_notifications(Some(nth), effect);
            }
        }
        waiting.push_back(fault);
        self.count.store(waiting.len(), Ordering::Release);
        true
    }

    /// Forgets those that can be taken back.
    pub(crate) fn clear(&self) {
        let mut waiting = self.waiting();
        waiting.retain(|fault| fault.target == Target::Webhook);
        self.count.store(waiting.len(), Ordering::Release);
    }

    /// Those that wait when so many notifications have been made.
    pub(crate) fn list(&self, notifications: usize) -> Vec<Fault> {
        let waiting = self.waiting();
        let waits = |fault: &&Fault| fault.target != Target::Webhook || fault.notification > notifications;
        waiting.iter().filter(waits).copied().collect()
    }

    /// Tells the acquirer of the next fault for a card payment that it is about to make. Gives the words
    /// of the button.
    pub(crate) fn apply_to_card(&self, acquirer: &mut Acquirer) -> Option<&'static str> {
        let choice = self.take(Target::Card)?;
        acquirer.script(When::any().on_call(1), card::effect(choice.id)?);
        Some(choice.label)
    }

    /// The same for a batch request.
    pub(crate) fn apply_to_batch(&self, acquirer: &mut Acquirer) -> Option<&'static str> {
        let choice = self.take(Target::Batch)?;
        acquirer.script_batches(BatchWhen::any().on_call(1), batch::effect(choice.id)?);
        Some(choice.label)
    }

    /// The same for a call of the gateway, which may pay by card at once.
    pub(crate) fn apply_to_call(
        &self,
        (method, path): (&str, &str),
        body: &[u8],
        acquirer: &mut Acquirer,
    ) -> Option<&'static str> {
        if self.count.load(Ordering::Acquire) == 0 {
            return None;
        }
        if let Some(choice) = self.take(Target::Call) {
            acquirer.script_calls(gateway::When::any().on_call(1), call::effect(choice.id)?);
            return Some(choice.label);
        }
        let pays = method == "POST" && is_jobs(path);
        let pays = pays
            && PaymentJob::decode(body)
                .is_ok_and(|job| !matches!(job.request().kind(), JobKind::Payment(JobMeans::HostedPage(_))));
        if pays { self.apply_to_card(acquirer) } else { None }
    }

    fn take(&self, target: Target) -> Option<&'static Choice> {
        if self.count.load(Ordering::Acquire) == 0 {
            return None;
        }
        let mut waiting = self.waiting();
        let place = waiting.iter().position(|fault| fault.target == target)?;
        let fault = waiting.remove(place)?;
        self.count.store(waiting.len(), Ordering::Release);
        Some(fault.choice)
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Fault>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_button_does_something() {
        for choice in Target::Card.choices() {
            assert!(card::effect(choice.id).is_some(), "{}", choice.id);
        }
        for choice in Target::Call.choices() {
            assert!(call::effect(choice.id).is_some(), "{}", choice.id);
        }
        for choice in Target::Batch.choices() {
            assert!(batch::effect(choice.id).is_some(), "{}", choice.id);
        }
        for choice in Target::Webhook.choices() {
            assert!(webhook::effect(choice.id).is_some(), "{}", choice.id);
        }
    }
}
