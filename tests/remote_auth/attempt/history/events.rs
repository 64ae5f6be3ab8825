//! What can happen to a service, at random.

use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a shop wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Sale {
        cart: u8,
    },
    Verify {
        cart: u8,
    },
    Continuous {
        cart: u8,
    },
    Void,
    Refund {
        pence: u64,
    },
    /// A refund with a reference of its own.
    Return {
        parcel: u8,
    },
    Credit {
        cart: u8,
    },
}

/// What goes wrong with one sending.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mishap {
    Nothing,
    Gateway(Effect),
    NotConnected,
    LostRequest,
    /// The response may still come later.
    LostAnswer,
    WrongPassword,
    /// The buyer has another card in hand.
    AnotherCard,
    /// The sum in the basket has changed.
    AnotherAmount,
    /// What waited for the response is gone, and nobody says so.
    NobodyReports,
    /// The disk, or the task, stands still between the note and the release.
    HeldUp,
    /// The network holds the request back, and the service takes it for lost.
    Overtaken,
    /// "Insufficient merchant funds", to a refund that is or is not the first one.
    NoFunds,
    /// "Amount exceeds original", with an id that names a transaction.
    Exceeds,
    /// The server refuses the request before it is processed, by an HTTP status.
    Forbidden,
    CrashBeforeStoring,
    CrashBeforeSending,
    CrashBeforeTheAnswer,
    CrashBeforeStoringTheAnswer,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    Plan(Wish),
    /// Does what is next about an attempt. A request and its response take `transit` each.
    Drive {
        which: u8,
        mishap: Mishap,
        transit: Duration,
        jitter: u32,
    },
    Wait(Duration),
    Restart,
    /// A response that counted as lost.
    LateAnswer,
    /// What was held up goes on.
    GoOn,
    /// The network delivers what it has held back.
    Deliver,
    Retire,
    ClockForward(Duration),
    /// The system's clock is put back.
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
        2 => Just(Mishap::NobodyReports),
        4 => Just(Mishap::HeldUp),
        2 => Just(Mishap::Overtaken),
        1 => Just(Mishap::NoFunds),
        1 => Just(Mishap::Exceeds),
        1 => Just(Mishap::Forbidden),
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
        6 => select(&[5_00, 5_00, 7_00][..]).prop_map(|pence| Wish::Refund { pence }),
        1 => cart().prop_map(|cart| Wish::Credit { cart }),
        2 => cart().prop_map(|parcel| Wish::Return { parcel }),
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
        5 => seconds(&[0, 1, 3, 10, 40, 70, 70, 100, 200, 270, 285, 290, 320, 10_0000]).prop_map(Event::Wait),
        1 => Just(Event::Restart),
        1 => Just(Event::LateAnswer),
        4 => Just(Event::GoOn),
        2 => Just(Event::Deliver),
        2 => Just(Event::Retire),
        1 => seconds(&[1, 200, 400]).prop_map(Event::ClockForward),
        1 => seconds(&[1, 200, 400, 4_000]).prop_map(Event::ClockBack),
    ]
}

/// What happens, and to whom.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) events: Vec<Event>,
    /// Whether buyers come back to give their cards again after it.
    pub(crate) buyers_return: bool,
    /// Whether the policy says that the acquirer knows voids, refunds and credits by their references.
    pub(crate) by_reference: bool,
}

pub(crate) fn history() -> impl Strategy<Value = History> {
    (vec(event(), 1..40), any::<bool>(), any::<bool>())
        .prop_map(|(events, buyers_return, by_reference)| History { events, buyers_return, by_reference })
}
