//! What the dashboard's buttons do. Each ends at a page that can be loaded anew.

use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response};
use cashflows_codec::simulator::gateway::NotificationId;

use super::controls::STEPS;
use super::{FORMS, Server, refused};
use crate::Loopback;
use crate::faults::Fault;
use crate::form::Form;
use crate::html::see_other;

const DAY: u64 = 24 * 60 * 60;

/// The form, if it is from the dashboard.
async fn form(loopback: &Loopback, request: Request<Body>) -> Option<Form> {
    let (headers, form) = Form::read(request).await?;
    loopback.forms.allows(FORMS, form.get("token"), &headers).then_some(form)
}

fn done(what: &str) -> Response<Body> {
    see_other(&format!("/?did={what}"))
}

/// Lets the next request go wrong, or takes back what waits.
pub(super) async fn fault(State(loopback): Server, request: Request<Body>) -> Response<Body> {
    let Some(form) = form(&loopback, request).await else { return refused(&loopback) };
    if form.get("clear").is_some() {
        loopback.faults.clear();
        loopback.changed();
        return done("cleared");
    }
    let field = |name| form.get(name).unwrap_or_default();
    let Some(fault) = Fault::find(field("target"), field("fault")) else { return refused(&loopback) };
    let has_room = loopback.faults.add(fault, &mut loopback.acquirer());
    loopback.changed();
    done(if has_room { "fault" } else { "full" })
}

/// Moves the clock on.
pub(super) async fn clock(State(loopback): Server, request: Request<Body>) -> Response<Body> {
    let Some(form) = form(&loopback, request).await else { return refused(&loopback) };
    let step = STEPS.iter().find(|(id, ..)| form.get("by") == Some(*id));
    let Some((_, _, seconds)) = step else { return refused(&loopback) };
    let by = if *seconds == 0 { until_tomorrow(loopback.now()) } else { *seconds };
    loopback.advance(Duration::from_secs(by));
    done("clock")
}

/// Sends a webhook again.
pub(super) async fn resend(State(loopback): Server, request: Request<Body>) -> Response<Body> {
    let Some(form) = form(&loopback, request).await else { return refused(&loopback) };
    let Some(number) = form.get("resend").and_then(|number| number.parse().ok()) else {
        return refused(&loopback);
    };
    let mut acquirer = loopback.acquirer();
    acquirer.resend_notification(loopback.now(), NotificationId::new(number));
    drop(acquirer);
    loopback.webhooks.notify_one();
    loopback.changed();
    see_other("/dashboard/webhooks?did=resent")
}

/// Unlocks the account of the gateway, as the acquirer's support does.
pub(super) async fn unlock(State(loopback): Server, request: Request<Body>) -> Response<Body> {
    if form(&loopback, request).await.is_none() {
        return refused(&loopback);
    }
    loopback.acquirer().unlock();
    loopback.changed();
    done("unlocked")
}

/// How long it is until a minute after midnight, in UTC.
fn until_tomorrow(now: SystemTime) -> u64 {
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    DAY - seconds % DAY + 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_begins_after_midnight() {
        for seconds in [0, 1, DAY - 1, DAY, 20_000 * DAY + 7] {
            let moved = seconds + until_tomorrow(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
            assert_eq!((moved / DAY, moved % DAY), (seconds / DAY + 1, 60));
        }
    }
}
