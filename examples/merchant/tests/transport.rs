//! The meaning of failed transports, shown with servers of every bad kind.
//!
//! Not connected means never sent. Everything else means lost: the request may have arrived.
#![cfg(feature = "loopback")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use bytes::Bytes;
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::remote_auth::response::DecodeError;
use cashflows_codec::remote_auth::{Credentials, Request, Response, TransportFailure};
use cashflows_codec::value::{CardNumber, Money};
use merchant::acquirer::Acquirer;
use merchant::clock::Clock;

fn sale() -> Request {
    let number: CardNumber = "4000000000000002".parse().unwrap();
    let card = Card::new(number, "1130".parse().unwrap(), "123".parse().unwrap());
    Sale::ecom(card, Money::gbp(24_99), "cart-1".parse().unwrap()).into()
}

fn credentials() -> Credentials {
    Credentials::new("1234567".parse().unwrap(), "secret".parse().unwrap())
}

fn send(url: &str) -> Result<http::Response<Bytes>, TransportFailure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (url, patience) = (url.parse().unwrap(), Duration::from_millis(500));
    let acquirer = Acquirer::new(url, credentials(), Clock::real(), patience).unwrap();
    runtime.block_on(acquirer.send(&sale()))
}

/// A server that does the same with each connection.
fn server(does: fn(std::net::TcpStream)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().flatten().for_each(does));
    format!("http://{address}/gateway/remote_auth")
}

fn read_request(stream: &mut std::net::TcpStream) {
    let mut request = [0; 4_096];
    let _read = stream.read(&mut request).unwrap();
}

fn refused() -> String {
    let address: SocketAddr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    format!("http://{address}/")
}

#[test]
fn failure_tells_unsent_requests_from_lost_ones() {
    use TransportFailure::{Lost, NotConnected};
    let cases = [
        ("no listener", refused(), NotConnected),
        ("no such name", "http://nowhere.invalid/".to_owned(), NotConnected),
        ("closed at once", server(drop), Lost),
        ("closed when the request was read", server(|mut stream| read_request(&mut stream)), Lost),
        (
            "silence",
            server(|mut stream| {
                read_request(&mut stream);
                std::thread::sleep(Duration::from_secs(2));
            }),
            Lost,
        ),
        (
            "half a response",
            server(|mut stream| {
                read_request(&mut stream);
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 37\r\n\r\nA|01S00000001").unwrap();
            }),
            Lost,
        ),
        (
            "no HTTP",
            server(|mut stream| {
                read_request(&mut stream);
                stream.write_all(b"A|01S00000001|200|000001|Authorised\n").unwrap();
            }),
            Lost,
        ),
    ];
    for (what, url, expected) in &cases {
        assert_eq!(send(url).map(drop), Err(*expected), "{what}");
    }
}

#[test]
fn response_is_read_up_to_its_limit_and_no_further() {
    let endless = server(|mut stream| {
        read_request(&mut stream);
        let _head = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n");
        // A reader without a limit would read for ever.
        while stream.write_all(&[b'A'; 1_024]).is_ok() {}
    });
    let reply = send(&endless).unwrap();
    assert_eq!(reply.body().len(), 4_097);
    let error: DecodeError = Response::decode(reply.body()).unwrap_err();
    assert!(error.to_string().contains("too long"), "{error}");
}

#[test]
fn redirect_of_a_payment_is_not_followed() {
    static ASKED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let elsewhere = server(|_| {
        ASKED.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    });
    static WHERE: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    WHERE.set(elsewhere).unwrap();
    let redirecting = server(|mut stream| {
        read_request(&mut stream);
        let to = WHERE.get().unwrap();
        let reply = format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
        stream.write_all(reply.as_bytes()).unwrap();
    });
    assert_eq!(send(&redirecting).map(|reply| reply.status().as_u16()), Ok(307));
    assert_eq!(ASKED.load(std::sync::atomic::Ordering::SeqCst), 0);
}
