//! Whom a request is meant for.
//!
//! A page of any site can have its name point to 127.0.0.1, and then a browser lets it read what is
//! served here. Its requests have that name in their `Host` header, which is why no other host is
//! answered than this machine's, whatever the route.

use std::net::SocketAddr;

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Where a connection arrived: [`serve`](crate::serve) says so in each request's extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrived(pub(crate) SocketAddr);

/// Lets requests for this machine pass, and refuses others with 421.
pub(crate) async fn require_this_machine(request: Request, next: Next) -> Response {
    if is_meant(&request) {
        next.run(request).await
    } else {
        let said = "This server answers 127.0.0.1, localhost and [::1] only, with its port.\n";
        (StatusCode::MISDIRECTED_REQUEST, said).into_response()
    }
}

fn is_meant(request: &Request) -> bool {
    let port = request.extensions().get::<Arrived>().map(|arrived| arrived.0.port());
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let one = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| is_this_machine(host, port)),
        _ => false,
    };
    // A request line with a host in it counts for more than the header.
    one && request.uri().authority().is_none_or(|authority| is_this_machine(authority.as_str(), port))
}

/// Whether this is a name of this machine with the port, which may be left out where it is HTTP's own.
fn is_this_machine(host: &str, port: Option<u16>) -> bool {
    let rest = ["127.0.0.1", "[::1]"].iter().find_map(|name| host.strip_prefix(name)).or_else(|| {
        let (name, rest) = host.split_at_checked("localhost".len())?;
        name.eq_ignore_ascii_case("localhost").then_some(rest)
    });
    let Some(rest) = rest else { return false };
    let said = match rest.strip_prefix(':') {
        Some(digits) => digits.parse().ok(),
        None if rest.is_empty() => Some(80),
        None => None,
    };
    said.is_some_and(|said: u16| port.is_none_or(|port| port == said))
}

#[cfg(test)]
mod tests {
    use super::is_this_machine;

    #[test]
    fn names_of_this_machine() {
        for good in ["127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"] {
            assert!(is_this_machine(good, Some(8_080)), "{good}");
        }
        for bad in [
            "",
            ":8080",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:8081",
            "127.0.0.1:08080x",
            "127.0.0.1.evil.test:8080",
            "127.0.0.10:8080",
            "localhost.:8080",
            "localhost.evil.test:8080",
            "evil.test:8080",
            "127.1:8080",
            "evil@127.0.0.1:8080",
            "127.0.0.1@evil:8080",
            "2130706433:8080",
            "[::]:8080",
            "::1:8080",
            "localhostß:8080",
        ] {
            assert!(!is_this_machine(bad, Some(8_080)), "{bad}");
        }
        assert!(is_this_machine("localhost", Some(80)) && is_this_machine("localhost:9", None));
    }
}
