//! The front door of the Gateway: signed JSON, payment pages, notifications.
//!
//! Behind it is the same acquirer, with the same [`Ledger`](super::Ledger): a job that is paid by card
//! is a sale there, a cancelled payment a void, a refund a refund, a child of a recurring parent a continuous payment.
//!
//! ```
//! # use std::time::{Duration, SystemTime};
//! # use cashflows_codec::gateway::{Credentials, JobMeaning, Money};
//! use cashflows_codec::gateway::call::{CallType, CreateJob, RetrieveJob};
//! use cashflows_codec::gateway::request::{HostedPage, Order, PaymentJob};
//! use cashflows_codec::simulator::gateway::{Configuration, EnteredCard, Next};
//! use cashflows_codec::simulator::{Acquirer, Profile};
//! # let key = "845c51f6-1cd5-4338-a586-df752e65d690".parse()?;
//! # let credentials = Credentials::new("200426117314086912".parse()?, key);
//! # let merchant = cashflows_codec::remote_auth::Credentials::new("1234567".parse()?, "secret".parse()?);
//! # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
//! let configuration = Configuration::new(credentials, "https://gateway.test".parse()?);
//! let mut acquirer = Acquirer::new(Profile::new(merchant).with_gateway(configuration));
//!
//! let job = PaymentJob::new(Money::gbp(24_99)?, Order::new("cart-1".parse()?), HostedPage::new());
//! let delivery = acquirer.send_call(now, CreateJob::new(job));
//! let created = CreateJob::decode(201, &delivery.body())?;
//! let page = created.links().action.as_ref().ok_or("no page")?.url.as_str();
//! let page = page.rsplit_once("ref=").ok_or("no reference")?.1;
//!
//! let card = EnteredCard::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?, "Luke Skywalker".parse()?);
//! assert!(matches!(acquirer.pay(now, page, card), Next::Return(_)));
//!
//! let job = created.data().reference;
//! let delivery = acquirer.send_call(now, RetrieveJob::new(job));
//! assert_eq!(RetrieveJob::decode(200, &delivery.body())?.data().meaning(), JobMeaning::Taken);
//! assert_eq!(acquirer.job_charges("cart-1").count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it does
//!
//! What the protocol page says, and where that is silent, this (ours):
//!
//! | about | what we chose |
//! | --- | --- |
//! | references | the first digit says what it is of (1 a job, 2 a payment, 3 a step, 4 a refund, 5 a capture, 6 a trace), 17 digits count; a payment's is the `tran_ref` of its transaction |
//! | another configuration | 404, `RecordNotFound`; five wrong signatures, one after the other, lock the account: 403, until it is [unlocked](Acquirer::unlock) |
//! | an order number that there is | 400, `OrderReferenceNotUnique` |
//! | an error | the sentence of the vendor's page, where it prints one |
//! | what is not known, not used or malformed in a call | it is passed over, with a warning (`UnknownMember`, `UnusedMember`, `MalformedMember`: ours) beside the success, or refused, if the [configuration](Configuration::reading_strictly) says so |
//! | a token by mail or telephone without security code | no check of the code; the expiry is that which the token was given for |
//! | 3-D Secure | Luke Skywalker and Ben Kenobi pass, Lando Calrissian and Darth Maul fail (`ThreeDSecureFailed`), Darth Vader's is unavailable (`ThreeDSecureUnavailable`), without a page; everybody else gets the page, but for the option `Frictionless` |
//! | what the acquirer refuses | a decline is `Declined`, a fraud block `Blocked`, what does not validate `Rejected`, a system error `Failed`; the reason is in `lastErrorReport` |
//! | a lost answer of the acquirer | `Commissioned`, for a minute; of a void or refund 406, and retrieving tells what became of it |
//! | what Remote Auth does with a payment's transaction | a void cancels the payment, a refund is among its refunds, without a number; a hold reserves it, until it is released |
//! | after a failure | the job is open, and its page takes another card, which is another payment |
//! | a shopper who does not come back from 3-D Secure | after ten minutes the payment is `Expired` |
//! | two windows, a double click, a reload | a payment that is at 3-D Secure or ended is not begun again; a paid page leads back to the shop |
//! | `SimulatedStatus` | `Paid` and `Reserved` charge the card, whatever the name, `Verified` verifies it; any other word becomes the status, and nothing is charged. Of children and credits too |
//! | partial refunds on the same day | refused as at Remote Auth: `GenericRejectionOfRefund` |
//! | captures | in parts, until the last or the final one: then what was captured is taken, the rest is not; nothing within seven days: `Expired`. Between, it is neither cancelled nor refunded |
//! | expiry | six months are 180 days; a time that is over is 400, `InvalidExpirationDateTime`, which nobody listed |
//! | notifications | at once, then sixty times every minute, seven times every day, and every week until a month is over |
//!
//! # What it does not do
//!
//! Payment methods but cards, customers' stored cards (no token limit, no `tokenizedCards`), settings of the payment page (any
//! `PaymentPageReference` gets the warning that there is no such page), surcharges, conversions, fraud checks.

mod access;
mod answer;
mod call;
mod change;
mod charge;
mod configuration;
mod create;
mod follow;
mod job;
mod notification;
mod page;
mod payment;
mod place;
mod process;
mod refusal;
mod script;
mod view;

use core::ops::Range;
use std::time::SystemTime;

pub use configuration::Configuration;
pub use notification::{DueNotification, NotificationEntry, NotificationId, NotificationState};
pub use page::{Authentication, ClosedPage, EnteredCard, Next, Page, PageEnd, PayPage, ThreeDsPage};
pub use script::{Effect, NotificationEffect, Symptom, When};

pub(super) use place::{JobPlace, PaymentPlace};

use super::agenda::Due;
use super::index::Index;
use super::script::Script;
use super::{Acquirer, Entry};
use crate::gateway::response::StepAction;
use crate::gateway::{JobReference, PaymentReference, PaymentStatus};
use crate::remote_auth::OperationKind;
use crate::value::TransactionId;
use access::Access;
use job::Job;
use notification::Notifications;
use payment::Payment;
use script::Nth;

/// The state of the gateway.
#[derive(Clone, Debug, Default)]
pub(super) struct Gateway {
    jobs: Vec<Job>,
    payments: Vec<Payment>,
    /// The jobs that have an order number, and where they stand.
    orders: Index,
    ordered: Vec<JobPlace>,
    notifications: Notifications,
    calls: Script<When, Effect>,
    notified: Script<Nth, NotificationEffect>,
    access: Access,
    numbers: u64,
}

impl Gateway {
    /// The number of the next step, refund or capture.
    const fn next_number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    fn job(&self, job: JobReference) -> Option<&Job> {
        self.job_at(JobPlace::of(job)?)
    }

    fn job_at(&self, place: JobPlace) -> Option<&Job> {
        self.jobs.get(place.index())
    }

    fn payment(&self, place: PaymentPlace) -> Option<&Payment> {
        self.payments.get(place.index())
    }

    fn payment_mut(&mut self, place: PaymentPlace) -> Option<&mut Payment> {
        self.payments.get_mut(place.index())
    }

    /// The job of a payment.
    fn job_of(&self, payment: PaymentPlace) -> Option<&Job> {
        self.job_at(self.payment(payment)?.job)
    }

    /// The payment of a job, by the references of both.
    fn find(&self, job: JobReference, payment: PaymentReference) -> Option<PaymentPlace> {
        let place = PaymentPlace::of(payment)?;
        let is_its = self.payment(place)?.job == JobPlace::of(job)?;
        is_its.then_some(place)
    }

    /// The job that has this order number.
    fn ordered(&self, number: &str) -> Option<JobPlace> {
        let at = |place: usize| self.ordered.get(place).copied();
        let is_it = |place| at(place).and_then(|job| self.job_at(job)?.order_number()) == Some(number);
        at(self.orders.find(number, is_it)?)
    }

    /// The payment of a job that took money, reserved it, or verified the card.
    fn good_payment(&self, job: JobReference) -> Option<&Payment> {
        let mut payments = self.job(job)?.payments.iter().filter_map(|place| self.payment(*place));
        payments.find(|payment| payment.is_good())
    }
}

/// Looks at the state, for tests.
impl Acquirer {
    /// Adds a rule to the script of calls: what happens to calls of the gateway that fit. The first
    /// rule that fits decides; a call that cannot be read or is not signed fits none.
    ///
    /// What happens to the card transactions behind them is another [script](Self::script), which is
    /// the same for both front doors.
    pub fn script_calls(&mut self, when: When, effect: Effect) {
        self.gateway.calls.add(when, effect);
    }

    /// Adds a rule to the script of notifications: what happens to every one, or to the `nth` from
    /// now, counted from 1.
    pub fn script_notifications(&mut self, nth: Option<u32>, effect: NotificationEffect) {
        self.gateway.notified.add(Nth(nth), effect);
    }

    /// The references of all jobs, the oldest first.
    pub fn jobs(&self) -> impl DoubleEndedIterator<Item = JobReference> + ExactSizeIterator {
        self.jobs_at(0..self.gateway.jobs.len())
    }

    /// The references of the jobs at these places of that list, for a page of it.
    pub fn jobs_at(
        &self,
        places: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = JobReference> + ExactSizeIterator + use<> {
        // Serial numbers have 32 bits.
        let end = places.end.min(self.gateway.jobs.len());
        (places.start.min(end) as u32..end as u32).map(|place| JobPlace(place).reference())
    }

    /// Returns true if a job takes no more payments: it was cancelled, or has expired.
    #[must_use]
    pub fn job_has_ended(&self, job: JobReference) -> bool {
        let job = JobPlace::of(job).and_then(|place| self.gateway.job_at(place));
        job.is_some_and(|job| job.end.is_some())
    }

    /// Every authorised charge for the job with this order number, voided or not: how often was the
    /// shopper charged?
    pub fn job_charges<'a>(&'a self, order_number: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let job = self.gateway.ordered(order_number).and_then(|place| self.gateway.job_at(place));
        let payments = job.into_iter().flat_map(|job| &job.payments);
        let transactions = payments.filter_map(|place| self.gateway.payment(*place)?.charge());
        transactions.filter_map(|id| self.ledger.get(&id)).filter(|entry| entry.is_charge())
    }

    /// The job and the payment that a transaction, or the one that it takes back, was made for.
    #[must_use]
    pub fn payment_of(&self, transaction: &TransactionId) -> Option<(JobReference, PaymentReference)> {
        let entry = self.ledger.get(transaction)?;
        let takes_back = matches!(entry.operation(), OperationKind::Void | OperationKind::Refund);
        let original = entry.original().filter(|_| takes_back);
        let place = self.payment_with(original.unwrap_or(transaction))?;
        Some((self.gateway.payment(place)?.job.reference(), place.reference()))
    }

    /// Returns true if repeated wrong signatures have locked the account.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        self.gateway.access.is_locked()
    }

    /// Unlocks the account, as the acquirer's support does.
    pub fn unlock(&mut self) {
        self.gateway.access = Access::default();
    }

    /// How the gateway is set up; not at all, where the profile has none.
    fn configured(&self, how: impl FnOnce(&Configuration) -> bool) -> bool {
        self.profile.gateway.as_ref().is_some_and(how)
    }

    /// Lets happen what is due.
    pub(super) fn pass(&mut self, now: SystemTime) {
        while let Some((at, due)) = self.agenda.next(now) {
            match due {
                Due::HoldEnds(id) => self.hold_due(at, &id),
                Due::PaymentDecided(place) | Due::PaymentEnds(place) => self.payment_due(at, place, due),
                Due::JobEnds(place) => self.job_due(at, place),
            }
        }
    }

    /// A hold ends: of a payment that was reserved, what was captured is taken.
    fn hold_due(&mut self, at: SystemTime, id: &TransactionId) {
        let state = self.ledger.get(id).map(|entry| entry.is_on_hold());
        if state != Some(true) {
            return;
        }
        self.ledger.end_hold(id, at);
        let captured = self.ledger.get(id).is_some_and(|entry| entry.captured().hundredths() > 0);
        if let Some(place) = self.payment_with(id) {
            let status = if captured { PaymentStatus::Paid } else { PaymentStatus::Expired };
            self.becomes(at, place, status, StepAction::BackgroundProcess);
        }
    }

    /// A job expires: it takes no more payments, whatever becomes of those that it has.
    fn job_due(&mut self, at: SystemTime, place: JobPlace) {
        let Gateway { jobs, payments, .. } = &mut self.gateway;
        let Some(job) = jobs.get_mut(place.index()).filter(|job| job.end.is_none()) else { return };
        let before = job.status(payments);
        job.end = Some(PaymentStatus::Expired);
        if job.status(payments) != before {
            job.changed = at;
        }
        let last = job.payments.last().copied();
        let waits = |last: &PaymentPlace| self.gateway.payment(*last).is_some_and(Payment::waits_for_shopper);
        if let Some(payment) = last.filter(waits) {
            self.end(at, payment, PaymentStatus::Expired);
        }
    }
}
