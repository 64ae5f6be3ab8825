//! The gateway, by its public API only. `tests/data/gateway` has the bodies that the vendor prints.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod accessors;
mod answers;
mod answers_calls;
mod answers_faults;
mod answers_findings;
#[cfg(feature = "http")]
mod answers_http;
mod answers_parts;
mod answers_properties;
mod calls;
mod calls_http;
mod calls_incoming;
mod calls_samples;
mod calls_signature;
mod error_words;
mod meaning;
mod money;
mod money_properties;
mod notifications;
mod settles;
mod shopper_return;

#[path = "../support/gateway_calls.rs"]
mod gateway_calls;
