//! Shoppers: they buy on the payment page, fail, cancel, try again, click twice, and sometimes never return.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use reqwest::header::LOCATION;

use crate::buyers::{Market, card};

/// Time that a shopper goes on.
const PATIENCE: Duration = Duration::from_secs(90);

/// The shopper's knowledge at the end.
#[derive(Clone, Debug)]
pub struct Visit {
    pub key: String,
    pub end: Farewell,
    /// The last order that the shopper saw.
    pub order: Option<String>,
    /// Number of times that the shop was down.
    pub cut_off: usize,
}

/// The end of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// The shop's page said thank you.
    Thanked,
    /// The same, and then the back office was asked for a refund.
    BackOffice,
    /// The shopper cancelled on the payment page.
    Cancelled,
    /// The shopper paid, and never returned.
    PaidAndGone,
    /// The shopper never paid, and never returned.
    Gone,
    /// The shopper gave up.
    Tired,
}

/// A response to a browser.
#[derive(Debug)]
struct Page {
    status: u16,
    location: Option<String>,
    body: String,
}

struct Shopper {
    market: Arc<Market>,
    random: fastrand::Rng,
    client: reqwest::Client,
    cut_off: usize,
    began: Instant,
    /// Payment pages in other windows.
    left_open: Vec<String>,
}

/// Runs one shopper after the other, until there are enough.
pub async fn queue(market: Arc<Market>, random: fastrand::Rng) {
    let redirects = reqwest::redirect::Policy::none();
    let client =
        reqwest::Client::builder().no_proxy().redirect(redirects).timeout(Duration::from_secs(10)).build();
    let mut shopper = Shopper {
        market,
        random,
        client: client.unwrap_or_default(),
        cut_off: 0,
        began: Instant::now(),
        left_open: Vec::new(),
    };
    loop {
        let number = shopper.market.entered.fetch_add(1, Ordering::Relaxed);
        if number >= shopper.market.visits {
            break;
        }
        shopper.visit(format!("click-{number}")).await;
    }
}

impl Shopper {
    async fn visit(&mut self, key: String) {
        (self.cut_off, self.began) = (0, Instant::now());
        self.left_open.clear();
        let (end, order) = self.shop(&key).await.unwrap_or((Farewell::Tired, None));
        let visit = Visit { key, end, order, cut_off: self.cut_off };
        self.market.visits_made.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(visit);
    }

    /// Buys an item. `None` if the shopper gave up.
    async fn shop(&mut self, key: &str) -> Option<(Farewell, Option<String>)> {
        let way = if self.random.u32(..10) < 3 { "link" } else { "page" };
        let item = ["notebook", "fountain-pen", "ink"][self.random.usize(..3)];
        let form = format!("key={key}&item={item}&way={way}");
        let mut page = self.post_to_shop("/buy", &form).await?;
        loop {
            // Either the payment page, or the order's, with the next step.
            let mut order = None;
            let payment_page = match page.location.as_deref() {
                Some(location) if location.contains("/payment?ref=") => location.to_owned(),
                Some(location) => {
                    order = location.split("/order/").nth(1).map(str::to_owned);
                    let number = order.clone()?;
                    let shown = self.get_from_shop(&format!("/order/{number}")).await?;
                    if shown.body.contains("Thank you") || shown.body.contains("Refunded") {
                        return self.after(number).await;
                    }
                    if let Some(link) = payment_link(&shown.body) {
                        link
                    } else if shown.body.contains("/again\"") {
                        page = self.post_to_shop(&format!("/order/{number}/again"), "").await?;
                        continue;
                    } else {
                        self.wait(50..300).await?;
                        continue;
                    }
                }
                None => return None,
            };
            match self.pay(&payment_page).await? {
                Paid::Back(url) => page = self.get_from_shop(&url).await?,
                Paid::Gone(end, number) => return Some((end, number.or(order))),
                Paid::Again => self.wait(50..300).await?,
            }
        }
    }

    /// Actions of the back office for some paid orders.
    async fn after(&mut self, order: String) -> Option<(Farewell, Option<String>)> {
        self.pay_what_is_left_open().await?;
        let what = match self.random.u32(..100) {
            0..12 => "refund",
            12..20 => "cancel",
            _ => return Some((Farewell::Thanked, Some(order))),
        };
        let form = if what == "refund" { format!("key=refund-{order}&amount=") } else { String::new() };
        let answer = self.post_to_shop(&format!("/office/{order}/{what}"), &form).await?;
        // The request that was cut off may have done it already.
        let good = matches!(answer.status, 303 | 409);
        Some((if good { Farewell::BackOffice } else { Farewell::Tired }, Some(order)))
    }

    /// Actions of a shopper on the payment page.
    async fn pay(&mut self, page: &str) -> Option<Paid> {
        let shown = self.get(page).await?;
        let at_three_ds = shown.location.as_deref().is_some_and(|to| to.contains("form-post"));
        if at_three_ds {
            return self.authenticate(page).await;
        }
        let Some(token) = token(&shown.body) else { return self.closed(&shown).await };
        let (name, act) = match self.random.u32(..100) {
            0..50 => ("Luke Skywalker", "pay"),
            50..65 => ("Ben Kenobi", "pay"),
            65..80 => ("Han Solo", "pay"),
            80..84 => ("Darth Maul", "pay"),
            84..92 => ("Luke Skywalker", "cancel"),
            92..96 => return Some(Paid::Gone(Farewell::Gone, None)),
            _ => return Some(Paid::Again),
        };
        let sent = self.enter_card(page, &token, name, act).await?;
        if act == "cancel" {
            return Some(self.cancelled(page, sent.location));
        }
        self.onwards(page, &sent).await
    }

    /// Some change their mind after a cancel: they press the back button, or order again and leave the page open.
    fn cancelled(&mut self, page: &str, location: Option<String>) -> Paid {
        match (self.random.u32(..4), location) {
            (0, _) | (_, None) => Paid::Again,
            (1, Some(to)) => {
                self.left_open.push(page.to_owned());
                Paid::Back(to)
            }
            (_, Some(to)) => Paid::Gone(Farewell::Cancelled, order_number(&to)),
        }
    }

    /// Pays on the pages that were left open too.
    async fn pay_what_is_left_open(&mut self) -> Option<()> {
        for page in std::mem::take(&mut self.left_open) {
            if let Some(token) = token(&self.get(&page).await?.body) {
                self.enter_card(&page, &token, "Luke Skywalker", "pay").await?;
            }
        }
        Some(())
    }

    /// Fills in the form of the payment page, with a unique card.
    async fn enter_card(&mut self, page: &str, token: &str, name: &str, act: &str) -> Option<Page> {
        let number = card(&mut self.random);
        self.market.remember(&number);
        let name = name.replace(' ', "+");
        let form = format!("token={token}&name={name}&number={number}&expiry=11%2F30&cvc=123&do={act}");
        self.post(page, &form).await
    }

    /// The shopper's response to the bank.
    async fn authenticate(&mut self, page: &str) -> Option<Paid> {
        let bank = page.replace("/payment?", "/payment/form-post?");
        let shown = self.get(&bank).await?;
        let (Some(token), Some(payment)) = (token(&shown.body), hidden(&shown.body, "payment")) else {
            return Some(Paid::Again);
        };
        let act = match self.random.u32(..100) {
            0..45 => "passed",
            45..80 => "failed",
            80..90 => "unavailable",
            _ => return Some(Paid::Gone(Farewell::Gone, None)),
        };
        let sent = self.post(&bank, &format!("token={token}&payment={payment}&do={act}")).await?;
        self.onwards(page, &sent).await
    }

    /// The browser's way back to the shop, perhaps, and perhaps it never arrives.
    async fn onwards(&mut self, page: &str, sent: &Page) -> Option<Paid> {
        match sent.location.as_deref() {
            Some(to) if to.contains("/return?") && self.random.u32(..100) < 30 => {
                Some(Paid::Gone(Farewell::PaidAndGone, order_number(to)))
            }
            Some(to) if to.contains("/return?") => Some(Paid::Back(to.to_owned())),
            Some(to) if to.contains("form-post") => Box::pin(self.authenticate(page)).await,
            _ => Some(Paid::Again),
        }
    }

    /// A page that takes no card any more: its link leads back to the shop.
    async fn closed(&mut self, shown: &Page) -> Option<Paid> {
        let back = between(&shown.body, "href=\"", "\"", |href| href.contains("/return?"));
        self.wait(20..100).await?;
        Some(back.map_or(Paid::Again, |back| Paid::Back(back.replace("&amp;", "&"))))
    }

    /// Asks the shop until it responds, sometimes twice at the same time.
    async fn post_to_shop(&mut self, path: &str, form: &str) -> Option<Page> {
        let url = format!("http://{}{path}", self.market.service);
        loop {
            let answered = if self.random.u32(..100) < 10 {
                let (first, second) = tokio::join!(self.send(&url, Some(form)), self.send(&url, Some(form)));
                first.or(second)
            } else {
                self.send(&url, Some(form)).await
            };
            match answered {
                Some(page) if page.status < 500 => return Some(page),
                _ => self.shop_is_gone().await?,
            }
        }
    }

    async fn get_from_shop(&mut self, path: &str) -> Option<Page> {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("http://{}{path}", self.market.service)
        };
        loop {
            match self.send(&url, None).await {
                Some(page) if page.status < 500 => return Some(page),
                _ => self.shop_is_gone().await?,
            }
        }
    }

    async fn shop_is_gone(&mut self) -> Option<()> {
        self.cut_off += 1;
        self.wait(20..150).await
    }

    async fn get(&mut self, url: &str) -> Option<Page> {
        self.send(url, None).await
    }

    async fn post(&mut self, url: &str, form: &str) -> Option<Page> {
        self.send(url, Some(form)).await
    }

    async fn send(&self, url: &str, form: Option<&str>) -> Option<Page> {
        let request = match form {
            Some(form) => {
                let form_type = "application/x-www-form-urlencoded";
                self.client.post(url).header("Content-Type", form_type).body(form.to_owned())
            }
            None => self.client.get(url),
        };
        let answer = request.send().await.ok()?;
        let location = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
        Some(Page { status: answer.status().as_u16(), location, body: answer.text().await.ok()? })
    }

    async fn wait(&mut self, millis: std::ops::Range<u64>) -> Option<()> {
        tokio::time::sleep(Duration::from_millis(self.random.u64(millis))).await;
        (self.began.elapsed() < PATIENCE).then_some(())
    }
}

/// The result of a visit to the payment page.
enum Paid {
    /// The browser goes back to the shop.
    Back(String),
    /// The browser is shut.
    Gone(Farewell, Option<String>),
    /// No result yet.
    Again,
}

fn token(body: &str) -> Option<String> {
    hidden(body, "token")
}

/// The value of a hidden field of a form.
fn hidden(body: &str, field: &str) -> Option<String> {
    between(body, &format!("name=\"{field}\" value=\""), "\"", |_| true)
}

/// The order of a URL that leads back to the shop.
fn order_number(url: &str) -> Option<String> {
    Some(url.split("ordernumber=").nth(1)?.split('&').next()?.to_owned())
}

fn payment_link(body: &str) -> Option<String> {
    between(body, "href=\"", "\"", |href| href.contains("/payment?ref="))
}

/// The first suitable text between two others.
fn between(body: &str, before: &str, after: &str, good: impl Fn(&str) -> bool) -> Option<String> {
    let texts = body.split(before).skip(1).filter_map(|rest| rest.split(after).next());
    texts.into_iter().find(|text| good(text)).map(str::to_owned)
}
