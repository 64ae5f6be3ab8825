//! A merchant's service that takes card payments by Remote Auth, survives being killed at any moment, and never charges
//! twice. README.md has the first steps, and the reasons for the design.
//!
//! | module | content |
//! | --- | --- |
//! | [`service`] | starts and stops the whole |
//! | [`config`] | the command line |
//! | [`connections`] | clients' connections, a limited number |
//! | [`http`](mod@http) | requests of clients and responses to them |
//! | [`wanted`] | a client's request, card included |
//! | [`orders`] | orders, each taken once and driven to its end |
//! | [`recovery`] | takes up open orders at the start |
//! | [`store`] | the database |
//! | [`acquirer`] | clients of the acquirer, and a simulated one |
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
