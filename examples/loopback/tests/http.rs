//! What only a server can get wrong, over real connections.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::simulator::{Acquirer, Profile};
use loopback::{Loopback, router, serve};

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/x-vcg-remote-api; boundary=b";
const SALE: &str = "auth_id=1234567&auth_pass=secret&card_num=4000000000000002&card_cvv=123&card_expiry=1130\
    &tran_ref=cart-1&tran_amount=24.99&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=ecom";
const IDLE: Duration = Duration::from_millis(400);

/// Starts a server that lives as long as the test.
fn start() -> SocketAddr {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let credentials = Credentials::new("1234567".parse().unwrap(), "secret".parse().unwrap());
            let loopback = Loopback::new(Acquirer::new(Profile::new(credentials)));
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            serve(listener, router(Arc::new(loopback)), IDLE).await;
        });
    });
    receiver.recv().unwrap()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends a request and gives status, content type and body of the answer; the connection stays open.
fn exchange(
    stream: &mut TcpStream,
    method: &str,
    path: &str,
    content_type: &str,
    body: &[u8],
) -> [String; 3] {
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n");
    stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n").as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    loop {
        let mut piece = [0; 4_096];
        let read = stream.read(&mut piece).unwrap();
        answer.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            assert_ne!(read, 0, "the connection ends in {text:?}");
            continue;
        };
        let header = |name: &str| {
            let header = head.lines().find_map(|line| line.strip_prefix(name));
            header.unwrap_or_default().trim().to_owned()
        };
        if body.len() >= header("content-length:").parse::<usize>().unwrap() {
            let status = head.split(' ').nth(1).unwrap().to_owned();
            return [status, header("content-type:"), body.to_owned()];
        }
    }
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
            assert_eq!(
                post("/gateway/remote_auth", content_type, &body),
                ["200", "text/plain", "V|99E00000001|000|V226|Invalid request"],
                "{size}"
            );
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
    for (content_type, body) in [(FORM, SALE), (PARTS, "--b--\r\n"), ("", ""), ("application/json", "{}")] {
        let [status, kind, line] = post("/gateway/remote_auth", content_type, body.as_bytes());
        assert_eq!((status.as_str(), kind.as_str()), ("200", "text/plain"));
        assert_eq!(line.starts_with("A|01S00000001|"), body == SALE, "{line}");
        assert_eq!(line.starts_with("V|99E00000001|000|V226|"), body != SALE, "{line}");
        let reply = post("/admin/remote_batch", content_type, body.as_bytes());
        assert_eq!(reply, ["200", FORM, "result=invalid_request"]);
    }
}

#[test]
fn the_samples_path_is_served_too() {
    for path in ["/gateway/remote_auth", "/gateway/remote_auth/gateway/remote_auth"] {
        let [status, _, line] = post(path, FORM, SALE.as_bytes());
        assert_eq!(
            (status.as_str(), line.as_str()),
            ("200", "A|01S00000001|200|000001|Authorised"),
            "{path}"
        );
    }
    assert_eq!(post("/", FORM, SALE.as_bytes())[0], "404");
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
