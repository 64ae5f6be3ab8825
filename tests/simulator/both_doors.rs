//! Whatever happens at both front doors, and whatever is lost on the way: nobody is charged twice, no
//! more is refunded than was taken, the balance is the sum of its entries, and a shop that follows the
//! documented rules ends in the acquirer's state.

use std::collections::BTreeMap;
use std::time::Duration;

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{
    CaptureRequest, HostedPage, JobCard, Order, PaymentJob, RefundRequest,
};
use cashflows_codec::gateway::response::{Job, Payment, Response, ResponseError};
use cashflows_codec::gateway::*;
use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::remote_auth::request::{Refund, Request, Void};
use cashflows_codec::simulator::gateway::{
    Authentication, Configuration, Effect, EnteredCard, Next, NotificationEffect, NotificationEntry, Page,
    Symptom, When,
};
use cashflows_codec::simulator::{Acquirer, Delivery, Entry, State};
use cashflows_codec::value::{self, CardNumber, Currency};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::shop::{morning, profile};

/// What somebody does; orders are meant by their number.
#[derive(Clone, Debug)]
enum Act {
    /// The shop creates a job, to be paid on the page, or at once by MOTO.
    Create {
        order: u8,
        amount: u64,
        moto: bool,
    },
    /// A shopper looks at the page, enters a card, perhaps twice, and answers 3-D Secure.
    Shopper {
        order: u8,
        name: &'static str,
        twice: bool,
        answer: Authentication,
    },
    /// A shopper gives up.
    GiveUp {
        order: u8,
    },
    Refund {
        order: u8,
        amount: u64,
    },
    Capture {
        order: u8,
        amount: u64,
        last: bool,
    },
    CancelPayment {
        order: u8,
    },
    CancelJob {
        order: u8,
    },
    /// Somebody voids or refunds a transaction by Remote Auth.
    Reverse {
        entry: usize,
        amount: u64,
        void: bool,
    },
    /// Notifications are delivered.
    Deliver,
}

/// An act, what happens to its call and to the next notification, and how long it takes.
type Plan = (Act, Option<Effect>, Option<NotificationEffect>, u64);

fn act() -> impl Strategy<Value = Act> {
    let order = || 0..5_u8;
    let name =
        select(vec!["Luke Skywalker", "Han Solo", "Darth Maul", "Darth Vader", "Ben Kenobi", "Jon Snow"]);
    prop_oneof![
        4 => (order(), 1..60_u64, any::<bool>())
            .prop_map(|(order, amount, moto)| Act::Create { order, amount, moto }),
        5 => (order(), name, any::<bool>(), select(Authentication::ALL))
            .prop_map(|(order, name, twice, answer)| Act::Shopper { order, name, twice, answer }),
        1 => order().prop_map(|order| Act::GiveUp { order }),
        3 => (order(), 1..40_u64).prop_map(|(order, amount)| Act::Refund { order, amount }),
        2 => (order(), 1..60_u64, any::<bool>())
            .prop_map(|(order, amount, last)| Act::Capture { order, amount, last }),
        1 => order().prop_map(|order| Act::CancelPayment { order }),
        1 => order().prop_map(|order| Act::CancelJob { order }),
        1 => (0..10_usize, 1..60_u64, any::<bool>())
            .prop_map(|(entry, amount, void)| Act::Reverse { entry, amount, void }),
        3 => Just(Act::Deliver),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let symptom = || select(Symptom::ALL);
    let call = prop_oneof![symptom().prop_map(Effect::LoseRequest), symptom().prop_map(Effect::LoseAnswer)];
    let notification = prop_oneof![
        Just(NotificationEffect::Lose),
        Just(NotificationEffect::Double),
        (1..100_000_u64).prop_map(|late| NotificationEffect::Late(Duration::from_secs(late))),
    ];
    let time = prop_oneof![6 => 0..200_u64, 2 => 0..100_000_u64, 1 => 0..1_000_000_u64];
    (act(), prop::option::weighted(0.3, call), prop::option::weighted(0.3, notification), time)
}

/// What the shop has written down of an order.
#[derive(Debug, Default)]
struct Written {
    /// A create call was made. There is never a second one for the number.
    asked: bool,
    job: Option<JobReference>,
    page: Option<String>,
    meaning: Option<JobMeaning>,
    refunds: u32,
}

struct Shop {
    acquirer: Acquirer,
    now: std::time::SystemTime,
    orders: BTreeMap<u8, Written>,
}

fn number(order: u8) -> String {
    format!("order-{order}")
}

/// What reaches the shop: a status and a body, or nothing.
fn received(delivery: Delivery) -> Option<(u16, Vec<u8>)> {
    match delivery {
        Delivery::Payload(payload) => Some((payload.status(), payload.body().to_vec())),
        Delivery::Silence => None,
    }
}

impl Shop {
    fn new(captures_by_call: bool) -> Self {
        let key = "845c51f6-1cd5-4338-a586-df752e65d690".parse().unwrap();
        let credentials = Credentials::new("200426117314086912".parse().unwrap(), key);
        let configuration = Configuration::new(credentials, "https://gateway.test".parse().unwrap())
            .with_webhook_url("https://shop.test/webhook".parse().unwrap());
        let configuration = if captures_by_call { configuration.capturing_by_call() } else { configuration };
        let acquirer = Acquirer::new(profile().with_gateway(configuration));
        Self { acquirer, now: morning(), orders: BTreeMap::new() }
    }

    fn send<C: CallType>(&mut self, call: C) -> Option<Result<Response<C::Data>, ResponseError>> {
        let (status, body) = received(self.acquirer.send_call(self.now, call))?;
        Some(C::decode(status, &body))
    }

    /// Asks until there is an answer: the faults are for one call.
    fn retrieve(&mut self, job: JobReference) -> Job {
        for _ in 0..3 {
            if let Some(Ok(answer)) = self.send(RetrieveJob::new(job)) {
                return answer.into_data();
            }
        }
        panic!("{job} cannot be retrieved");
    }

    /// Looks at a job, and writes down what it means.
    fn look(&mut self, order: u8) -> Option<Job> {
        let job = self.retrieve(self.orders.get(&order)?.job?);
        self.orders.get_mut(&order)?.meaning = Some(job.meaning_at(self.now));
        Some(job)
    }

    fn create(&mut self, order: u8, amount: u64, moto: bool) {
        let written = self.orders.entry(order).or_default();
        if std::mem::replace(&mut written.asked, true) {
            return;
        }
        let card = || {
            let number: CardNumber = "4000000000000002".parse().unwrap();
            JobCard::moto(number, "1130".parse().unwrap(), "123".parse().unwrap())
        };
        let (money, of) = (Money::gbp(amount).unwrap(), Order::new(number(order).parse().unwrap()));
        let job = if moto {
            PaymentJob::new(money, of, card())
        } else {
            PaymentJob::new(money, of, HostedPage::new())
        };
        // Whatever is not an answer leaves the job unknown: its reference comes with a notification.
        if let Some(Ok(answer)) = self.send(CreateJob::new(job)) {
            self.remember(order, answer.data().reference, answer.links().action.as_ref());
            self.look(order);
        }
    }

    fn remember(&mut self, order: u8, job: JobReference, link: Option<&response::Link>) {
        let page = link.and_then(|link| Some(link.url.as_str().split_once("/payment?ref=")?.1.to_owned()));
        let written = self.orders.entry(order).or_default();
        written.job = Some(job);
        written.page = page.or(written.page.take());
    }

    fn shopper(&mut self, order: u8, name: &str, twice: bool, answer: Authentication) {
        let Some(page) = self.orders.get(&order).and_then(|written| written.page.clone()) else { return };
        let card = || {
            let number = "4000000000000002".parse().unwrap();
            EnteredCard::new(number, "1130".parse().unwrap(), "123".parse().unwrap(), name.parse().unwrap())
        };
        let windows = if twice { 2 } else { 1 };
        for _ in 0..windows {
            self.acquirer.pay(self.now, &page, card());
        }
        for _ in 0..windows {
            if let Page::ThreeDs(shown) = self.acquirer.page(self.now, &page) {
                self.acquirer.authenticate(self.now, &page, shown.payment(), answer);
            }
        }
    }

    fn last_payment(&mut self, order: u8) -> Option<(Job, Payment)> {
        let job = self.look(order)?;
        let payment = job.payments.last()?.clone();
        Some((job, payment))
    }

    /// A refund has a number of its own. Where its answer is lost, the payment tells.
    fn refund(&mut self, order: u8, amount: u64) -> Result<(), TestCaseError> {
        let Some((job, payment)) = self.last_payment(order) else { return Ok(()) };
        let written = self.orders.get_mut(&order).unwrap();
        written.refunds += 1;
        let number = format!("refund-{}", written.refunds);
        let refund = RefundRequest::new(Money::gbp(amount).unwrap(), number.parse().unwrap());
        let call = RefundPayment::new(job.reference, payment.reference, refund);
        let answer = self.send(call);
        let after = self.retrieve(job.reference);
        let after = after.payment(payment.reference).unwrap();
        let there = after.refunds_numbered(&number).count();
        match answer.map(|answer| CallOutcome::of(&answer)) {
            Some(CallOutcome::Done) => prop_assert_eq!(there, 1),
            Some(CallOutcome::NotDone) => prop_assert_eq!(there, 0),
            Some(CallOutcome::Unknown) | None => prop_assert!(there <= 1),
        }
        Ok(())
    }

    fn deliver(&mut self) -> Result<(), TestCaseError> {
        for due in self.acquirer.due_notifications(self.now) {
            let notification = Notification::decode(&due.body).unwrap();
            let job = self.retrieve(notification.job());
            let order = job.order.as_ref().and_then(|order| order.number()).unwrap();
            let order: u8 = order.strip_prefix("order-").unwrap().parse().unwrap();
            prop_assert!(self.orders[&order].asked, "a job that nobody asked for");
            self.remember(order, job.reference, None);
            self.look(order);
            let answer = notification.acknowledgement().encode().into_bytes();
            self.acquirer.notification_answered(self.now, due.id, Some((200, &answer)));
        }
        Ok(())
    }

    fn reverse(&mut self, place: usize, amount: u64, void: bool) {
        let Some(entry) = self.acquirer.ledger().entries().get(place) else { return };
        let Ok(id) = (*entry.id()).try_into() else { return };
        let request = if void {
            Request::from(Void::new(id, entry.class(), entry.money()))
        } else {
            Request::from(Refund::new(id, entry.class(), value::Money::gbp(amount)))
        };
        let _answer = self.acquirer.send(self.now, &request);
    }

    fn carry_out(&mut self, (act, call, notification, time): &Plan) -> Result<(), TestCaseError> {
        if let Some(effect) = notification {
            self.acquirer.script_notifications(Some(1), *effect);
        }
        if let Some(effect) = call {
            let when = match act {
                Act::Create { .. } => When::any().operation(Operation::CreateJob),
                Act::Refund { .. } => When::any().operation(Operation::RefundPayment),
                Act::Capture { .. } => When::any().operation(Operation::CapturePayment),
                Act::CancelPayment { .. } => When::any().operation(Operation::CancelPayment),
                _ => When::any().operation(Operation::RetrieveJob),
            };
            self.acquirer.script_calls(when.on_call(1), effect.clone());
        }
        match act {
            Act::Create { order, amount, moto } => self.create(*order, *amount, *moto),
            Act::Shopper { order, name, twice, answer } => self.shopper(*order, name, *twice, *answer),
            Act::GiveUp { order } => {
                let page = self.orders.get(order).and_then(|written| written.page.clone());
                if let Some(page) = page {
                    let next = self.acquirer.cancel_page(self.now, &page);
                    prop_assert!(next != Next::Unknown);
                }
            }
            Act::Refund { order, amount } => self.refund(*order, *amount)?,
            Act::Capture { order, amount, last } => {
                if let Some((job, payment)) = self.last_payment(*order) {
                    let part = CaptureRequest::part(Money::gbp(*amount).unwrap()).with_final(*last);
                    self.send(CapturePayment::new(job.reference, payment.reference, part));
                }
            }
            Act::CancelPayment { order } => {
                if let Some((job, payment)) = self.last_payment(*order) {
                    self.send(CancelPayment::new(job.reference, payment.reference));
                }
            }
            Act::CancelJob { order } => {
                if let Some(job) = self.orders.get(order).and_then(|written| written.job) {
                    self.send(CancelJob::new(job));
                }
            }
            Act::Reverse { entry, amount, void } => self.reverse(*entry, *amount, *void),
            Act::Deliver => self.deliver()?,
        }
        self.now += Duration::from_secs(*time);
        self.holds_at_any_time()
    }

    /// What holds at any time.
    fn holds_at_any_time(&mut self) -> Result<(), TestCaseError> {
        let now = self.now;
        // Lets happen what is due, as every request does.
        self.acquirer.job(now, JobReference::new(1).unwrap());
        let stands = |entry: &&Entry| !matches!(entry.state(now), State::Voided | State::Expired);
        for order in self.orders.keys() {
            let charges = self.acquirer.job_charges(&number(*order)).filter(stands);
            prop_assert!(charges.count() <= 1, "{}", self.acquirer.ledger());
        }
        let ledger = self.acquirer.ledger();
        let mut balance = 0;
        for entry in ledger.entries() {
            prop_assert!(entry.refunded().hundredths() <= entry.charged().hundredths(), "{}", ledger);
            let amount = i128::from(entry.charged().hundredths());
            balance += match entry.operation() {
                _ if !entry.is_authorised() || !stands(&entry) => 0,
                OperationKind::Sale | OperationKind::Continuous => amount,
                OperationKind::Refund | OperationKind::Credit => -amount,
                OperationKind::Verify | OperationKind::Void => 0,
            };
        }
        prop_assert_eq!(ledger.balance(Currency::GBP), balance);
        self.lists_agree()
    }

    /// What is found by a job is what a look at everything finds.
    fn lists_agree(&self) -> Result<(), TestCaseError> {
        let jobs: Vec<JobReference> = self.acquirer.jobs().collect();
        for (place, job) in jobs.iter().enumerate() {
            prop_assert!(self.acquirer.jobs_at(place..place + 1).eq([*job]));
            let of_job = |entry: &&NotificationEntry| entry.job() == *job;
            let mut all: Vec<_> = self.acquirer.notifications().iter().filter(of_job).collect();
            all.sort_by_key(|entry| std::cmp::Reverse((entry.payment(), entry.id())));
            let found: Vec<_> = self.acquirer.notifications_of(*job).map(NotificationEntry::id).collect();
            prop_assert_eq!(found, all.into_iter().map(NotificationEntry::id).collect::<Vec<_>>());
        }
        prop_assert_eq!(self.acquirer.jobs_at(jobs.len()..jobs.len() + 9).count(), 0);
        Ok(())
    }

    /// In the end notifications have arrived: those that were lost came again, but for those that come once
    /// a week, or no more after a month.
    fn close(&mut self) -> Result<(), TestCaseError> {
        for _ in 0..3 {
            self.now += Duration::from_secs(100_000);
            self.deliver()?;
        }
        for order in self.orders.keys().copied().collect::<Vec<_>>() {
            self.look(order);
            let (now, written) = (self.now, &self.orders[&order]);
            if written.job.is_none() {
                // The answer to the create was lost, and no notification has come: the shop knows that it
                // does not know.
                prop_assert_eq!(written.meaning, None);
                continue;
            }
            let charges = self.acquirer.job_charges(&number(order)).filter(|entry| entry.is_charge());
            let stands = charges.filter(|entry| !matches!(entry.state(now), State::Voided | State::Expired));
            let held = stands.map(|entry| entry.state(now) == State::OnHold).last();
            let believed = written.meaning;
            match held {
                Some(true) => prop_assert_eq!(believed, Some(JobMeaning::Reserved)),
                Some(false) => {
                    let taken = [JobMeaning::Taken, JobMeaning::PartlyTaken, JobMeaning::GivenBack];
                    prop_assert!(believed.is_some_and(|believed| taken.contains(&believed)), "{:?}", written);
                }
                None => {
                    let taken = [JobMeaning::Taken, JobMeaning::PartlyTaken, JobMeaning::Reserved];
                    let taken = believed.is_some_and(|believed| taken.contains(&believed));
                    prop_assert!(!taken, "{:?} {}", written, self.acquirer.ledger());
                }
            }
        }
        Ok(())
    }
}

proptest! {
    #[test]
    fn a_careful_shop_ends_in_the_acquirers_state(by_call: bool, plans in vec(plan(), 1..40)) {
        let mut shop = Shop::new(by_call);
        for plan in &plans {
            shop.carry_out(plan)?;
        }
        shop.close()?;
    }
}
