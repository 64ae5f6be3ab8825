//! Code shared by several tests.
#![allow(dead_code, unused_macros, reason = "each test takes what it needs")]

pub mod any;
pub mod bodies;
pub mod gateway;
pub mod page;
pub mod replies;
pub mod requests;
pub mod responses;
#[macro_use]
pub mod secrets;
pub mod source;
