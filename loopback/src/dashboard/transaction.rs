//! The page of one transaction: what it is, and what happened to it.

use std::sync::Arc;
use std::time::SystemTime;

use cashflows_codec::gateway::JobReference;
use cashflows_codec::simulator::Entry;
use cashflows_codec::value::{Amount, Checks, TransactionId};
use maud::{Markup, html};

use super::exchanges;
use super::jobs::job_link;
use super::ledger::{Row, link, table};
use super::words::{badge, outcome, reference, state};
use crate::Loopback;
use crate::exchange::{About, Exchange};
use crate::html::time;

/// How many transactions with the same reference are shown, and how many voids and refunds.
const RELATED: usize = 50;

pub(super) struct View {
    now: SystemTime,
    entry: Entry,
    related: Vec<Row>,
    job: Option<JobReference>,
    exchanges: Vec<Arc<Exchange>>,
}

impl View {
    pub(super) fn of(loopback: &Loopback, now: SystemTime, id: &TransactionId) -> Option<Self> {
        let mut acquirer = loopback.acquirer();
        let ledger = acquirer.ledger();
        let entry = ledger.get(id)?.clone();
        let mut related: Vec<Entry> =
            entry.original().and_then(|id| ledger.get(id)).cloned().into_iter().collect();
        if let Some(reference) = entry.reference() {
            let same = ledger.with_reference(reference).filter(|other| other.id() != id);
            related.extend(same.take(RELATED).cloned());
        }
        related.extend(ledger.reversals(id).take(RELATED).cloned());
        let related = related.into_iter().map(|entry| Row::of(&mut acquirer, now, entry)).collect();
        let job = acquirer.payment_of(id).map(|(job, _)| job);
        drop(acquirer);
        let mut about = vec![About::Transaction(id.as_str().into())];
        about.extend(job.map(|job| About::Job(job.to_string().into())));
        about.extend(reference(&entry).map(|reference| About::Reference(reference.into())));
        let exchanges = loopback.log.about(&about);
        Some(Self { now, entry, related, job, exchanges })
    }

    pub(super) const fn id(&self) -> &TransactionId {
        self.entry.id()
    }

    pub(super) fn page(&self) -> Markup {
        html! {
            p.back { a href="/" { "← Ledger" } }
            section.card aria-labelledby="title" {
                h1 id="title" { "Transaction " span.code { (self.id()) } }
                (self.facts())
            }
            (self.history())
            section.card aria-labelledby="exchanges-title" {
                h2 id="exchanges-title" { "Requests and replies" }
                @if self.exchanges.is_empty() {
                    p { "None is kept: only the newest are, and of many in a second not all." }
                }
                @for exchange in &self.exchanges { (exchanges::whole(exchange, 3)) }
            }
        }
    }

    fn facts(&self) -> Markup {
        let entry = &self.entry;
        let nothing = entry.refunded() == Amount::from_hundredths(0);
        html! {
            dl.facts {
                div { dt { "Operation" } dd { (entry.operation()) " (" (entry.class()) ")" } }
                @if let Some(job) = self.job { div { dt { "Job of the gateway" } dd { (job_link(job)) } } }
                @if let Some(reference) = reference(entry) { div { dt { "Reference" } dd { (reference) } } }
                @if let Some(original) = entry.original() {
                    div { dt { "Goes back to" } dd { (link(original.as_str())) } }
                }
                div { dt { "Amount" } dd { (entry.money()) } }
                @if !nothing { div { dt { "Refunded" } dd { (entry.refunded()) } } }
                div { dt { "State" } dd { (badge(state(entry.state(self.now)))) } }
                div { dt { "Outcome" } dd { (outcome(entry.decision())) } }
                @if let Some(card) = entry.card() { div { dt { "Card" } dd.code { (card) } } }
                div { dt { "Checks" } dd { (checks(entry.checks())) } }
                div { dt { "Finished" } dd { (time(entry.at())) } }
            }
        }
    }

    fn history(&self) -> Markup {
        html! {
            @if !self.related.is_empty() {
                section.card {
                    h2 id="history-title" { "What belongs to it" }
                    div.scroll role="region" aria-labelledby="history-title" tabindex="0" {
                        (table(&self.related, "Its original, others with its reference, its voids and refunds", self.now))
                    }
                }
            }
        }
    }
}

/// The three digits, and what they say.
fn checks(checks: Checks) -> Markup {
    let words = |word: &str| word.replace('_', " ");
    html! {
        span.code { (checks) } " security code " (words(checks.cvv().as_str())) ", address "
        (words(checks.address().as_str())) ", postcode " (words(checks.postcode().as_str()))
    }
}
