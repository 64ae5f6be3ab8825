//! Buyers: they order, hang up, click twice, return with their card after a kill, or leave for good.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use merchant::wanted::Operation;
use serde_json::{Value, json};

use crate::shoppers::Visit;

/// Time that a buyer goes on asking.
const PATIENCE: Duration = Duration::from_secs(90);

/// The buyer's knowledge of an order at the end.
#[derive(Clone, Debug)]
pub struct Asked {
    pub key: String,
    pub operation: Operation,
    /// The order's id, if a response ever came.
    pub id: Option<String>,
    /// Its last known state.
    pub state: Option<String>,
    pub end: End,
    /// Number of times that the same request was sent.
    pub sent: usize,
    /// Number of times that the service was down, or ended meanwhile.
    pub cut_off: usize,
}

/// The end of an order for its buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The service told the outcome.
    Answered,
    /// The service refused to take the order.
    NotTaken,
    /// The buyer left when the service was down, and did not return.
    WentAway,
    /// The buyer gave up asking.
    Tired,
}

/// All buyers.
#[derive(Debug)]
pub struct Market {
    pub service: SocketAddr,
    pub orders: usize,
    pub taken: AtomicUsize,
    /// Number of shoppers to visit the shop, and of those that have.
    pub visits: usize,
    pub entered: AtomicUsize,
    pub cards: Mutex<Vec<String>>,
    pub asked: Mutex<Vec<Asked>>,
    pub visits_made: Mutex<Vec<Visit>>,
}

impl Market {
    /// Records a card, to be searched for.
    pub fn remember(&self, card: &str) {
        self.cards.lock().unwrap_or_else(PoisonError::into_inner).push(card.to_owned());
    }
}

/// One buyer of many.
struct Buyer {
    market: Arc<Market>,
    random: fastrand::Rng,
    client: reqwest::Client,
}

/// Runs one buyer after the other, until there are enough orders.
pub async fn queue(market: Arc<Market>, random: fastrand::Rng) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap_or_default();
    let mut buyer = Buyer { market, random, client };
    while buyer.visit().await.is_some() {}
}

impl Buyer {
    /// One visit: a purchase, a refunded purchase, or a subscription.
    async fn visit(&mut self) -> Option<()> {
        match self.random.u32(..100) {
            0..60 => drop(self.order(Operation::Pay, purchase).await?),
            60..80 => {
                let paid = self.order(Operation::Pay, purchase).await?;
                if let Some(id) = authorised(&paid) {
                    self.order(Operation::Refund, |_| json!({ "order": id })).await?;
                }
            }
            _ => {
                let subscribed = self.order(Operation::Subscribe, purchase).await?;
                if let Some(id) = authorised(&subscribed) {
                    for month in ["2026-11", "2026-12"] {
                        let charge = |_: &mut Self| json!({ "subscription": id, "month": month });
                        self.order(Operation::ChargeMonth, charge).await?;
                    }
                }
            }
        }
        Some(())
    }

    /// One order, repeated as often as necessary. `None` after enough orders.
    async fn order(&mut self, operation: Operation, body: impl FnOnce(&mut Self) -> Value) -> Option<Asked> {
        let number = self.market.taken.fetch_add(1, Ordering::Relaxed);
        if number >= self.market.orders {
            return None;
        }
        let key = format!("order-{number}");
        let body = body(self).to_string();
        let mut asked = Asked { key, operation, id: None, state: None, end: End::Tired, sent: 0, cut_off: 0 };
        // One in twenty with a card leaves for good as soon as the service is down.
        let has_card = matches!(operation, Operation::Pay | Operation::Subscribe);
        let leaves = has_card && self.random.u32(..100) < 5;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match self.ask(&mut asked, &body, leaves).await {
                Some(end) => {
                    asked.end = end;
                    break;
                }
                None => tokio::time::sleep(Duration::from_millis(self.random.u64(20..150))).await,
            }
        }
        let mut all = self.market.asked.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(asked.clone());
        Some(asked)
    }

    /// Sends the request once, or twice at the same time.
    async fn ask(&mut self, asked: &mut Asked, body: &str, leaves: bool) -> Option<End> {
        asked.sent += 1;
        let hangs_up = self.random.u32(..100) < 10;
        let patience = if hangs_up { self.random.u64(1..200) } else { 10_000 };
        let patience = Duration::from_millis(patience);
        let answered = if self.random.u32(..100) < 5 {
            asked.sent += 1;
            let (first, second) =
                tokio::join!(self.post(asked, body, patience), self.post(asked, body, patience));
            first.or(second)
        } else {
            self.post(asked, body, patience).await
        };
        let Some((status, answer)) = answered else {
            if hangs_up {
                return None;
            }
            asked.cut_off += 1;
            return leaves.then_some(End::WentAway);
        };
        if let Some(id) = answer.get("id").and_then(Value::as_str) {
            asked.id = Some(id.to_owned());
            asked.state = answer.get("state").and_then(Value::as_str).map(str::to_owned);
        }
        match status {
            200 | 402 | 502 => Some(End::Answered),
            202 if asked.state.as_deref() == Some("reconcile") => Some(End::Answered),
            202 | 500 | 503 => None,
            _ => {
                eprintln!("{} {}: {status} {answer}", asked.operation, asked.key);
                Some(End::NotTaken)
            }
        }
    }

    async fn post(&self, asked: &Asked, body: &str, patience: Duration) -> Option<(u16, Value)> {
        let path = asked.operation.as_str().replace('_', "-");
        let request = self
            .client
            .post(format!("http://{}/{path}", self.market.service))
            .header("Idempotency-Key", &asked.key)
            .timeout(patience)
            .body(body.to_owned());
        let reply = request.send().await.ok()?;
        let status = reply.status().as_u16();
        Some((status, serde_json::from_slice(&reply.bytes().await.ok()?).ok()?))
    }
}

fn authorised(asked: &Asked) -> Option<String> {
    asked.id.clone().filter(|_| asked.state.as_deref() == Some("authorised"))
}

/// A purchase with a unique card.
fn purchase(buyer: &mut Buyer) -> Value {
    let card = card(&mut buyer.random);
    buyer.market.remember(&card);
    let amount = format!("{}.{:02}", buyer.random.u32(1..500), buyer.random.u32(..100));
    json!({
        "money": { "amount": amount, "currency": "GBP" },
        "card": { "number": card, "expiry": "1130", "cvv": format!("{:03}", buyer.random.u32(..1_000)) },
        "customer": { "name": "Luke Skywalker", "postcode": "AN1 1AA" },
    })
}

/// Sixteen digits that pass the Luhn check.
pub fn card(random: &mut fastrand::Rng) -> String {
    let start = format!("4{:014}", random.u64(..100_000_000_000_000));
    let doubled = |(place, digit): (usize, u32)| match place % 2 {
        0 if digit > 4 => digit * 2 - 9,
        0 => digit * 2,
        _ => digit,
    };
    let sum: u32 = start.chars().filter_map(|digit| digit.to_digit(10)).enumerate().map(doubled).sum();
    format!("{start}{}", (10 - sum % 10) % 10)
}
