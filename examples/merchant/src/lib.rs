//! A merchant's service that takes card payments by Remote Auth, survives being killed at any moment, and
//! never charges twice. README.md says how to start it, and why it is built as it is.
//!
//! | module | what |
//! | --- | --- |
//! | [`service`] | the whole, started and stopped |
//! | [`config`] | the command line |
//! | [`connections`] | callers' connections, and how many there may be |
//! | [`http`](mod@http) | what callers send and are told |
//! | [`wanted`] | what they want, card and all |
//! | [`orders`] | orders, each taken once and driven to its end |
//! | [`recovery`] | what is done at the start about what was open |
//! | [`store`] | the database |
//! | [`acquirer`] | the way to the acquirer, and a simulated one |
//! | [`clock`], [`log`](mod@log), [`process`] | time, the log, no core files |

pub mod acquirer;
pub mod clock;
pub mod config;
pub mod connections;
pub mod http;
pub mod log;
pub mod orders;
pub mod process;
pub mod recovery;
pub mod service;
pub mod shop;
pub mod store;
pub mod wanted;
