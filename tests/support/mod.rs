//! What several tests share.
#![allow(dead_code, reason = "each test takes what it needs")]

pub mod bodies;
pub mod requests;
pub mod responses;
pub mod secrets;
