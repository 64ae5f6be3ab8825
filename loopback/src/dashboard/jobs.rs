//! The gateway's jobs, and one of them.

use std::sync::Arc;
use std::time::SystemTime;

use cashflows_codec::gateway::response::{Job, Payment};
use cashflows_codec::gateway::{JobMeaning, JobReference, Known, PaymentMeaning, PaymentStatus};
use cashflows_codec::simulator::Acquirer;
use cashflows_codec::simulator::gateway::NotificationEntry;
use cashflows_codec::value::MaskedText;
use maud::{Markup, html};

use super::ledger::link;
use super::paging::Paging;
use super::words::badge;
use super::{exchanges, webhooks};
use crate::Loopback;
use crate::exchange::{About, Exchange, masked_url};

/// Some jobs, the newest first, and where they stand among all.
pub(super) struct Part {
    jobs: Vec<(Job, Known)>,
    paging: Paging,
}

impl Part {
    pub(super) fn of(loopback: &Loopback, until: Option<usize>) -> Self {
        let mut acquirer = loopback.acquirer();
        let all = acquirer.jobs().len();
        let paging = Paging::new(all, until);
        let references = acquirer.jobs_at(paging.places.clone()).rev();
        let now = loopback.now();
        let jobs = references.filter_map(|job| with_what_is_known(&mut acquirer, now, job)).collect();
        Self { jobs, paging }
    }

    pub(super) fn page(&self) -> Markup {
        html! {
            h1.visually-hidden { "Jobs" }
            section.card {
                h2 id="jobs-title" { "Payment jobs of the gateway" }
                @if self.jobs.is_empty() {
                    p { "There is none yet: " code { "POST /api/gateway/payment-jobs" } " makes one." }
                } @else {
                    (table(&self.jobs, &self.paging.caption()))
                    (self.paging.links("/dashboard/jobs", "Pages of the jobs"))
                }
            }
        }
    }

    /// The first few, for the front page.
    pub(super) fn few(&self, most: usize) -> Markup {
        html! {
            @if !self.jobs.is_empty() {
                section.card {
                    div.head {
                        h2 id="jobs-title" { "Newest jobs of the gateway" }
                        a href="/dashboard/jobs" { "All jobs" }
                    }
                    (table(self.jobs.get(..most).unwrap_or(&self.jobs), "The newest first"))
                }
            }
        }
    }
}

/// A job, with what the acquirer knows of it and its answer does not say.
fn with_what_is_known(acquirer: &mut Acquirer, now: SystemTime, job: JobReference) -> Option<(Job, Known)> {
    let found = acquirer.job(now, job)?;
    let known = Known::new().at(now);
    Some((found, if acquirer.job_has_ended(job) { known.with_job_cancelled() } else { known }))
}

fn table(jobs: &[(Job, Known)], caption: &str) -> Markup {
    html! {
        div.scroll role="region" aria-labelledby="jobs-title" tabindex="0" {
            table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { "Job" }
                    th scope="col" { "Made (UTC)" }
                    th scope="col" { "Order" }
                    th.amount scope="col" { "Amount" }
                    th scope="col" { "Status" }
                    th scope="col" { "The money" }
                    th scope="col" { "Payments" }
                } }
                tbody { @for (job, known) in jobs { (row(job, known)) } }
            }
        }
    }
}

fn row(job: &Job, known: &Known) -> Markup {
    let transactions = job.payments.iter().filter_map(|payment| payment.attributes.transaction_id());
    let transactions: Vec<_> = transactions.collect();
    html! {
        tr {
            th scope="row" { (job_link(job.reference)) }
            td { @if let Some(created) = &job.created { (when(created.as_str())) } }
            td { @if let Some(number) = order_number(job) { (number) } }
            td.amount { (amount(job)) }
            td { (status(&job.payment_status)) }
            td { (badge(money(job.meaning_with(known)))) }
            td {
                @if transactions.is_empty() { (job.payments.len()) }
                @for id in &transactions { (link(id.as_str())) " " }
            }
        }
    }
}

pub(super) fn job_link(job: JobReference) -> Markup {
    html! { a.code href={ "/dashboard/jobs/" (job) } { (job) } }
}

fn order_number(job: &Job) -> Option<String> {
    Some(MaskedText::reference(job.order.as_ref()?.number()?).to_string())
}

fn amount(job: &Job) -> Markup {
    let currency = job.currency.as_ref().map(|currency| currency.as_str());
    html! { @if let Some(amount) = job.amount_to_collect { (amount) " " (currency.unwrap_or_default()) } }
}

/// A time of the gateway's, without the parts of a second.
fn when(text: &str) -> Markup {
    let short = text.split('.').next().unwrap_or(text).replace('T', " ");
    html! { time datetime=(text) { (short.trim_end_matches('Z')) } }
}

fn status(status: &PaymentStatus) -> Markup {
    let class = match status.meaning() {
        PaymentMeaning::Taken | PaymentMeaning::Verified => "good",
        PaymentMeaning::Reserved | PaymentMeaning::Open => "wait",
        PaymentMeaning::NotTaken => "bad",
        PaymentMeaning::Unknown => "plain",
    };
    badge((class, status.as_str()))
}

/// What is known about the money of a job.
const fn money(meaning: JobMeaning) -> (&'static str, &'static str) {
    match meaning {
        JobMeaning::Taken => ("good", "taken"),
        JobMeaning::PartlyTaken => ("wait", "taken in part"),
        JobMeaning::GivenBack => ("bad", "given back"),
        JobMeaning::PaidOut => ("plain", "paid out"),
        JobMeaning::Reserved => ("wait", "reserved"),
        JobMeaning::Verified => ("good", "card is good"),
        JobMeaning::Open => ("wait", "open"),
        JobMeaning::NotTaken => ("bad", "not taken"),
        JobMeaning::Unknown => ("plain", "unknown"),
    }
}

/// One job with all that belongs to it.
pub(super) struct View {
    now: SystemTime,
    job: Job,
    known: Known,
    notifications: Vec<NotificationEntry>,
    exchanges: Vec<Arc<Exchange>>,
}

impl View {
    pub(super) fn of(loopback: &Loopback, reference: JobReference) -> Option<Self> {
        let mut acquirer = loopback.acquirer();
        let now = loopback.now();
        let (job, known) = with_what_is_known(&mut acquirer, now, reference)?;
        let notifications = acquirer.notifications_of(reference).cloned().collect();
        drop(acquirer);
        let mut about = vec![About::Job(reference.to_string().into())];
        about.extend(order_number(&job).map(|number| About::Reference(number.into())));
        let exchanges = loopback.log.about(&about);
        Some(Self { now, job, known, notifications, exchanges })
    }

    pub(super) fn page(&self, token: &str) -> Markup {
        let job = &self.job;
        html! {
            p.back { a href="/dashboard/jobs" { "← Jobs" } }
            section.card aria-labelledby="title" {
                h1 id="title" { "Job " span.code { (job.reference) } }
                dl.facts {
                    @if let Some(number) = order_number(job) { div { dt { "Order" } dd { (number) } } }
                    div { dt { "Amount" } dd { (amount(job)) } }
                    div { dt { "Status of the job" } dd { (status(&job.payment_status)) } }
                    div { dt { "What is known of the money" } dd { (badge(money(job.meaning_with(&self.known)))) } }
                    @if let Some(created) = &job.created { div { dt { "Made" } dd { (when(created.as_str())) } } }
                    @if let Some(expires) = &job.expires { div { dt { "Expires" } dd { (when(expires.as_str())) } } }
                    @if let Some(url) = job.attributes.webhook_url() {
                        div { dt { "Webhook" } dd { (masked_url(url)) } }
                    }
                }
            }
            section.card {
                h2 id="payments-title" { "Payments" }
                div.scroll role="region" aria-labelledby="payments-title" tabindex="0" { (payments(&job.payments)) }
            }
            @if !self.notifications.is_empty() {
                section.card {
                    h2 id="webhooks-title" { "Webhooks" }
                    (webhooks::table(self.notifications.iter().rev(), "The newest first", self.now, token))
                }
            }
            section.card aria-labelledby="exchanges-title" {
                h2 id="exchanges-title" { "Requests and replies" }
                @if self.exchanges.is_empty() {
                    p { "None is kept: only the newest are, and of many in a second not all." }
                }
                @for exchange in &self.exchanges { (exchanges::whole(exchange, 3)) }
            }
        }
    }
}

fn payments(payments: &[Payment]) -> Markup {
    html! {
        table {
            caption { "In the order in which they were made" }
            thead { tr {
                th scope="col" { "Payment" }
                th scope="col" { "Made (UTC)" }
                th scope="col" { "Status" }
                th scope="col" { "Transaction" }
                th scope="col" { "Captures" }
                th scope="col" { "Refunds" }
            } }
            tbody {
                @for payment in payments {
                    tr {
                        th.code scope="row" { (payment.reference) }
                        td { @if let Some(created) = &payment.created { (when(created.as_str())) } }
                        td { (status(&payment.status)) }
                        td {
                            @if let Some(id) = payment.attributes.transaction_id() { (link(id.as_str())) }
                            @if let Some(id) = payment.attributes.void_transaction_id() {
                                " voided by " (link(id.as_str()))
                            }
                        }
                        td {
                            @for capture in &payment.captures {
                                div {
                                    @if let Some(amount) = capture.amount { (amount) " " }
                                    (capture.status.as_str())
                                }
                            }
                        }
                        td {
                            @for refund in &payment.refunds {
                                div {
                                    @if let Some(amount) = refund.amount { (amount) " " }
                                    (refund.status.as_str())
                                    @if let Some(number) = &refund.number { " (" (MaskedText::reference(number)) ")" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
