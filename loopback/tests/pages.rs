//! What all pages have in common: headers, escaping, no card number anywhere, nothing in a HEAD.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::io::{Read, Write};

use serde_json::json;
use support::{CARD, Response, Server};

const HOSTILE: &str = r#""><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;"#;

/// A server where everything has happened once, and all of its pages.
fn everything() -> (Server, Vec<(String, Response)>) {
    let server = Server::start();
    assert!(server.sale("cart-1").starts_with("A|"));
    assert!(server.sale(HOSTILE).starts_with("A|"));
    assert!(server.sale(CARD).starts_with("A|"));
    let open = server.page("open");
    let asked = server.page("asked");
    server.pay(&asked, "Han Solo");
    let paid = server.page("paid");
    server.pay(&paid, "Luke Skywalker");
    let declined = server.page("declined");
    server.pay(&declined, "Ben Kenobi");
    let mut pages = vec!["/".to_owned(), "/nowhere".to_owned(), "/payment?ref=zz".to_owned()];
    for page in
        ["jobs", "webhooks", "requests", "other", "transactions/01S00000003", "transactions/01S0000FFFF"]
    {
        pages.push(format!("/dashboard/{page}"));
    }
    for number in 1..=server.get("/dashboard/requests").body.matches("№").count() {
        pages.push(format!("/dashboard/requests/{number}"));
    }
    for job in 1..=4 {
        pages.push(format!("/dashboard/jobs/10000000000000000{job}"));
    }
    pages.extend([open, asked.replace("/payment?", "/payment/form-post?"), paid.clone(), declined]);
    pages.push(paid.replace("/payment?", "/payment/result?"));
    let answers = pages.into_iter().map(|path| (path.clone(), server.get(&path))).collect();
    (server, answers)
}

/// All that stands between angle brackets, with them, and without what stands in quotes.
fn tags(body: &str) -> String {
    let tags = body.split('<').filter_map(|piece| piece.split_once('>'));
    let unquoted = |tag: &str| tag.split('"').step_by(2).collect::<String>();
    tags.map(|(tag, _)| format!("<{}>", unquoted(tag))).collect()
}

#[test]
fn every_page_has_a_strict_policy_and_is_never_kept() {
    let (server, mut pages) = everything();
    for path in ["/assets/style.css", "/assets/live.js", "/assets/icon.svg"] {
        pages.push((path.to_owned(), server.get(path)));
    }
    let open = server.page("another");
    pages.push(("refused".to_owned(), server.post(&open, &[("token", "00")])));
    let token = server.get(&open).token().to_owned();
    pages.push((open.clone(), server.post(&open, &[("token", &token)])));
    pages.push(("/dashboard/clock".to_owned(), server.post("/dashboard/clock", &[])));
    assert!(pages.len() > 20);
    for (path, page) in &pages {
        assert!(matches!(page.status, 200 | 403 | 404 | 422), "{path}: {}", page.status);
        let policy = page.header("content-security-policy");
        for directive in
            ["default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert!(policy.contains("script-src 'self'") || !page.body.contains("<script"), "{path}");
        let rest = policy.split("form-action ").nth(1).unwrap().split(';').next().unwrap();
        let shop = path.contains("/payment") && page.body.contains("<form");
        assert_eq!(rest, if shop { "'self' http://shop.test:81" } else { "'self'" }, "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
}

#[test]
fn nothing_in_a_page_is_run_or_loaded_but_what_is_served_here() {
    let (_server, pages) = everything();
    for (path, page) in &pages {
        let body = &page.body;
        assert!(body.starts_with("<!DOCTYPE html>"), "{path}");
        for wrong in ["<style", " style=", "<img", " onclick", " onerror", "<script>", "<iframe"] {
            assert!(!tags(body).contains(wrong), "{path}: {wrong}");
        }
        assert!(!body.contains("\"javascript:"), "{path}");
        let scripts = body.matches("<script").count();
        let own = body.matches(r#"<script src="/assets/live.js" defer></script>"#).count();
        assert_eq!(scripts, own, "{path}");
        assert_eq!(body.matches("<link rel=\"stylesheet\"").count(), 1, "{path}");
        for landmark in ["<main id=\"main\"", "lang=\"en\"", "class=\"skip\"", "<title>", "<h1"] {
            assert!(body.contains(landmark), "{path}: {landmark}");
        }
        assert_eq!(body.matches("<table").count(), body.matches("<caption").count(), "{path}");
        let unscoped = body.replace("scope=\"col\"", "").replace("scope=\"row\"", "");
        let heads = body.matches("<th ").count() + body.matches("<th>").count();
        assert_eq!(body.len() - unscoped.len(), heads * "scope=\"col\"".len(), "{path}");
    }
}

#[test]
fn values_of_others_are_escaped_wherever_they_stand() {
    let server = Server::start();
    let lines = json!([{ "lineNumber": 1, "name": HOSTILE, "quantity": 1, "unitPriceInclVat": "24.99", "totalLineAmount": "24.99" }]);
    let page = server.job(&json!({ "order": { "orderNumber": HOSTILE, "orderLines": lines } }));
    let shown = server.get(&page);
    let escaped = "&quot;&gt;&lt;script&gt;alert(1)";
    assert_eq!(shown.body.matches(escaped).count(), 2);
    // A name that is kept in the form, since the card is wrong; and one that is shown by 3-D Secure.
    let token = shown.token().to_owned();
    let mut fields = support::card(&token, HOSTILE);
    fields[1].1 = "1";
    let refused = server.post(&page, &fields);
    assert!(refused.status == 422 && refused.body.contains(escaped));
    let asked = server.pay(&page, HOSTILE);
    let asked = server.get(asked.location());
    assert!(asked.body.contains(escaped) && asked.body.contains("Your bank asks"));
    server.sale(HOSTILE);
    let pages = ["/", "/dashboard/jobs", "/dashboard/requests", "/dashboard/jobs/100000000000000001"];
    let answers = pages.map(|path| server.get(path));
    for answer in answers.iter().chain([&shown, &refused, &asked]) {
        for wrong in ["<script>", "<img", "onerror"] {
            assert!(!tags(&answer.body).contains(wrong), "{wrong}");
        }
    }
    assert!(answers[0].body.contains(escaped) && answers[3].body.contains(escaped));
    // What a link says of itself cannot break out either.
    let nowhere = server.get("/payment?ref=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&x=%0d%0aX-Evil:1");
    assert!(nowhere.status == 404 && !nowhere.body.contains("<script"));
}

#[test]
fn no_page_shows_a_card_number_code_or_key() {
    let (_server, pages) = everything();
    let masked = pages.iter().filter(|(_, page)| page.body.contains("400000******0002")).count();
    assert!(masked > 10, "{masked}");
    for (path, page) in &pages {
        let dense: String = page.body.chars().filter(|character| *character != ' ').collect();
        // The cards to try are printed on the shopper's page, and nowhere else.
        let hint = "4000000000000002,anydate";
        assert_eq!(dense.matches(CARD).count(), dense.matches(hint).count(), "{path}");
        assert!(!path.contains("dashboard") || !dense.contains(hint), "{path}");
        for secret in ["845c51f6", "auth_pass=secret", "card_cvv=123", "Skywalker\n", "Solo"] {
            let shopper = path.contains("/payment");
            assert!(shopper || !page.body.contains(secret), "{path}: {secret}");
        }
    }
}

#[test]
fn the_answer_to_head_has_no_body() {
    let server = Server::start();
    let page = server.page("cart-1");
    let path = page.strip_prefix(&format!("http://{}", server.address)).unwrap();
    for path in ["/", path, "/assets/style.css", "/dashboard/jobs", "/api/gateway/orders/cart-1"] {
        let mut stream = server.connect();
        let hash = cashflows_codec::gateway::Signature::of(support::credentials().key(), b"");
        let hash = hash.secret_str();
        let head = format!(
            "HEAD {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nConfigurationId: 200426117314086912\r\nHash: {hash}\r\n\r\n",
            server.address
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        let (head, body) = all.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200") && body.is_empty(), "{path}: {all}");
    }
}

#[test]
fn links_that_are_no_urls_of_the_web_do_not_get_through() {
    let server = Server::start();
    let body = json!({ "amountToCollect": "1.00", "currency": "GBP", "parameters": { "ReturnUrlSuccess": "javascript:alert(1)" } });
    assert_eq!(server.create(&body.to_string()).status, 400);
}
