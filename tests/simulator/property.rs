//! Whatever a shop does and whatever goes wrong: no reference is charged twice, no more is refunded
//! than was taken, and what the codec makes of an answer is what the ledger says.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::request::MerchantReference;
use cashflows_codec::remote_auth::request::RetryError;
use cashflows_codec::remote_auth::request::{Card, Continuous, OriginalClass, Refund, Sale, Verify, Void};
use cashflows_codec::remote_auth::response::DecodeError;
use cashflows_codec::remote_auth::{NextStep, OperationKind, Outcome, RecurringOrigin, Request, Response};
use cashflows_codec::simulator::{Effect, Entry, Ledger, State, Symptom, When};
use cashflows_codec::value::{CardNumber, Currency, Money, TransactionId};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::shop::Shop;

/// What a shop wants to do; transactions are meant by their place in the ledger.
#[derive(Clone, Debug)]
enum Intent {
    Sale { cart: u8, amount: u64, right_cvv: bool },
    Verify { cart: u8 },
    Continuous { cart: u8, origin: usize, amount: u64 },
    Void { original: usize },
    Refund { original: usize, amount: u64 },
}

/// An intent, how often it is tried, what goes wrong with each attempt, and how long each takes.
type Plan = (Intent, Vec<Option<Effect>>, Vec<u64>);

fn intent() -> impl Strategy<Value = Intent> {
    // Few carts and few transactions, so that they meet.
    let (cart, place, amount) = (|| 0..6_u8, || 0..8_usize, || 1..40_u64);
    prop_oneof![
        3 => (cart(), amount(), prop::bool::weighted(0.9))
            .prop_map(|(cart, amount, right_cvv)| Intent::Sale { cart, amount, right_cvv }),
        1 => cart().prop_map(|cart| Intent::Verify { cart }),
        2 => (cart(), place(), amount())
            .prop_map(|(cart, origin, amount)| Intent::Continuous { cart, origin, amount }),
        1 => place().prop_map(|original| Intent::Void { original }),
        3 => (place(), amount()).prop_map(|(original, amount)| Intent::Refund { original, amount }),
    ]
}

fn effect() -> impl Strategy<Value = Effect> {
    let symptom = || select(Symptom::ALL);
    let codes = vec!["D102", "D090", "R101", "C101", "V254", "V249", "S001", "S101", "S103", "S203", "S299"];
    prop_oneof![
        select(codes).prop_map(|code| Effect::Refuse(code.parse().unwrap())),
        symptom().prop_map(Effect::LoseRequest),
        symptom().prop_map(Effect::LoseAnswer),
        (1..400_u64, symptom())
            .prop_map(|(delay, symptom)| Effect::Delay(Duration::from_secs(delay), symptom)),
        Just(Effect::Hold),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let faults = vec(prop::option::weighted(0.4, effect()), 4);
    (intent(), faults, vec(prop_oneof![4 => 0..200_u64, 1 => 0..100_000_u64], 5))
}

impl Intent {
    fn request(&self, ledger: &Ledger) -> Option<Request> {
        let cart = |cart: &u8| -> MerchantReference { format!("cart-{cart}").parse().unwrap() };
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
                Request::from(Void::new((*entry.id()).try_into().ok()?, entry.class(), entry.money()))
            }
            Self::Refund { original, amount } => {
                let entry = ledger.entries().get(*original)?;
                let class: OriginalClass = entry.class();
                Request::from(Refund::new((*entry.id()).try_into().ok()?, class, Money::gbp(*amount)))
            }
        })
    }
}

/// How many transactions were authorised.
fn authorised(ledger: &Ledger) -> usize {
    ledger.entries().iter().filter(|entry| entry.is_authorised()).count()
}

/// Whether the ledger has the transaction that an answer authorises.
fn confirms(ledger: &Ledger, request: &Request, answer: &Result<Response, DecodeError>) -> bool {
    let entry = answer.as_ref().ok().and_then(|response| ledger.get(&response.transaction_id()?));
    entry.is_some_and(|entry| entry.is_authorised() && entry.operation() == request.kind())
}

/// A careful shop: it retries what is unknown, sends again what was never sent, and leaves the rest.
/// A reference that did not end in a refusal is not used for another charge.
fn carry_out(shop: &mut Shop, used: &mut BTreeSet<String>, plan: &Plan) -> Result<(), TestCaseError> {
    let (intent, faults, waits) = plan;
    let Some(mut request) = intent.request(shop.acquirer.ledger()) else { return Ok(()) };
    let reference = match &request {
        Request::Sale(sale) => Some(format!("sale {}", sale.reference())),
        Request::Continuous(continuous) => Some(format!("cont {}", continuous.reference())),
        _ => None,
    };
    if reference.as_ref().is_some_and(|reference| used.contains(reference)) {
        return Ok(());
    }
    let before = authorised(shop.acquirer.ledger());
    let (first, mut outcome) = (shop.now, Outcome::Unknown);
    for (fault, wait) in faults.iter().zip(waits) {
        if let Some(effect) = fault {
            shop.acquirer.script(When::any().on_call(1), *effect);
        }
        let answer = shop.acquirer.send(shop.now, &request);
        let ledger = shop.acquirer.ledger();
        let happened = authorised(ledger) - before;
        outcome = Outcome::of_response_to(&request, &answer);
        match outcome {
            Outcome::Authorised => prop_assert!(confirms(ledger, &request, &answer), "{:?}", request),
            Outcome::Refused | Outcome::NeverSent => prop_assert_eq!(happened, 0, "{:?}", request),
            Outcome::Unknown => prop_assert!(happened <= 1, "{:?}", request),
        }
        shop.now += Duration::from_secs(*wait);
        match NextStep::of_response_to(&request, &answer) {
            NextStep::Nothing | NextStep::Authenticate | NextStep::LookUp | NextStep::CheckAccess => break,
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

/// What the ledger keeps count of is what a look at all its entries gives.
fn agrees_with_its_entries(ledger: &Ledger, now: SystemTime) -> Result<(), TestCaseError> {
    let entries = ledger.entries();
    let reversals = |kind, id: &TransactionId| -> Vec<&Entry> {
        let reverses = |entry: &&Entry| {
            entry.operation() == kind && entry.is_authorised() && entry.original() == Some(id)
        };
        entries.iter().filter(reverses).collect()
    };
    let is_voided = |entry: &Entry| !reversals(OperationKind::Void, entry.id()).is_empty();
    let hundredths = |entry: &Entry| i128::from(entry.money().amount().hundredths());
    let mut balance = 0;
    for entry in entries {
        prop_assert_eq!(ledger.get(entry.id()).map(Entry::id), Some(entry.id()));
        let reversed = |other: &&Entry| {
            let kind = matches!(other.operation(), OperationKind::Void | OperationKind::Refund);
            kind && other.is_authorised() && other.original() == Some(entry.id())
        };
        let newest_first: Vec<_> = entries.iter().rev().filter(reversed).map(Entry::id).collect();
        prop_assert_eq!(ledger.reversals(entry.id()).map(Entry::id).collect::<Vec<_>>(), newest_first);
        let refunds = reversals(OperationKind::Refund, entry.id());
        let refunded: i128 = refunds.into_iter().map(hundredths).sum();
        prop_assert_eq!(i128::from(ledger.refunded(entry.id()).hundredths()), refunded);
        let state = ledger.state(entry.id(), entry.at());
        prop_assert_eq!(state == Some(State::Voided), entry.is_authorised() && is_voided(entry));
        balance += match entry.operation() {
            _ if !entry.is_authorised() || is_voided(entry) => 0,
            _ if entry.state(now) == State::Expired => 0,
            OperationKind::Sale | OperationKind::Continuous => hundredths(entry),
            OperationKind::Refund | OperationKind::Credit => -hundredths(entry),
            OperationKind::Verify | OperationKind::Void => 0,
        };
        if let Some(reference) = entry.reference() {
            let with_it = entries.iter().filter(|other| other.reference() == Some(reference));
            let with_it: Vec<_> = with_it.map(Entry::id).collect();
            prop_assert_eq!(ledger.with_reference(reference).map(Entry::id).collect::<Vec<_>>(), with_it);
        }
    }
    prop_assert_eq!(ledger.balance(Currency::GBP), balance);
    Ok(())
}

proptest! {
    #[test]
    fn the_codec_never_contradicts_the_ledger(plans in vec(plan(), 1..25)) {
        let (mut shop, mut used) = (Shop::default(), BTreeSet::new());
        for plan in &plans {
            carry_out(&mut shop, &mut used, plan)?;
            // Holds expire by themselves, which the next request finds.
            shop.acquirer.due_notifications(shop.now);
            let ledger = shop.acquirer.ledger();
            for entry in ledger.entries() {
                let alike = |other: &&Entry| {
                    other.is_charge()
                        && other.operation() == entry.operation()
                        && other.reference() == entry.reference()
                };
                if entry.is_charge() {
                    prop_assert_eq!(ledger.entries().iter().filter(alike).count(), 1, "{}", ledger);
                }
                let refunded = ledger.refunded(entry.id()).hundredths();
                prop_assert!(refunded <= entry.money().amount().hundredths(), "{}", ledger);
            }
            prop_assert!(ledger.balance(Currency::GBP) >= 0, "{}", ledger);
            agrees_with_its_entries(ledger, shop.now)?;
        }
    }
}
