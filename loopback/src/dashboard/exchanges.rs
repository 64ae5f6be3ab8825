//! Requests and replies, masked.

use std::time::SystemTime;

use cashflows_codec::simulator::Entry;
use maud::{Markup, html};

use super::ledger::{Row, table};
use super::words::count;
use crate::Loopback;
use crate::exchange::{About, Exchange, Reply};
use crate::html::{short_time, time};

/// How many are listed.
const LISTED: usize = 100;

/// How many transactions are shown with one.
const RELATED: usize = 20;

pub(super) fn list(loopback: &Loopback, now: SystemTime) -> Markup {
    let newest = loopback.log.newest(LISTED);
    let passed_over = loopback.log.passed_over();
    html! {
        h1.visually-hidden { "Requests" }
        section.card {
            h2 id="requests-title" { "Requests and replies" }
            p.note {
                "Masked before they are kept. "
                @if passed_over > 0 {
                    (count(usize::try_from(passed_over).unwrap_or(usize::MAX)))
                    " more came too fast to be described."
                }
            }
            @if newest.is_empty() { p { "Nothing was asked yet." } } @else {
                div.scroll role="region" aria-labelledby="requests-title" tabindex="0" {
                    table {
                        caption { "The newest first" }
                        thead { tr {
                            th scope="col" { "Number" }
                            th scope="col" { "Time (UTC)" }
                            th scope="col" { "Where" }
                            th scope="col" { "What" }
                            th scope="col" { "Status" }
                            th scope="col" { "What the caller knows" }
                            th scope="col" { "Gone wrong by button" }
                        } }
                        tbody { @for exchange in &newest { (row(exchange, now)) } }
                    }
                }
            }
        }
    }
}

fn row(exchange: &Exchange, now: SystemTime) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href={ "/dashboard/requests/" (exchange.number) } { "№ " (exchange.number) }
            }
            td { (short_time(exchange.at, now)) }
            td { (exchange.door.as_str()) }
            td.long { (exchange.title) }
            td { (status(exchange)) }
            td.long { (exchange.meaning) }
            td { @if let Some(fault) = exchange.fault { span.badge.bad { (fault) } } }
        }
    }
}

fn status(exchange: &Exchange) -> Markup {
    html! { @match exchange.reply { Reply::Response(status, _) => (status), Reply::Silence => "silence" } }
}

/// The page of one, with what stands in the ledger whatever the caller was told.
pub(super) fn one(loopback: &Loopback, exchange: &Exchange, now: SystemTime) -> Markup {
    let rows = in_the_ledger(loopback, exchange, now);
    html! {
        p.back { a href="/dashboard/requests" { "← Requests" } }
        section.card { h1 { "Request № " (exchange.number) } (whole(exchange, 2)) }
        @if !rows.is_empty() {
            section.card {
                h2 id="ledger-title" { "What stands in the ledger about it" }
                div.scroll role="region" aria-labelledby="ledger-title" tabindex="0" {
                    (table(&rows, "By its reference and its transactions, as they are now", now))
                }
            }
        }
    }
}

/// The transactions that an exchange is about, each once.
fn in_the_ledger(loopback: &Loopback, exchange: &Exchange, now: SystemTime) -> Vec<Row> {
    let mut acquirer = loopback.acquirer();
    let ledger = acquirer.ledger();
    let mut entries: Vec<Entry> = Vec::new();
    for about in &exchange.about {
        let found: Vec<&Entry> = match about {
            About::Transaction(id) => id.parse().ok().and_then(|id| ledger.get(&id)).into_iter().collect(),
            About::Reference(reference) => ledger.with_reference(reference).take(RELATED).collect(),
            About::Job(_) => Vec::new(),
        };
        for entry in found {
            if entries.len() < RELATED && entries.iter().all(|known| known.id() != entry.id()) {
                entries.push(entry.clone());
            }
        }
    }
    entries.into_iter().map(|entry| Row::of(&mut acquirer, now, entry)).collect()
}

/// All of it, under a heading of this level.
pub(super) fn whole(exchange: &Exchange, level: u8) -> Markup {
    let heading = html! { (exchange.door.as_str()) ": " (exchange.title) };
    html! {
        article.exchange {
            @if level == 2 { h2 { (heading) } } @else { h3 { (heading) } }
            p.note {
                (time(exchange.at))
                @if let Some(fault) = exchange.fault { " " span.badge.bad { "by button: " (fault) } }
            }
            div.both {
                div {
                    (small(level, "Request"))
                    @if exchange.request.is_empty() { p { "without a body" } }
                    @else { pre tabindex="0" aria-label="Request, masked" { (exchange.request) } }
                }
                div {
                    (small(level, "Reply"))
                    @match &exchange.reply {
                        Reply::Silence => p { "None: not a byte." },
                        Reply::Response(status, body) => {
                            p { "Status " (status) }
                            @if !body.is_empty() { pre tabindex="0" aria-label="Reply, masked" { (body) } }
                        }
                    }
                }
            }
            @if !exchange.passed_over.is_empty() {
                (small(level, "Passed over in the request"))
                ul { @for passed in &exchange.passed_over { li { (passed) } } }
            }
            @if !exchange.meaning.is_empty() {
                p { strong { "What the caller knows: " } (exchange.meaning) }
            }
            (about(exchange))
        }
    }
}

/// A heading of the level below.
fn small(level: u8, text: &str) -> Markup {
    html! { @if level == 2 { h3.small { (text) } } @else { h4.small { (text) } } }
}

/// The ways to what it is about.
fn about(exchange: &Exchange) -> Markup {
    let mut ways: Vec<Markup> = Vec::new();
    for about in exchange.about.iter().take(10) {
        ways.push(match about {
            About::Transaction(id) => html! { a.code href={ "/dashboard/transactions/" (id) } { (id) } },
            About::Job(job) => html! { a.code href={ "/dashboard/jobs/" (job) } { "job " (job) } },
            About::Reference(_) => continue,
        });
    }
    html! { @if !ways.is_empty() { p.ways { "See: " @for way in &ways { (way) " " } } } }
}
