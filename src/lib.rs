//! A pure, no-IO codec for the protocols of the Cashflows card acquirer: typed messages to bytes,
//! bytes to typed messages, for both ends of the wire, and what an answer means.
//!
//! Unofficial: nobody at Cashflows has a part in it. It opens no socket, keeps no time, draws no
//! random number and stores nothing; what needs those is passed in.
//!
//! | module | protocol | page |
//! | --- | --- | --- |
//! | [`remote_auth`] | payments as form bodies, answered by one line; batch release | `docs/protocol/remote-auth.md` |
//! | [`gateway`](gateway/index.html) | signed JSON calls, payment jobs, webhooks (feature `gateway`) | `docs/protocol/gateway.md` |
//! | [`hosted_page`](hosted_page/index.html) | another provider's hosted page (feature `hosted-page`) | `docs/protocol/gateway.md`, section 12 |
//!
//! A "section 3" in a comment is a section of the protocol's page.
//!
//! The protocols share:
//!
//! | module | what |
//! | --- | --- |
//! | [`value`] | what a message carries, whatever the protocol: money, cards, customers, checks, response codes |
//! | [`error`] | a value that is refused, a limit that is exceeded |
//! | [`simulator`](simulator/index.html) | the acquirer as a pure function, to test against (feature `simulator`) |
//!
//! A [`Clock`] makes one time, which never goes back, of the two clocks that a process reads.
//!
//! # Secrets and personal data
//!
//! Card numbers, security codes, passwords, tokens, cryptograms and every encoded body are masked
//! when printed and wiped when dropped, always. Their text is had by methods whose names begin with
//! `secret_`. Names, addresses and whatever else is personal is masked and wiped as well, each by the
//! rule of its kind ([`value::Secrecy`]). No error holds a value.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![warn(unreachable_pub)]

// The histories of `tests/remote_auth/attempt` are played by the library's own tests too, which can take rules
// out: to them, both are the crate of this name.
#[cfg(test)]
extern crate self as cashflows_codec;

#[macro_use]
pub mod value;

mod clock;
pub mod error;
#[cfg(feature = "gateway")]
pub mod gateway;
#[cfg(feature = "hosted-page")]
pub mod hosted_page;
mod media;
pub mod remote_auth;
mod scan;
mod secret;
#[cfg(feature = "simulator")]
pub mod simulator;

pub use clock::Clock;
pub use error::InvalidValue;

/// The code of the README compiles and runs.
#[cfg(all(doctest, feature = "batch", feature = "gateway", feature = "hosted-page", feature = "simulator"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// The code of the story compiles and runs.
#[cfg(all(doctest, feature = "simulator"))]
#[doc = include_str!("../docs/after-a-crash.md")]
struct AfterACrash;
