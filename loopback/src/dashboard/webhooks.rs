//! Webhooks: those that are due, those that were delivered, and a button that sends one again.

use std::time::SystemTime;

use cashflows_codec::simulator::gateway::{NotificationEntry, NotificationState};
use maud::{Markup, html};

use super::jobs::job_link;
use super::paging::Paging;
use super::words::{badge, duration};
use crate::Loopback;
use crate::exchange::masked_url;
use crate::html::{short_time, time};

/// Some notifications, and where they stand among all.
pub(super) struct Part {
    now: SystemTime,
    entries: Vec<NotificationEntry>,
    next: Option<SystemTime>,
    paging: Paging,
}

impl Part {
    pub(super) fn of(loopback: &Loopback, until: Option<usize>) -> Self {
        let acquirer = loopback.acquirer();
        let all = acquirer.notifications();
        let paging = Paging::new(all.len(), until);
        let entries = all.get(paging.places.clone()).unwrap_or_default().to_vec();
        Self { now: loopback.now(), entries, next: acquirer.next_notification(), paging }
    }

    pub(super) fn page(&self, token: &str) -> Markup {
        html! {
            h1.visually-hidden { "Webhooks" }
            section.card {
                h2 id="webhooks-title" { "Webhooks" }
                p.note {
                    "One that is not answered with 200 and both references comes again: every minute for an hour, \
                     every day for a week, every week for a month. "
                    @if let Some(next) = self.next { "The next is due at " (time(next)) "." }
                }
                @if self.entries.is_empty() {
                    p {
                        "There is none yet. They go to the job's " code { "WebhookUrl" } ", or to that of "
                        code { "--webhook" } "."
                    }
                } @else {
                    (table(self.entries.iter().rev(), &self.paging.caption(), self.now, token))
                    (self.paging.links("/dashboard/webhooks", "Pages of the webhooks"))
                }
            }
        }
    }

    /// The first few, for the front page.
    pub(super) fn few(&self, most: usize, token: &str) -> Markup {
        html! {
            @if !self.entries.is_empty() {
                section.card {
                    div.head {
                        h2 id="webhooks-title" { "Newest webhooks" }
                        a href="/dashboard/webhooks" { "All webhooks" }
                    }
                    (table(self.entries.iter().rev().take(most), "The newest first", self.now, token))
                }
            }
        }
    }
}

pub(super) fn table<'e>(
    entries: impl Iterator<Item = &'e NotificationEntry>,
    caption: &str,
    now: SystemTime,
    token: &str,
) -> Markup {
    html! {
        div.scroll role="region" aria-labelledby="webhooks-title" tabindex="0" {
            table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { "Number" }
                    th scope="col" { "Made (UTC)" }
                    th scope="col" { "Job" }
                    th scope="col" { "To" }
                    th scope="col" { "State" }
                    th scope="col" { "Attempts" }
                    th scope="col" { span.visually-hidden { "Send again" } }
                } }
                tbody { @for entry in entries { (row(entry, now, token)) } }
            }
        }
    }
}

fn row(entry: &NotificationEntry, now: SystemTime, token: &str) -> Markup {
    let number = entry.id().get();
    html! {
        tr {
            th scope="row" { "№ " (number) }
            td { (short_time(entry.made(), now)) }
            td { (job_link(entry.job())) }
            td.url { (masked_url(entry.url())) }
            td { (state(entry.state(), now)) }
            td { (entry.attempts()) (answered(entry)) }
            td {
                form method="post" action="/dashboard/webhooks" {
                    input type="hidden" name="token" value=(token);
                    button.quiet type="submit" name="resend" value=(number) id={ "resend-" (number) }
                        aria-label={ "Send again: webhook " (number) } { "Send again" }
                }
            }
        }
    }
}

/// What the last attempt came to.
fn answered(entry: &NotificationEntry) -> Markup {
    html! {
        @if let Some(status) = entry.last_answer() { ", the last: " (status) }
        @else if entry.attempts() > 0 { ", no answer" }
    }
}

fn state(state: NotificationState, now: SystemTime) -> Markup {
    match state {
        NotificationState::Acknowledged(_) => badge(("good", "acknowledged")),
        NotificationState::Waiting(due) => {
            let left = due.duration_since(now).unwrap_or_default();
            if left.is_zero() {
                badge(("wait", "due"))
            } else {
                html! { (badge(("wait", "waits"))) " " span.label { "due in " (duration(left)) } }
            }
        }
        NotificationState::GivenUp => badge(("bad", "given up")),
    }
}
