//! Notifications, as work that is due: the caller sends them, and says what was answered.

use core::iter::successors;
use core::time::Duration;
use std::collections::BTreeSet;
use std::time::SystemTime;

use bytes::Bytes;

use super::place::PaymentPlace;
use super::script::NotificationEffect;
use crate::gateway::{Acknowledgement, JobReference, Notification, NotifyType, PaymentReference};
use crate::simulator::Acquirer;
use crate::simulator::date::{elapsed, later};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Nothing is repeated after a month (section 8); of thirty days here.
const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How often a notification is repeated every minute, and then every day (ours).
const MINUTES: u32 = 60;
const DAYS: u32 = 7;

/// The number of a notification: they are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NotificationId(u32);

impl NotificationId {
    /// The notification of this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A notification that is to be sent now: POST `body` to `url` as `application/json`, and say what was
/// [answered](Acquirer::notification_answered).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueNotification {
    /// The id of the notification.
    pub id: NotificationId,
    /// The URL that it is sent to.
    pub url: Box<str>,
    /// The body.
    pub body: Bytes,
}

/// A notification, and what became of it.
#[derive(Clone, Debug)]
pub struct NotificationEntry {
    id: NotificationId,
    job: JobReference,
    payment: PaymentReference,
    url: Box<str>,
    made: SystemTime,
    attempts: u32,
    last_answer: Option<u16>,
    state: NotificationState,
    /// How often it is to be given at once.
    copies: u8,
    lost: bool,
    /// The notification about the same payment before it.
    earlier: Option<NotificationId>,
}

/// How far a notification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationState {
    /// It is sent then, for the first time or once more.
    Waiting(SystemTime),
    /// The merchant has acknowledged it then.
    Acknowledged(SystemTime),
    /// A month is over.
    GivenUp,
}

impl NotificationEntry {
    /// The id of the notification.
    #[must_use]
    pub const fn id(&self) -> NotificationId {
        self.id
    }

    /// The job that it is about.
    #[must_use]
    pub const fn job(&self) -> JobReference {
        self.job
    }

    /// The payment whose status has changed.
    #[must_use]
    pub const fn payment(&self) -> PaymentReference {
        self.payment
    }

    /// The URL that it is sent to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// When the status changed.
    #[must_use]
    pub const fn made(&self) -> SystemTime {
        self.made
    }

    /// How often it was sent.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The HTTP status of the last answer; none if there was no answer.
    #[must_use]
    pub const fn last_answer(&self) -> Option<u16> {
        self.last_answer
    }

    /// How far it is.
    #[must_use]
    pub const fn state(&self) -> NotificationState {
        self.state
    }

    fn notification(&self) -> Notification {
        Notification::new(self.job, self.payment).with_notify_type(NotifyType::PaymentStatusChange)
    }

    /// When it is sent again after an attempt at `now`, if it is.
    fn again(&self, now: SystemTime) -> Option<SystemTime> {
        let pause = match self.attempts {
            ..=MINUTES => MINUTE,
            attempts if attempts <= MINUTES + DAYS => DAY,
            _ => WEEK,
        };
        let next = later(now, pause);
        (elapsed(self.made, next) <= MONTH).then_some(next)
    }
}

/// All notifications, and which of them wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Notifications {
    entries: Vec<NotificationEntry>,
    waiting: BTreeSet<(SystemTime, u32)>,
}

impl Notifications {
    fn get(&self, id: NotificationId) -> Option<&NotificationEntry> {
        self.entries.get(usize::try_from(id.0.checked_sub(1)?).ok()?)
    }

    fn get_mut(&mut self, id: NotificationId) -> Option<&mut NotificationEntry> {
        self.entries.get_mut(usize::try_from(id.0.checked_sub(1)?).ok()?)
    }

    /// Notes how far one is.
    fn put(&mut self, id: NotificationId, state: NotificationState) {
        let Some(entry) = self.get_mut(id) else { return };
        let before = core::mem::replace(&mut entry.state, state);
        if let NotificationState::Waiting(due) = before {
            self.waiting.remove(&(due, id.0));
        }
        if let NotificationState::Waiting(due) = state {
            self.waiting.insert((due, id.0));
        }
    }
}

impl Acquirer {
    /// The status of a payment has changed: whoever wants to know it is notified.
    pub(super) fn notify(&mut self, now: SystemTime, place: PaymentPlace) {
        let Some(job) = self.gateway.job_of(place) else { return };
        let portal = self.profile.gateway.as_ref().and_then(|gateway| gateway.webhook_url.as_ref());
        let Some(url) = job.asked.webhook_url.as_ref().or(portal) else { return };
        let url = Box::from(url.as_str());
        let Some(job) = self.gateway.payment(place).map(|payment| payment.job.reference()) else { return };
        let effect = self.gateway.notified.effect(());
        let due = match effect {
            Some(NotificationEffect::Late(delay)) => later(now, delay),
            _ => now,
        };
        let id = NotificationId(self.gateway.notifications.entries.len() as u32 + 1);
        let payment = self.gateway.payment_mut(place);
        let earlier = payment.and_then(|payment| payment.notified.replace(id));
        let notifications = &mut self.gateway.notifications;
        notifications.entries.push(NotificationEntry {
            id,
            job,
            payment: place.reference(),
            url,
            made: now,
            attempts: 0,
            last_answer: None,
            state: NotificationState::GivenUp,
            copies: if effect == Some(NotificationEffect::Double) { 2 } else { 1 },
            lost: effect == Some(NotificationEffect::Lose),
            earlier,
        });
        notifications.put(id, NotificationState::Waiting(due));
    }

    /// The notifications that are to be sent now. Each is given once for every time that it is due: without
    /// an [answer](Self::notification_answered) that acknowledges it, it is due again.
    pub fn due_notifications(&mut self, now: SystemTime) -> Vec<DueNotification> {
        self.pass(now);
        let notifications = &mut self.gateway.notifications;
        let mut due = Vec::new();
        while let Some((_, number)) = notifications.waiting.first().copied().filter(|(at, _)| *at <= now) {
            let id = NotificationId(number);
            let Some(entry) = notifications.get_mut(id) else { break };
            entry.attempts = entry.attempts.saturating_add(1);
            entry.last_answer = None;
            let copies = if core::mem::take(&mut entry.lost) { 0 } else { entry.copies };
            entry.copies = 1;
            let (url, body) = (entry.url.clone(), entry.notification().encode());
            due.extend((0..copies).map(|_| DueNotification { id, url: url.clone(), body: body.clone() }));
            let state = entry.again(now).map_or(NotificationState::GivenUp, NotificationState::Waiting);
            notifications.put(id, state);
        }
        due
    }

    /// When the next notification is due, if one is.
    #[must_use]
    pub fn next_notification(&self) -> Option<SystemTime> {
        self.gateway.notifications.waiting.first().map(|(at, _)| *at)
    }

    /// Says what the merchant answered: the HTTP status and the body, or nothing. Only 200 with both
    /// references acknowledges a notification (section 8).
    pub fn notification_answered(
        &mut self,
        now: SystemTime,
        id: NotificationId,
        answer: Option<(u16, &[u8])>,
    ) {
        let notifications = &mut self.gateway.notifications;
        let Some(entry) = notifications.get_mut(id) else { return };
        if matches!(entry.state, NotificationState::Acknowledged(_)) {
            return;
        }
        entry.last_answer = answer.map(|(status, _)| status);
        let acknowledged = answer.is_some_and(|(status, body)| {
            let read = Acknowledgement::decode(body);
            status == 200 && read.is_ok_and(|read| read.acknowledges(&entry.notification()))
        });
        if acknowledged {
            notifications.put(id, NotificationState::Acknowledged(now));
        }
    }

    /// Sends a notification once more, whatever became of it.
    pub fn resend_notification(&mut self, now: SystemTime, id: NotificationId) {
        self.gateway.notifications.put(id, NotificationState::Waiting(now));
    }

    /// All notifications, the oldest first.
    #[must_use]
    pub fn notifications(&self) -> &[NotificationEntry] {
        &self.gateway.notifications.entries
    }

    /// The notifications about the payments of a job, the newest of the newest payment first.
    pub fn notifications_of(&self, job: JobReference) -> impl Iterator<Item = &NotificationEntry> {
        let at = |id: NotificationId| self.gateway.notifications.get(id);
        let payments = self.gateway.job(job).into_iter().flat_map(|job| job.payments.iter().rev());
        let last = payments.filter_map(|place| self.gateway.payment(*place)?.notified);
        last.flat_map(move |last| successors(at(last), move |entry| at(entry.earlier?)))
    }
}
