//! A client with ureq: blocking. `cargo run --bin ureq -- http://127.0.0.1:8080`

use std::io::ErrorKind;
use std::time::Duration;

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::HttpResponseError;
use cashflows_codec::remote_auth::request::{Card, OriginalClass, Sale, Void};
use cashflows_codec::remote_auth::{Outcome, Request, Response, TransportFailure};
use cashflows_codec::value::{CardNumber, Money};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    const USAGE: &str = "usage: ureq http://127.0.0.1:<port>";
    let host = std::env::args().nth(1).ok_or(USAGE)?;
    if host == "--help" {
        println!("A few payments over ureq, to the acquirer of this crate.\n\n{USAGE}");
        return Ok(());
    }
    let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
    let agent = agent();
    let send = |request: Request| -> Result<Result<Response, HttpResponseError>, Error> {
        let request =
            request.encode(&credentials).into_http_at(format!("{host}/gateway/remote_auth").parse()?);
        Ok(match post(&agent, request) {
            Ok(reply) => Response::from_http(&reply),
            Err(failure) => Err(failure.into()),
        })
    };

    let number: CardNumber = "4000000000000002".parse()?;
    let card = Card::new(number, "1130".parse()?, "123".parse()?);
    let money = Money::gbp(24_99);
    let charged = send(Sale::ecom(card, money, "ureq-1".parse()?).into())??;
    assert_eq!(charged.outcome(), Outcome::Authorised);

    let original = charged.transaction_id().ok_or("no id")?.try_into()?;
    let voided = send(Request::from(Void::new(original, OriginalClass::Ecom, money)))?;
    assert_eq!(Outcome::of(&voided), Outcome::Authorised);
    println!("ureq: charged and voided");
    Ok(())
}

/// A status that is not 2xx, a redirect too, is an answer like any other: the codec tells what it
/// means, and nobody but the gateway gets a card number. There is no proxy either.
fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let config = config.max_redirects(0).max_redirects_will_error(false).proxy(None);
    config.timeout_global(Some(Duration::from_secs(30))).build().into()
}

/// An `http::Request` into ureq, and an `http::Response` out of it.
fn post(
    agent: &ureq::Agent,
    request: http::Request<Bytes>,
) -> Result<http::Response<Bytes>, TransportFailure> {
    let (parts, body) = request.into_parts();
    let request = http::Request::from_parts(parts, body.as_ref());
    let (parts, mut body) = agent.run(request).map_err(|error| failure(&error))?.into_parts();
    let body = body.read_to_vec().map_err(|error| failure(&error))?;
    Ok(http::Response::from_parts(parts, body.into()))
}

/// What an error of ureq says of the request. Only where there was no connection (no such host,
/// refused, or not in time) is it certain that nothing was sent. A name server that does not answer
/// is an error like many others here, and counts as lost, which is safe.
fn failure(error: &ureq::Error) -> TransportFailure {
    use ureq::{Error, Timeout};
    match error {
        Error::HostNotFound
        | Error::BadUri(_)
        | Error::ConnectionFailed
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportFailure::NotConnected,
        Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => TransportFailure::NotConnected,
        _ => TransportFailure::Lost,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    fn send(uri: &str) -> Result<http::Response<Bytes>, TransportFailure> {
        post(&agent(), http::Request::post(uri).body("a=b".into()).unwrap())
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

    #[test]
    fn without_a_connection_nothing_was_sent() {
        let refused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert_eq!(send(&format!("http://{refused}/")).unwrap_err(), TransportFailure::NotConnected);
    }

    #[test]
    fn what_was_read_and_not_answered_is_lost() {
        for says in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nA|01S"] {
            assert_eq!(send(&server(says)).unwrap_err(), TransportFailure::Lost, "{says}");
        }
    }

    #[test]
    fn a_redirect_is_not_followed() {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let says = format!(
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{elsewhere}/\r\ncontent-length: 0\r\n\r\n"
        );
        assert_eq!(send(&server(says.leak())).unwrap().status(), 307);
    }
}
