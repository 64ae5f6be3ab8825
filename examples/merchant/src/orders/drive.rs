//! The task that drives an order.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::SystemTime;

use cashflows_codec::remote_auth::HttpResponseError;
use cashflows_codec::remote_auth::attempt::{self, AttemptMut, SendError, Sending, Step, TooLate};
use cashflows_codec::remote_auth::response::ResponseField;
use cashflows_codec::remote_auth::{Outcome, Request, Response, TransportFailure};
use cashflows_codec::value::TransactionId;
use tokio::sync::watch;

use super::{Orders, held};
use crate::store::{Attempted, Order, surely};
use crate::wanted::OrderId;

/// Most calls to an acquirer that cannot be reached, which take about ten seconds.
const MOST_CALLS: u8 = 4;

impl Orders {
    /// Takes the steps of the attempt until none is left.
    pub(super) async fn drive(self: Arc<Self>, id: OrderId, request: Request, sender: watch::Sender<Order>) {
        loop {
            match self.next(id).await {
                Some(Step::Wait { until }) => self.clock.sleep_until(until).await,
                // The task has the card.
                Some(Step::Send { retry_number, .. } | Step::AskForCard { retry_number, .. }) => {
                    let number = retry_number.map_or(0, |number| number.get());
                    if self.exchange(id, &request, number).await.is_break() {
                        break;
                    }
                }
                _ => break,
            }
        }
        let order = surely(|| self.store.by_id(id)).await;
        // In this order: a reader that finds no running task finds the order settled.
        if let Some(order) = order {
            sender.send_replace(order);
        }
        held(&self.running).remove(&id);
    }

    /// The next step of an order. A step that follows from the time alone is stored first.
    pub(crate) async fn next(&self, id: OrderId) -> Option<Step> {
        let now = self.clock.now();
        let (step, changed) = {
            let mut journal = held(&self.journal);
            let mut attempt = journal.get_mut(&id)?;
            let before = attempt.state();
            let step = attempt.step(now);
            (step, attempt.state() != before)
        };
        if changed {
            look_up(id, Some(&step));
            let said = format!("time has passed: {}", next(Some(&step)));
            self.write(id, None, said).await;
        }
        Some(step)
    }

    /// Sends the request once, and passes the response to the attempt.
    async fn exchange(&self, id: OrderId, request: &Request, number: u8) -> ControlFlow<()> {
        let sending = match self.sending(id, request) {
            Some(Ok(sending)) => sending,
            // The time for it has passed: `next` has the step instead.
            Some(Err(SendError::NotNow(_))) => return ControlFlow::Continue(()),
            None => return ControlFlow::Break(()),
            Some(Err(error)) => {
                tracing::error!(order = %id, %error, "the request is not the one that was planned");
                let _ended = self.tell(id, |attempt, _, _| attempt.cancel().or_else(|_| attempt.give_up()));
                self.write(id, None, format!("not sent: {error}")).await;
                return ControlFlow::Break(());
            }
        };
        tracing::info!(order = %id, operation = %request.kind(), retry = number, "sending");
        self.write(id, None, format!("sending, retry number {number}")).await;

        // The write may have taken long: only now is it decided whether the request may still leave.
        let ticket = sending.ticket();
        let request = match sending.release(|| self.clock.now()) {
            Ok(request) => request,
            Err(late) => {
                self.did_not_leave(id, &late).await;
                return ControlFlow::Continue(());
            }
        };
        let received = self.reply(id, &request).await;
        let step = self.tell(id, |attempt, now, jitter| attempt.received(&ticket, &received, now, jitter));
        let said = said(&request, &received);
        tracing::info!(order = %id, said, next = next(step.as_ref()), "received");
        look_up(id, step.as_ref());
        self.give_up_calling(id);
        self.warn_of_an_earlier_sending(id);
        self.write(id, received.ok(), said).await;
        ControlFlow::Continue(())
    }

    /// Warns of an authorised refund whose first sending may still arrive, and count as another refund.
    fn warn_of_an_earlier_sending(&self, id: OrderId) {
        let journal = held(&self.journal);
        let Some(attempt) = journal.get(&id).filter(|attempt| attempt.has_ended()) else { return };
        let Some(until) = attempt.earlier_may_arrive_until(journal.policy()) else { return };
        tracing::warn!(
            order = %id,
            original = attempt.original().as_ref().map(ToString::to_string),
            until = %humantime::format_rfc3339_seconds(until),
            "an earlier sending of this refund may still arrive and count as another one: compare it then with the \
             acquirer's list of the original's refunds"
        );
    }

    /// Takes back the number of a request that was stored too late to leave.
    async fn did_not_leave(&self, id: OrderId, late: &TooLate) {
        let step = self.tell(id, |attempt, now, jitter| attempt.received(&late.ticket(), late, now, jitter));
        tracing::warn!(order = %id, next = next(step.as_ref()), "not sent: storing it took too long");
        look_up(id, step.as_ref());
        self.write(id, None, "not sent: storing it took too long".to_owned()).await;
    }

    /// Ends an order that certainly never reached the acquirer, so that its client need not wait for minutes.
    fn give_up_calling(&self, id: OrderId) {
        let _ended = self.tell(id, |attempt, _, _| match attempt.state() {
            attempt::AttemptState::NeverSent if attempt.sendings() >= MOST_CALLS => attempt.cancel(),
            _ => Ok(()),
        });
    }

    /// Notes the sending of the request, and gives the request its retry number.
    fn sending(&self, id: OrderId, request: &Request) -> Option<Result<Sending, SendError>> {
        let now = self.clock.now();
        let mut journal = held(&self.journal);
        let mut attempt = journal.get_mut(&id)?;
        Some(attempt.send(request, now))
    }

    /// The acquirer's response, or the failure.
    async fn reply(&self, id: OrderId, request: &Request) -> Result<Response, HttpResponseError> {
        let reply = self.acquirer.send(request).await.map_err(HttpResponseError::Transport)?;
        let response = Response::from_http(&reply)?;
        // The attempts in memory are recent ones. The database has all orders.
        let Some(transaction) = response.transaction_id().filter(TransactionId::names_a_transaction) else {
            return Ok(response);
        };
        let Some(other) = surely(|| self.store.another_of(transaction, id)).await else {
            return Ok(response);
        };
        tracing::error!(
            order = %id, ?transaction, %other,
            "the response has the id of another order's transaction, so it does not count; if that happens again, the \
             acquirer was restarted with an empty ledger, as a simulated one is at each start, and its new transactions \
             cannot be told from the old ones; stop, and start with another --database"
        );
        Err(HttpResponseError::Transport(TransportFailure::Lost))
    }

    /// Tells the attempt of an order an event.
    pub(crate) fn tell<T>(
        &self,
        id: OrderId,
        tell: impl FnOnce(&mut AttemptMut<'_>, SystemTime, u32) -> T,
    ) -> Option<T> {
        let now = self.clock.now();
        let mut journal = held(&self.journal);
        journal.get_mut(&id).map(|mut attempt| tell(&mut attempt, now, fastrand::u32(..)))
    }

    /// Stores the state of an order. The task continues only afterwards: a step that is not stored did not happen.
    pub(crate) async fn write(&self, id: OrderId, reply: Option<Response>, step: String) {
        let Some(attempt) = held(&self.journal).get(&id).cloned() else { return };
        let now = self.clock.now();
        let attempted = Attempted { attempt, reply, step };
        surely(|| self.store.record(id, attempted.clone(), now)).await;
    }
}

/// Tells the operator what to look for at the acquirer, if that is the next step.
pub(crate) fn look_up(id: OrderId, step: Option<&Step>) {
    let Some(Step::Reconcile(what)) = step else { return };
    let at = |time: Option<SystemTime>| time.map(|time| humantime::format_rfc3339_seconds(time).to_string());
    tracing::error!(
        order = %id,
        operation = %what.operation,
        reference = what.reference.as_ref().map(AsRef::<str>::as_ref),
        original = what.original.as_ref().map(ToString::to_string),
        amount = what.amount.map(|amount| format!("{amount} {}", what.currency)),
        last_four = what.last_four.as_ref().map(|digits| digits.as_str()),
        first_sent = at(what.first_sent),
        last_sent = at(what.last_sent),
        sendings = what.sendings,
        cause = %what.cause,
        earlier_may_arrive_until = at(what.earlier_may_arrive_until),
        doubt = what.doubt.map(|doubt| doubt.to_string()),
        transactions = ?what.transactions,
        "the outcome is unknown: look it up at the acquirer, and settle it",
    );
}

/// The next step, in a line for people.
pub(crate) fn next(step: Option<&Step>) -> String {
    let at = |time: &SystemTime| humantime::format_rfc3339_millis(*time).to_string();
    match step {
        Some(Step::Send { retry_number: None, .. }) => "send it".to_owned(),
        Some(Step::Send { retry_number: Some(number), .. }) => format!("send retry number {number}"),
        Some(Step::AskForCard { until: None, .. }) => "get the card again".to_owned(),
        Some(Step::AskForCard { until: Some(until), .. }) => {
            format!("get the card again before {}", at(until))
        }
        Some(Step::Wait { until }) => format!("wait until {}", at(until)),
        Some(Step::Reconcile(what)) => format!("look it up by hand: {}", what.cause),
        Some(Step::Done(conclusion)) => conclusion.to_string(),
        _ => "nothing".to_owned(),
    }
}

/// The response, in a line for people. It holds no secret: no part of an unreadable body is repeated.
fn said(request: &Request, received: &Result<Response, HttpResponseError>) -> String {
    match received {
        Ok(response) => {
            let code = response.response_code().map(|code| format!(" {code}")).unwrap_or_default();
            format!(
                "{}{code} {} {}: {}",
                response.status(),
                response.view().field(ResponseField::TransactionId),
                response.checks(),
                Outcome::of_response_to(request, response)
            )
        }
        Err(error) => format!("no response: {error}"),
    }
}
