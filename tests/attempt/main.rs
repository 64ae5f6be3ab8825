//! Attempts, through the public API.

mod history;
mod journal;
mod property;
mod requests;
mod stored;
mod transitions;
