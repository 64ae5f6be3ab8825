//! What goes wrong because a test says so.

use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::remote_auth::{Outcome, Response};
use cashflows_codec::simulator::{Delivery, Effect, Endpoint, Symptom, When};
use cashflows_codec::value::Amount;
use cashflows_codec::value::Status;

use crate::shop::{Shop, code};

fn refuse(code: &str) -> Effect {
    Effect::Refuse(code.parse().unwrap())
}

/// The codes of the answers to each step, with the rule.
fn answers(when: When, effect: Effect, steps: &[&str]) -> Vec<String> {
    let mut shop = Shop::default();
    shop.acquirer.script(when, effect);
    steps.iter().map(|step| code(&shop.play(step))).collect()
}

#[test]
fn a_rule_is_for_the_requests_that_fit_its_condition() {
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
    shop.acquirer.script(When::any().on_call(2), refuse("D102"));
    shop.acquirer.script(When::any(), refuse("D105"));
    let codes = ["sale", "sale", "sale"].map(|step| code(&shop.play(step)));
    assert_eq!(codes, ["D105", "D102", "D105"]);
}

#[test]
fn a_scripted_refusal_has_the_status_of_its_code() {
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
        shop.acquirer.script(When::any(), refuse(code));
        assert_eq!(shop.play("sale"), line);
        assert_eq!(shop.acquirer.ledger().entries().len(), usize::from(entered), "{code}");
        assert_eq!(shop.acquirer.ledger().charges("cart-1").count(), 0);
    }
}

#[test]
fn a_retry_is_refused_again_if_the_refusal_was_final() {
    for (refusal, retry) in [
        ("D102", "D102"),
        ("V226", "V226"),
        // Not final: another authorisation of the card is still under way.
        ("V254", "A"),
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
fn scripted_checks_are_what_the_issuer_finds() {
    let mut shop = Shop::default();
    shop.acquirer.script(When::any(), Effect::Check("415".parse().unwrap()));
    assert_eq!(shop.play("sale"), "A|01S00000001|415|000001|Authorised");
    assert_eq!(code(&shop.play("cont")), "V227");
}

#[test]
fn each_symptom_stands_in_for_an_answer() {
    for (symptom, lost_answer, lost_request) in [
        (Symptom::ConnectFailure, "S|99E00000001|000|S201|Connection failure", None),
        (Symptom::Timeout, "S|99E00000001|000|S203|Response timeout", None),
        (Symptom::InvalidResponse, "S|99E00000001|000|S102|Invalid response", None),
        (Symptom::ResponseTimeout, "S|99E00000001|000|S103|Response timeout", None),
        (Symptom::InternalError, "Internal Server Error\n", None),
        (Symptom::HtmlPage, "<html><body><h1>502 Bad Gateway</h1></body></html>\n", None),
        (Symptom::HalfLine, "A|01S00000001", Some("S|99E00000001")),
        (Symptom::Silence, "", None),
    ] {
        for (effect, body, charges) in [
            (Effect::LoseAnswer(symptom), lost_answer, 1),
            (Effect::LoseRequest(symptom), lost_request.unwrap_or(lost_answer), 0),
        ] {
            let mut shop = Shop::default();
            shop.acquirer.script(When::any().on_call(1), effect);
            assert_eq!(shop.play("sale"), body, "{effect:?}");
            assert_eq!(Outcome::of(&Response::decode(body.as_bytes())), Outcome::Unknown, "{effect:?}");
            assert_eq!(shop.acquirer.ledger().charges("cart-1").count(), charges, "{effect:?}");

            let retry = Response::decode(shop.play("sale retry_number=1").as_bytes()).unwrap();
            assert_eq!(retry.status(), Status::Authorised, "{effect:?}");
            assert_eq!(shop.acquirer.ledger().charges("cart-1").count(), 1, "{effect:?}");
        }
    }
}

/// A test that scripts each of its requests goes on at the same speed.
#[test]
fn rules_for_one_call_are_forgotten_after_it() {
    let mut shop = Shop::default();
    for _ in 0..3 {
        shop.acquirer.script(When::any().on_call(1), refuse("D102"));
        shop.acquirer.script(When::any().reference("cart-9".parse().unwrap()).on_call(1), refuse("D105"));
        let waiting = |shop: &Shop| format!("{:?}", shop.acquirer).matches("ScriptRule").count();
        assert_eq!(waiting(&shop), 2);
        assert_eq!(code(&shop.play("sale")), "D102");
        assert_eq!(waiting(&shop), 1);
        assert_eq!(code(&shop.play("sale tran_ref=cart-9")), "D105");
        assert_eq!(waiting(&shop), 0);
    }
}

#[test]
fn silence_is_not_an_empty_reply() {
    let mut shop = Shop::default();
    shop.acquirer.script(When::any(), Effect::LoseRequest(Symptom::Silence));
    let body = crate::support::bodies::smallest(OperationKind::Sale).encode();
    let form = "application/x-www-form-urlencoded";
    let delivery = shop.acquirer.handle(shop.now, Endpoint::Payment, form, &body);
    assert_eq!(delivery, Delivery::Silence);
}
