//! Every transition, as tables: what happens to an attempt, its state then, and what is to be done.

use std::num::NonZeroU8;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::attempt::{
    Attempt, AttemptState, Found, Journal, Received, RetryPolicy, Step, Ticket,
};
use cashflows_codec::remote_auth::request::{Request, RetryNumber};
use cashflows_codec::remote_auth::{NextStep, Response, TransportFailure};

use super::requests::{Last as _, another, wanted};

fn noon() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

/// An attempt, a clock, and the step that it was last told to do.
pub(crate) struct Service {
    pub(crate) journal: Journal<u8>,
    request: Request,
    now: SystemTime,
    /// A sending of the other attempt.
    other: Ticket,
    /// Of each sending, in their order.
    tickets: Vec<Ticket>,
    step: String,
}

impl Service {
    pub(crate) fn planning(operation: &str) -> Self {
        Self::planning_under(RetryPolicy::default(), operation)
    }

    fn planning_under(policy: RetryPolicy, operation: &str) -> Self {
        let mut journal = Journal::new(policy);
        let request = wanted(operation);
        journal.plan(1, &request, noon()).unwrap();
        // Another, which has ended with a transaction.
        journal.plan(2, &another(), noon()).unwrap();
        let mut other = journal.get_mut(&2).unwrap();
        other.sends(&another(), noon());
        other.hears(&answer("A=01S00000002"), noon(), 0);
        let other = other.last_sending().unwrap();
        Self { journal, request, other, now: noon(), tickets: Vec::new(), step: "send".to_owned() }
    }

    fn state(&self) -> &'static str {
        self.journal.get(&1).unwrap().state().as_str()
    }

    /// Plays what happens, and gives the state and the step then.
    fn play(&mut self, events: &str) -> (&'static str, String) {
        for event in events.split_whitespace() {
            self.event(event);
        }
        (self.state(), self.step.clone())
    }

    pub(crate) fn event(&mut self, event: &str) {
        let seconds = |text: &str| Duration::from_secs(text.trim_end_matches('s').parse().unwrap());
        if let Some(time) = event.strip_prefix('+') {
            self.now += seconds(time);
        } else if let Some(time) = event.strip_prefix('-') {
            self.now -= seconds(time);
        }
        let now = self.now;
        // `1:lost` is told of the first sending; what has no number, of the last.
        let (ticket, event) = match event.split_once(':') {
            Some((sending, event)) => {
                let ticket = self.tickets.get(sending.parse::<usize>().unwrap() - 1).copied();
                (ticket.unwrap_or(self.other), event)
            }
            // An attempt that was never sent can be told of a sending only by mistake.
            None => (self.tickets.last().copied().unwrap_or(self.other), event),
        };
        let mut attempt = self.journal.get_mut(&1).unwrap();
        let refused = |error: &dyn std::fmt::Display| format!("error: {error}");
        self.step = match event {
            "send" => match attempt.send(&self.request, now) {
                Ok(sending) => {
                    self.tickets.push(sending.ticket());
                    let request = sending.release(|| now).unwrap();
                    assert_eq!(request.kind(), self.request.kind());
                    request.retry_number().map_or("sent".to_owned(), |number| format!("sent {number}"))
                }
                Err(error) => refused(&error),
            },
            "another" => refused(&attempt.send(&another(), now).unwrap_err()),
            "restart" => shown(attempt.restarted(now, u32::MAX), now),
            "cancel" => attempt.cancel().map_or_else(|error| refused(&error), |()| "cancelled".to_owned()),
            "give-up" => attempt.give_up().map_or_else(|error| refused(&error), |()| "given up".to_owned()),
            "rejected" => shown(attempt.received(&ticket, Received::Rejected, now, u32::MAX), now),
            "missing" => settled(attempt.settle(Found::NotAuthorised)),
            found if found.starts_with("found=") => {
                settled(attempt.settle(Found::Authorised(found[6..].parse().unwrap())))
            }
            "unconnected" => {
                shown(attempt.received(&ticket, TransportFailure::NotConnected, now, u32::MAX), now)
            }
            "lost" => shown(attempt.received(&ticket, TransportFailure::Lost, now, u32::MAX), now),
            time if time.starts_with(['+', '-']) => shown(attempt.step(now), now),
            code => shown(attempt.received(&ticket, &answer(code), now, u32::MAX), now),
        };
    }
}

fn settled(result: Result<(), impl std::fmt::Display>) -> String {
    result.map_or_else(|error| format!("error: {error}"), |()| "settled".to_owned())
}

/// `A` and `D102` name a transaction, `V226` and `S001` do not; `=` gives a response another id.
fn answer(code: &str) -> Response {
    let (code, id) = code.split_once('=').unwrap_or((code, ""));
    let names = code == "A" || code.starts_with(['B', 'D', 'X']);
    let id = if !id.is_empty() {
        id
    } else if names {
        "01S00000001"
    } else {
        "99E00000001"
    };
    let (status, field) = match code {
        // A validation with the code of a decline.
        "VD102" => ("V", "D102"),
        "A" => ("A", "031971"),
        "B" => ("B", "D090"),
        _ => (&code[..1], code),
    };
    Response::decode(format!("{status}|{id}|200|{field}|Message").as_bytes()).unwrap()
}

/// What is to be done, with times from now on.
fn shown(step: Step, now: SystemTime) -> String {
    let from_now = |time: SystemTime| format!("{:?}", time.duration_since(now).unwrap_or_default());
    let until =
        |time: Option<SystemTime>| time.map_or(String::new(), |time| format!(" within {}", from_now(time)));
    match step {
        Step::Send { retry_number, until: time } => {
            let number = retry_number.map_or(String::new(), |number| format!(" {number}"));
            format!("send{number}{}", until(time))
        }
        Step::AskForCard { retry_number, until: time, left } => {
            assert_eq!(left, time.map(|time| time.duration_since(now).unwrap()));
            let number = retry_number.map_or(String::new(), |number| format!(" {number}"));
            format!("ask{number}{}", until(time))
        }
        Step::Wait { until } => format!("wait {}", from_now(until)),
        Step::Reconcile(look_for) => {
            let doubt = look_for.doubt.map_or(String::new(), |doubt| format!(", {doubt}"));
            format!("reconcile: {}{doubt}", look_for.cause)
        }
        Step::Done(conclusion) => format!("done: {conclusion}"),
        step => panic!("{step:?}"),
    }
}

/// Plays every row for an operation.
#[track_caller]
fn table(operation: &str, rows: &[(&str, &str, &str)]) {
    table_under(RetryPolicy::default(), operation, rows);
}

#[track_caller]
fn table_under(policy: RetryPolicy, operation: &str, rows: &[(&str, &str, &str)]) {
    for (events, state, step) in rows {
        let played = Service::planning_under(policy, operation).play(events);
        assert_eq!(played, (*state, (*step).to_owned()), "{operation}: {events}");
    }
}

#[test]
fn first_response_ends_the_attempt_or_leaves_it_open() {
    for operation in ["sale", "verify", "continuous", "void", "refund"] {
        table(
            operation,
            &[
                ("+0s", "planned", "send"),
                ("send", "sent", "sent"),
                ("send +0s", "sent", "wait 60s"),
                ("send A", "authorised", "done: authorised"),
                ("send D102", "refused", "done: not_authorised"),
                ("send V226", "refused", "done: not_authorised"),
                ("send S001", "never_sent", "wait 2s"),
                ("send S101", "never_sent", "wait 2s"),
                ("send unconnected", "never_sent", "wait 2s"),
                ("send S201", "open", "wait 2s"),
                ("send S103", "open", "wait 2s"),
                ("send V249", "open", "wait 2s"),
                ("send V254", "open", "wait 2s"),
                ("send V233", "given_up", "reconcile: duplicate, duplicate"),
                ("send X999", "open", "wait 2s"),
                ("send lost", "open", "wait 2s"),
                // The response of another is none.
                ("send A=01S00000002", "open", "wait 2s"),
                ("send D102=01S00000002", "open", "wait 2s"),
            ],
        );
    }
}

#[test]
fn open_attempt_is_retried_until_the_window_closes() {
    for operation in ["sale", "verify", "continuous", "void", "refund"] {
        table(
            operation,
            &[
                ("send lost send", "open", "error: it is not the time to send"),
                ("send lost +2s", "open", "send 1 within 283s"),
                ("send lost +2s send", "sent", "sent 1"),
                ("send lost +2s send A", "authorised", "done: authorised"),
                ("send lost +2s send lost", "open", "wait 4s"),
                ("send lost +2s send lost +4s send lost", "open", "wait 8s"),
                ("send lost +2s send lost +4s send", "sent", "sent 2"),
                ("send lost +285s", "open", "send 1 within 0ns"),
                ("send lost +286s", "given_up", "reconcile: window_closed, no_answer"),
                ("send lost +286s send", "given_up", "error: it is not the time to send"),
                ("send S103 +286s", "given_up", "reconcile: window_closed, system_error"),
                ("send V249 +286s", "given_up", "reconcile: window_closed, still_processing"),
                ("send V254 +286s", "given_up", "reconcile: window_closed, still_processing"),
                ("send lost +2s send V233 +286s", "given_up", "reconcile: window_closed, duplicate"),
                ("send A=01S00000002 +286s", "given_up", "reconcile: window_closed, of_another"),
                // The margin counts from the first sending, not from the last.
                ("send lost +200s send lost +86s", "given_up", "reconcile: window_closed, no_answer"),
                // A wait that would end too late ends half way.
                ("send lost +281s send lost", "open", "wait 2s"),
                ("send lost +265s send lost +10s send lost", "open", "wait 5s"),
                ("send lost +285s send lost", "open", "wait 2s"),
                ("send lost +285s send lost +2s", "given_up", "reconcile: window_closed, no_answer"),
            ],
        );
    }
}

#[test]
fn retry_response_ends_the_attempt_only_by_approval_or_replay() {
    for operation in ["sale", "verify", "continuous", "void", "refund"] {
        table(
            operation,
            &[
                // Never sent: the first attempt is as unknown as before.
                ("send lost +2s send S001", "open", "wait 4s"),
                ("send lost +2s send unconnected", "open", "wait 4s"),
                // The gateway never saw the number 1, which is used again.
                ("send lost +2s send unconnected +4s send", "sent", "sent 1"),
                ("send lost +2s send lost +4s send unconnected +8s send", "sent", "sent 2"),
                ("send lost +2s send S001 +4s send", "sent", "sent 2"),
                // Rejected: that is about the retry.
                ("send lost +2s send V201", "open", "wait 4s"),
                ("send lost +2s send V219", "open", "wait 4s"),
                ("send lost +2s send V219=01S00000009", "open", "wait 4s"),
                ("send lost +2s send V233=01S00000009", "open", "wait 4s"),
                ("send lost +2s send V201 +284s", "given_up", "reconcile: window_closed, rejected"),
                // No validation is an end, whatever its id: the first one may have been what it is about.
                ("send lost +2s send V242=01V0000000A", "open", "wait 4s"),
                ("send lost +2s send V222=01R0000000A", "open", "wait 4s"),
                ("send lost +2s send V254=01S0000000A", "open", "wait 4s"),
                ("send lost +2s send VD102=01S0000000A", "open", "wait 4s"),
                ("send lost +2s send V233", "open", "wait 4s"),
                ("send lost +2s send V254", "open", "wait 4s"),
                ("send lost +2s send rejected", "open", "wait 4s"),
                ("send lost +2s send rejected +284s", "given_up", "reconcile: window_closed, rejected"),
                ("send lost +2s send D102=99E00000001", "open", "wait 4s"),
                ("send lost +2s send D102=01S00000002", "open", "wait 4s"),
            ],
        );
    }
}

#[test]
fn decline_ends_a_retry_known_by_reference() {
    let usual = RetryPolicy::default();
    let known = RetryPolicy { reversals_by_reference: true, credits_by_reference: true, ..usual };
    let ends = ("refused", "done: not_authorised");
    let stays = ("open", "wait 4s");
    for (policy, operations, (state, step)) in [
        (usual, &["sale", "verify", "continuous"][..], ends),
        // "Insufficient merchant funds" may say that the first one took them.
        (usual, &["void", "refund", "void-ref", "refund-ref"], stays),
        (known, &["sale", "verify", "continuous", "void-ref", "refund-ref", "credit"], ends),
        // Without a reference there is nothing to know it by.
        (known, &["void", "refund"], stays),
    ] {
        for operation in operations {
            for code in ["D102", "D208", "D149", "R101=01S0000000A", "B", "C202=01S0000000A"] {
                table_under(policy, operation, &[(&format!("send lost +2s send {code}"), state, step)]);
            }
            table_under(
                policy,
                operation,
                &[
                    // The response to the only sending is an end in any case.
                    ("send D102", "refused", "done: not_authorised"),
                    ("send lost D102", "refused", "done: not_authorised"),
                    ("send V226", "refused", "done: not_authorised"),
                    ("send rejected", "refused", "done: not_authorised"),
                    ("send rejected A", "given_up", "reconcile: contradicted"),
                    ("send S001 +2s send rejected", "refused", "done: not_authorised"),
                    ("send S001 +2s send V226", "refused", "done: not_authorised"),
                    // No validation ends a retry, however well the gateway knows it.
                    ("send lost +2s send V222=01R0000000A", "open", "wait 4s"),
                    ("send lost +2s send rejected", "open", "wait 4s"),
                    ("send lost +2s send S001", "open", "wait 4s"),
                    ("send lost +2s send A", "authorised", "done: authorised"),
                ],
            );
        }
    }
}

#[test]
fn next_step_of_ended_attempts() {
    for (events, next_step) in [
        ("send", None),
        ("send lost", None),
        ("send A", Some(NextStep::Nothing)),
        ("send D102", Some(NextStep::Nothing)),
        ("send D149", Some(NextStep::Authenticate)),
        ("send V258", Some(NextStep::Authenticate)),
        ("send V259", Some(NextStep::Authenticate)),
        ("send lost +2s send D149", Some(NextStep::Authenticate)),
        ("send lost +2s send V258", None),
        ("send rejected", Some(NextStep::CheckAccess)),
        ("send lost +2s send rejected", None),
        ("send V233", Some(NextStep::LookUp)),
        ("send lost +286s", Some(NextStep::LookUp)),
        ("cancel", Some(NextStep::Nothing)),
    ] {
        let mut service = Service::planning("sale");
        service.play(events);
        assert_eq!(service.journal.get(&1).unwrap().next_step(), next_step, "{events}");
    }
}

/// An approval or a decline without an id that can be read is one all the same.
#[test]
fn response_with_malformed_id_ends_the_attempt() {
    let mut service = Service::planning("sale");
    service.play("send");
    let approved = Response::decode("A|0 1|200|031971|Authorised").unwrap();
    assert_eq!(approved.transaction_id(), None);
    let mut declined = service.journal.clone();
    // Heard again, it is no contradiction; nor is it one after a response with an id.
    for answer in [&approved, &approved] {
        let mut attempt = service.journal.get_mut(&1).unwrap();
        attempt.hears(answer, noon(), 0);
        assert_eq!((attempt.state(), attempt.transaction_id()), (AttemptState::Authorised, None));
        let json = serde_json::to_string(&*attempt).unwrap();
        assert_eq!(serde_json::from_str::<Attempt>(&json).unwrap(), *attempt);
    }
    let mut attempt = declined.get_mut(&1).unwrap();
    attempt.hears(&Response::decode("D|0 1|200|D102|No").unwrap(), noon(), 0);
    assert_eq!((attempt.state(), attempt.transaction_id()), (AttemptState::Refused, None));
    attempt.hears(&approved, noon(), 0);
    assert_eq!(attempt.state(), AttemptState::GivenUp);
}

#[test]
fn received_takes_http_statuses_and_lines() {
    for (status, body, state) in [
        (200, "A|01S00000001|200|031971|Authorised", "authorised"),
        (500, "A|01S00000001|200|031971|Authorised", "authorised"),
        (401, "V|99E00000001|000|V201|Invalid merchant", "refused"),
        (401, "<html>", "refused"),
        (404, "", "refused"),
        (431, "", "refused"),
        (302, "", "open"),
        (408, "", "open"),
        (500, "", "open"),
        (503, "<html>", "open"),
        (200, "<html>", "open"),
    ] {
        let mut service = Service::planning("sale");
        service.play("send");
        let reply = Response::decode_http(status, body);
        service.journal.get_mut(&1).unwrap().hears(&reply, noon(), 0);
        assert_eq!(service.state(), state, "{status} {body}");
    }
}

#[test]
fn credit_known_by_reference_is_retried() {
    table_under(
        RetryPolicy { credits_by_reference: true, ..RetryPolicy::default() },
        "credit",
        &[
            ("send lost +2s", "open", "send 1 within 283s"),
            ("send lost +2s send", "sent", "sent 1"),
            ("send lost +2s send A", "authorised", "done: authorised"),
            ("send restart +2s send lost +4s send", "sent", "sent 2"),
            ("send lost +286s", "given_up", "reconcile: window_closed, no_answer"),
        ],
    );
}

#[test]
fn earlier_may_arrive_until_is_five_minutes_after_a_lost_sending() {
    let usual = RetryPolicy::default();
    let known = RetryPolicy { reversals_by_reference: true, ..usual };
    for (policy, operation, events, seconds) in [
        (usual, "refund", "send", None),
        (usual, "refund", "send A", None),
        (usual, "refund", "send lost", Some(300)),
        (usual, "refund", "send lost A", None),
        (usual, "refund", "send lost +2s send", Some(300)),
        (usual, "refund", "send lost +2s send A", Some(300)),
        (usual, "refund", "send lost +2s send lost +4s send A", Some(302)),
        (usual, "refund", "send lost +2s send S203 +4s send A", Some(300)),
        (usual, "refund", "send +60s +2s send A", Some(300)),
        (usual, "refund", "send restart +2s send A", Some(300)),
        (usual, "refund", "send lost +286s", Some(300)),
        (usual, "refund", "send lost give-up missing", Some(300)),
        // Those were answered, or did not leave.
        (usual, "refund", "send S203 +2s send A", None),
        (usual, "refund", "send unconnected +2s send A", None),
        (usual, "refund", "send lost +2s send unconnected +4s send A", Some(300)),
        (usual, "void", "send lost +2s send A", Some(300)),
        // Nobody knows whether this acquirer looks at it.
        (usual, "refund-ref", "send lost +2s send A", Some(300)),
        (known, "refund-ref", "send lost +2s send A", None),
        (known, "void-ref", "send lost +2s send A", None),
        (known, "refund", "send lost +2s send A", Some(300)),
        (usual, "sale", "send lost +2s send A", None),
        (usual, "continuous", "send lost +2s send A", None),
        (usual, "credit", "send lost", None),
    ] {
        let mut service = Service::planning_under(policy, operation);
        service.play(events);
        let until = seconds.map(|seconds| noon() + Duration::from_secs(seconds));
        let attempt = service.journal.get(&1).unwrap();
        assert_eq!(attempt.earlier_may_arrive_until(&policy), until, "{operation}: {events}");
        let now = service.now;
        if let Step::Reconcile(look_for) = service.journal.get_mut(&1).unwrap().step(now) {
            assert_eq!(look_for.earlier_may_arrive_until, until, "{operation}: {events}");
        }
    }
}

#[test]
fn never_sent_attempt_is_sent_again_without_number() {
    for operation in ["sale", "verify", "continuous", "void", "refund", "credit"] {
        table(
            operation,
            &[
                ("send S001 +2s", "never_sent", "send"),
                ("send S001 +2s send", "sent", "sent"),
                ("send unconnected +1000s send", "sent", "sent"),
                ("send unconnected +2s send A", "authorised", "done: authorised"),
                ("send unconnected +2s send unconnected", "never_sent", "wait 4s"),
                ("send S001 cancel", "cancelled", "cancelled"),
                ("send S001 cancel +0s", "cancelled", "done: not_authorised"),
                // News of a sending that never was changes nothing.
                ("send unconnected lost", "never_sent", "wait 2s"),
                ("send unconnected S001", "never_sent", "wait 2s"),
            ],
        );
    }
    // The five minutes count from the first sending that may have arrived.
    table("void", &[("send unconnected +1000s send lost +4s", "open", "send 1 within 281s")]);
}

#[test]
fn late_failure_of_an_earlier_sending_changes_nothing() {
    for operation in ["sale", "verify", "continuous", "void", "refund"] {
        table(
            operation,
            &[
                // The first is still held up when it is taken for lost and a retry is sent.
                ("send +60s +1s send 1:unconnected", "sent", "wait 60s"),
                ("send +60s +1s send 1:lost", "sent", "wait 60s"),
                ("send +60s +1s send 1:S001", "sent", "wait 60s"),
                ("send +60s +1s send 1:S203", "sent", "wait 60s"),
                ("send +60s +1s send 1:unconnected lost +4s send", "sent", "sent 2"),
                ("send +60s +1s send 1:unconnected A", "authorised", "done: authorised"),
                ("send +60s +1s send lost 1:unconnected +4s", "open", "send 2 within 220s"),
                // Its answer counts.
                ("send +60s +1s send 1:A", "authorised", "done: authorised"),
                ("send +60s +1s send 1:A 2:A", "authorised", "done: authorised"),
                ("send +60s +1s send 1:A 2:lost", "authorised", "done: authorised"),
                ("send +60s +1s send 1:A 2:A=01S00000003", "given_up", "reconcile: contradicted, no_answer"),
                // The last sending's own failure counts.
                ("send +60s +1s send 2:unconnected", "open", "wait 4s"),
                ("send +60s +1s send 2:unconnected +4s send", "sent", "sent 1"),
            ],
        );
    }
    table("sale", &[("send unconnected +2s send 1:unconnected", "sent", "wait 60s")]);
}

#[test]
fn policy_limits_the_number_of_sendings() {
    let unconnected = |times| "send unconnected +60s ".repeat(times);
    table(
        "void",
        &[(&unconnected(9), "never_sent", "send"), (&unconnected(10), "cancelled", "done: not_authorised")],
    );
    let mut service = Service::planning("void");
    service.journal =
        Journal::new(RetryPolicy { most_sendings: NonZeroU8::new(2).unwrap(), ..RetryPolicy::default() });
    service.journal.plan(1, &service.request, noon()).unwrap();
    let played = service.play("send lost +2s send lost");
    assert_eq!(played, ("given_up", "reconcile: exhausted, no_answer".to_owned()));
}

#[test]
fn credit_is_sent_once_unless_never_sent() {
    table(
        "credit",
        &[
            ("send A", "authorised", "done: authorised"),
            ("send D102", "refused", "done: not_authorised"),
            ("send lost", "given_up", "reconcile: not_retryable, no_answer"),
            ("send S103", "given_up", "reconcile: not_retryable, system_error"),
            ("send restart", "given_up", "reconcile: not_retryable, no_answer"),
            ("send lost send", "given_up", "error: it is not the time to send"),
            ("send lost A", "authorised", "done: authorised"),
        ],
    );
}

#[test]
fn unreported_response_is_lost_after_a_minute() {
    table(
        "void",
        &[
            ("send +59s", "sent", "wait 1s"),
            ("send +60s", "open", "wait 1s"),
            ("send +61s", "open", "wait 1s"),
            ("send +60s +1s send", "sent", "sent 1"),
            ("send +60s A", "authorised", "done: authorised"),
            ("send +400s", "given_up", "reconcile: window_closed, no_answer"),
        ],
    );
}

#[test]
fn restarted_attempt_is_sent_or_asks_for_its_card() {
    for operation in ["continuous", "void", "refund"] {
        table(
            operation,
            &[
                ("restart", "planned", "send"),
                ("send restart", "open", "wait 2s"),
                ("send restart +2s", "open", "send 1 within 283s"),
                ("send restart +2s send A", "authorised", "done: authorised"),
                ("send unconnected restart +2s", "never_sent", "send"),
            ],
        );
    }
    for operation in ["sale", "verify"] {
        table(
            operation,
            &[
                ("restart", "planned", "ask"),
                ("restart cancel", "cancelled", "cancelled"),
                ("restart send", "sent", "sent"),
                ("send restart", "open", "ask 1 within 285s"),
                ("send restart +100s", "open", "ask 1 within 185s"),
                ("send restart +100s send", "sent", "sent 1"),
                // With the card in memory again it goes on as before.
                ("send restart +100s send lost +60s", "open", "send 2 within 125s"),
                ("send restart +286s", "given_up", "reconcile: window_closed, no_answer"),
                ("send restart give-up", "given_up", "given up"),
                ("send restart give-up +0s", "given_up", "reconcile: caller, no_answer"),
                ("send unconnected restart +2s", "never_sent", "ask"),
                ("send lost restart", "open", "ask 1 within 285s"),
            ],
        );
    }
    for operation in ["sale", "void", "credit"] {
        table(
            operation,
            &[
                ("send A restart", "authorised", "done: authorised"),
                ("send D102 restart", "refused", "done: not_authorised"),
                ("cancel restart", "cancelled", "done: not_authorised"),
            ],
        );
    }
}

/// A parameter that was added may be anything, so such a request is not stored.
#[test]
fn restarted_void_with_added_parameter_asks_for_the_request() {
    let Request::Void(void) = wanted("void") else { panic!("a void") };
    let void = Request::Void(void.with_parameter("shop_id", "17").unwrap());
    let mut journal = Journal::new(RetryPolicy::default());
    assert_eq!(journal.plan(1, &void, noon()).unwrap().request(), None);
    let mut attempt = journal.get_mut(&1).unwrap();
    attempt.sends(&void, noon());
    let step = attempt.restarted(noon() + Duration::from_secs(20), 0);
    assert!(matches!(step, Step::AskForCard { retry_number: Some(number), .. } if number.get() == 1));
    let again = attempt.sends(&void, noon() + Duration::from_secs(30));
    assert_eq!(again, void.with_retry_number(RetryNumber::new(1)));
}

#[test]
fn clock_that_went_back_ends_retries() {
    for operation in ["sale", "void"] {
        table(
            operation,
            &[
                ("send lost -1s", "given_up", "reconcile: clock_went_back, no_answer"),
                ("send lost +2s -1s +100s", "given_up", "reconcile: clock_went_back, no_answer"),
                ("send lost -1s send", "given_up", "error: it is not the time to send"),
                ("send lost -1s A", "authorised", "done: authorised"),
                // A response that is on its way still counts.
                ("send -100s", "sent", "wait 60s"),
                ("send -100s A", "authorised", "done: authorised"),
                ("send -100s D102", "refused", "done: not_authorised"),
                ("send -100s lost", "given_up", "reconcile: clock_went_back, no_answer"),
                ("send -100s +60s", "given_up", "reconcile: clock_went_back, no_answer"),
                // Where nothing arrived there is nothing to be too old.
                ("-100s", "planned", "send"),
                ("-100s send lost +2s", "open", "send 1 within 283s"),
                ("send unconnected -100s", "never_sent", "wait 2s"),
                ("send unconnected +1s -100s", "never_sent", "wait 1s"),
                ("send unconnected -100s +2s send lost +4s", "open", "send 1 within 281s"),
                ("send A -100s", "authorised", "done: authorised"),
            ],
        );
    }
}

#[test]
fn given_up_attempt_is_settled_by_hand_or_by_a_late_response() {
    table(
        "sale",
        &[
            ("send lost give-up A", "authorised", "done: authorised"),
            ("send lost give-up D102", "refused", "done: not_authorised"),
            // It is the response to the only sending.
            ("send lost give-up V226", "refused", "done: not_authorised"),
            ("send lost give-up rejected", "refused", "done: not_authorised"),
            ("send lost give-up V233", "given_up", "reconcile: caller, duplicate"),
            ("send lost +2s send lost give-up V226", "given_up", "reconcile: caller, rejected"),
            ("send lost +2s send lost give-up 1:V226", "given_up", "reconcile: caller, no_answer"),
            ("send lost +2s send unconnected give-up V226", "given_up", "reconcile: caller, rejected"),
            ("send lost give-up lost", "given_up", "reconcile: caller, no_answer"),
            ("send lost give-up S001", "given_up", "reconcile: caller, no_answer"),
            ("send lost give-up found=01S00000001", "settled_by_hand", "settled"),
            ("send lost give-up found=01S00000001 +0s", "settled_by_hand", "done: authorised"),
            ("send lost give-up missing +0s", "settled_by_hand", "done: not_authorised"),
            (
                "send lost give-up found=01S00000002",
                "given_up",
                "error: another attempt has ended with this transaction",
            ),
            ("send lost missing", "open", "error: an attempt that is open does not take this"),
            ("give-up", "planned", "error: an attempt that is planned does not take this"),
            ("send give-up", "sent", "error: an attempt that is sent does not take this"),
            ("send cancel", "sent", "error: an attempt that is sent does not take this"),
            ("send lost cancel", "open", "error: an attempt that is open does not take this"),
            ("send A cancel", "authorised", "error: an attempt that is authorised does not take this"),
        ],
    );
}

#[test]
fn contradicting_authorisation_reopens_an_ended_attempt() {
    table(
        "sale",
        &[
            ("send A A", "authorised", "done: authorised"),
            ("send A D102", "authorised", "done: authorised"),
            ("send A lost", "authorised", "done: authorised"),
            ("send A A=01S00000003", "given_up", "reconcile: contradicted"),
            ("send A A=01S00000003 A", "given_up", "reconcile: contradicted"),
            ("send A A=01S00000003 D102", "given_up", "reconcile: contradicted"),
            ("send A A=01S00000002", "authorised", "done: authorised"),
            ("send D102 D102", "refused", "done: not_authorised"),
            ("send D102 lost", "refused", "done: not_authorised"),
            ("send D102 A=01S00000003", "given_up", "reconcile: contradicted"),
            ("cancel A", "given_up", "reconcile: contradicted"),
            ("send lost give-up missing A", "given_up", "reconcile: contradicted, no_answer"),
            ("send lost give-up found=01S00000001 A", "settled_by_hand", "done: authorised"),
            ("send A A=01S00000003 found=01S00000003", "settled_by_hand", "settled"),
        ],
    );
    let mut service = Service::planning("sale");
    service.play("send A A=01S00000003");
    let Step::Reconcile(look_for) = service.journal.get_mut(&1).unwrap().step(noon()) else { panic!() };
    let ids: Vec<_> = look_for.transactions.iter().map(|id| id.as_str()).collect();
    assert_eq!(ids, ["01S00000001", "01S00000003"]);
}

#[test]
fn received_takes_a_reference_to_a_failure() {
    for failure in [TransportFailure::Lost, TransportFailure::NotConnected] {
        assert_eq!(Received::from(&failure), Received::from(failure));
    }
}

#[test]
fn attempt_mut_is_stored_as_its_attempt() {
    let mut service = Service::planning("sale");
    service.play("send lost");
    let attempt = serde_json::to_string(service.journal.get(&1).unwrap()).unwrap();
    assert_eq!(serde_json::to_string(&service.journal.get_mut(&1).unwrap()).unwrap(), attempt);
}

#[test]
fn reconciliation_holds_everything_but_secrets() {
    let mut service = Service::planning("sale");
    service.play("send lost +2s send lost give-up");
    let Step::Reconcile(look_for) = service.journal.get_mut(&1).unwrap().step(service.now) else { panic!() };
    assert_eq!(look_for.reference.as_ref().map(|reference| reference.as_str()), Some("cart-1"));
    assert_eq!(look_for.amount.map(|amount| amount.to_string()).as_deref(), Some("24.99"));
    assert_eq!(look_for.currency.as_str(), "GBP");
    assert_eq!(look_for.last_four.as_ref().map(|digits| digits.as_str()), Some("0002"));
    assert_eq!(look_for.original, None);
    assert_eq!(look_for.first_sent, Some(noon()));
    assert_eq!(look_for.last_sent, Some(noon() + Duration::from_secs(2)));
    assert_eq!(look_for.sendings, 2);

    let mut service = Service::planning("refund");
    service.play("send lost give-up");
    let Step::Reconcile(look_for) = service.journal.get_mut(&1).unwrap().step(noon()) else { panic!() };
    assert_eq!((look_for.reference, look_for.last_four), (None, None));
    assert_eq!(look_for.original.map(|id| id.to_string()).as_deref(), Some("01S0135F71A"));
}

/// An id that names nothing is no id: it ends no retry, is that of no other attempt, and is looked up.
#[test]
fn id_that_names_no_transaction_belongs_to_no_attempt() {
    for id in ["null", "NULL", "0", "00000000000", "undefined", "none", "nil", "99e00000001", "99E00000001"] {
        let play = |events: &str| {
            let mut service = Service::planning("sale");
            service.play(&events.replace('_', id));
            service
        };
        let authorised = play("send A=_");
        let attempt = authorised.journal.get(&1).unwrap();
        assert_eq!(
            (attempt.state(), attempt.next_step()),
            (AttemptState::Authorised, Some(NextStep::LookUp))
        );
        assert!(attempt.transaction_id().is_none_or(|id| !id.names_a_transaction()), "{id}");
        assert!(attempt.recurring_origin().is_err());
        let stored: Attempt = serde_json::from_str(&serde_json::to_string(attempt).unwrap()).unwrap();
        assert_eq!(stored, *attempt);

        for (events, state, step) in [
            ("send lost +2s send D102=_", "open", "wait 4s"),
            ("send lost +2s send A=_", "authorised", "done: authorised"),
            ("send A=_ A=_", "authorised", "done: authorised"),
            ("send A A=_", "authorised", "done: authorised"),
            ("send A=_ found=01S00000001 +0s", "authorised", "done: authorised"),
            ("send A=_ missing", "authorised", "error: an attempt that is authorised does not take this"),
            ("send A=_ found=_", "authorised", "error: the id names no transaction"),
            ("send lost give-up found=_", "given_up", "error: the id names no transaction"),
            (
                "send A=_ found=01S00000002",
                "authorised",
                "error: another attempt has ended with this transaction",
            ),
        ] {
            let service = play(events);
            assert_eq!((service.state(), &*service.step), (state, step), "{id}: {events}");
        }
        let settled = play("send A=_ found=01S00000001");
        let attempt = settled.journal.get(&1).unwrap();
        assert_eq!(attempt.transaction_id(), Some("01S00000001".parse().unwrap()));
        assert_eq!(attempt.next_step(), Some(NextStep::Nothing));
        assert!(attempt.recurring_origin().is_ok());

        // Two approvals without an id are no clash.
        let mut service = play("send A=_");
        let request = super::requests::continuous("month-9");
        service.journal.plan(3, &request, noon()).unwrap();
        let mut third = service.journal.get_mut(&3).unwrap();
        third.sends(&request, noon());
        third.hears(&answer(&format!("A={id}")), noon(), 0);
        assert_eq!(third.state(), AttemptState::Authorised, "{id}");
    }
}

/// So that it need not be stored again.
#[test]
fn ended_attempt_does_not_change_with_time() {
    for events in ["send A", "send D102", "cancel", "send lost give-up missing"] {
        for later in ["+1000s", "-1000s", "+1s restart"] {
            let mut service = Service::planning("sale");
            service.play(events);
            let before = service.journal.get(&1).unwrap().clone();
            service.play(later);
            assert_eq!(*service.journal.get(&1).unwrap(), before, "{events}, then {later}");
        }
    }
}
