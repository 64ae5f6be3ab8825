//! Webhooks over real connections: sent, repeated by the moved clock, given up in time.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use cashflows_codec::simulator::gateway::{NotificationEntry, NotificationState};
use serde_json::{Value, json};
use support::Server;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A receiver that answers each notification as it is told, and says what it got.
fn receiver(answer: impl Fn(usize, &Value) -> String + Send + 'static) -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let (mut got, mut piece) = (Vec::new(), [0; 4_096]);
            let (head, body) = loop {
                let read = stream.read(&mut piece).unwrap();
                got.extend_from_slice(&piece[..read]);
                let text = String::from_utf8_lossy(&got).into_owned();
                if let Some((head, body)) = text.split_once("\r\n\r\n")
                    && body.ends_with('}')
                {
                    break (head.to_owned(), body.to_owned());
                }
            };
            let json: Value = serde_json::from_str(&body).unwrap();
            // What becomes of the connection afterwards is the sender's affair.
            let _sent = stream.write_all(answer(number, &json).as_bytes());
            if sender.send(format!("{head}\r\n\r\n{body}")).is_err() {
                return;
            }
        }
    });
    (address, receiver)
}

/// The answer that is asked for.
fn acknowledgement(json: &Value) -> String {
    let body = json!({
        "paymentJobReference": json["paymentJobReference"],
        "paymentReference": json["paymentReference"],
    });
    response(200, &body.to_string())
}

fn response(status: u16, body: &str) -> String {
    format!("HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn notified_at(address: SocketAddr) -> Server {
    Server::start_with(move |configuration| {
        configuration.with_webhook_url(format!("http://{address}/hook").parse().unwrap())
    })
}

fn entries(server: &Server) -> Vec<NotificationEntry> {
    server.loopback.acquirer().notifications().to_vec()
}

/// Waits until something is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(20), "{what}");
        sleep(Duration::from_millis(5));
    }
}

fn nothing_comes(receiver: &Receiver<String>) {
    assert!(receiver.recv_timeout(Duration::from_millis(700)).is_err());
}

fn comes(receiver: &Receiver<String>) -> String {
    receiver.recv_timeout(Duration::from_secs(20)).unwrap()
}

#[test]
fn a_payment_is_notified_once_and_acknowledged() {
    let (address, received) = receiver(|_, json| acknowledgement(json));
    let server = notified_at(address);
    server.pay(&server.page("cart-1"), "Luke Skywalker");
    let got = comes(&received);
    assert!(got.starts_with("POST /hook HTTP/1.1\r\n"), "{got}");
    assert!(got.to_ascii_lowercase().contains("content-type: application/json"), "{got}");
    assert!(got.contains("\"paymentJobReference\":\"100000000000000001\""), "{got}");
    until("acknowledged", || matches!(entries(&server)[0].state(), NotificationState::Acknowledged(_)));
    server.loopback.advance(DAY * 40);
    nothing_comes(&received);
    let page = server.get("/dashboard/webhooks").body;
    assert!(page.contains("acknowledged") && page.contains(&format!("http://{address}/***")));
}

#[test]
fn what_is_not_acknowledged_comes_every_minute_then_every_day() {
    let (address, received) = receiver(|number, json| match number {
        0 => response(500, "{}"),
        1 => response(200, "thanks"),
        2 => response(302, ""),
        _ => acknowledgement(json),
    });
    let server = notified_at(address);
    server.pay(&server.page("cart-1"), "Luke Skywalker");
    for attempt in 1..=4 {
        comes(&received);
        until("answered", || entries(&server)[0].last_answer().is_some());
        assert_eq!(entries(&server)[0].attempts(), attempt);
        nothing_comes(&received);
        server.loopback.advance(MINUTE);
    }
    nothing_comes(&received);
    assert!(matches!(entries(&server)[0].state(), NotificationState::Acknowledged(_)));
}

#[test]
fn a_receiver_that_is_never_there_is_given_up_after_a_month() {
    // A port that nobody listens on.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = notified_at(address);
    server.pay(&server.page("cart-1"), "Luke Skywalker");
    let mut days = 0;
    let mut seen = 0;
    while !matches!(entries(&server)[0].state(), NotificationState::GivenUp) {
        until("tried", || entries(&server)[0].attempts() > seen);
        seen = entries(&server)[0].attempts();
        if let NotificationState::Waiting(due) = entries(&server)[0].state() {
            let wait = due.duration_since(server.loopback.now()).unwrap_or_default() + Duration::from_secs(1);
            days += wait.as_secs();
            server.loopback.advance(wait);
        }
        assert!(days < 40 * DAY.as_secs(), "never given up");
    }
    assert!(days > 20 * DAY.as_secs(), "a month, not {days} s");
    assert!(seen > 60, "{seen}");
    let page = server.get("/dashboard/webhooks").body;
    assert!(page.contains("given up") && page.contains("no answer"));
    assert!(server.get("/dashboard/requests").body.contains("there was no connection"));
}

#[test]
fn a_button_sends_it_again() {
    let (address, received) = receiver(|_, json| acknowledgement(json));
    let server = notified_at(address);
    server.pay(&server.page("cart-1"), "Luke Skywalker");
    comes(&received);
    nothing_comes(&received);
    assert_eq!(server.post("/dashboard/webhooks", &[("resend", "1")]).status, 403);
    nothing_comes(&received);
    assert!(server.press("/dashboard/webhooks", &[("resend", "1")]).location().ends_with("did=resent"));
    comes(&received);
    nothing_comes(&received);
    for odd in ["0", "99", "x", ""] {
        assert!(matches!(server.press("/dashboard/webhooks", &[("resend", odd)]).status, 303 | 403), "{odd}");
    }
    nothing_comes(&received);
}

#[test]
fn buttons_lose_double_and_delay_them() {
    let (address, received) = receiver(|_, json| acknowledgement(json));
    let server = notified_at(address);
    let press = |fault| server.press("/dashboard/faults", &[("target", "webhook"), ("fault", fault)]);
    press("double");
    press("lose");
    press("late");
    assert_eq!(server.get("/").body.matches("The next webhook: <strong>").count(), 3);
    server.pay(&server.page("cart-1"), "Luke Skywalker");
    assert_eq!(comes(&received), comes(&received));
    nothing_comes(&received);
    server.pay(&server.page("cart-2"), "Luke Skywalker");
    nothing_comes(&received);
    server.loopback.advance(MINUTE);
    assert!(comes(&received).contains("100000000000000002"));
    server.pay(&server.page("cart-3"), "Luke Skywalker");
    nothing_comes(&received);
    server.pay(&server.page("cart-4"), "Luke Skywalker");
    assert!(comes(&received).contains("100000000000000004"), "it overtakes");
    server.loopback.advance(MINUTE * 61);
    assert!(comes(&received).contains("100000000000000003"));
    assert!(!server.get("/").body.contains("Waiting for it"));
}

/// Nobody but the receiver gets it, and nobody's answer is read for ever.
#[test]
fn a_redirect_is_not_followed_and_an_answer_is_bounded() {
    let (elsewhere, never) = receiver(|_, json| acknowledgement(json));
    let (address, received) = receiver(move |number, _| match number {
        0 => format!(
            "HTTP/1.1 307 x\r\nConnection: close\r\nLocation: http://{elsewhere}/\r\nContent-Length: 0\r\n\r\n"
        ),
        _ => format!("HTTP/1.1 200 x\r\nConnection: close\r\n\r\n{}", "x".repeat(300_000)),
    });
    let server = notified_at(address);
    server.pay(&server.page("cart-1"), "Luke Skywalker");
    comes(&received);
    until("answered", || entries(&server)[0].last_answer() == Some(307));
    server.loopback.advance(MINUTE);
    comes(&received);
    until("answered", || entries(&server)[0].last_answer() == Some(200));
    assert!(matches!(entries(&server)[0].state(), NotificationState::Waiting(_)));
    nothing_comes(&never);
    assert!(server.get("/dashboard/requests").body.len() < 200_000);
}
