//! Attempts, through the public API.

#[path = "../support/mod.rs"]
mod support;

mod history;
mod journal;
mod property;
mod requests;
mod sending;
mod stored;
mod transitions;
