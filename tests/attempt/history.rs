//! Random histories of a service that keeps a journal, against the simulated gateway.
//!
//! The service stores every attempt before and after each sending. It crashes, loses answers, loses
//! its clock, forgets to report, sends wrong passwords and is given other cards. After every event
//! the journal is compared with the ledger, which knows what really happened, and what is sent with
//! what may be sent.

#[path = "history/events.rs"]
mod events;
#[path = "history/onlooker.rs"]
mod onlooker;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU8;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::{
    Attempt, Finding, Journal, Reconcile, RetryPolicy, SendError, SettleError, Step, Ticket,
};
use cashflows_codec::remote_auth::request::{
    Card, Continuous, Credit, OriginalClass, Request, Reversal, Sale, Verify,
};
use cashflows_codec::remote_auth::{Credentials, DigestSecret, RecurringOrigin, Response, TransportFailure};
use cashflows_codec::simulator::{Acquirer, Endpoint, Entry, Profile, When};
use cashflows_codec::value::{CardNumber, Currency, Money, OriginalId, TransactionId};

pub(crate) use events::{Event, history};
use events::{Mishap, Wish};
pub(crate) use onlooker::Wrong;
use onlooker::{Violation, Watched};

const CARD: &str = "4000000000000002";
const ANOTHER_CARD: &str = "4510400400099005";
const SECRET: &str = "credit-secret";

fn credentials(password: &str) -> Credentials {
    Credentials::new("1234567".parse().unwrap(), password.parse().unwrap())
}

/// Friday, 15 January 2027, 08:00 UTC.
fn morning() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

fn policy() -> RetryPolicy {
    RetryPolicy::default().with_most_sendings(NonZeroU8::new(5).unwrap())
}

/// The service, the gateway, and an onlooker who knows everything.
struct World {
    acquirer: Acquirer,
    /// The true time.
    now: SystemTime,
    /// How far the service's clock is before it or behind it, in milliseconds.
    clock_error: i64,
    jumped_forward_at: Option<SystemTime>,
    journal: Journal<usize>,
    disk: BTreeMap<usize, String>,
    /// What is on disk, as it was written.
    stored: Vec<Attempt>,
    /// Those that are on disk only.
    retired: BTreeSet<usize>,
    /// Those whose card is in memory.
    cards: BTreeSet<usize>,
    late: Vec<(usize, Ticket, Response)>,
    watched: Vec<Watched>,
    /// Whose request made a transaction.
    owners: BTreeMap<TransactionId, usize>,
    yesterday: OriginalId,
    today: OriginalId,
    violations: Vec<Violation>,
}

impl World {
    fn new() -> Self {
        let profile = Profile::new(credentials("right")).with_digest_secret(SECRET.parse().unwrap());
        let mut acquirer = Acquirer::new(profile);
        let mut sale = |now, reference: &str| -> OriginalId {
            let sale = Sale::ecom(card(CARD), Money::gbp(10_000), reference.parse().unwrap());
            let response = acquirer.send(now, &sale.into()).unwrap();
            response.transaction_id().try_into().unwrap()
        };
        let yesterday = sale(morning() - Duration::from_secs(86_400), "yesterday");
        let today = sale(morning() - Duration::from_secs(3_600), "today");
        Self {
            acquirer,
            now: morning(),
            clock_error: 0,
            jumped_forward_at: None,
            journal: Journal::new(policy()),
            disk: BTreeMap::new(),
            stored: Vec::new(),
            retired: BTreeSet::new(),
            cards: BTreeSet::new(),
            late: Vec::new(),
            watched: Vec::new(),
            owners: BTreeMap::new(),
            yesterday,
            today,
            violations: Vec::new(),
        }
    }

    /// What the service's clock says.
    fn clock(&self) -> SystemTime {
        let error = Duration::from_millis(self.clock_error.unsigned_abs());
        if self.clock_error < 0 { self.now - error } else { self.now + error }
    }

    /// The same, and the onlooker notes who saw it.
    fn clock_for(&mut self, key: usize) -> SystemTime {
        let clock = self.clock();
        let earliest = &mut self.watched[key].earliest;
        *earliest = clock.min(*earliest);
        clock
    }

    fn request(&self, wish: Wish, number: &str, more: u64) -> Request {
        let reference = |kind: &str, cart: u8| format!("{kind}-{cart}");
        match wish {
            Wish::Sale { cart } => {
                let reference = reference("cart", cart).parse().unwrap();
                Sale::ecom(card(number), Money::gbp(24_99 + more), reference).into()
            }
            Wish::Verify { cart } => {
                Verify::ecom(card(number), Currency::GBP, reference("verify", cart).parse().unwrap()).into()
            }
            Wish::Continuous { cart } => {
                let id = self.yesterday.transaction_id();
                let origin = self.acquirer.ledger().get(&id).unwrap();
                let origin = RecurringOrigin::from_stored(id, origin.checks());
                let reference = reference("month", cart).parse().unwrap();
                Continuous::new(origin.unwrap(), Money::gbp(9_99 + more), reference).into()
            }
            Wish::Void => {
                Request::Void(Reversal::new(self.today, OriginalClass::Ecom, Money::gbp(10_000 + more)))
            }
            Wish::Refund { pence } => {
                Request::Refund(Reversal::new(self.yesterday, OriginalClass::Ecom, Money::gbp(pence + more)))
            }
            Wish::Credit { cart } => {
                let secret: DigestSecret = SECRET.parse().unwrap();
                let reference = reference("win", cart).parse().unwrap();
                Credit::new(self.yesterday, Money::gbp(3_00 + more), reference, &secret).into()
            }
        }
    }

    fn store(&mut self, key: usize) {
        let attempt = self.journal.get(&key).unwrap();
        match self.stored.get_mut(key) {
            Some(stored) if stored == attempt => return,
            Some(stored) => *stored = attempt.clone(),
            None => self.stored.push(attempt.clone()),
        }
        self.disk.insert(key, serde_json::to_string(attempt).unwrap());
    }

    fn restart(&mut self) {
        self.cards.clear();
        self.journal = Journal::new(policy());
        for (key, stored) in self.disk.iter().filter(|(key, _)| !self.retired.contains(key)) {
            let attempt: Attempt = serde_json::from_str(stored).unwrap();
            assert_eq!(attempt, self.stored[*key]);
            self.journal.insert(*key, attempt).unwrap();
        }
        for key in 0..self.watched.len() {
            let clock = self.clock_for(key);
            if let Some(mut attempt) = self.journal.get_mut(&key) {
                attempt.restarted(clock, 7);
                self.store(key);
            }
        }
    }

    fn plan(&mut self, wish: Wish) {
        let request = self.request(wish, CARD, 0);
        // A database has a unique index on references.
        let is_retired = |key: &usize| self.watched[*key].wish == wish && request.reference().is_some();
        if self.retired.iter().any(is_retired) {
            return;
        }
        let (key, clock) = (self.watched.len(), self.clock());
        if self.journal.plan(key, &request, clock).is_err() {
            return;
        }
        self.watched.push(Watched {
            wish,
            may_have_arrived: false,
            sendings: 0,
            over_at: None,
            earliest: clock,
        });
        self.cards.insert(key);
        self.store(key);
    }

    fn play(&mut self, event: Event) {
        match event {
            Event::Plan(wish) => self.plan(wish),
            Event::Wait(time) => self.now += time,
            Event::Restart => self.restart(),
            Event::ClockForward(time) => {
                self.clock_error += i64::try_from(time.as_millis()).unwrap();
                self.jumped_forward_at = Some(self.now);
                self.the_clock_was_changed();
            }
            Event::ClockBack(time) => self.turn_the_clock_back(time),
            Event::Retire => self.retire(),
            Event::LateAnswer => {
                if let Some((key, ticket, response)) = self.late.pop()
                    && self.journal.get(&key).is_some()
                {
                    let clock = self.clock_for(key);
                    self.journal.get_mut(&key).unwrap().received(&ticket, &response, clock, 7);
                    self.store(key);
                }
            }
            Event::Drive { which, mishap, transit, jitter } => {
                let unfinished: Vec<_> = self.journal.unfinished().map(|(key, _)| *key).collect();
                if !unfinished.is_empty() {
                    let key = unfinished[usize::from(which) % unfinished.len()];
                    self.drive(key, mishap, transit, jitter, true);
                }
            }
        }
        self.check();
    }

    fn turn_the_clock_back(&mut self, time: Duration) {
        let earliest =
            self.watched.iter().map(|watched| watched.earliest).chain([self.clock()]).min().unwrap();
        let back = self.clock().duration_since(earliest - time).unwrap();
        self.clock_error -= i64::try_from(back.as_millis()).unwrap();
        self.the_clock_was_changed();
        let unfinished: Vec<_> = self.journal.unfinished().map(|(key, _)| *key).collect();
        for key in unfinished {
            let clock = self.clock_for(key);
            self.journal.get_mut(&key).unwrap().step(clock);
            self.store(key);
        }
    }

    /// A clock that has just jumped forward is not to be trusted with what may be forgotten.
    fn retire(&mut self) {
        let trusted = |jumped: SystemTime| self.now > jumped + Duration::from_secs(600);
        if self.jumped_forward_at.is_none_or(trusted) {
            self.retired.extend(self.journal.retire(self.clock()).into_iter().map(|(key, _)| key));
        }
    }

    fn drive(&mut self, key: usize, mishap: Mishap, transit: Duration, jitter: u32, buyer_is_there: bool) {
        let clock = self.clock_for(key);
        let step = self.journal.get_mut(&key).unwrap().step(clock);
        self.store(key);
        match step {
            Step::Send { .. } => self.send(key, mishap, transit, jitter, false),
            Step::AskForCard { .. } if buyer_is_there => self.send(key, mishap, transit, jitter, true),
            Step::AskForCard { until: None, .. } => {
                self.journal.get_mut(&key).unwrap().cancel().unwrap();
                self.store(key);
            }
            Step::Reconcile(look_for) => self.look_for(key, &look_for),
            _ => {}
        }
    }

    fn send(&mut self, key: usize, mishap: Mishap, transit: Duration, jitter: u32, card_is_given: bool) {
        let watched = self.watched[key].clone();
        let has_card = matches!(watched.wish, Wish::Sale { .. } | Wish::Verify { .. });
        if has_card && !card_is_given && !self.cards.contains(&key) {
            return self.is_wrong(Wrong::NobodyHasTheCard, key);
        }
        let right = self.request(watched.wish, CARD, 0);
        let offered = match mishap {
            Mishap::AnotherCard => self.request(watched.wish, ANOTHER_CARD, 0),
            Mishap::AnotherAmount => self.request(watched.wish, CARD, 1),
            _ => right.clone(),
        };
        let clock = self.clock_for(key);
        let sending = match self.journal.get_mut(&key).unwrap().send(&offered, clock) {
            Ok(sending) => sending,
            Err(SendError::AnotherRequest(_)) if offered != right => return,
            Err(_) => return self.is_wrong(Wrong::NotSent, key),
        };
        if matches!(mishap, Mishap::CrashBeforeStoring) {
            return self.restart();
        }
        self.cards.insert(key);
        self.store(key);
        let ticket = sending.ticket();
        let Ok(request) = sending.release(|| clock) else { return self.is_wrong(Wrong::NotSent, key) };
        self.look_at_sending(key, &request, card_is_given);
        let result = self.deliver(key, ticket, &request, mishap, transit);
        self.watch(key, &result);
        match mishap {
            Mishap::CrashBeforeSending | Mishap::CrashBeforeTheAnswer => self.restart(),
            Mishap::NobodyReports => {}
            _ => {
                let clock = self.clock_for(key);
                self.journal.get_mut(&key).unwrap().received(&ticket, &result, clock, jitter);
                if matches!(mishap, Mishap::CrashBeforeStoringTheAnswer) {
                    self.restart();
                }
                self.store(key);
            }
        }
    }

    /// Gives a request to the gateway, and what it answers to the service.
    fn deliver(
        &mut self,
        key: usize,
        ticket: Ticket,
        request: &Request,
        mishap: Mishap,
        transit: Duration,
    ) -> Result<Response, TransportFailure> {
        match mishap {
            Mishap::NotConnected => return Err(TransportFailure::NotConnected),
            Mishap::LostRequest | Mishap::CrashBeforeSending => return Err(TransportFailure::Lost),
            Mishap::Gateway(effect) => self.acquirer.script(When::any().on_call(1), effect),
            _ => {}
        }
        let wrong = matches!(mishap, Mishap::WrongPassword);
        let body = request.encode(&credentials(if wrong { "wrong" } else { "right" }));
        self.now += transit;
        let before = self.acquirer.ledger().entries().len();
        let handled = self.acquirer.handle(self.now, Endpoint::Payment, body.content_type(), body.as_bytes());
        self.now += transit;
        for entry in &self.acquirer.ledger().entries()[before..] {
            self.owners.insert(*entry.id(), key);
        }
        let answer = Response::decode(&handled.body()).map_err(|_| TransportFailure::Lost)?;
        if matches!(mishap, Mishap::LostAnswer | Mishap::NobodyReports) {
            self.late.push((key, ticket, answer));
            return Err(TransportFailure::Lost);
        }
        Ok(answer)
    }

    /// Somebody looks where the acquirer lists its transactions.
    fn look_for(&mut self, key: usize, look_for: &Reconcile) {
        let fits = |entry: &&Entry| {
            let has = match &look_for.reference {
                Some(reference) => entry.reference() == Some(reference.as_str()),
                None => entry.original().copied() == look_for.original.map(OriginalId::transaction_id),
            };
            let amount = look_for.amount.is_none_or(|amount| amount == entry.money().amount());
            // A database has a unique index on transactions, too.
            let retired = |key: &usize| self.stored[*key].transaction_id() == Some(*entry.id());
            let is_free = !self.retired.iter().any(retired);
            has && amount && is_free && entry.is_authorised() && entry.operation() == look_for.operation
        };
        let found = self.acquirer.ledger().entries().iter().filter(fits).map(|entry| *entry.id());
        let findings = found.map(Finding::Authorised).chain([Finding::NotAuthorised]).collect::<Vec<_>>();
        let mut attempt = self.journal.get_mut(&key).unwrap();
        for finding in findings {
            match attempt.settle(finding) {
                Ok(()) => break,
                Err(SettleError::OfAnother) => {}
                Err(error) => panic!("{look_for:?}: {error}"),
            }
        }
        self.store(key);
    }

    /// Time goes by, and nothing goes wrong any more: everything ends.
    fn end(&mut self, buyers_return: bool) {
        for _ in 0..40 {
            let unfinished: Vec<_> = self.journal.unfinished().map(|(key, _)| *key).collect();
            for key in unfinished {
                self.drive(key, Mishap::Nothing, Duration::from_millis(100), 7, buyers_return);
            }
            self.check();
            self.now += Duration::from_secs(31);
        }
        let unfinished: Vec<_> = self.journal.unfinished().map(|(key, _)| *key).collect();
        for key in unfinished {
            self.is_wrong(Wrong::NeverEnds, key);
        }
    }
}

fn card(number: &str) -> Card {
    let number: CardNumber = number.parse().unwrap();
    Card::new(number, "1130".parse().unwrap(), "123".parse().unwrap())
}

/// Plays a history to its end, and says what went wrong.
pub(crate) fn play(history: &[Event], buyers_return: bool) -> Vec<Violation> {
    let mut world = World::new();
    for event in history {
        world.play(*event);
    }
    world.end(buyers_return);
    world.violations
}
