//! The dashboard: what it shows, and what its buttons do.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::time::{Duration, SystemTime};

use cashflows_codec::gateway::call::{Call, CancelJob, RetrieveJob};
use cashflows_codec::simulator::State;
use support::{FORM, Server};

const DAY: u64 = 24 * 60 * 60;

#[test]
fn the_ledger_fills_and_leads_to_each_transaction() {
    let server = Server::start();
    assert!(server.get("/").body.contains("Nothing has been paid yet"));
    server.sale("cart-1");
    server.pay(&server.page("order-7"), "Luke Skywalker");
    let refund = [
        ("auth_id", "1234567"),
        ("auth_pass", "secret"),
        ("tran_orig_id", "01S00000001"),
        ("tran_amount", "24.99"),
        ("tran_currency", "GBP"),
        ("tran_testmode", "0"),
        ("tran_type", "refund"),
        ("tran_class", "ecom"),
    ];
    assert!(server.post("/gateway/remote_auth", &refund).body.starts_with("A|"));
    let ledger = server.get("/").body;
    for shown in ["cart-1", "order-7", "24.99 GBP", "pending", "400000******0002", "refund", "sale", "All 3"]
    {
        assert!(ledger.contains(shown), "{shown}");
    }
    let page = server.get("/dashboard/transactions/01S00000001").body;
    for shown in
        ["auth_pass=***", "card_num=400000******0002", "card_cvv=***", "A|01S00000001|200|000001|Authorised"]
    {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(page.contains("01R00000003") && page.contains("Refunded"), "its refund belongs to it");
    let page = server.get("/dashboard/transactions/01S00000002").body;
    assert!(page.contains("/dashboard/jobs/100000000000000001") && page.contains("Payment page: pay"));
    let job = server.get("/dashboard/jobs/100000000000000001").body;
    for shown in ["order-7", "Paid", "taken", "01S00000002", "orderNumber"] {
        assert!(job.contains(shown), "{shown}");
    }
}

#[test]
fn a_long_ledger_is_shown_a_hundred_at_a_time() {
    let server = Server::start();
    for number in 0..230 {
        server.sale(&format!("cart-{number}"));
    }
    let rows = |page: &str| page.matches("<th scope=\"row\">").count();
    let (mut path, mut seen) = ("/".to_owned(), 0);
    loop {
        let page = server.get(&path).body;
        seen += rows(&page);
        assert!(rows(&page) <= 100);
        let next = page.split("rel=\"next\"").next().filter(|_| page.contains("rel=\"next\""));
        let Some(before) = next else { break };
        path = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    }
    assert_eq!(seen, 230);
    let newest = server.get("/").body;
    assert!(
        newest.contains("The newest 100 of 230")
            && newest.contains("cart-229")
            && !newest.contains("cart-129<")
    );
    let second = server.get("/?until=130").body;
    assert!(second.contains("Number 130 down to 31 of 230") && second.contains("href=\"/\""));
    assert!(server.get("/?until=30").body.contains("/?until=130\" rel=\"prev\""));
    for odd in ["/?until=0", "/?until=999999", "/?until=-1", "/?until=x", "/?until=99999999999999999999"] {
        assert_eq!(server.get(odd).status, 200, "{odd}");
    }
}

#[test]
fn forms_of_other_sites_and_without_token_do_nothing() {
    let server = Server::start();
    let token = server.get("/").token().to_owned();
    let here = format!("Origin: http://{}\r\n", server.address);
    let before = server.loopback.now();
    for (headers, fields) in [
        (here.as_str(), &[("by", "week")][..]),
        (&here, &[("by", "week"), ("token", "")]),
        (&here, &[("by", "week"), ("token", "00")]),
        ("Origin: http://evil.test\r\n", &[("by", "week"), ("token", &token)]),
        ("Origin: null\r\n", &[("by", "week"), ("token", &token)]),
        ("Sec-Fetch-Site: cross-site\r\n", &[("by", "week"), ("token", &token)]),
    ] {
        let answer = server.post_from(headers, "/dashboard/clock", fields);
        assert_eq!(answer.status, 403, "{headers}{fields:?}");
    }
    for path in ["/dashboard/faults", "/dashboard/webhooks", "/dashboard/lock"] {
        assert_eq!(server.post(path, &[("fault", "decline"), ("target", "card")]).status, 403, "{path}");
    }
    // The token of a payment page is none of the dashboard's.
    let other = server.get(&server.page("cart-1")).token().to_owned();
    assert_eq!(server.post("/dashboard/clock", &[("by", "week"), ("token", &other)]).status, 403);
    assert!(server.loopback.now() < before + Duration::from_secs(60));
    assert!(server.sale("cart-2").starts_with("A|"), "no fault was set");
}

#[test]
fn buttons_break_the_next_card_payment_and_no_other() {
    let server = Server::start();
    for (fault, line, charged) in [
        ("lose-answer", "S|99E", true),
        ("lose-request", "S|99E", false),
        ("decline", "D|01S", false),
        ("delay", "S|99E", true),
        ("html", "<html>", true),
        ("half", "A|01S", true),
        ("hold", "A|01S", true),
    ] {
        assert_eq!(server.press("/dashboard/faults", &[("target", "card"), ("fault", fault)]).status, 303);
        assert!(server.get("/").body.contains("Waiting for it"), "{fault}");
        let before = server.charges();
        let answer = server.sale(fault);
        assert!(answer.starts_with(line), "{fault}: {answer}");
        assert_eq!(server.charges() - before, usize::from(charged), "{fault}");
        assert!(!server.get("/").body.contains("Waiting for it"), "{fault}");
        let next = server.sale(&format!("{fault}-next"));
        assert!(next.starts_with("A|") && next.ends_with("|Authorised"), "{fault}: {next}");
    }
    let acquirer = server.loopback.acquirer();
    let held = acquirer
        .ledger()
        .entries()
        .iter()
        .filter(|entry| entry.state(server.loopback.now()) == State::OnHold);
    assert_eq!(held.count(), 1);
    drop(acquirer);
    let requests = server.get("/dashboard/requests").body;
    assert!(requests.contains("Lose the answer") && requests.contains("perhaps charged"));
    // What the caller was told, and what stands in the ledger.
    let lost = server.get("/dashboard/requests/1").body;
    assert!(lost.contains("S203") && lost.contains("by button: Lose the answer"));
    assert!(lost.contains("/dashboard/transactions/01S00000001") && lost.contains("authorised"));
}

#[test]
fn two_buttons_are_for_the_next_two_payments_and_can_be_taken_back() {
    let server = Server::start();
    let press = |fault| server.press("/dashboard/faults", &[("target", "card"), ("fault", fault)]);
    press("decline");
    press("lose-request");
    assert!(server.sale("a").starts_with("D|"));
    assert!(server.sale("b").starts_with("S|"));
    press("decline");
    server.press("/dashboard/faults", &[("clear", "all")]);
    assert!(server.sale("c").starts_with("A|"));
    for _ in 0..25 {
        press("decline");
    }
    assert!(press("decline").location().ends_with("did=full"));
}

#[test]
fn buttons_break_the_shoppers_payment_too() {
    let server = Server::start();
    let page = server.page("cart-1");
    server.press("/dashboard/faults", &[("target", "card"), ("fault", "decline")]);
    assert!(server.pay(&page, "Luke Skywalker").location().starts_with("/payment?"));
    assert!(server.get(&page).body.contains("declined the card"));
    assert!(server.pay(&page, "Luke Skywalker").location().starts_with("http://shop.test:81/"));
    assert_eq!(server.charges(), 1);
}

#[test]
fn buttons_break_the_next_call() {
    let server = Server::start();
    for (fault, status, done) in [
        ("lose-answer", 500, true),
        ("lose-request", 500, false),
        ("bad", 406, true),
        ("unavailable", 503, false),
        ("html", 502, true),
        ("half", 201, true),
        ("refuse", 400, false),
    ] {
        server.press("/dashboard/faults", &[("target", "call"), ("fault", fault)]);
        let before = server.loopback.acquirer().jobs().len();
        let body = r#"{"amountToCollect":"1.00","currency":"GBP"}"#;
        assert_eq!(server.create(body).status, status, "{fault}");
        let jobs = server.loopback.acquirer().jobs().len() - before;
        assert_eq!(jobs, usize::from(done), "{fault}");
        assert_eq!(server.create(body).status, 201, "{fault}: only the next one");
    }
}

#[test]
fn buttons_break_the_next_batch() {
    let server = Server::start();
    let upload = "--b\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nprofile_id=1234567&profile_pass=secret&\
        attached_type=onhold_v0&batch_op=onhold-release-submit\r\n--b\r\nContent-Type: text/csv\r\n\
        Content-Disposition: attachment; filename=\"a.csv\"\r\n\r\n01S00000001\r\n--b--\r\n";
    let send = || {
        let headers = "Content-Type: multipart/x-vcg-remote-api; boundary=b\r\n";
        server.request("POST", "/admin/remote_batch", headers, upload.as_bytes())
    };
    server.press("/dashboard/faults", &[("target", "batch"), ("fault", "lose-answer")]);
    assert_eq!(send().status, 500);
    server.press("/dashboard/faults", &[("target", "batch"), ("fault", "failure")]);
    assert!(send().body.contains("result=internal_failure"));
    assert!(send().body.contains("result=release_report"));
    assert!(server.get("/dashboard/requests").body.contains("release 1 transactions"));
}

#[test]
fn the_clock_is_moved_on_and_settles_what_is_pending() {
    let server = Server::start();
    server.sale("cart-1");
    let state = || server.loopback.acquirer().ledger().entries()[0].state(server.loopback.now());
    assert_eq!(state(), State::Pending);
    let before = server.loopback.now();
    assert!(server.press("/dashboard/clock", &[("by", "hour")]).location().ends_with("did=clock"));
    let gone = server.loopback.now().duration_since(before).unwrap().as_secs();
    assert!((3_600..3_660).contains(&gone), "{gone}");
    server.press("/dashboard/clock", &[("by", "tomorrow")]);
    let seconds = server.loopback.now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    assert!((60..120).contains(&(seconds % DAY)), "a minute after midnight");
    assert_eq!(state(), State::Settled);
    let page = server.get("/").body;
    assert!(page.contains("settled") && page.contains("moved on by"));
    for odd in ["", "yesterday", "-1"] {
        assert_eq!(server.press("/dashboard/clock", &[("by", odd)]).status, 403, "{odd}");
    }
}

#[test]
fn a_locked_account_is_unlocked() {
    let server = Server::start();
    let wrong = format!("ConfigurationId: 200426117314086912\r\nHash: {}\r\n", "0".repeat(128));
    let job = "/api/gateway/payment-jobs/100000000000000001";
    server.page("cart-1");
    for _ in 0..10 {
        assert!(matches!(server.request("GET", job, &wrong, b"").status, 401 | 403));
    }
    let retrieve = || server.call(RetrieveJob::new("100000000000000001".parse().unwrap())).status;
    assert_ne!(retrieve(), 200);
    assert!(server.get("/dashboard/requests").body.contains("is locked"));
    assert!(server.press("/dashboard/lock", &[]).location().ends_with("did=unlocked"));
    assert_eq!(retrieve(), 200);
    assert!(!server.get("/").body.contains("is locked"));
}

/// The script asks again and again: it is told when nothing is new.
#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let server = Server::start();
    // The clock is on every page, so that another five seconds make another page.
    for _ in 0..5 {
        let version = server.get("/").header("etag").to_owned();
        let headers = format!("If-None-Match: {version}\r\n");
        let again = server.request("GET", "/", &headers, b"");
        server.sale("cart-1");
        let changed = server.request("GET", "/", &headers, b"");
        assert_eq!(changed.status, 200);
        if again.status == 304 && again.body.is_empty() {
            return;
        }
    }
    panic!("never not modified");
}

#[test]
fn a_call_that_is_not_signed_is_shown_masked() {
    let server = Server::start();
    let body = r#"{"amountToCollect":"1.00","parameters":{"CardNumber":"4000000000000002","CardCvc":"123"}}"#;
    let headers = "Content-Type: application/json\r\nConfigurationId: 1\r\nHash: x\r\n";
    assert_eq!(server.request("POST", "/api/gateway/payment-jobs", headers, body.as_bytes()).status, 401);
    let headers = format!("Content-Type: {FORM}\r\n");
    let noise = "4000000000000002=1&card_num=4000000000000002&x=4000000000000002";
    server.request("POST", "/gateway/remote_auth", &headers, noise.as_bytes());
    server.request("POST", "/api/gateway/4000000000000002?a=4000000000000002", "", b"4000000000000002");
    for number in 1..=3 {
        let page = server.get(&format!("/dashboard/requests/{number}"));
        assert!(page.status == 200 && !page.body.contains("4000000000000002"), "{}", page.body);
    }
}

#[test]
fn a_jobs_calls_are_on_its_page() {
    let server = Server::start();
    server.page("cart-1");
    let job = "100000000000000001".parse().unwrap();
    server.call(Call::from(RetrieveJob::new(job)));
    assert_eq!(server.call(CancelJob::new(job)).status, 200);
    let page = server.get("/dashboard/jobs/100000000000000001").body;
    assert!(page.contains("GET /api/gateway/payment-jobs/100000000000000001"));
    assert!(page.contains("PATCH /api/gateway/payment-jobs/100000000000000001/cancel"));
    assert!(page.contains("not taken"));
}

#[test]
fn the_page_of_a_request_says_what_was_passed_over() {
    let server = Server::start();
    let body = r#"{"amountToCollect":"1.00","currency":"GBP","metadata":{"a":"secret"},
        "order":{"orderNumber":"cart-1","billingIdentity":{"emailAddress":"nobody"}}}"#;
    let answer = server.create(body);
    assert_eq!(answer.status, 201, "{answer:?}");
    let said =
        ["metadata is not known and was ignored", "order.billingIdentity.emailAddress must be an e-mail"];
    for message in said {
        assert!(answer.body.contains(message), "{answer:?}");
    }
    let page = server.get("/dashboard/requests/1").body;
    assert!(page.contains("Passed over in the request") && page.contains(said[0]) && page.contains(said[1]));
    assert!(!page.contains("secret") && !page.contains("nobody"));
    server.create(r#"{"amountToCollect":"1.00","currency":"GBP"}"#);
    assert!(!server.get("/dashboard/requests/2").body.contains("Passed over"));
}

#[test]
fn a_strict_gateway_refuses_what_others_pass_over() {
    let server = Server::start_with(|configuration| configuration.reading_strictly());
    let answer = server.create(r#"{"amountToCollect":"1.00","currency":"GBP","metadata":{}}"#);
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("metadata is not a member of this"), "{answer:?}");
}
