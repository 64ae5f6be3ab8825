//! Whom the server answers: this machine, and nobody whose name points to it.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use support::{FORM, Server};

const ROUTES: [(&str, &str); 15] = [
    ("GET", "/"),
    ("GET", "/dashboard/jobs"),
    ("GET", "/dashboard/webhooks"),
    ("GET", "/dashboard/requests"),
    ("GET", "/dashboard/transactions/01S00000001"),
    ("POST", "/dashboard/faults"),
    ("POST", "/dashboard/clock"),
    ("GET", "/assets/style.css"),
    ("GET", "/payment?ref=0"),
    ("POST", "/payment/form-post?ref=0"),
    ("POST", "/gateway/remote_auth"),
    ("POST", "/admin/remote_batch"),
    ("POST", "/api/gateway/payment-jobs"),
    ("POST", "/api/oauth2/login/token"),
    ("GET", "/nowhere"),
];

fn status(server: &Server, method: &str, path: &str, hosts: &str) -> u16 {
    let head = format!("{method} {path} HTTP/1.1\r\n{hosts}Content-Type: {FORM}\r\nContent-Length: 0\r\n");
    server.raw(&head, b"").status
}

#[test]
fn every_route_refuses_other_hosts() {
    let server = Server::start();
    let port = server.address.port();
    for (method, path) in ROUTES {
        for host in
            ["evil.test".to_owned(), format!("evil.test:{port}"), format!("127.0.0.1.evil.test:{port}")]
        {
            assert_eq!(status(&server, method, path, &format!("Host: {host}\r\n")), 421, "{path} {host}");
        }
        let here = status(&server, method, path, &format!("Host: 127.0.0.1:{port}\r\n"));
        assert_ne!(here, 421, "{path}");
    }
}

#[test]
fn this_machine_has_three_names_and_one_port() {
    let server = Server::start();
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        assert_eq!(status(&server, "GET", "/", &format!("Host: {host}:{port}\r\n")), 200, "{host}");
        assert_eq!(status(&server, "GET", "/", &format!("Host: {host}\r\n")), 421, "{host}");
        assert_eq!(status(&server, "GET", "/", &format!("Host: {host}:1\r\n")), 421, "{host}");
    }
    assert_eq!(status(&server, "GET", "/", ""), 421);
    let twice = format!("Host: 127.0.0.1:{port}\r\nHost: evil.test\r\n");
    assert_ne!(status(&server, "GET", "/", &twice), 200);
}

/// The request line may name a host too, and then it counts.
#[test]
fn a_host_in_the_request_line_counts() {
    let server = Server::start();
    let host = format!("Host: {}\r\n", server.address);
    assert_eq!(status(&server, "GET", &format!("http://evil.test:{}/", server.address.port()), &host), 421);
    assert_eq!(status(&server, "GET", &format!("http://{}/", server.address), &host), 200);
}
