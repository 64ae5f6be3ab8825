//! Attempts: what became of a request, and what to do next, through lost answers and crashes
//! (section 6 of the protocol page).
//!
//! A [`Journal`] keeps the [`Attempt`]s of a service. It is told what happened ([`AttemptMut`]: an
//! answer, a failed transport, the time, a restart) and says what to do next ([`Step`]). It has no
//! clock, no socket, no random number and no storage. An attempt holds no secret, is `serde` both
//! ways, and is to be stored before and after each sending.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//!
//! use cashflows_codec::remote_auth::attempt::{Attempt, Conclusion, Journal, RetryPolicy, State, Step};
//! use cashflows_codec::remote_auth::request::{OriginalClass, Reversal};
//! use cashflows_codec::remote_auth::{Request, Response, TransportFailure};
//! use cashflows_codec::value::Money;
//!
//! // What the caller has: a clock, a place to store attempts, a random number, and a transport, which
//! // loses the first answer.
//! let mut now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
//! let mut stored = String::new();
//! let mut store = |attempt: &Attempt| stored = serde_json::to_string(attempt).unwrap();
//! let random = || 0x1234_5678;
//! let mut answers = [Err(TransportFailure::Lost), Ok("A|01V0135F755|000|-|Authorised")].into_iter();
//! let mut post = |_request: &Request| answers.next().unwrap().map(|line| Response::decode(line.as_bytes()).unwrap());
//!
//! let void = Request::Void(Reversal::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15)));
//! let mut journal = Journal::new(RetryPolicy::default());
//! store(journal.plan("order 17", &void, now)?);
//!
//! let conclusion = loop {
//!     let mut attempt = journal.get_mut("order 17").unwrap();
//!     match attempt.step(now) {
//!         Step::Send { .. } => {
//!             let sending = attempt.send(&void, now)?;
//!             let ticket = sending.ticket();
//!             store(&attempt); // before it is sent,
//!             match sending.release(|| now) {
//!                 Ok(request) => attempt.received(&ticket, &post(&request), now, random()),
//!                 Err(late) => attempt.received(&ticket, &late, now, random()),
//!             };
//!             store(&attempt); // and after.
//!         }
//!         Step::Wait { until } => now = until,
//!         Step::Done(conclusion) => break conclusion,
//!         Step::AskForCard { .. } => unreachable!("a void needs no card"),
//!         Step::Reconcile(look_for) => todo!("somebody has to look for {look_for:?}"),
//!         _ => unreachable!("there is no other step today"),
//!     }
//! };
//! assert_eq!(conclusion, Conclusion::Authorised);
//! assert_eq!(serde_json::from_str::<Attempt>(&stored)?.transaction_id(), Some("01V0135F755".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `docs/after-a-crash.md` in the repository is the same story with the crash in it.
//!
//! # States
//!
//! | state | how it gets there | what is next |
//! | --- | --- | --- |
//! | [`planned`](State::Planned) | [`Journal::plan`] | send it, or [`cancel`](AttemptMut::cancel) |
//! | [`sent`](State::Sent) | [`send`](AttemptMut::send) | say what came of it |
//! | [`open`](State::Open) | no answer, or one that does not tell | wait, then retry; after a restart, with the card again |
//! | [`never_sent`](State::NeverSent) | no connection, `S001`, `S101`, and nothing else was sent | wait, then send it again, without a retry number |
//! | [`given_up`](State::GivenUp) | the five minutes are over, or another [`GiveUp`] | look for it, and [`settle`](AttemptMut::settle) it |
//! | [`authorised`](State::Authorised), [`refused`](State::Refused) | an answer | nothing |
//! | [`cancelled`](State::Cancelled) | cancelled, or not sent as often as the policy allows | nothing |
//! | [`settled_by_hand`](State::SettledByHand) | [`settle`](AttemptMut::settle) | nothing |
//!
//! # Rules
//!
//! - A retry has the number after the last one that the gateway may have seen. What was never sent is
//!   sent again without one.
//! - A retry has to have left 15 seconds ([`RetryPolicy::margin`]) before the five minutes are over,
//!   counted from the first sending that may have arrived.
//! - A clock that went back while a request was out does not make it younger: it is given up. Within
//!   one process, take the time once, and add a monotonic clock to it: a clock that is set back by less
//!   than has gone by since the attempt last saw it cannot be told from one that was not.
//! - A retry that was never sent, be it for want of a connection, says nothing of what was sent before.
//! - A rejection, which makes no transaction (`99E…`), is an end only where nothing was sent before: a
//!   retry with a wrong password is rejected whatever became of the first attempt.
//! - An answer whose transaction another attempt has ended with is no answer.
//! - A void or refund that is equal to another one, in original and amount, is not planned while that
//!   one is open, or was answered less than five minutes and the margin ago.
//! - A reference belongs to one attempt, refused or not: after a refusal, take another.
//! - A credit has no retry number, so that a second sending could pay out a second time. Unless it was
//!   never sent, it is sent once, and given up if its end is not known.
//! - A retry is the same request. So far as it is known without secrets, that is checked: the last four
//!   digits of the card too, since another card is refused (V19).
//! - An authorisation that comes after an attempt has ended otherwise reopens it, to be settled by hand.
//!
//! What they cannot rule out: that the network holds a request back, and delivers it after its retry
//! was refused, or after five minutes. To the gateway that is a new payment.
//!
//! # After a restart
//!
//! Read what is stored ([`Journal::insert`]), and say so to each ([`AttemptMut::restarted`]). What
//! needs no card (a void, a refund, a continuous payment by its original, a credit to the card of an
//! original) is stored whole ([`Attempt::request`]) and can be sent; a sale or verification needs its
//! card again ([`Step::AskForCard`]), which nobody may have stored.

mod intent;
mod journal;
mod machine;
mod policy;
mod received;
mod rules;
mod sending;
mod state;
mod step;
mod stored;
#[cfg(test)]
mod tests;
mod time;

pub use intent::LastFour;
pub use journal::Journal;
pub use machine::AttemptMut;
pub use policy::RetryPolicy;
pub use received::Received;
pub use sending::{Sending, Ticket, TooLate};
pub use state::{Attempt, Finding, State};
pub use step::{
    Conclusion, Difference, Doubt, GiveUp, PlanError, Reconcile, SendError, SettleError, Step, WrongState,
};
