//! Attempts: what became of a request, and what to do next, through lost responses and crashes
//! (section 6 of the protocol page).
//!
//! A [`Journal`] keeps the [`Attempt`]s of a service. It is told what happened ([`AttemptMut`]: an
//! response, a failed transport, the time, a restart) and says what to do next ([`Step`]). It has no
//! clock, no socket, no random number and no storage. An attempt holds no secret, is `serde` both
//! ways, and is to be stored before and after each sending. The request itself comes out of a
//! [`Sending`], after the attempt is stored and after a look at the clock.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//!
//! use cashflows_codec::remote_auth::attempt::{Attempt, Conclusion, Journal, RetryPolicy, AttemptState, Step};
//! use cashflows_codec::remote_auth::request::{OriginalClass, Void};
//! use cashflows_codec::remote_auth::{Request, Response, TransportFailure};
//! use cashflows_codec::value::Money;
//!
//! // What the caller has: a clock, a place to store attempts, a random number, and a transport, which
//! // loses the first response.
//! let mut now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
//! let mut stored = String::new();
//! let mut store = |attempt: &Attempt| stored = serde_json::to_string(attempt).unwrap();
//! let random = || 0x1234_5678;
//! let mut responses = [Err(TransportFailure::Lost), Ok("A|01V0135F755|000|-|Authorised")].into_iter();
//! let mut post = |_request: &Request| responses.next().unwrap().map(|line| Response::decode(line.as_bytes()).unwrap());
//!
//! let void = Request::from(Void::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15)));
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
//! | [`planned`](AttemptState::Planned) | [`Journal::plan`] | send it, or [`cancel`](AttemptMut::cancel) |
//! | [`sent`](AttemptState::Sent) | [`send`](AttemptMut::send) | [release](Sending::release) it, and say what came of it |
//! | [`open`](AttemptState::Open) | no response, or one that does not tell | wait, then retry; after a restart, with the card again |
//! | [`never_sent`](AttemptState::NeverSent) | no connection, `S001`, `S101`, and nothing else was sent | wait, then send it again, without a retry number |
//! | [`given_up`](AttemptState::GivenUp) | the five minutes are over, or another [`GiveUp`] | look for it, and [`settle`](AttemptMut::settle) it |
//! | [`authorised`](AttemptState::Authorised) | a response | nothing; if its id names no transaction, [`settle`](AttemptMut::settle) the id |
//! | [`refused`](AttemptState::Refused) | a response, or an HTTP status that refuses the only sending | its [next step](Attempt::next_step) |
//! | [`cancelled`](AttemptState::Cancelled) | cancelled, or not sent as often as the policy allows | nothing |
//! | [`settled_by_hand`](AttemptState::SettledByHand) | [`settle`](AttemptMut::settle) | nothing |
//!
//! # Rules
//!
//! - A retry has the number after the last one that the gateway may have seen. What was never sent is
//!   sent again without one, with the same reference. `S001` and `S101` say "never sent" of the sending
//!   that they answer: after another one, the attempt stays open, and the next retry has the next number.
//! - A retry has to have left 15 seconds ([`RetryPolicy::margin`]) before the five minutes are over,
//!   counted from the first sending that may have arrived.
//! - Every sending, the first one too, has to have left ten seconds ([`RetryPolicy::leave_within`]) after
//!   it was noted, however long the disk takes. What is too late does not leave, and is told like a failed
//!   connection: its number is used again.
//! - A failure is of one sending, which its [`Ticket`] names. Told late, when another one is out, it
//!   changes nothing. A response counts whenever it comes.
//! - A clock that went back while a request was out does not make it younger: it is given up. Within one
//!   process take the time of a [`Clock`](crate::Clock): a clock that is set back by less than has gone by
//!   since the attempt last saw it cannot be told from one that was not.
//! - A retry that was never sent, be it for want of a connection, says nothing of what was sent before.
//! - To a retry nothing but an approval and the first sending's own response is an end. A validation (`V`) is
//!   about the sending that it answers, whatever its id: `V242` to a retried void may say that the first one
//!   worked. A decline ends a sale, a verification and a continuous payment. It ends a void, a refund or a
//!   credit only where the acquirer is known to look at their references: `D208` may say that the first one
//!   took the funds. An HTTP status never ends a retry.
//! - `Vx33` to the only sending says that another transaction has the reference: it is looked up and not
//!   sent again. `Vx33` to a retry, `Vx49` and `Vx54` leave it open.
//! - A response whose transaction another attempt has ended with is no response.
//! - An id that names no transaction (`99E…`, `null`, zeros) belongs to no attempt, and a decline with one ends no
//!   retry. An approval with one is an approval; the [next step](Attempt::next_step) is to look the id up.
//! - A void or refund that is equal to another one, in original and amount, is not planned while that
//!   one is open, or was answered less than five minutes and the margin ago. Those with references need not
//!   wait where [the acquirer knows them](RetryPolicy::reversals_by_reference).
//! - A reference belongs to one attempt, refused or not: after a refusal, take another.
//! - A credit is not retried, so that it cannot pay out a second time, unless
//!   [the acquirer knows its reference](RetryPolicy::credits_by_reference). Unless it was never sent,
//!   it is sent once, and given up if its end is not known.
//! - A retry is the same request. So far as it is known without secrets, that is checked: the last four
//!   digits of the card too, since another card is refused (V19).
//! - An authorisation that comes after an attempt has ended otherwise reopens it, to be settled by hand.
//!
//! # What nothing rules out
//!
//! The network may hold a request back, and deliver it
//!
//! - after its retry was refused, or after five minutes: to the gateway that is a new payment;
//! - after its retry was authorised, within the five minutes: of a sale the gateway knows the reference
//!   (`Vx33`), but a void or refund without a reference is another one. Such an attempt says until when
//!   that may be ([`Attempt::earlier_may_arrive_until`]), though it is authorised.
//!
//! Compare your books with the acquirer's each day: of refunds, how many there are of one original, and
//! how much.
//!
//! # After a restart
//!
//! Read what is stored ([`Journal::insert`]), and say so to each ([`AttemptMut::restarted`]). What
//! needs no card (a void, a refund, a continuous payment by its original, a credit to the card of an
//! original) is stored whole ([`Attempt::request`]) and can be sent; a sale or verification needs its
//! card again ([`Step::AskForCard`]), which nobody may have stored. So does any request with a parameter
//! that the merchant added ([`with_parameter`](super::request::Payment::with_parameter)), a void too:
//! build it again, and send it at that step.

mod intent;
mod journal;
mod judge;
mod machine;
mod others;
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
pub use state::{Attempt, AttemptState, Found};
pub use step::{
    Conclusion, Difference, Doubt, GiveUp, PlanError, Reconciliation, SendError, SettleError, Step,
};
