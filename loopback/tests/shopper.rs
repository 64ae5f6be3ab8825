//! The pages of a shopper: the card, 3-D Secure, the way back.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::time::Duration;

use cashflows_codec::gateway::call::CancelJob;
use serde_json::json;
use support::{SHOP, Server, card};

#[test]
fn the_page_says_what_is_paid_and_asks_for_a_card() {
    let server = Server::start();
    let lines = json!([
        { "lineNumber": 1, "name": "Scarf", "quantity": 1, "unitPriceInclVat": "20.00", "totalLineAmount": "20.00" },
        { "lineNumber": 2, "name": "Shipping", "quantity": 1, "unitPriceInclVat": "4.99", "totalLineAmount": "4.99" },
    ]);
    let page =
        server.get(&server.job(&json!({ "order": { "orderNumber": "A 17", "orderLines": lines } }))).body;
    for shown in
        ["order A 17", "24.99 GBP", "Scarf", "20.00 GBP", "Shipping", "4.99 GBP", "Pay 24.99 GBP", "Cancel"]
    {
        assert!(page.contains(shown), "{shown}");
    }
    for (id, autocomplete, mode) in [
        ("number", "cc-number", true),
        ("expiry", "cc-exp", true),
        ("cvc", "cc-csc", true),
        ("name", "cc-name", false),
    ] {
        assert!(page.contains(&format!("<label for=\"{id}\"")));
        let input = page.split("<input ").find(|input| input.starts_with(&format!("id=\"{id}\""))).unwrap();
        let input = input.split('>').next().unwrap();
        assert!(input.contains(&format!("autocomplete=\"{autocomplete}\"")), "{input}");
        assert_eq!(input.contains("inputmode=\"numeric\""), mode, "{input}");
        assert!(!input.contains("aria-invalid"), "{input}");
    }
}

#[test]
fn a_paid_page_leads_back_to_the_shop() {
    let server = Server::start();
    let page = server.page("cart-1");
    let paid = server.pay(&page, "Luke Skywalker");
    let back = paid.location();
    assert!(back.starts_with(&format!("{SHOP}&")) && back.contains("ordernumber=cart-1"), "{back}");
    let shown = server.get(&page);
    assert!(
        shown.status == 200
            && shown.body.contains("This has been paid")
            && shown.body.contains("Back to the shop")
    );
    assert!(
        shown.body.contains("href=\"http://shop.test:81/back?from=here&amp;")
            && !shown.body.contains("<form")
    );
    assert_eq!(server.charges(), 1);
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let server = Server::start();
    let page = server.page("cart-1");
    let token = server.get(&page).token().to_owned();
    for (place, value, message) in [
        (1, "", "Enter the card number."),
        (1, "4000", "A card number has 12 to 19 digits."),
        (1, "4000 0000 0000 0003", "This is no card number"),
        (2, "", "Enter the expiry date."),
        (2, "soon", "Enter month and year"),
        (2, "01/20", "This card has expired."),
        (3, "", "Enter the security code."),
        (3, "12", "The security code has 3 digits"),
        (4, "", "Enter the name"),
    ] {
        let mut fields = card(&token, "Luke Skywalker");
        fields[place].1 = value;
        let answer = server.post(&page, &fields);
        assert_eq!(answer.status, 422, "{message}");
        let id = fields[place].0;
        let input =
            answer.body.split("<input ").find(|input| input.starts_with(&format!("id=\"{id}\""))).unwrap();
        let input = input.split('>').next().unwrap();
        assert!(input.contains("aria-invalid=\"true\""), "{input}");
        assert!(input.contains(&format!("aria-describedby=\"{id}-error")), "{input}");
        let error = answer.body.split(&format!("id=\"{id}-error\">")).nth(1).unwrap();
        assert!(error.starts_with(message), "{message}");
        assert_eq!(answer.body.matches("aria-invalid").count(), 1, "{message}");
        assert!(answer.body.contains("<title>Error: payment"));
        // Name and date stay, number and code do not.
        assert_eq!(answer.body.contains("value=\"Luke Skywalker\""), place != 4);
        assert_eq!(answer.body.contains("value=\"11/30\""), place != 2);
        assert!(!answer.body.contains("value=\"4000") && !answer.body.contains("value=\"123\""));
    }
    let mut fields = card(&token, "4000 0000 0000 0002");
    fields[3].1 = "";
    assert!(!server.post(&page, &fields).body.contains("value=\"4000"), "a number in the wrong field");
    assert_eq!(server.charges(), 0);
}

#[test]
fn a_page_is_paid_once_however_often_it_is_sent() {
    let server = Server::start();
    for name in ["Luke Skywalker", "Han Solo"] {
        let page = server.page(&format!("cart of {}", &name[..3]));
        let before = server.charges();
        let token = server.get(&page).token().to_owned();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let clicks: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| server.post(&page, &card(&token, name)).location().to_owned()))
                .collect();
            clicks.into_iter().map(|click| click.join().unwrap()).collect()
        });
        if name == "Han Solo" {
            let asked = answers[0].clone();
            assert!(answers.iter().all(|place| place.starts_with("/payment/form-post?")), "{answers:?}");
            let shown = server.get(&asked);
            let fields = [("token", shown.token()), ("payment", shown.hidden("payment")), ("do", "passed")];
            let click = || server.post(&asked, &fields).location().to_owned();
            let passed: Vec<_> = std::thread::scope(|scope| {
                let clicks: Vec<_> = (0..8).map(|_| scope.spawn(click)).collect();
                clicks.into_iter().map(|click| click.join().unwrap()).collect()
            });
            assert!(passed.iter().all(|place| place.starts_with(SHOP)), "{passed:?}");
        } else {
            assert!(answers.iter().all(|place| place.starts_with(SHOP)), "{answers:?}");
        }
        assert_eq!(server.charges() - before, 1, "{name}");
        // Reloaded, in another window, after the back button: a paid page stays paid.
        assert!(server.post(&page, &card(&token, name)).location().starts_with(SHOP));
        assert_eq!(server.charges() - before, 1, "{name}");
    }
}

#[test]
fn three_d_secure_passes_fails_and_is_away() {
    let server = Server::start();
    let page = server.page("cart-1");
    for (said, message) in [("failed", "could not confirm"), ("unavailable", "could not be asked")] {
        let asked = server.pay(&page, "Han Solo").location().to_owned();
        assert_eq!(server.get(&page).location(), asked, "the card page leads on");
        let shown = server.get(&asked);
        assert!(shown.body.contains("400000******0002") && shown.body.contains("Han Solo"));
        let (token, payment) = (("token", shown.token()), ("payment", shown.hidden("payment")));
        assert_eq!(server.post(&asked, &[token, payment, ("do", "nonsense")]).status, 403);
        assert_eq!(server.post(&asked, &[token, ("do", said)]).status, 403, "about which payment?");
        let back = server.post(&asked, &[token, payment, ("do", said)]);
        // The answer of that window is no answer to the next card's question.
        assert_eq!(server.pay(&page, "Han Solo").location(), asked);
        assert_eq!(server.post(&asked, &[token, payment, ("do", "passed")]).location(), asked);
        assert_eq!(server.charges(), 0);
        let next = server.get(&asked);
        assert_ne!(next.hidden("payment"), payment.1);
        server.post(&asked, &[token, ("payment", next.hidden("payment")), ("do", said)]);
        assert!(back.location().starts_with("/payment?"), "{said}");
        let again = server.get(&page).body;
        assert!(again.contains(message) && again.contains("Card number"), "{said}: {again}");
        assert!(server.get(&asked).location().starts_with("/payment?"));
    }
    let asked = server.pay(&page, "Han Solo").location().to_owned();
    let shown = server.get(&asked);
    let fields = [("token", shown.token()), ("payment", shown.hidden("payment")), ("do", "passed")];
    assert!(server.post(&asked, &fields).location().starts_with(SHOP));
    assert_eq!(server.charges(), 1);
}

#[test]
fn a_shopper_can_give_up_on_either_page() {
    let server = Server::start();
    let page = server.page("cart-1");
    let token = server.get(&page).token().to_owned();
    let back = server.post(&page, &[("token", &token), ("do", "cancel")]);
    assert!(back.location().starts_with(SHOP) && back.location().contains("status=cancelled"));
    let page = server.page("cart-2");
    let asked = server.pay(&page, "Han Solo").location().to_owned();
    let token = server.get(&asked).token().to_owned();
    let back = server.post(&asked, &[("token", &token), ("do", "cancel")]);
    assert!(back.location().contains("status=cancelled"));
    assert_eq!(server.charges(), 0);
}

#[test]
fn a_link_that_is_over_says_so() {
    let server = Server::start();
    let (old, cancelled) = (server.page("old"), server.page("cancelled"));
    assert_eq!(server.call(CancelJob::new("100000000000000002".parse().unwrap())).status, 200);
    let shown = server.get(&cancelled);
    assert!(shown.body.contains("This payment was cancelled") && shown.body.contains("Back to the shop"));
    let token = server.get(&old).token().to_owned();
    server.loopback.advance(Duration::from_secs(200 * 24 * 60 * 60));
    let shown = server.get(&old);
    assert!(shown.body.contains("This link has expired") && shown.body.contains("Back to the shop"));
    assert!(!shown.body.contains("<form"));
    // Whoever had the form open gets the same.
    let late = server.post(&old, &card(&token, "Luke Skywalker"));
    assert!(server.get(late.location()).body.contains("This link has expired"));
    assert_eq!(server.charges(), 0);
}

#[test]
fn the_gateway_has_a_page_of_its_own_at_the_end() {
    let server = Server::start();
    let page = server.job(&json!({}));
    let token = server.get(&page).token().to_owned();
    let cancelled = server.post(&page, &[("token", &token), ("do", "cancel")]).location().to_owned();
    assert!(cancelled.contains("/payment/result?"), "{cancelled}");
    assert!(server.get(&cancelled).body.contains("You have not paid"));
    let back = server.pay(&page, "Luke Skywalker").location().to_owned();
    let end = server.get(&back);
    assert!(
        end.status == 200
            && end.body.contains("This has been paid")
            && !end.body.contains("Back to the shop")
    );
}

#[test]
fn forms_of_other_sites_and_pages_pay_nothing() {
    let server = Server::start();
    let (page, other) = (server.page("cart-1"), server.page("cart-2"));
    let token = server.get(&page).token().to_owned();
    let others = server.get(&other).token().to_owned();
    let here = format!("Origin: http://{}\r\n", server.address);
    for (headers, token) in [
        (here.as_str(), ""),
        (&here, "00"),
        (&here, &others),
        ("Origin: http://evil.test\r\n", &token),
        ("Origin: null\r\n", &token),
        ("Sec-Fetch-Site: cross-site\r\n", &token),
    ] {
        let answer = server.post_from(headers, &page, &card(token, "Luke Skywalker"));
        assert_eq!(answer.status, 403, "{headers}");
        assert!(answer.body.contains("Nothing was done"));
    }
    assert_eq!(server.charges(), 0);
    // A client without such headers, curl say, is let in by the token alone.
    assert_eq!(server.post_from("", &page, &card(&token, "Luke Skywalker")).status, 303);
    assert_eq!(server.charges(), 1);
}

#[test]
fn a_link_that_was_never_given_out_leads_nowhere() {
    let server = Server::start();
    let page = server.page("cart-1");
    let mut guessed = page.clone();
    guessed.pop();
    for link in
        [guessed.as_str(), "/payment", "/payment?ref=", "/payment/form-post?ref=1", "/payment/result?ref=x"]
    {
        let shown = server.get(link);
        assert!(shown.status == 404 && shown.body.contains("There is no such payment"), "{link}");
    }
}
