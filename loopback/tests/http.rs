//! What only a server can get wrong, over real connections.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::io::{ErrorKind, Read};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use support::{FORM, IDLE, Server, connect};

const PARTS: &str = "multipart/x-vcg-remote-api; boundary=b";
const SALE: &str = "auth_id=1234567&auth_pass=secret&card_num=4000000000000002&card_cvv=123&card_expiry=1130\
    &tran_ref=cart-1&tran_amount=24.99&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=ecom";

/// Starts a server that lives as long as the test.
fn start() -> SocketAddr {
    Server::start().address
}

/// Sends a request and gives status, content type and body of the answer; the connection stays open.
fn exchange(
    stream: &mut TcpStream,
    method: &str,
    path: &str,
    content_type: &str,
    body: &[u8],
) -> [String; 3] {
    let (length, host) = (body.len(), stream.peer_addr().unwrap());
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content_type}\r\n");
    let answer = support::exchange(stream, &format!("{head}Content-Length: {length}\r\n"), body);
    [answer.status.to_string(), answer.header("content-type").to_owned(), answer.body]
}

fn post(path: &str, content_type: &str, body: &[u8]) -> [String; 3] {
    exchange(&mut connect(start()), "POST", path, content_type, body)
}

/// Above the two megabytes at which a server usually answers 413 by itself, and far above.
#[test]
fn a_body_that_is_too_large_gets_the_protocols_answer() {
    for size in [65_537, 2 * 1_024 * 1_024 + 1, 30_000_000] {
        let body = vec![b'a'; size];
        for content_type in [FORM, PARTS] {
            // A batch is answered as one at either place.
            let answer = match content_type {
                PARTS => ["200", FORM, "result=request_toobig"],
                _ => ["200", "text/plain", "V|99E00000001|000|V226|Invalid request"],
            };
            assert_eq!(post("/gateway/remote_auth", content_type, &body), answer, "{size}");
            assert_eq!(
                post("/admin/remote_batch", content_type, &body),
                ["200", FORM, "result=request_toobig"],
                "{size}"
            );
        }
    }
}

#[test]
fn the_endpoint_decides_what_an_answer_is() {
    for (content_type, body) in [(FORM, SALE), ("", ""), ("application/json", "{}")] {
        let [status, kind, line] = post("/gateway/remote_auth", content_type, body.as_bytes());
        assert_eq!((status.as_str(), kind.as_str()), ("200", "text/plain"));
        assert_eq!(line.starts_with("A|01S00000001|"), body == SALE, "{line}");
        assert_eq!(line.starts_with("V|99E00000001|000|V226|"), body != SALE, "{line}");
        let reply = post("/admin/remote_batch", content_type, body.as_bytes());
        assert_eq!(reply, ["200", FORM, "result=invalid_request"]);
    }
    let batch = post("/gateway/remote_auth", PARTS, b"--b--\r\n");
    assert_eq!(batch, ["200", FORM, "result=invalid_request"]);
}

#[test]
fn credentials_in_headers_count_where_the_body_has_none() {
    let body = SALE.replace("auth_id=1234567&auth_pass=secret&", "");
    for (password, status) in [("secret", "A|"), ("another", "V|")] {
        let mut stream = connect(start());
        let host = stream.peer_addr().unwrap();
        let head = format!(
            "POST /gateway/remote_auth HTTP/1.1\r\nHost: {host}\r\nContent-Type: {FORM}\r\nauth_id: 1234567\r\n\
             auth_pass: {password}\r\nContent-Length: {}\r\n",
            body.len()
        );
        let answer = support::exchange(&mut stream, &head, body.as_bytes());
        assert!(answer.body.starts_with(status), "{password}: {}", answer.body);
    }
}

#[test]
fn the_samples_path_is_served_too() {
    for path in ["/gateway/remote_auth", "/gateway/remote_auth/gateway/remote_auth", "/gateway/remote"] {
        let [status, _, line] = post(path, FORM, SALE.as_bytes());
        assert_eq!(
            (status.as_str(), line.as_str()),
            ("200", "A|01S00000001|200|000001|Authorised"),
            "{path}"
        );
    }
    assert_eq!(post("/", FORM, SALE.as_bytes())[0], "405");
    assert_eq!(post("/gateway", FORM, SALE.as_bytes())[0], "404");
    assert_eq!(exchange(&mut connect(start()), "GET", "/gateway/remote_auth", FORM, b"")[0], "405");
}

#[test]
fn a_connection_that_nobody_uses_is_closed() {
    let address = start();
    let (mut unused, mut used) = (connect(address), connect(address));
    for _ in 0..3 {
        exchange(&mut used, "POST", "/gateway/remote_auth", FORM, SALE.as_bytes());
        std::thread::sleep(IDLE / 4);
    }
    let since = Instant::now();
    for stream in [&mut used, &mut unused] {
        let mut rest = Vec::new();
        match stream.read_to_end(&mut rest) {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}"),
        }
    }
    assert!(since.elapsed() < Duration::from_secs(10));
}
