//! Whatever a shop does and whatever goes wrong: no reference is charged twice, no more is refunded
//! than was taken, and what the codec makes of an answer is what the ledger says.

use std::collections::BTreeSet;
use std::time::Duration;

use cashflows_codec::remote_auth::request::Reference;
use cashflows_codec::remote_auth::request::RetryError;
use cashflows_codec::remote_auth::request::{Card, Continuous, OriginalClass, Reversal, Sale, Verify};
use cashflows_codec::remote_auth::response::DecodeError;
use cashflows_codec::remote_auth::{NextStep, Outcome, RecurringOrigin, Request, Response};
use cashflows_codec::simulator::{Effect, Entry, Ledger, Seen, When};
use cashflows_codec::value::{CardNumber, Currency, Money};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::shop::Shop;

/// What a shop wants; transactions are meant by their place in the ledger.
#[derive(Clone, Debug)]
enum Wish {
    Sale { cart: u8, amount: u64, right_cvv: bool },
    Verify { cart: u8 },
    Continuous { cart: u8, origin: usize, amount: u64 },
    Void { original: usize },
    Refund { original: usize, amount: u64 },
}

/// A wish, how often it is tried, what goes wrong with each attempt, and how long each takes.
type Plan = (Wish, Vec<Option<Effect>>, Vec<u64>);

fn wish() -> impl Strategy<Value = Wish> {
    // Few carts and few transactions, so that they meet.
    let (cart, place, amount) = (|| 0..6_u8, || 0..8_usize, || 1..40_u64);
    prop_oneof![
        3 => (cart(), amount(), prop::bool::weighted(0.9))
            .prop_map(|(cart, amount, right_cvv)| Wish::Sale { cart, amount, right_cvv }),
        1 => cart().prop_map(|cart| Wish::Verify { cart }),
        2 => (cart(), place(), amount())
            .prop_map(|(cart, origin, amount)| Wish::Continuous { cart, origin, amount }),
        1 => place().prop_map(|original| Wish::Void { original }),
        3 => (place(), amount()).prop_map(|(original, amount)| Wish::Refund { original, amount }),
    ]
}

fn effect() -> impl Strategy<Value = Effect> {
    let seen = || select(Seen::ALL);
    let codes = vec!["D102", "D090", "R101", "C101", "V254", "V249", "S001", "S101", "S103", "S203", "S299"];
    prop_oneof![
        select(codes).prop_map(|code| Effect::Refuse(code.parse().unwrap())),
        seen().prop_map(Effect::LoseRequest),
        seen().prop_map(Effect::LoseAnswer),
        (1..400_u64, seen()).prop_map(|(delay, seen)| Effect::Delay(Duration::from_secs(delay), seen)),
        Just(Effect::Hold),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let faults = vec(prop::option::weighted(0.4, effect()), 4);
    (wish(), faults, vec(prop_oneof![4 => 0..200_u64, 1 => 0..100_000_u64], 5))
}

impl Wish {
    fn request(&self, ledger: &Ledger) -> Option<Request> {
        let cart = |cart: &u8| -> Reference { format!("cart-{cart}").parse().unwrap() };
        let card = |cvv: &str| {
            let number: CardNumber = "4000000000000002".parse().unwrap();
            Card::new(number, "1130".parse().unwrap(), cvv.parse().unwrap())
        };
        Some(match self {
            Self::Sale { cart: number, amount, right_cvv } => {
                let cvv = if *right_cvv { "123" } else { "321" };
                Sale::ecom(card(cvv), Money::gbp(*amount), cart(number)).into()
            }
            Self::Verify { cart: number } => Verify::ecom(card("123"), Currency::GBP, cart(number)).into(),
            Self::Continuous { cart: number, origin, amount } => {
                let entry = ledger.entries().get(*origin)?;
                let origin = RecurringOrigin::from_stored(*entry.id(), entry.checks()).ok()?;
                Continuous::new(origin, Money::gbp(*amount), cart(number)).into()
            }
            Self::Void { original } => {
                let entry = ledger.entries().get(*original)?;
                Request::Void(Reversal::new((*entry.id()).try_into().ok()?, entry.class(), entry.money()))
            }
            Self::Refund { original, amount } => {
                let entry = ledger.entries().get(*original)?;
                let class: OriginalClass = entry.class();
                Request::Refund(Reversal::new((*entry.id()).try_into().ok()?, class, Money::gbp(*amount)))
            }
        })
    }
}

/// How many transactions were authorised.
fn authorised(ledger: &Ledger) -> usize {
    ledger.entries().iter().filter(|entry| entry.is_authorised()).count()
}

/// Whether the ledger has what an answer says.
fn bears_out(ledger: &Ledger, request: &Request, answer: &Result<Response, DecodeError>) -> bool {
    let entry = answer.as_ref().ok().and_then(|response| ledger.get(&response.transaction_id()));
    entry.is_some_and(|entry| entry.is_authorised() && entry.operation() == request.kind())
}

/// A careful shop: it retries what is unknown, sends again what was never sent, and leaves the rest.
/// A reference that did not end in a refusal is not used for another charge.
fn fulfil(shop: &mut Shop, used: &mut BTreeSet<String>, plan: &Plan) -> Result<(), TestCaseError> {
    let (wish, faults, waits) = plan;
    let Some(mut request) = wish.request(shop.gateway.ledger()) else { return Ok(()) };
    let reference = match &request {
        Request::Sale(sale) => Some(format!("sale {}", sale.reference())),
        Request::Continuous(continuous) => Some(format!("cont {}", continuous.reference())),
        _ => None,
    };
    if reference.as_ref().is_some_and(|reference| used.contains(reference)) {
        return Ok(());
    }
    let before = authorised(shop.gateway.ledger());
    let (first, mut outcome) = (shop.now, Outcome::Unknown);
    for (fault, wait) in faults.iter().zip(waits) {
        if let Some(effect) = fault {
            shop.gateway.script(When::any().on_call(1), *effect);
        }
        let answer = shop.gateway.send(shop.now, &request);
        let ledger = shop.gateway.ledger();
        let happened = authorised(ledger) - before;
        outcome = Outcome::of(&answer);
        match outcome {
            Outcome::Authorised => prop_assert!(bears_out(ledger, &request, &answer), "{:?}", request),
            Outcome::Refused | Outcome::NeverSent => prop_assert_eq!(happened, 0, "{:?}", request),
            Outcome::Unknown => prop_assert!(happened <= 1, "{:?}", request),
        }
        shop.now += Duration::from_secs(*wait);
        match outcome.next_step() {
            NextStep::Nothing => break,
            NextStep::Resubmit => {}
            NextStep::Retry => match request.retry(first, shop.now) {
                Ok(retry) => request = retry,
                Err(RetryError::WindowClosed { .. }) => break,
                Err(error) => panic!("{error}"),
            },
        }
    }
    if let Some(reference) = reference.filter(|_| outcome != Outcome::Refused) {
        used.insert(reference);
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_codec_never_contradicts_the_ledger(plans in vec(plan(), 1..25)) {
        let (mut shop, mut used) = (Shop::default(), BTreeSet::new());
        for plan in &plans {
            fulfil(&mut shop, &mut used, plan)?;
            let ledger = shop.gateway.ledger();
            for entry in ledger.entries() {
                let alike = |other: &&Entry| {
                    other.is_charge()
                        && other.operation() == entry.operation()
                        && other.reference() == entry.reference()
                };
                if entry.is_charge() {
                    prop_assert_eq!(ledger.entries().iter().filter(alike).count(), 1, "{}", ledger);
                }
                prop_assert!(ledger.refunded(entry.id()) <= entry.money().amount(), "{}", ledger);
            }
            prop_assert!(ledger.balance(Currency::GBP) >= 0, "{}", ledger);
        }
    }
}
