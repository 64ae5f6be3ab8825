//! Attempts, through the public API.

mod clock;
mod history;
mod journal;
mod property;
mod requests;
mod sending;
mod stall;
mod stored;
mod transitions;
