//! The panel of buttons: faults, the clock.

use maud::{Markup, html};

use super::FORMS;
use crate::Loopback;
use crate::faults::{Fault, Target};

/// By how much the clock can be moved on.
pub(super) const STEPS: [(&str, &str, u64); 4] = [
    ("minute", "A minute", 60),
    ("hour", "An hour", 60 * 60),
    ("tomorrow", "To tomorrow", 0),
    ("week", "A week", 7 * 24 * 60 * 60),
];

pub(super) fn panel(loopback: &Loopback) -> Markup {
    let token = loopback.forms.token(FORMS);
    let faults = loopback.faults.list(loopback.acquirer().notifications().len());
    html! {
        aside.panel aria-label="Controls" {
            (clock(&token))
            section.card aria-labelledby="faults-title" {
                h2 id="faults-title" { "Break something" }
                div id="waiting" data-live { (waiting(&faults, &token)) }
                @for (place, target) in Target::ALL.into_iter().enumerate() { (choices(target, place == 0, &token)) }
            }
        }
    }
}

/// The faults that have been asked for and have not happened yet.
fn waiting(faults: &[Fault], token: &str) -> Markup {
    html! {
        @if faults.is_empty() {
            p.note { "Press a button, then let your program pay: what goes wrong is shown in the requests." }
        } @else {
            div.waiting {
                h3 { "Waiting for it" }
                ol { @for fault in faults { li { (fault.target.title()) ": " strong { (fault.choice.label) } } } }
                form method="post" action="/dashboard/faults" {
                    input type="hidden" name="token" value=(token);
                    button.quiet type="submit" name="clear" value="all" id="clear" { "Take them back" }
                }
            }
        }
    }
}

/// The buttons of a target, the first of them unfolded.
fn choices(target: Target, open: bool, token: &str) -> Markup {
    html! {
        details.choices open[open] {
            summary { (target.title()) }
            form method="post" action="/dashboard/faults" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="target" value=(target.id());
                ul {
                    @for choice in target.choices() {
                        @let what = format!("{}-{}", target.id(), choice.id);
                        li {
                            button type="submit" name="fault" value=(choice.id) aria-describedby=(what) { (choice.label) }
                            span.what id=(what) { (choice.what) }
                        }
                    }
                }
            }
        }
    }
}

fn clock(token: &str) -> Markup {
    html! {
        section.card aria-labelledby="clock-title" {
            h2 id="clock-title" { "Move the clock" }
            p.note { "A day ends at midnight UTC: what is pending is settled then. Webhooks that are due go out." }
            form.buttons method="post" action="/dashboard/clock" aria-labelledby="clock-title" {
                input type="hidden" name="token" value=(token);
                @for (id, label, _) in STEPS { button type="submit" name="by" value=(id) { (label) } }
            }
            p.note { "It cannot be set back." }
        }
    }
}
