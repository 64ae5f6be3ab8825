//! No secret is left in memory: every block is searched when it is freed or moved, while each part of the crate does
//! its work. Run in the dev and the release profile.
//!
//! The inputs of a test are made before the watch begins, and outlive it: the crate need not wipe them.
#![allow(unsafe_code, reason = "to look into freed blocks takes an allocator, which is unsafe to implement")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[cfg(feature = "batch")]
mod batch;
mod gateway;
mod gateway_responses;
mod hosted_page;
mod payments;
#[cfg(feature = "simulator")]
mod simulator;
mod watch;

use core::hint::black_box;

use crate::support::secrets::PIECES;
use watch::left_behind;

const NOTHING: [&str; 0] = [];

#[test]
fn left_behind_reports_a_planted_leak() {
    for piece in PIECES {
        assert_eq!(left_behind(|| String::from(*piece)), [*piece], "dropped");
        let grown = left_behind(|| {
            let mut text = black_box(String::from(*piece));
            text.reserve(1_000);
            // Wiped in its new place, but not in its old one.
            black_box(zeroize::Zeroizing::new(text));
        });
        assert_eq!(grown, [*piece], "moved");
    }
}

#[test]
fn left_behind_reports_no_leak_of_harmless_memory() {
    let kept: Vec<String> = PIECES.iter().map(|piece| (*piece).to_owned()).collect();
    assert_eq!(left_behind(|| vec![0_u8; 1_000]), NOTHING);
    assert_eq!(left_behind(|| kept.concat().len()), PIECES, "a copy is");
}
