//! The **Cashflows Gateway**: signed JSON calls, payment jobs, webhooks (feature `gateway`).
//!
//! **No call of this protocol may be repeated blindly.** It has no idempotency key: a job that is
//! created twice can be paid twice, a refund that is asked for twice is paid out twice. A call whose
//! answer is lost is *unknown*: look first (by order number, by refund number), then decide.
//!
//! # What an answer means
//!
//! Each question has a type of its own, so that none is taken for another:
//!
//! | question | type | asked of |
//! | --- | --- | --- |
//! | did the gateway do what it was asked for? | [`CallOutcome`]: done, not done, unknown | a [decoded](call::CallType::decode) response |
//! | did *this payment* take money? | [`PaymentMeaning`] | [`Payment::meaning`](response::Payment::meaning) |
//! | is *the job* paid? | [`JobMeaning`] | [`Job::meaning`](response::Job::meaning) |
//! | is it what was asked for? | [`Settlement`] | [`Job::settles`](response::Job::settles) |
//! | did *this refund* or *capture* move money? | [`RefundMeaning`], [`CaptureMeaning`] | [`Refund::meaning`](response::Refund::meaning), [`Capture::meaning`](response::Capture::meaning) |
//!
//! A job that was created may be refused; a payment that was refused does not end its job. Neither a
//! redirect, nor a notification, nor a status alone says that an order is paid: deliver on
//! [`Settlement::Full`] alone.
//!
//! ```
//! use cashflows_codec::gateway::call::{CallType, RetrieveJob};
//! use cashflows_codec::gateway::{Expected, JobMeaning, Money, Notification, Settlement};
//!
//! # fn send(_call: RetrieveJob) -> (u16, Vec<u8>) {
//! #     (200, br#"{"data":{"reference":"1","paymentStatus":"Failed","payments":
//! #         [{"reference":"2","status":"Failed"}]}}"#.to_vec())
//! # }
//! // The gateway says: look. Anybody else can say so too.
//! let notification = Notification::decode(br#"{"paymentJobReference":"1","paymentReference":"2"}"#)?;
//! let (status, body) = send(RetrieveJob::new(notification.job()));
//!
//! let expected = Expected::new(Money::gbp(10_00)?, "cart-1".parse()?);
//! match RetrieveJob::decode(status, &body) {
//!     Ok(response) => match response.data().settles(&expected) {
//!         Settlement::Full => println!("deliver"),
//!         Settlement::FullReserved => println!("capture, then deliver"),
//!         Settlement::Over => println!("deliver, and give the rest back"),
//!         Settlement::NotSettled => match response.data().meaning() {
//!             JobMeaning::Open => println!("wait: a payment has failed, and the next may not"),
//!             JobMeaning::NotTaken => println!("close the order"),
//!             JobMeaning::GivenBack | JobMeaning::PaidOut | JobMeaning::Verified => println!("do not deliver"),
//!             held => println!("do not deliver, and ask a person: {held}"),
//!         },
//!         other => println!("ask a person: {other}"),
//!     },
//!     Err(error) => println!("{error}; next: {}", error.next_step()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where things are
//!
//! | module | what |
//! | --- | --- |
//! | [`call`] | what can be asked, signed |
//! | [`request`] | what a call carries: payment jobs of every kind, refunds, captures |
//! | [`response`] | responses: jobs, payments, refunds, captures, tokens, payment methods, errors |
//! | [`Notification`] | what it sends by itself, and what acknowledges it |
//! | [`ShopperReturn`] | what it appends to the URLs that the shopper comes back to |
//! | [`incoming`] | the other side: calls, verified and read |
//!
//! # Storing
//!
//! With `serde`, what a shop keeps of a payment is stored as text: [`Reference`], [`Decimal`],
//! [`OrderNumber`], [`Timestamp`], [`PaymentStatus`], the meanings, outcomes, operations and next steps.
//! A whole answer is stored as the gateway writes it, by [`Response::encode`]: it may hold a token, and
//! personal data.
//!
//! Not supported: the envelope of the pages that carries configuration and signature in the body, and the
//! vendor's newer `payment-intents` calls.
//!
//! The sections that the comments cite are those of `docs/protocol/gateway.md`.

pub mod call;
mod credentials;
mod environment;
mod error_word;
pub mod incoming;
mod meaning;
mod notification;
mod operation;
mod outcome;
pub mod request;
pub mod response;
mod shopper_return;
mod signature;
mod status;
mod value;

pub use credentials::{ApiKey, ConfigurationId, Credentials};
pub use environment::Environment;
pub use meaning::{CaptureMeaning, Doubt, Expected, JobMeaning, JobMoney, Known, RefundMeaning, Settlement};
pub use notification::{Acknowledgement, Notification, NotifyType};
pub use operation::Operation;
pub use outcome::{CallOutcome, NextStep};
pub use response::{Response, ResponseError};
pub use shopper_return::{ShopperReturn, ShopperReturnError};
pub use signature::{Signature, SignatureMismatch};
pub use status::{PaymentMeaning, PaymentStatus};
pub use value::{
    CustomerReference, Decimal, JobReference, Locale, Money, OrderNumber, PaymentMethod, PaymentReference,
    Reference, SignedDecimal, Timestamp, Url,
};

pub use crate::media::json::{
    Finding, JsonError, JsonLimits, JsonProblem, JsonShape, KeptMembers, KeptValue, MemberPath,
};
