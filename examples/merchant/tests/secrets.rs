//! Database, log and output hold no card number, no security code and no password.
#![cfg(feature = "loopback")]

#[path = "support/search.rs"]
mod search;
#[path = "support/shopper.rs"]
mod shopper;
mod support;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use cashflows_codec::gateway::Operation;
use cashflows_codec::simulator::gateway::Next;
use cashflows_codec::simulator::{Effect, Symptom};
use merchant::acquirer::loopback::Mishap;
use search::Secrets;
use serde_json::json;
use support::{CARD, KEY, PASSWORD, Shop, purchase};

/// Makes all valid and invalid requests with a card, and leaves their traces in the folder.
fn leave_behind(shop: &Shop) {
    let log = File::create(shop.folder.path().join("log")).unwrap();
    let from = shop.options().faster_from.unwrap().to_string();
    let mut service = Command::new(env!("CARGO_BIN_EXE_merchant"))
        .env("MERCHANT_PASSWORD", PASSWORD)
        .env("MERCHANT_GATEWAY_KEY", KEY)
        .args(["--listen", "127.0.0.1:0", "--log", "trace", "--acquirer", &shop.acquirer.url()])
        .args(["--gateway", &shop.acquirer.base()])
        .args(["--database", shop.database().to_str().unwrap()])
        .args(["--faster", &support::FASTER.to_string(), "--faster-from", &from])
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(service.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let url = address.trim().strip_prefix("merchant: ").unwrap().to_owned();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let said = |path: &str, key: &str, body: &str| {
        let request = agent.post(format!("{url}{path}")).header("Idempotency-Key", key);
        request.send(body).unwrap().body_mut().read_to_string().unwrap()
    };

    let right = purchase("24.99").to_string();
    shop.script([
        None,
        Some(Mishap::Effect(Effect::LoseAnswer(Symptom::HtmlPage))),
        None,
        Some(Mishap::CutAfter),
        None,
        Some(Mishap::Flood),
    ]);
    let mut all = Vec::new();
    for key in ["a", "b", "c", "d"] {
        all.push(said("/pay", key, &right));
    }
    assert!(all.iter().all(|answer| answer.contains(r#""state":"authorised""#)), "{all:?}");
    all.push(said("/subscribe", "s", &right));
    all.push(said("/pay", "a", &purchase("1.00").to_string()));
    all.push(said("/pay", CARD, &right));
    all.push(said(&format!("/{CARD}"), "x", &right));
    all.push(agent.get(format!("{url}/orders/{CARD}")).call().unwrap().body_mut().read_to_string().unwrap());
    for (from, to) in [
        (format!("\"{CARD}\""), CARD.to_owned()),
        ("\"123\"".to_owned(), format!("\"{CARD}\"")),
        ("\"1130\"".to_owned(), format!("\"{CARD}\"")),
        ("\"GBP\"".to_owned(), format!("\"{CARD}\"")),
        ("24.99".to_owned(), CARD.to_owned()),
        ("\"money\"".to_owned(), format!("\"{CARD}\"")),
        ("{".to_owned(), CARD.to_owned()),
    ] {
        assert!(right.contains(&from));
        let answer = said("/pay", "wrong", &right.replacen(&from, &to, 1));
        assert!(answer.contains("error"), "{answer}");
        all.push(answer);
    }
    let named = json!({ "name": format!("Luke {CARD}") });
    let mut body = purchase("24.99");
    body["customer"] = named;
    all.push(said("/pay", "named", &body.to_string()));
    all.extend(leave_in_the_shop(shop, &url));
    std::fs::write(shop.folder.path().join("answers"), all.concat()).unwrap();
    // The disk is searched while the service runs: a clean stop might tidy up.
    service.kill().unwrap();
    service.wait().unwrap();
}

/// The same in the shop, which takes no cards: a purchase, and cards in all the wrong places.
fn leave_in_the_shop(shop: &Shop, url: &str) -> Vec<String> {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let post = |path: &str, form: &[(&str, &str)]| {
        let sent = agent.post(format!("{url}{path}")).send_form(form.iter().copied()).unwrap();
        let location = sent.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        (location, sent.into_body().read_to_string().unwrap())
    };
    let get = |path: &str| {
        let sent = agent.get(format!("{url}{path}")).call().unwrap();
        sent.into_body().read_to_string().unwrap()
    };
    let buy = [("key", "click-1"), ("item", "notebook"), ("way", "page")];
    let page = shopper::page_reference(&post("/buy", &buy).0.unwrap());
    assert!(matches!(shop.pay_page(&page, "Luke Skywalker"), Next::Return(_)));
    shop.wait_until("the payment", |shop| shop.count("SELECT count(*) FROM shop_deliveries") == 1);
    let order = shop.newest_order();
    // An order with an unknown job, so that the shop looks for jobs.
    shop.calls.script(Operation::CreateJob, Mishap::CutAfter);
    post("/buy", &[("key", "click-2"), ("item", "ink"), ("way", "link")]);

    let office = format!("/office/{order}");
    let mut all = Vec::new();
    for (path, fields) in [
        ("/buy".to_owned(), vec![("key", CARD), ("item", CARD), ("way", CARD)]),
        (format!("/order/{CARD}/again"), vec![]),
        (format!("{office}/job"), vec![("job", CARD)]),
        (format!("{office}/refund"), vec![("key", CARD), ("amount", CARD)]),
        (format!("{office}/refund"), vec![("key", "refund-1"), ("amount", CARD)]),
        (format!("{office}/refund"), vec![("key", "refund-1"), ("amount", "")]),
    ] {
        all.push(post(&path, &fields).1);
    }
    let notification = format!(r#"{{"paymentJobReference":{CARD},"paymentReference":"{CARD}"}}"#);
    let sent = agent.post(format!("{url}/webhook")).send(notification).unwrap();
    all.push(sent.into_body().read_to_string().unwrap());
    let returned = format!("/return?paymentjobref={CARD}&paymentref={CARD}&ordernumber={CARD}");
    for path in ["/", "/office", &office, &format!("/order/{order}"), &format!("/order/{CARD}"), &returned] {
        all.push(get(path));
    }
    all
}

#[test]
fn database_log_and_responses_hold_no_secret() {
    let shop = Shop::new();
    search::control(shop.folder.path()).unwrap();
    leave_behind(&shop);
    let secrets = Secrets::new([CARD], [PASSWORD, KEY, "card_cvv=1", "\"cvv\":\"1"].map(str::to_owned));
    let (found, searched) = secrets.search(shop.folder.path()).unwrap();
    assert!(searched > 10_000, "there was something to search");
    assert_eq!(found, []);
    // The search covered the places that mention the card.
    let log = std::fs::read_to_string(shop.folder.path().join("log")).unwrap();
    for masked in ["card=\"400000******0002\"", "card_num=400000******0002&card_cvv=***", "auth_pass=***"] {
        assert!(log.contains(masked), "{masked}");
    }
    assert!(log.contains("paid: deliver it"), "the log covers the shop too");
    assert!(!log.contains("?ref="), "the link to a payment page can pay");
}

#[test]
fn schema_refuses_a_whole_card_number() {
    let shop = Shop::new();
    let service = shop.start();
    service.pay("cart-1");
    service.stop();
    let database = rusqlite::Connection::open(shop.database()).unwrap();
    let error = database.execute("UPDATE orders SET card = ?", [CARD]).unwrap_err();
    assert!(error.to_string().contains("CHECK constraint failed"), "{error}");
    assert!(database.execute("UPDATE steps SET step = ''", []).is_err(), "history stays");
    assert!(database.execute("DELETE FROM steps", []).is_err(), "history stays");
}
