//! What can happen to a service, at random.

use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a shop wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Sale { cart: u8 },
    Verify { cart: u8 },
    Continuous { cart: u8 },
    Void,
    Refund { pence: u64 },
    Credit { cart: u8 },
}

/// What goes wrong with one sending.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mishap {
    Nothing,
    Gateway(Effect),
    NotConnected,
    LostRequest,
    /// The answer may still come later.
    LostAnswer,
    WrongPassword,
    /// The buyer has another card in hand.
    AnotherCard,
    /// The sum in the basket has changed.
    AnotherAmount,
    /// What waited for the answer is gone, and nobody says so.
    NobodyReports,
    CrashBeforeStoring,
    CrashBeforeSending,
    CrashBeforeTheAnswer,
    CrashBeforeStoringTheAnswer,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    Plan(Wish),
    /// Does what is next about an attempt. A request and its answer take `transit` each.
    Drive {
        which: u8,
        mishap: Mishap,
        transit: Duration,
        jitter: u32,
    },
    Wait(Duration),
    Restart,
    /// An answer that counted as lost.
    LateAnswer,
    Retire,
    ClockForward(Duration),
    /// The clock goes back to before it ever was, by so much, and the service sees it.
    ClockBack(Duration),
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let seen = || select(Symptom::ALL);
    const CODES: &[&str] = &["D102", "V254", "V249", "S001", "S101", "S103", "S203"];
    let effect = prop_oneof![
        select(CODES).prop_map(|code| Effect::Refuse(code.parse().unwrap())),
        seen().prop_map(Effect::LoseRequest),
        seen().prop_map(Effect::LoseAnswer),
        (1..400_u64, seen()).prop_map(|(delay, seen)| Effect::Delay(Duration::from_secs(delay), seen)),
    ];
    prop_oneof![
        6 => Just(Mishap::Nothing),
        3 => effect.prop_map(Mishap::Gateway),
        2 => Just(Mishap::NotConnected),
        2 => Just(Mishap::LostRequest),
        4 => Just(Mishap::LostAnswer),
        1 => Just(Mishap::WrongPassword),
        1 => Just(Mishap::AnotherCard),
        1 => Just(Mishap::AnotherAmount),
        1 => Just(Mishap::NobodyReports),
        4 => select(&[
            Mishap::CrashBeforeStoring,
            Mishap::CrashBeforeSending,
            Mishap::CrashBeforeTheAnswer,
            Mishap::CrashBeforeStoringTheAnswer,
        ][..]),
    ]
}

fn wish() -> impl Strategy<Value = Wish> {
    // Few of everything, so that they meet.
    let cart = || 0..3_u8;
    prop_oneof![
        2 => cart().prop_map(|cart| Wish::Sale { cart }),
        1 => cart().prop_map(|cart| Wish::Verify { cart }),
        1 => cart().prop_map(|cart| Wish::Continuous { cart }),
        1 => Just(Wish::Void),
        4 => select(&[5_00, 7_00][..]).prop_map(|pence| Wish::Refund { pence }),
        1 => cart().prop_map(|cart| Wish::Credit { cart }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let seconds = |all: &'static [u64]| select(all).prop_map(Duration::from_secs);
    let drive =
        (0..4_u8, mishap(), 0..12_000_u64, any::<u32>()).prop_map(|(which, mishap, transit, jitter)| {
            Event::Drive { which, mishap, transit: Duration::from_millis(transit), jitter }
        });
    prop_oneof![
        4 => wish().prop_map(Event::Plan),
        12 => drive,
        5 => seconds(&[0, 1, 3, 10, 40, 100, 200, 270, 285, 290, 320, 10_0000]).prop_map(Event::Wait),
        1 => Just(Event::Restart),
        1 => Just(Event::LateAnswer),
        1 => Just(Event::Retire),
        1 => seconds(&[1, 200, 400]).prop_map(Event::ClockForward),
        1 => seconds(&[1, 200, 400, 4_000]).prop_map(Event::ClockBack),
    ]
}

/// A history, and whether buyers come back to give their cards again after it.
pub(crate) fn history() -> impl Strategy<Value = (Vec<Event>, bool)> {
    (vec(event(), 1..40), any::<bool>())
}
