//! Clients that send no request, half of one, or come from another site: they keep no other client out.
#![cfg(feature = "loopback")]

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;
use support::{Running, Shop, purchase};

const HALVES: [&str; 3] = [
    "",
    "POST /pay HTTP/1.1\r\nHost: shop\r\nIdempotency-",
    "POST /pay HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\n{\"mon",
];

fn connect(service: &Running) -> TcpStream {
    let stream = TcpStream::connect(service.url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

fn halves(service: &Running, count: usize) -> Vec<TcpStream> {
    let half = |half: &&str| {
        let mut stream = connect(service);
        stream.write_all(half.as_bytes()).unwrap();
        stream
    };
    HALVES.iter().cycle().take(count).map(half).collect()
}

/// Tells whether the other side closes a connection in time, with or without a response.
fn is_closed(mut stream: &TcpStream) -> bool {
    let mut said = [0; 1_024];
    loop {
        match stream.read(&mut said) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() == std::io::ErrorKind::ConnectionReset,
        }
    }
}

#[test]
fn connections_without_a_whole_request_make_room_for_others() {
    let shop = Shop::with(support::FASTER, &["--most-callers", "16"]);
    let service = shop.start();
    let held = halves(&service, 200);
    let began = Instant::now();
    for click in 0..20 {
        assert_eq!(service.pay(&format!("cart-{click}")).gist(), (200, "authorised"));
        drop(halves(&service, 10));
    }
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    // All but the youngest were closed to make room, long before their time was over.
    assert!(held[..180].iter().all(is_closed));
    assert_eq!(shop.charges(), 20);
}

#[test]
fn connection_with_a_request_in_progress_keeps_its_place() {
    use cashflows_codec::simulator::{Effect, Symptom};
    use merchant::acquirer::loopback::Mishap;

    let shop = Shop::with(support::FASTER, &["--most-callers", "4"]);
    let service = shop.start();
    shop.script([Some(Mishap::Effect(Effect::LoseRequest(Symptom::Silence)))]);
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| service.pay("slow"));
        shop.wait_until("the payment", |shop| shop.requests() == 1);
        let _held = halves(&service, 40);
        assert_eq!(slow.join().unwrap().gist(), (202, "processing"), "after the time for a response");
    });
}

#[test]
fn connection_without_a_whole_request_is_closed_in_time() {
    let shop = Shop::with(support::FASTER, &["--idle", "1s"]);
    let service = shop.start();
    for half in HALVES {
        let (mut stream, began) = (connect(&service), Instant::now());
        stream.write_all(half.as_bytes()).unwrap();
        assert!(is_closed(&stream), "{half}");
        assert!(began.elapsed() > Duration::from_millis(900) && began.elapsed() < Duration::from_secs(10));
    }
    // A byte now and then earns no more time.
    let (mut stream, began) = (connect(&service), Instant::now());
    while stream.write_all(b"A").is_ok() {
        assert!(began.elapsed() < Duration::from_secs(10), "a trickle keeps it open");
        std::thread::sleep(Duration::from_millis(50));
    }
    // A connection that had its response is closed too.
    let mut stream = connect(&service);
    let host = service.url.strip_prefix("http://").unwrap();
    write!(stream, "GET /orders/x HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    assert!(is_closed(&stream));
}

#[test]
fn stop_does_not_wait_for_half_requests() {
    let shop = Shop::new();
    let service = shop.start();
    let _held = halves(&service, 30);
    assert_eq!(service.pay("cart-1").gist(), (200, "authorised"));
    let began = Instant::now();
    assert_eq!(service.stop(), 0);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[test]
fn requests_with_another_host_or_from_another_site_are_refused() {
    let shop = Shop::with(support::FASTER, &["--host", "merchant:8090"]);
    let service = shop.start();
    let paid = service.pay("cart-1");
    let local = service.url.replace("http://127.0.0.1", "localhost");
    let settle = format!("/orders/{}/settle", paid.id());
    let look = format!("/orders/{}", paid.id());
    for (host, is_known) in [
        (service.url.strip_prefix("http://").unwrap(), true),
        (&local, true),
        ("merchant:8090", true),
        ("MERCHANT:8090", true),
        ("evil.test", false),
        ("127.0.0.1", false),
        ("merchant", false),
    ] {
        let header = [("Host", host)];
        let looked = service.ask_with("GET", &look, &header, "");
        let found = service.ask_with("POST", &settle, &header, r#"{"found": false}"#);
        let expected =
            if is_known { [(200, "authorised"), (409, "not_settled")] } else { [(421, "other_host"); 2] };
        assert_eq!([looked.gist(), found.gist()], expected, "{host}");
    }
    for (site, expected) in [("cross-site", (403, "elsewhere")), ("same-origin", (409, "not_settled"))] {
        let found = service.ask_with("POST", &settle, &[("Sec-Fetch-Site", site)], r#"{"found": false}"#);
        assert_eq!(found.gist(), expected, "{site}");
    }
    let body = purchase("24.99").to_string();
    let pay =
        service.ask_with("POST", "/pay", &[("Host", "evil.test"), ("Idempotency-Key", "cart-2")], &body);
    assert_eq!((pay.gist(), shop.charges()), ((421, "other_host"), 1));
}

#[test]
fn too_large_body_is_refused_on_every_route() {
    let shop = Shop::new();
    let service = shop.start();
    let large = json!("x".repeat(20_000)).to_string();
    for path in ["/pay", "/webhook", "/buy", "/office/x/refund", "/orders/x/settle"] {
        assert_eq!(service.ask_with("POST", path, &[], &large).status, 413, "{path}");
    }
}
