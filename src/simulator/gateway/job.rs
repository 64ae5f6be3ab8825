//! A payment job, as the gateway keeps it.

use core::time::Duration;
use std::time::SystemTime;

use super::payment::Payment;
use super::place::PaymentPlace;
use crate::gateway::request::{CardWay, JobKind, JobOption, JobType, PaymentJob, RecurrenceCriteria};
use crate::gateway::{JobReference, PaymentStatus};
use crate::simulator::date::later;

/// When a job expires that does not say so: six months on (section 5), here of 30 days each.
const EXPIRY: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// A payment job.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) created: SystemTime,
    pub(super) changed: SystemTime,
    pub(super) expires: SystemTime,
    /// The job that was asked for, without the card.
    pub(super) asked: Box<PaymentJob>,
    pub(super) traits: Traits,
    /// How its payments recur, if it says so.
    pub(super) criteria: Option<RecurrenceCriteria>,
    /// Why it takes no more payments: it was cancelled, or has expired, be it paid or not.
    pub(super) end: Option<PaymentStatus>,
    /// One after the other; the last one may be open.
    pub(super) payments: Vec<PaymentPlace>,
}

/// The facts of a job's kind that are needed once the card is gone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits {
    /// The shopper enters the card on the gateway's page.
    pub(super) page: bool,
    pub(super) moto: bool,
    pub(super) parent: bool,
    pub(super) child_of: Option<JobReference>,
    pub(super) credit: bool,
}

impl Traits {
    fn of(kind: &JobKind) -> Self {
        let moto = kind.card().is_some_and(|card| *card.way() == CardWay::Moto);
        let child_of = if let JobKind::Child(child) = kind { Some(child.parent) } else { None };
        let parent = matches!(kind, JobKind::Parent(_));
        Self {
            page: kind.page().is_some(),
            moto,
            parent,
            child_of,
            credit: matches!(kind, JobKind::Credit(_)),
        }
    }
}

impl Job {
    /// A new job, and what it is paid by, which is not kept with it.
    pub(super) fn new(now: SystemTime, mut asked: PaymentJob) -> (Self, JobKind) {
        let traits = Traits::of(asked.kind());
        let criteria = match asked.kind() {
            JobKind::Parent(parent) => Some(parent.criteria.clone()),
            JobKind::Child(child) => child.criteria.clone(),
            _ => None,
        };
        let expires = asked.expires.and_then(|expires| expires.to_system_time());
        let kind = asked.take_kind();
        let job = Self {
            created: now,
            changed: now,
            expires: expires.unwrap_or(later(now, EXPIRY)),
            asked: Box::new(asked),
            traits,
            criteria,
            end: None,
            payments: Vec::with_capacity(1),
        };
        (job, kind)
    }

    /// The direction of its money.
    pub(super) const fn job_type(&self) -> JobType {
        if self.traits.credit { JobType::Credit } else { JobType::Payment }
    }

    /// The number of its order, if it has one.
    pub(super) fn order_number(&self) -> Option<&str> {
        Some(self.asked.order.as_ref()?.number.as_ref()?.as_str())
    }

    /// Returns true if an option was asked for.
    pub(super) fn wants(&self, option: &JobOption) -> bool {
        self.asked.options().any(|wanted| wanted == option)
    }

    /// The status that an integration environment shall come to, if one was asked for.
    pub(super) fn simulated(&self) -> Option<PaymentStatus> {
        self.asked.simulated_status.as_ref().map(|status| status.as_str().into())
    }

    /// Its own status: `Paid` if a payment is, else why it ended, else that of its last payment. One that
    /// expired with a payment under way has the status of that.
    pub(super) fn status(&self, payments: &[Payment]) -> PaymentStatus {
        let status = |place: &PaymentPlace| payments.get(place.index()).map(|payment| &payment.status);
        let paid = self.payments.iter().filter_map(status).any(|status| *status == PaymentStatus::Paid);
        if paid {
            return PaymentStatus::Paid;
        }
        let last = self.payments.last().and_then(|last| payments.get(last.index()));
        match (&self.end, last) {
            (Some(PaymentStatus::Expired), Some(last)) if !last.ended_without_money() => last.status.clone(),
            (Some(end), _) => end.clone(),
            (None, last) => last.map_or(PaymentStatus::Pending, |last| last.status.clone()),
        }
    }

    /// Returns true if it can take another payment.
    pub(super) fn is_open(&self, payments: &[Payment]) -> bool {
        let place = self.payments.last();
        let ended =
            place.and_then(|place| payments.get(place.index())).is_none_or(Payment::ended_without_money);
        self.end.is_none() && ended
    }
}
