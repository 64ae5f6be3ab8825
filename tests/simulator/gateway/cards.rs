//! The documented cardholder names and test cards (section 8 of Remote Auth's page), at the gateway.

use cashflows_codec::gateway::call::TokeniseCard;
use cashflows_codec::gateway::request::{JobCard, JobKind, Order, PaymentJob, Tokenisation};
use cashflows_codec::simulator::gateway::{Authentication, EnteredCard, Next, Page};
use cashflows_codec::value::CardNumber;

use super::{VISA, card, job, luke, money, moto, page, shop, v};

const PAID: &str = "Paid taken; Paid taken";
const ASKED: &str = "Pending open; Pending open";
const DECLINED: &str = "Declined open; Declined not_taken PaymentDeclined";
const UNAVAILABLE: &str = "Failed open; Failed not_taken ThreeDSecureUnavailable";
const FAILED: &str = "Failed open; Failed not_taken ThreeDSecureFailed";

const CREDIT: [&str; 9] = [
    "4510400400099005",
    "4510500400099002",
    "4510800400099006",
    "4000000000000002",
    "8400182600000009",
    "5400200400099009",
    "5400300400099007",
    "8500582600000009",
    "340000000000009",
];
const DEBIT: [&str; 4] = ["8400682600000008", "8400682600011005", "5400100400099001", "8500182600000008"];

#[test]
fn every_test_card_pays_with_the_cvv_of_its_brand_only() {
    for (place, number) in CREDIT.into_iter().chain(DEBIT).enumerate() {
        let cvv = if number == "340000000000009" { "1234" } else { "123" };
        let with = |cvv: &str| JobCard::new(v::<CardNumber>(number), v("1130"), v(cvv), v("Luke Skywalker"));
        let mut shop = shop();
        let (right, _) = shop.made(job(with(cvv)));
        assert_eq!(shop.says(right), PAID, "{number}");
        let wrong = PaymentJob::new(money(1), Order::new(v("cart-2")), with("999"));
        let (wrong, _) = shop.made(wrong);
        assert_eq!(shop.says(wrong), DECLINED, "{number}");
        assert_eq!(shop.charges(), 1);

        let entered = |cvv: &str| EnteredCard::new(v(number), v("1130"), v(cvv), v("Luke Skywalker"));
        let order = format!("page-{place}");
        let (by_page, _) = shop.made(PaymentJob::new(money(1), Order::new(v(&order)), page().kind().clone()));
        let page = shop.page_of(by_page);
        assert_eq!(shop.acquirer.pay(shop.now, &page, entered("999")), Next::Page);
        assert!(matches!(shop.acquirer.pay(shop.now, &page, entered(cvv)), Next::Return(_)));
        assert_eq!(shop.acquirer.job_charges(&order).count(), 1);
    }
}

#[test]
fn cardholder_names_decide_as_documented() {
    for (holder, at_once, passed) in [
        ("Luke Skywalker", PAID, PAID),
        ("Han Solo", ASKED, PAID),
        ("Leia Skywalker", ASKED, PAID),
        ("Lando Calrissian", FAILED, FAILED),
        ("Darth Maul", FAILED, FAILED),
        ("Darth Vader", UNAVAILABLE, UNAVAILABLE),
        ("Ben Kenobi", DECLINED, DECLINED),
        ("  ", ASKED, DECLINED),
        ("Jon Snow", ASKED, PAID),
        ("luke skywalker", ASKED, PAID),
    ] {
        let mut shop = shop();
        let (made, _) = shop.made(job(card(VISA, holder)));
        assert_eq!(shop.says(made), at_once, "{holder}");
        if at_once == ASKED {
            let page = shop.page_of(made);
            shop.authenticate(&page, Authentication::Passed);
            assert_eq!(shop.says(made), passed, "{holder}");
        }
        let paid = if at_once == PAID || passed == PAID { 1 } else { 0 };
        assert_eq!(shop.charges(), paid, "{holder}");
    }
}

#[test]
fn frictionless_asks_only_those_whose_name_says_so() {
    for (holder, says) in [("Jon Snow", PAID), ("Han Solo", ASKED), ("Darth Maul", FAILED), ("  ", DECLINED)]
    {
        let mut shop = shop();
        let (made, _) = shop.made(job(card(VISA, holder)).with_frictionless());
        assert_eq!(shop.says(made), says, "{holder}");
    }
}

/// Nobody can be asked by telephone: the issuer declines what it would ask for.
#[test]
fn names_decide_over_the_telephone_too() {
    for (holder, says) in [
        ("Luke Skywalker", PAID),
        ("Jon Snow", PAID),
        ("Han Solo", "Declined not_taken; Declined not_taken PaymentDeclined"),
        ("Ben Kenobi", "Declined not_taken; Declined not_taken PaymentDeclined"),
        ("Darth Vader", "Failed not_taken; Failed not_taken PaymentRejected"),
    ] {
        let mut shop = shop();
        let (made, _) = shop.made(job(moto().with_holder(v(holder))));
        assert_eq!(shop.says(made), says, "{holder}");
    }
    let mut shop = shop();
    let (made, _) = shop.made(job(moto()));
    assert_eq!(shop.says(made), PAID);
}

#[test]
fn cards_that_cannot_be_are_rejected() {
    let with = |number: &str, expiry: &str| -> JobKind {
        JobCard::new(v::<CardNumber>(number), v(expiry), v("123"), v("Luke Skywalker")).into()
    };
    for (kind, says) in [
        (with("4000000000000003", "1130"), "Rejected open; Rejected not_taken PaymentRejected"),
        (with(VISA, "1226"), "Rejected open; Rejected not_taken PaymentRejected"),
        (with(VISA, "0127"), PAID),
    ] {
        let mut shop = shop();
        let (made, _) = shop.made(job(kind));
        assert_eq!(shop.says(made), says);
    }
}

#[test]
fn a_token_stands_for_a_card_that_is_good() {
    let mut shop = shop();
    let tokenise = |number: &str, expiry: &str| {
        TokeniseCard::new(Tokenisation::new(v(number), v(expiry), v("123"), v("Luke Skywalker")))
    };
    let token = shop.ask(tokenise(VISA, "1130")).unwrap().into_data();
    assert_eq!(token.truncated_card_number(), Some(v("400000****0002")));
    assert_eq!(token.expiry(), Some(v("1130")));
    assert_eq!(token.issuer_return_code(), Some("00"));
    let again = shop.ask(tokenise(VISA, "1130")).unwrap().into_data();
    assert_eq!(again, token);
    let amex = shop.ask(tokenise("340000000000009", "1130")).unwrap().into_data();
    assert_eq!(amex.truncated_card_number(), Some(v("340000****0009")));
    assert_eq!(shop.refused(tokenise("4000000000000003", "1130")), "400 InvalidCardNumber");
    assert_eq!(shop.refused(tokenise(VISA, "1226")), "400 CardExpired");

    let by_token = JobCard::new(token.token().clone(), v("1130"), v("123"), v("Luke Skywalker"));
    let (made, _) = shop.made(job(by_token));
    assert_eq!(shop.says(made), PAID);
    let number = shop.acquirer.ledger().entries()[0].card().map(ToString::to_string);
    assert_eq!(number.as_deref(), Some("400000******0002"));
}

/// What is charged for is the second card that works, once.
#[test]
fn cards_are_tried_until_one_pays() {
    let mut shop = shop();
    let (made, first) = shop.made(page());
    let page = shop.page_of(made);
    for holder in ["Darth Vader", "Ben Kenobi", "  "] {
        shop.acquirer.pay(shop.now, &page, super::entered(holder));
        if shop.asked_about(&page).is_some() {
            shop.authenticate(&page, Authentication::Passed);
        }
    }
    shop.acquirer.pay(shop.now, &page, super::entered("Luke Skywalker"));
    let job = shop.job(made);
    assert_eq!(job.payments.len(), 4);
    assert_eq!(job.payments[0].reference, first);
    assert_eq!((job.meaning().as_str(), shop.charges()), ("taken", 1));
    assert_eq!(shop.says(made).matches("taken PaymentDeclined").count(), 2);
    let (another, _) = shop.made(PaymentJob::new(money(1), Order::new(v("cart-2")), luke()));
    assert_eq!(shop.says(another), PAID);
}

/// In words for a shopper, without a code.
#[test]
fn a_shopper_is_told_why_a_card_was_not_taken() {
    let number = |number: &str| EnteredCard::new(v(number), v("1130"), v("123"), v("Luke Skywalker"));
    for (entered, result, said) in [
        (super::entered("Darth Maul"), None, Some("could not confirm that it was you")),
        (super::entered("Darth Vader"), None, Some("could not be asked")),
        (super::entered("Ben Kenobi"), None, Some("declined")),
        (number("4000000000000003"), None, Some("cannot be used")),
        (super::entered("Han Solo"), Some(Authentication::Failed), Some("could not confirm that it was you")),
        (super::entered("Han Solo"), Some(Authentication::Unavailable), Some("could not be asked")),
    ] {
        let mut shop = shop();
        let (made, _) = shop.made(page());
        let at = shop.page_of(made);
        shop.acquirer.pay(shop.now, &at, entered);
        if let Some(result) = result {
            shop.authenticate(&at, result);
        }
        let Page::Pay(shown) = shop.acquirer.page(shop.now, &at) else { panic!("{said:?}") };
        let error = shown.last_error().unwrap();
        assert!(said.is_some_and(|said| error.contains(said)), "{error}");
    }
    // Nobody came back, or somebody gave up.
    let mut shop = shop();
    let (made, _) = shop.made(page());
    let at = shop.page_of(made);
    shop.acquirer.pay(shop.now, &at, super::entered("Han Solo"));
    shop.wait(600);
    let Page::Pay(shown) = shop.acquirer.page(shop.now, &at) else { panic!("a payment page") };
    assert!(shown.last_error().unwrap().contains("in time"));
    shop.acquirer.pay(shop.now, &at, super::entered("Han Solo"));
    shop.acquirer.cancel_page(shop.now, &at);
    let Page::Pay(shown) = shop.acquirer.page(shop.now, &at) else { panic!("a payment page") };
    assert_eq!(shown.last_error(), None);
}

#[test]
fn the_page_of_three_ds_shows_no_more_of_a_card_than_it_may() {
    let mut shop = shop();
    let made = shop.made(job(luke()).returning_token());
    let token = shop.payment(made).attributes.token().unwrap();
    let by_token = JobCard::new(token, v("1130"), v("123"), v("Han Solo"));
    for (number, card, shown) in [
        ("cart-2", by_token, "stored card"),
        ("cart-3", card(VISA, "Han Solo"), "400000******0002"),
        ("cart-4", card(super::AMEX, "Han Solo"), "340000*****0009"),
    ] {
        let (made, _) = shop.made(PaymentJob::new(money(1), Order::new(v(number)), card));
        let at = shop.page_of(made);
        let Page::ThreeDs(page) = shop.acquirer.page(shop.now, &at) else { panic!("3-D Secure") };
        assert_eq!(page.card(), shown);
    }
}
