//! What every page of the dashboard has around it.

use std::time::SystemTime;

use maud::{Markup, html};

use super::words::duration;
use crate::Loopback;
use crate::html::{document, time};

/// Where a page is among the others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Ledger,
    Requests,
    Nowhere,
}

const PLACES: [(Place, &str, &str); 2] =
    [(Place::Ledger, "/", "Ledger"), (Place::Requests, "/dashboard/requests", "Requests")];

/// What a button has done, when the page comes back.
const DONE: [(&str, &str); 4] = [
    ("fault", "The next such request will go wrong as you said."),
    ("full", "So many faults are waiting already: let some happen first, or take them back."),
    ("cleared", "No fault is waiting any more."),
    ("clock", "The clock was moved on."),
];

pub(super) struct Frame<'a> {
    loopback: &'a Loopback,
    place: Place,
    title: &'a str,
    notice: Option<&'static str>,
    pub(super) now: SystemTime,
}

impl<'a> Frame<'a> {
    pub(super) fn new(loopback: &'a Loopback, place: Place, title: &'a str, done: Option<&str>) -> Self {
        let notice = done.and_then(|done| DONE.iter().find(|(id, _)| *id == done)).map(|(_, text)| *text);
        Self { loopback, place, title, notice, now: loopback.now() }
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
                            @for (place, href, name) in PLACES {
                                li { a href=(href) aria-current=[(place == self.place).then_some("page")] { (name) } }
                            }
                        }
                    }
                    (self.clock())
                }
                main id="main" tabindex="-1" {
                    @if let Some(notice) = self.notice { p.notice role="status" { (notice) } }
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
