//! A client with reqwest: asynchronous. `cargo run --bin reqwest -- http://127.0.0.1:8080`

use std::time::Duration;

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::HttpResponseError;
use cashflows_codec::remote_auth::batch::{BatchResponse, Submission};
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::remote_auth::{Outcome, Request, Response, TransportFailure};
use cashflows_codec::value::{CardNumber, Money};

use reqwest::redirect::Policy;

type Error = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    const USAGE: &str = "usage: reqwest http://127.0.0.1:<port>";
    let host = std::env::args().nth(1).ok_or(USAGE)?;
    if host == "--help" {
        println!("A few payments over reqwest, to the acquirer of this crate.\n\n{USAGE}");
        return Ok(());
    }
    let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);

    let number: CardNumber = "4000000000000002".parse()?;
    let card = Card::new(number, "1130".parse()?, "123".parse()?);
    let sale = Request::from(Sale::ecom(card, Money::gbp(24_99), "reqwest-1".parse()?));
    let body = sale.encode(&credentials);
    let charged: Result<Response, HttpResponseError> =
        match post(body.into_http_at(format!("{host}/gateway/remote_auth").parse()?)).await {
            Ok(reply) => Response::from_http(&reply),
            Err(failure) => Err(failure.into()),
        };
    assert_eq!(Outcome::of(&charged), Outcome::Authorised);

    let upload =
        Submission::new(vec![charged?.transaction_id().ok_or("no id")?.try_into()?]).encode(&credentials)?;
    let reply = BatchResponse::from_http(
        &post(upload.into_http_at(format!("{host}/admin/remote_batch").parse()?)).await?,
    )?;
    assert_eq!(reply.result(), "release_report");
    println!("reqwest: charged, and a batch uploaded");
    Ok(())
}

/// An `http::Request` into reqwest, and an `http::Response` out of it.
async fn post(
    request: http::Request<bytes::Bytes>,
) -> Result<http::Response<bytes::Bytes>, TransportFailure> {
    // Nobody but the gateway gets a card number: a redirect is an answer like any other, and there is
    // no proxy.
    let client = reqwest::Client::builder().redirect(Policy::none()).no_proxy().timeout(PATIENCE);
    let client = client.build().map_err(|_| TransportFailure::NotConnected)?;
    let request = request.try_into().map_err(|_| TransportFailure::NotConnected)?;
    let reply = client.execute(request).await.map_err(|error| failure(&error))?;
    let (status, headers) = (reply.status(), reply.headers().clone());
    let body = reply.bytes().await.map_err(|error| failure(&error))?;
    let mut received = http::Response::new(body);
    *received.status_mut() = status;
    *received.headers_mut() = headers;
    Ok(received)
}

const PATIENCE: Duration = Duration::from_secs(30);

/// What an error of reqwest says of the request. Only where there was no connection (no such host,
/// refused, no TLS, or not in time) is it certain that nothing was sent; and only if no redirect was
/// followed, since it is the last connection that this is about.
fn failure(error: &reqwest::Error) -> TransportFailure {
    if error.is_connect() || error.is_builder() {
        TransportFailure::NotConnected
    } else {
        TransportFailure::Lost
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    fn request(uri: &str) -> http::Request<bytes::Bytes> {
        http::Request::post(uri).body("a=b".into()).unwrap()
    }

    /// A server that reads the request, says something, and closes the connection.
    fn server(says: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let read = stream.read(&mut [0; 1024]).unwrap();
            assert!(read > 0);
            stream.write_all(says.as_bytes()).unwrap();
        });
        uri
    }

    #[tokio::test]
    async fn without_a_connection_nothing_was_sent() {
        let refused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        for uri in [format!("http://{refused}/"), "http://no-such-host.invalid/".to_owned()] {
            assert_eq!(post(request(&uri)).await.unwrap_err(), TransportFailure::NotConnected, "{uri}");
        }
    }

    #[tokio::test]
    async fn what_was_read_and_not_answered_is_lost() {
        for says in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nA|01S"] {
            assert_eq!(post(request(&server(says))).await.unwrap_err(), TransportFailure::Lost, "{says}");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let says = format!(
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{elsewhere}/\r\ncontent-length: 0\r\n\r\n"
        );
        let reply = post(request(&server(says.leak()))).await.unwrap();
        assert_eq!(reply.status(), 307);
    }
}
