//! No secret is printed or left in memory. Run in the dev and the release profile.

#[macro_use]
#[path = "../support/mod.rs"]
mod support;

mod everywhere;
mod memory;
mod printed;
