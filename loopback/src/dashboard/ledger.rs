//! The ledger: a hundred transactions at a time, the newest first.

use std::time::SystemTime;

use cashflows_codec::gateway::JobReference;
use cashflows_codec::simulator::{Acquirer, Entry, Ledger};
use cashflows_codec::value::{Currency, MaskedText};
use maud::{Markup, html};

use super::paging::Paging;
use super::words::{badge, count, hundredths, outcome, reference, state};
use crate::Loopback;
use crate::html::short_time;

/// A transaction, and the gateway's job that it was made for, with the order's number.
pub(super) struct Row {
    pub(super) entry: Entry,
    job: Option<(JobReference, Option<String>)>,
}

impl Row {
    pub(super) fn of(acquirer: &mut Acquirer, now: SystemTime, entry: Entry) -> Self {
        let job = acquirer.payment_of(entry.id()).map(|(job, _)| {
            let kept = acquirer.job(now, job);
            let number = kept.as_ref().and_then(|kept| kept.order.as_ref()?.number());
            (job, number.map(|number| MaskedText::reference(number).to_string()))
        });
        Self { entry, job }
    }
}

/// A part of the ledger, with what is said of the whole.
pub(super) struct Part {
    now: SystemTime,
    rows: Vec<Row>,
    paging: Paging,
    balances: Vec<(Currency, i128)>,
}

impl Part {
    /// The transactions before the place `until`, or the newest.
    pub(super) fn of(loopback: &Loopback, now: SystemTime, until: Option<usize>) -> Self {
        let mut acquirer = loopback.acquirer();
        let ledger = acquirer.ledger();
        let paging = Paging::new(ledger.entries().len(), until);
        let entries = ledger.entries().get(paging.places.clone()).unwrap_or_default().to_vec();
        let balances = balances(ledger, &entries);
        let rows = entries.into_iter().rev().map(|entry| Row::of(&mut acquirer, now, entry)).collect();
        Self { now, rows, paging, balances }
    }

    /// A few figures.
    pub(super) fn summary(&self) -> Markup {
        html! {
            h1.visually-hidden { "Ledger" }
            dl.figures {
                div { dt { "Transactions" } dd { (count(self.paging.all)) } }
                @for (currency, balance) in &self.balances {
                    div { dt { "Balance in " (currency) } dd { (hundredths(*balance)) } }
                }
            }
        }
    }

    pub(super) fn table(&self) -> Markup {
        html! {
            section.card {
                h2 id="ledger-title" { "Transactions" }
                @if self.rows.is_empty() { (nothing_yet()) } @else {
                    div.scroll.tall role="region" aria-labelledby="ledger-title" tabindex="0" {
                        (table(&self.rows, &self.paging.caption(), self.now))
                    }
                    (self.paging.links("/", "Pages of the ledger"))
                }
            }
        }
    }
}

/// The balances of the currencies that are on the page.
fn balances(ledger: &Ledger, entries: &[Entry]) -> Vec<(Currency, i128)> {
    let mut balances: Vec<(Currency, i128)> = Vec::new();
    for entry in entries.iter().rev() {
        let currency = entry.money().currency();
        if balances.iter().all(|(known, _)| *known != currency) {
            balances.push((currency, ledger.balance(currency)));
        }
    }
    balances
}

fn nothing_yet() -> Markup {
    html! {
        p { "Nothing has been paid yet. A payment appears here as soon as one of these is called:" }
        ul.doors {
            li { "Remote Auth: " code { "POST /gateway/remote_auth" } }
            li { "Batch release: " code { "POST /admin/remote_batch" } }
            li { "The gateway: " code { "POST /api/gateway/payment-jobs" } }
        }
        p { "The README of " code { "cashflows-loopback" } " has a command to copy for each." }
    }
}

/// Some transactions, with what the table says of itself.
pub(super) fn table(rows: &[Row], caption: &str, now: SystemTime) -> Markup {
    html! {
        table {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Transaction" }
                th scope="col" { "Time (UTC)" }
                th scope="col" { "Operation" }
                th scope="col" { "Reference" }
                th.amount scope="col" { "Amount" }
                th scope="col" { "State" }
                th scope="col" { "Outcome" }
                th scope="col" { "Card" }
            } }
            tbody { @for shown in rows { (row(shown, now)) } }
        }
    }
}

/// One transaction.
fn row(Row { entry, job }: &Row, now: SystemTime) -> Markup {
    html! {
        tr {
            th scope="row" { (link(entry.id().as_str())) }
            td { (short_time(entry.at(), now)) }
            td { (entry.operation()) }
            td.reference {
                @if let Some((job, number)) = job {
                    a href={ "/dashboard/jobs/" (job) } { (number.clone().unwrap_or_else(|| job.to_string())) }
                } @else if let Some(reference) = reference(entry) { (reference) }
                @if let Some(original) = entry.original() {
                    " " span.label { "of " } (link(original.as_str()))
                }
            }
            td.amount { (entry.money()) }
            td { (badge(state(entry.state(now)))) }
            td.long { (outcome(entry.decision())) }
            td.code { @if let Some(card) = entry.card() { (card) } }
        }
    }
}

/// A transaction's id, as the way to its page.
pub(super) fn link(id: &str) -> Markup {
    html! { a.code href={ "/dashboard/transactions/" (id) } { (id) } }
}
