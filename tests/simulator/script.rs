//! What a test makes happen.

use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::remote_auth::{Outcome, Response};
use cashflows_codec::simulator::{Effect, Handled, Seen, When};
use cashflows_codec::value::Amount;
use cashflows_codec::value::Status;

use crate::shop::{Shop, code};

fn refuse(code: &str) -> Effect {
    Effect::Refuse(code.parse().unwrap())
}

/// The codes of the answers to each step, with the rule.
fn answers(when: When, effect: Effect, steps: &[&str]) -> Vec<String> {
    let mut shop = Shop::default();
    shop.gateway.script(when, effect);
    steps.iter().map(|step| code(&shop.play(step))).collect()
}

#[test]
fn conditions() {
    let amount = Amount::from_hundredths(13_00);
    for (when, step, fits) in [
        (When::any(), "sale", true),
        (When::any(), "sale auth_pass=wrong", false),
        (When::any(), "sale -card_cvv", false),
        (When::any().operation(OperationKind::Sale), "sale", true),
        (When::any().operation(OperationKind::Sale), "verify", false),
        (When::any().amount(amount), "sale tran_amount=13.00", true),
        (When::any().amount(amount), "sale tran_amount=13.01", false),
        (When::any().amount(amount), "verify", false),
        (When::any().name("Yoda".parse().unwrap()), "sale cust_name=Yoda", true),
        (When::any().name("Yoda".parse().unwrap()), "sale cust_name=yoda", false),
        (When::any().name("Yoda".parse().unwrap()), "sale", false),
        (When::any().reference("cart-1".parse().unwrap()), "sale", true),
        (When::any().reference("cart-1".parse().unwrap()), "sale tran_ref=cart-2", false),
        (When::any().reference("win-1".parse().unwrap()), "sale tran_ref=a; credit", true),
        (When::any().amount(amount).name("Yoda".parse().unwrap()), "sale tran_amount=13.00", false),
    ] {
        let answer = answers(when.clone(), refuse("D991"), &[step]);
        assert_eq!(answer == ["D991"], fits, "{when:?}, {step}");
    }
}

#[test]
fn calls_are_counted_among_those_that_fit() {
    let steps = ["sale tran_ref=a", "verify tran_ref=b", "sale tran_ref=c", "sale tran_ref=d"];
    let second_sale = When::any().operation(OperationKind::Sale).on_call(2);
    assert_eq!(answers(second_sale, refuse("D102"), &steps), ["A", "A", "D102", "A"]);
}

#[test]
fn the_first_rule_that_fits_decides() {
    let mut shop = Shop::default();
    shop.gateway.script(When::any().on_call(2), refuse("D102"));
    shop.gateway.script(When::any(), refuse("D105"));
    let codes = ["sale", "sale", "sale"].map(|step| code(&shop.play(step)));
    assert_eq!(codes, ["D105", "D102", "D105"]);
}

#[test]
fn refusals() {
    for (code, line, entered) in [
        ("D102", "D|01S00000001|200|D102|Not Authorised", true),
        ("D090", "B|01S00000001|200|D090|Not Authorised", true),
        ("R101", "R|01S00000001|200|R101|Not Authorised", true),
        ("E101", "B|01S00000001|200|E101|Not Authorised", true),
        ("C101", "C|01S00000001|200|C101|Transaction cancelled", true),
        ("D999", "D|01S00000001|200|D999|Not Authorised", true),
        ("X101", "D|01S00000001|200|X101|Not Authorised", true),
        ("V254", "V|99E00000001|000|V254|Concurrent Authorisations", false),
        ("S101", "S|99E00000001|000|S101|Connection failure", false),
        ("S177", "S|99E00000001|000|S177|Error", false),
    ] {
        let mut shop = Shop::default();
        shop.gateway.script(When::any(), refuse(code));
        assert_eq!(shop.play("sale"), line);
        assert_eq!(shop.gateway.ledger().entries().len(), usize::from(entered), "{code}");
        assert_eq!(shop.gateway.ledger().charges("cart-1").count(), 0);
    }
}

/// A retry after a refusal gets the same one if it was final; else it is processed.
#[test]
fn retries_of_refusals() {
    for (refusal, retry) in [
        ("D102", "D102"),
        ("V254", "V254"),
        ("V249", "A"),
        ("S001", "A"),
        ("S101", "A"),
        ("S203", "A"),
        ("S103", "A"),
    ] {
        let steps = ["sale", "sale retry_number=1"];
        assert_eq!(answers(When::any().on_call(1), refuse(refusal), &steps), [refusal, retry]);
    }
}

#[test]
fn checks() {
    let mut shop = Shop::default();
    shop.gateway.script(When::any(), Effect::Check("415".parse().unwrap()));
    assert_eq!(shop.play("sale"), "A|01S00000001|415|000001|Authorised");
    assert_eq!(code(&shop.play("cont")), "V227");
}

#[test]
fn what_is_seen_instead_of_an_answer() {
    for (seen, lost_answer, lost_request) in [
        (Seen::ConnectFailure, "S|99E00000001|000|S201|Connection failure", None),
        (Seen::Timeout, "S|99E00000001|000|S203|Response timeout", None),
        (Seen::InvalidResponse, "S|99E00000001|000|S102|Invalid response", None),
        (Seen::ResponseTimeout, "S|99E00000001|000|S103|Response timeout", None),
        (Seen::HtmlPage, "<html><body><h1>502 Bad Gateway</h1></body></html>\n", None),
        (Seen::HalfLine, "A|01S00000001", Some("S|99E00000001")),
        (Seen::Silence, "", None),
    ] {
        for (effect, body, charges) in [
            (Effect::LoseAnswer(seen), lost_answer, 1),
            (Effect::LoseRequest(seen), lost_request.unwrap_or(lost_answer), 0),
        ] {
            let mut shop = Shop::default();
            shop.gateway.script(When::any().on_call(1), effect);
            assert_eq!(shop.play("sale"), body, "{effect:?}");
            assert_eq!(Outcome::of(&Response::decode(body.as_bytes())), Outcome::Unknown, "{effect:?}");
            assert_eq!(shop.gateway.ledger().charges("cart-1").count(), charges, "{effect:?}");

            let retry = Response::decode(shop.play("sale retry_number=1").as_bytes()).unwrap();
            assert_eq!(retry.status(), Status::Authorised, "{effect:?}");
            assert_eq!(shop.gateway.ledger().charges("cart-1").count(), 1, "{effect:?}");
        }
    }
}

#[test]
fn silence_is_not_an_empty_reply() {
    let mut shop = Shop::default();
    shop.gateway.script(When::any(), Effect::LoseRequest(Seen::Silence));
    let body = crate::support::bodies::smallest(OperationKind::Sale).encode();
    let handled = shop.gateway.handle(shop.now, "application/x-www-form-urlencoded", &body);
    assert_eq!(handled, Handled::Silence);
}
