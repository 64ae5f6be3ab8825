//! What every page of the dashboard has around it.

use std::time::SystemTime;

use maud::{Markup, html};

use super::FORMS;
use super::words::duration;
use crate::Loopback;
use crate::html::{document, time};

/// Where a page is among the others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Ledger,
    Jobs,
    Webhooks,
    Requests,
    Other,
    Nowhere,
}

const PLACES: [(Place, &str, &str); 5] = [
    (Place::Ledger, "/", "Ledger"),
    (Place::Jobs, "/dashboard/jobs", "Jobs"),
    (Place::Webhooks, "/dashboard/webhooks", "Webhooks"),
    (Place::Requests, "/dashboard/requests", "Requests"),
    (Place::Other, "/dashboard/other", "Other provider"),
];

/// What a button has done, when the page comes back.
const DONE: [(&str, &str); 6] = [
    ("fault", "The next such request will go wrong as you said."),
    ("full", "So many faults are waiting already: let some happen first, or take them back."),
    ("cleared", "No fault is waiting any more."),
    ("clock", "The clock was moved on."),
    ("resent", "The webhook is being sent again."),
    ("unlocked", "The account is unlocked."),
];

pub(super) struct Frame<'a> {
    loopback: &'a Loopback,
    place: Place,
    title: &'a str,
    notice: Option<&'static str>,
    locked: bool,
    pub(super) now: SystemTime,
}

impl<'a> Frame<'a> {
    pub(super) fn new(loopback: &'a Loopback, place: Place, title: &'a str, done: Option<&str>) -> Self {
        let notice = done.and_then(|done| DONE.iter().find(|(id, _)| *id == done)).map(|(_, text)| *text);
        let locked = loopback.acquirer().is_locked();
        Self { loopback, place, title, notice, locked, now: loopback.now() }
    }

    /// The page. The script keeps up to date what has an id and `data-live`.
    pub(super) fn page(&self, content: Markup) -> Markup {
        let title = format!("{} – loopback acquirer", self.title);
        document(
            &title,
            "dashboard",
            true,
            html! {
                header.bar {
                    a.brand href="/" { span.mark aria-hidden="true" { "↺" } "Loopback acquirer" }
                    nav aria-label="Dashboard" {
                        ul {
                            @for (place, href, name) in PLACES.into_iter().filter(|(place, ..)| self.has(*place)) {
                                li { a href=(href) aria-current=[(place == self.place).then_some("page")] { (name) } }
                            }
                        }
                    }
                    (self.clock())
                }
                main id="main" tabindex="-1" {
                    @if let Some(notice) = self.notice { p.notice role="status" { (notice) } }
                    @if self.locked { (self.lock()) }
                (content)
                }
                footer {
                    p {
                        "A simulated acquirer: no card is charged and no money moves. "
                        button.quiet type="button" id="pause" aria-pressed="false" hidden { "Pause updates" }
                    }
                    p.visually-hidden id="news" role="status" aria-live="polite" {}
                }
            },
        )
    }

    /// Whether there is such a place.
    fn has(&self, place: Place) -> bool {
        place != Place::Other || self.loopback.provider.is_some()
    }

    /// What is to be said while the account is locked, and the button that ends it.
    fn lock(&self) -> Markup {
        html! {
            section.card.alarm aria-labelledby="lock-title" {
                h2 id="lock-title" { "The gateway's account is locked" }
                p { "Calls with a wrong signature came again and again. Until it is unlocked, all are refused." }
                form method="post" action="/dashboard/lock" {
                    input type="hidden" name="token" value=(self.loopback.forms.token(FORMS));
                    button type="submit" { "Unlock it" }
                }
            }
        }
    }

    fn clock(&self) -> Markup {
        let ahead = self.loopback.clock.ahead();
        html! {
            p.clock-now id="clock" data-live {
                span.label { "Its clock (UTC)" } " "
                (time(self.now))
                @if !ahead.is_zero() { " " span.ahead { "moved on by " (duration(ahead)) } }
            }
        }
    }
}
