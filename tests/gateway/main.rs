//! The gateway, by its public API only. `tests/data/gateway` has the bodies that the vendor prints.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod calls;
mod calls_incoming;
mod calls_samples;
mod calls_signature;

#[path = "../support/gateway_calls.rs"]
mod gateway_calls;
