//! Random histories of a service that keeps a journal, against the simulated gateway.
//!
//! The service stores every attempt before and after each sending. It crashes, loses answers, loses
//! its clock, stands still while it stores, forgets to report, sends wrong passwords and is given other
//! cards; the network delivers requests after their retries. After every event the journal is compared
//! with the ledger, which knows what really happened, and what is sent with what may be sent.

#[path = "history/events.rs"]
mod events;
#[path = "history/onlooker.rs"]
mod onlooker;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU8;
use std::time::{Duration, Instant, SystemTime};

use cashflows_codec::Clock;
use cashflows_codec::remote_auth::attempt::{
    Attempt, AttemptState, Found, Journal, Received, Reconciliation, RetryPolicy, SendError, Sending,
    SettleError, Step, Ticket,
};
use cashflows_codec::remote_auth::request::{
    Card, Continuous, Credit, OriginalClass, Refund, Request, Sale, Verify, Void,
};
use cashflows_codec::remote_auth::{Credentials, DigestSecret, RecurringOrigin, Response, TransportFailure};
use cashflows_codec::simulator::{Acquirer, Endpoint, Entry, Profile, When};
use cashflows_codec::value::{CardNumber, Currency, Money, OriginalId, TransactionId};

pub(crate) use events::{Event, History, history};
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

fn policy(by_reference: bool) -> RetryPolicy {
    let policy = RetryPolicy { most_sendings: NonZeroU8::new(5).unwrap(), ..RetryPolicy::default() };
    if by_reference {
        RetryPolicy { reversals_by_reference: true, credits_by_reference: true, ..policy }
    } else {
        policy
    }
}

/// What a service knows of a sending when its response comes.
enum Heard {
    Reply(Result<Response, TransportFailure>),
    Forbidden,
}

impl<'a> From<&'a Heard> for Received<'a> {
    fn from(heard: &'a Heard) -> Self {
        match heard {
            Heard::Reply(reply) => reply.into(),
            Heard::Forbidden => Self::Rejected,
        }
    }
}

/// A sending that stands still between the note and the release.
struct Held {
    key: usize,
    sending: Sending,
    transit: Duration,
    jitter: u32,
}

/// A request that the network holds back.
struct Late {
    key: usize,
    body: Vec<u8>,
    sent: SystemTime,
}

/// The service, the gateway, and an onlooker who knows everything.
struct World {
    acquirer: Acquirer,
    /// The true time.
    now: SystemTime,
    /// How far the system's clock is before it or behind it, in milliseconds.
    wall_error: i64,
    /// The service's clock, and when it was the morning for a monotonic one.
    clock: Clock,
    monotonic: Instant,
    policy: RetryPolicy,
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
    held: Vec<Held>,
    on_its_way: Vec<Late>,
    watched: Vec<Watched>,
    /// Whose request made a transaction.
    owners: BTreeMap<TransactionId, usize>,
    yesterday: OriginalId,
    today: OriginalId,
    violations: Vec<Violation>,
}

impl World {
    fn new(by_reference: bool) -> Self {
        let monotonic = Instant::now();
        let profile = Profile::new(credentials("right")).with_digest_secret(SECRET.parse().unwrap());
        let mut acquirer = Acquirer::new(profile);
        let mut sale = |now, reference: &str| -> OriginalId {
            let sale = Sale::ecom(card(CARD), Money::gbp(10_000), reference.parse().unwrap());
            let response = acquirer.send(now, &sale.into()).unwrap();
            response.transaction_id().unwrap().try_into().unwrap()
        };
        let yesterday = sale(morning() - Duration::from_secs(86_400), "yesterday");
        let today = sale(morning() - Duration::from_secs(3_600), "today");
        Self {
            acquirer,
            now: morning(),
            wall_error: 0,
            clock: Clock::new(monotonic, morning()),
            monotonic,
            policy: policy(by_reference),
            jumped_forward_at: None,
            journal: Journal::new(policy(by_reference)),
            disk: BTreeMap::new(),
            stored: Vec::new(),
            retired: BTreeSet::new(),
            cards: BTreeSet::new(),
            late: Vec::new(),
            held: Vec::new(),
            on_its_way: Vec::new(),
            watched: Vec::new(),
            owners: BTreeMap::new(),
            yesterday,
            today,
            violations: Vec::new(),
        }
    }

    /// What the system's clock says.
    fn wall(&self) -> SystemTime {
        let error = Duration::from_millis(self.wall_error.unsigned_abs());
        if self.wall_error < 0 { self.now - error } else { self.now + error }
    }

    fn monotonic(&self) -> Instant {
        self.monotonic + self.now.duration_since(morning()).unwrap()
    }

    /// What the service's clock says.
    fn clock(&mut self) -> SystemTime {
        let (at, wall) = (self.monotonic(), self.wall());
        self.clock.observe(at, at, wall)
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
                Request::from(Void::new(self.today, OriginalClass::Ecom, Money::gbp(10_000 + more)))
            }
            Wish::Refund { pence } => {
                Request::from(Refund::new(self.yesterday, OriginalClass::Ecom, Money::gbp(pence + more)))
            }
            Wish::Return { parcel } => {
                let own = reference("parcel", parcel).parse().unwrap();
                let back = Refund::new(self.yesterday, OriginalClass::Ecom, Money::gbp(6_00 + more));
                Request::Refund(back.with_reference(own))
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

    /// The process is gone, and what it was about to do.
    fn restart(&mut self) {
        self.cards.clear();
        for held in core::mem::take(&mut self.held) {
            // It did not leave, but nobody knows that.
            self.watched[held.key].may_have_arrived = true;
        }
        self.start_the_clock();
        self.journal = Journal::new(self.policy);
        let mut unreadable = Vec::new();
        for (key, stored) in self.disk.iter().filter(|(key, _)| !self.retired.contains(key)) {
            let attempt = self.stored[*key].clone();
            if serde_json::from_str::<Attempt>(stored).ok().as_ref() != Some(&attempt) {
                unreadable.push(*key);
            }
            self.journal.insert(*key, attempt).unwrap();
        }
        for key in unreadable {
            self.is_wrong(Wrong::Unreadable, key);
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
            numbers: BTreeSet::new(),
            made: Vec::new(),
            overtaken: false,
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
                self.wall_error += i64::try_from(time.as_millis()).unwrap();
                self.jumped_forward_at = Some(self.now);
                self.the_clock_was_changed();
            }
            // As far as it likes: the service's clock does not go back with it.
            Event::ClockBack(time) => self.wall_error -= i64::try_from(time.as_millis()).unwrap(),
            Event::GoOn => {
                if !self.held.is_empty() {
                    let held = self.held.remove(0);
                    self.go_on(held);
                }
            }
            Event::Deliver => {
                if let Some(late) = self.on_its_way.pop() {
                    self.deliver_late(&late);
                }
            }
            Event::Retire => self.retire(),
            Event::LateAnswer => {
                if let Some((key, ticket, response)) = self.late.pop() {
                    self.tell(key, ticket, &response, 7);
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

    /// A new process begins with the system's clock. If that was put back, so far that no attempt is
    /// older than it: what is less than the time since it was last seen, nobody can see.
    fn start_the_clock(&mut self) {
        let last = self.clock();
        if self.wall() < last {
            let earliest = self.watched.iter().map(|watched| watched.earliest).chain([last]).min().unwrap();
            let back = self.wall().duration_since(earliest - Duration::from_secs(1)).unwrap_or_default();
            self.wall_error -= i64::try_from(back.as_millis()).unwrap();
            self.the_clock_was_changed();
        }
        self.clock = Clock::new(self.monotonic(), self.wall());
    }

    /// A clock that has just jumped forward is not to be trusted with what may be forgotten.
    fn retire(&mut self) {
        let trusted = |jumped: SystemTime| self.now > jumped + Duration::from_secs(600);
        if self.jumped_forward_at.is_none_or(trusted) {
            let clock = self.clock();
            self.retired.extend(self.journal.retire(clock).into_iter().map(|(key, _)| key));
        }
    }

    fn drive(&mut self, key: usize, mishap: Mishap, transit: Duration, jitter: u32, buyer_is_there: bool) {
        let clock = self.clock_for(key);
        let step = self.journal.get_mut(&key).unwrap().step(clock);
        self.store(key);
        // What is held up is taken for lost after a minute.
        let is_held = self.held.iter().any(|held| held.key == key);
        self.watched[key].may_have_arrived |= is_held && self.stored[key].state() != AttemptState::Sent;
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
        let held = Held { key, sending, transit, jitter };
        if matches!(mishap, Mishap::HeldUp) {
            self.held.push(held);
        } else {
            self.release(held, mishap, card_is_given);
        }
    }

    /// What was held up goes on, as if nothing had happened.
    fn go_on(&mut self, held: Held) {
        let key = held.key;
        self.release(held, Mishap::Nothing, true);
        // Others may have taken it for lost meanwhile.
        let is_in_doubt =
            |attempt: &Attempt| matches!(attempt.state(), AttemptState::Open | AttemptState::GivenUp);
        if self.journal.get(&key).is_some_and(is_in_doubt) {
            self.watched[key].may_have_arrived = true;
        }
    }

    fn release(&mut self, held: Held, mishap: Mishap, card_is_given: bool) {
        let Held { key, sending, transit, jitter } = held;
        let ticket = sending.ticket();
        let clock = self.clock();
        let request = match sending.release(|| clock) {
            Ok(request) => request,
            Err(late) => return self.tell(key, ticket, &late, jitter),
        };
        self.look_at_sending(key, &request, card_is_given);
        let heard = self.deliver(key, ticket, &request, mishap, transit);
        self.watch(key, &request, &heard);
        match mishap {
            Mishap::CrashBeforeSending | Mishap::CrashBeforeTheAnswer => self.restart(),
            Mishap::NobodyReports => {}
            Mishap::CrashBeforeStoringTheAnswer => {
                let clock = self.clock_for(key);
                self.journal.get_mut(&key).unwrap().received(&ticket, &heard, clock, jitter);
                self.restart();
                self.store(key);
            }
            _ => self.tell(key, ticket, &heard, jitter),
        }
    }

    /// Tells an attempt what came of a sending, if it is not retired.
    fn tell<'r>(&mut self, key: usize, ticket: Ticket, received: impl Into<Received<'r>>, jitter: u32) {
        if self.journal.get(&key).is_some() {
            let clock = self.clock_for(key);
            self.journal.get_mut(&key).unwrap().received(&ticket, received, clock, jitter);
            self.store(key);
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
    ) -> Heard {
        let lost = Heard::Reply(Err(TransportFailure::Lost));
        let is_refund = matches!(request, Request::Refund(_));
        match mishap {
            Mishap::NotConnected => return Heard::Reply(Err(TransportFailure::NotConnected)),
            Mishap::LostRequest | Mishap::CrashBeforeSending => return lost,
            Mishap::Overtaken => {
                let body = request.encode(&credentials("right")).as_bytes().to_vec();
                self.on_its_way.push(Late { key, body, sent: self.now });
                return lost;
            }
            Mishap::Forbidden => return Heard::Forbidden,
            // What gateways answer that take the retry for a new refund. It makes no transaction.
            Mishap::NoFunds if is_refund && !self.knows(key) => {
                return says("D|01R0000000A|000|D208|No funds");
            }
            Mishap::Exceeds => return says("V|01S0000000B|000|V222|Amount exceeds original"),
            Mishap::Gateway(effect) => self.acquirer.script(When::any().on_call(1), effect),
            _ => {}
        }
        let wrong = matches!(mishap, Mishap::WrongPassword);
        let body = request.encode(&credentials(if wrong { "wrong" } else { "right" }));
        self.now += transit;
        let answer = self.arrive(key, body.as_bytes());
        self.now += transit;
        let Ok(answer) = answer else { return lost };
        if matches!(mishap, Mishap::LostAnswer | Mishap::NobodyReports) {
            self.late.push((key, ticket, answer));
            return lost;
        }
        Heard::Reply(Ok(answer))
    }

    /// Whether the acquirer is known to recognise a retry of it by its reference.
    fn knows(&self, key: usize) -> bool {
        match self.watched[key].wish {
            Wish::Void | Wish::Refund { .. } => false,
            Wish::Return { .. } => self.policy.reversals_by_reference,
            _ => true,
        }
    }

    /// A body arrives at the gateway.
    fn arrive(&mut self, key: usize, body: &[u8]) -> Result<Response, TransportFailure> {
        let before = self.acquirer.ledger().entries().len();
        let form = "application/x-www-form-urlencoded";
        let handled = self.acquirer.handle(self.now, Endpoint::Payment, form, body);
        for entry in &self.acquirer.ledger().entries()[before..] {
            self.owners.insert(*entry.id(), key);
            if entry.is_authorised() {
                self.watched[key].made.push(self.now);
            }
        }
        Response::decode(&handled.body()).map_err(|_| TransportFailure::Lost)
    }

    /// The network delivers what it has held back. What nothing prevents is left out: after five minutes,
    /// or after a retry was refused, it is a new request.
    fn deliver_late(&mut self, late: &Late) {
        let Late { key, body, sent } = late;
        let (key, attempt) = (*key, &self.stored[*key]);
        let is_within =
            |time: SystemTime, seconds| self.now.duration_since(time).unwrap() < Duration::from_secs(seconds);
        let made = self.watched[key].made.len();
        let can_be = match self.watched[key].made.last() {
            Some(made) => is_within(*made, 290),
            None => matches!(attempt.state(), AttemptState::Sent | AttemptState::Open),
        };
        let clock_jumped = self.jumped_forward_at.is_some_and(|jumped| is_within(jumped, 600));
        if !can_be || !is_within(*sent, 270) || clock_jumped {
            return;
        }
        let now = self.clock.now(self.monotonic());
        let until = attempt.earlier_may_arrive_until(&self.policy);
        let is_announced = !self.knows(key) && until.is_some_and(|until| now <= until);
        let _nobody_hears_it = self.arrive(key, body);
        if made > 0 && self.watched[key].made.len() > made {
            self.watched[key].overtaken = true;
            if !is_announced {
                self.is_wrong(Wrong::Unannounced, key);
            }
        }
    }

    /// Somebody looks where the acquirer lists its transactions.
    fn look_for(&mut self, key: usize, look_for: &Reconciliation) {
        let fits = |entry: &&Entry| {
            let has = match &look_for.reference {
                Some(reference) => entry.reference() == Some(reference.as_str()),
                None => entry.original().copied() == look_for.original.map(OriginalId::transaction_id),
            };
            let amount = look_for.amount.is_none_or(|amount| amount == entry.money().amount());
            // A database has a unique index on transactions, too.
            let retired = |key: &usize| self.stored[*key].transaction_id() == Some(*entry.id());
            // It is known of those that were overtaken that there may be one more.
            let one_more = |owner: &usize| *owner != key && self.watched[*owner].overtaken;
            let is_free =
                !self.retired.iter().any(retired) && !self.owners.get(entry.id()).is_some_and(one_more);
            has && amount && is_free && entry.is_authorised() && entry.operation() == look_for.operation
        };
        let found = self.acquirer.ledger().entries().iter().filter(fits).map(|entry| *entry.id());
        let findings = found.map(Found::Authorised).chain([Found::NotAuthorised]).collect::<Vec<_>>();
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
        for held in core::mem::take(&mut self.held) {
            self.go_on(held);
        }
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

fn says(line: &str) -> Heard {
    Heard::Reply(Ok(Response::decode(line.as_bytes()).unwrap()))
}

/// Plays a history to its end, and says what went wrong.
pub(crate) fn play(history: &History) -> Vec<Violation> {
    let mut world = World::new(history.by_reference);
    for event in &history.events {
        world.play(*event);
    }
    world.end(history.buyers_return);
    world.violations
}
