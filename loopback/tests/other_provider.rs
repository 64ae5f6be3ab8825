//! The other provider: its calls and its page.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{Response, Server, card};

fn post_json(server: &Server, path: &str, headers: &str, body: &Value) -> Response {
    let headers = format!("{headers}Content-Type: application/json\r\n");
    server.request("POST", path, &headers, body.to_string().as_bytes())
}

fn bearer(server: &Server) -> String {
    let login = json!({ "username": "shop", "password": "pa55word" });
    let answer = post_json(server, "/api/oauth2/login/token", "", &login);
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    format!("Authorization: Bearer {}\r\n", json["access_token"].as_str().unwrap())
}

fn order(reference: &str) -> Value {
    json!({
        "reference": reference, "terminal_id": "TERM001", "currency": "EUR", "amount": 1_00,
        "transaction_type": "PURCHASE", "success_url": "http://shop.test/paid",
        "cancel_url": "http://shop.test/cancelled", "error_url": "http://failed.test/",
    })
}

fn page(server: &Server, reference: &str) -> String {
    let answer = post_json(server, "/api/hosted-payment-page", &bearer(server), &order(reference));
    assert_eq!(answer.status, 200, "{answer:?}");
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    json["redirect_url"].as_str().unwrap().to_owned()
}

#[test]
fn a_page_is_paid_once() {
    let server = Server::start();
    let page = page(&server, "ORDER-<1>");
    let shown = server.get(&page);
    assert!(shown.body.contains("1.00 EUR") && shown.body.contains("ORDER-&lt;1&gt;"), "{}", shown.body);
    let policy = shown.header("content-security-policy");
    assert!(policy.contains("form-action 'self' http://shop.test http://failed.test;"), "{policy}");
    let token = shown.token().to_owned();
    for _ in 0..3 {
        assert_eq!(server.post(&page, &card(&token, "Jon Snow")).location(), "http://shop.test/paid");
    }
    assert!(server.get(&page).body.contains("This has been paid"));
    let list = server.get("/dashboard/other").body;
    assert!(list.contains("400000******0002") && list.contains("paid") && list.contains("ORDER-&lt;1&gt;"));
    assert!(!list.contains("4000000000000002"));
    assert_eq!(server.charges(), 0, "it is another list");
}

#[test]
fn a_page_is_refused_and_cancelled() {
    let server = Server::start();
    let page = page(&server, "ORDER-1");
    let token = server.get(&page).token().to_owned();
    assert_eq!(server.post(&page, &card("00", "Jon Snow")).status, 403);
    let mut fields = card(&token, "Jon Snow");
    fields[3].1 = "999";
    assert_eq!(server.post(&page, &fields).location(), "http://failed.test/");
    fields[3].1 = "";
    assert_eq!(server.post(&page, &fields).status, 422);
    let cancelled = server.post(&page, &[("token", &token), ("do", "cancel")]);
    assert_eq!(cancelled.location(), "http://shop.test/cancelled");
    assert!(server.get(&page).body.contains("This payment was cancelled"));
    let nowhere = server.get("/hpp/payment/TERM001/0000");
    assert!(nowhere.status == 404 && nowhere.body.contains("currently unavailable"));
}

#[test]
fn a_session_is_opened_by_two_secrets_which_are_never_shown() {
    let server = Server::start();
    let mut session = order("ORDER-1");
    session.as_object_mut().unwrap().remove("error_url");
    session["customer"] = json!({ "first_name": "Luke", "last_name": "Skywalker" });
    let open = |headers: &str| post_json(&server, "/api/sessions", headers, &session).status;
    let bearer = bearer(&server);
    assert_eq!(open(&bearer), 401);
    assert_eq!(open("x-api-key: api-key\r\n"), 401);
    let answer = post_json(&server, "/api/sessions", &format!("{bearer}x-api-key: api-key\r\n"), &session);
    assert_eq!(answer.status, 200, "{answer:?}");
    for number in 1..=4 {
        let shown = server.get(&format!("/dashboard/requests/{number}")).body.replace("x-api-key", "");
        for secret in ["pa55word", "api-key", "Skywalker", bearer.trim_end().rsplit(' ').next().unwrap()] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
}

#[test]
fn the_page_of_a_request_says_what_was_passed_over() {
    let server = Server::start();
    let mut order = order("ORDER-1");
    order["odd"] = json!(1);
    order["customer_email"] = json!("nobody");
    let answer = post_json(&server, "/api/hosted-payment-page", &bearer(&server), &order);
    assert_eq!(answer.status, 200, "{answer:?}");
    let page = server.get("/dashboard/requests/2").body;
    assert!(
        page.contains("odd is not known") && page.contains("customer_email must be an e-mail address"),
        "{page}"
    );
}
