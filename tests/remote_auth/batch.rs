//! Batch release, through the public API alone.
#![cfg(feature = "batch")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;
mod documented;
mod framing;
mod interop;
mod properties;
mod release;
mod requests;
mod responses;
