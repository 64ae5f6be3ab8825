//! The gateway, by its public API only. `tests/data/gateway` has the bodies that the vendor prints.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod call;
mod declarations;
mod incoming;
mod meaning;
mod notification;
mod request;
mod response;
mod shopper_return;
mod signature;

#[path = "../support/gateway_calls.rs"]
mod gateway_calls;
