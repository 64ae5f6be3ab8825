//! Remote Auth and its batches, through the public API.

#[path = "../support/mod.rs"]
mod support;

mod attempt;
mod batch;
mod clients;
mod http;
mod outcome;
mod request;
mod response;
