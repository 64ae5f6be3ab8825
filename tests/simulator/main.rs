//! The simulated acquirer, through the public API.

#[path = "../support/mod.rs"]
mod support;

mod batch;
mod both_doors;
mod gateway;
mod property;
mod provider;
mod replies;
mod retries;
mod rules;
mod script;
mod shop;
