//! **Remote Auth**: payments as form bodies with one line in response, and batch release as multipart
//! uploads. The page is `docs/protocol/remote-auth.md`.
//!
//! # A client
//!
//! ```
//! use cashflows_codec::remote_auth::request::{Card, Sale};
//! use cashflows_codec::remote_auth::Credentials;
//! use cashflows_codec::value::{CardNumber, Customer, Money};
//! use cashflows_codec::remote_auth::{Environment, Outcome, Request};
//!
//! # fn post(_url: &str, _content_type: &str, _body: bytes::Bytes) -> (u16, Vec<u8>) {
//! #     (200, b"A|01S00001724|232|031971|Authorised\n".to_vec())
//! # }
//! let credentials = Credentials::new("1234567".parse()?, "password".parse()?);
//! let number: CardNumber = "4000000000000002".parse()?;
//! let card = Card::new(number, "1130".parse()?, "123".parse()?);
//! let customer = Customer::default().with_name("Luke Skywalker".parse()?);
//! let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?).with_customer(customer);
//!
//! let request = Request::from(sale);
//! let body = request.encode(&credentials);
//! let (status, body) = post(body.endpoint(Environment::Integration), body.content_type(), body.into_bytes());
//!
//! match request.decode_response(status, &body).outcome() {
//!     Outcome::Authorised => println!("charged"),
//!     Outcome::Refused => println!("not charged"),
//!     Outcome::NeverSent => println!("not charged: send it again"),
//!     Outcome::Unknown => println!("perhaps charged: retry with the same reference"),
//! }
//! # Ok::<(), cashflows_codec::InvalidValue>(())
//! ```
//!
//! # A gateway
//!
//! ```
//! use cashflows_codec::remote_auth::{Request, Response};
//!
//! let body = b"auth_id=1234567&auth_pass=password&card_num=4000000000000002&card_cvv=123&card_expiry=1330\
//!     &tran_ref=cart-1&tran_amount=24.99&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=ecom";
//! let error = Request::decode(body).unwrap_err();
//! assert_eq!(error.to_string(), "card_expiry must be MMYY with a month of 01 to 12");
//! let response = Response::refusal(error.reason(), "99E5D84B40F".parse()?);
//! assert_eq!(response.encode(), "V|99E5D84B40F|000|V202|Invalid expiry date");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where things are
//!
//! | item | contents |
//! | --- | --- |
//! | [`request`] | the six operations: sale, verify, continuous, void, refund, credit |
//! | [`response`] | the response line: decision, checks, extras |
//! | [`batch`](batch/index.html) | releasing transactions on hold: uploads, queries, reports (feature `batch`, on by default) |
//! | [`http`](http/index.html) | bodies as `http::Request`, responses from `http::Response` (feature `http`) |
//! | [`Exchange`] | a sending and its response: the [`Outcome`] and the [`NextStep`] |
//! | [`attempt`] | retries and crashes: a journal of sendings that never charges twice |
//! | [`Limits`] | the most bytes and parameters that a decoder takes |
//!
//! # Storing
//!
//! The types of the table are `serde` both ways, and reading checks every rule again. Secrets and requests are not,
//! except requests [without a secret](request::StorableRequest).
//!
//! | type | stored as |
//! | --- | --- |
//! | [`Response`] | object: `status`, `transaction_id`, `checks`, `code`, `message`, `extras` |
//! | [`Checks`](crate::value::Checks) | object of words: `cvv`, `address`, `postcode`; an unlisted check is its digit |
//! | [`Money`](crate::value::Money) | object: `amount`, `currency` |
//! | [`RetryNumber`](request::RetryNumber) | number |
//! | [`StorableRequest`](request::StorableRequest) | object: the parameters of section 2 |
//! | [`Attempt`](attempt::Attempt) | object: `state`, `intent`, `sendings`, `card_gone`, `seen_at`, `sent`, `wait_until`, `cause`, `answer`, `rejected_at`, `transactions` |
//! | [`RetryPolicy`](attempt::RetryPolicy) | object: `first_wait_ms`, `longest_wait_ms`, `margin_ms`, `answer_within_ms`, `leave_within_ms`, `most_sendings`, `reversals_by_reference`, `credits_by_reference` |
//! | [`RecurringOrigin`] | object: `transaction_id`, `checks` |
//! | [`Limits`] | object of numbers |
//! | batch [`Report`](batch::Report) | object: `batch_id`, `batch_status`, `item_count`, `item_succ`, `item_fail`, `attached_type`, `attachment` |
//! | [`Outcome`], [`NextStep`], [`TransportFailure`], [`OperationKind`], a single check | word |
//! | ids, codes, statuses, amounts, currencies and the other texts | text, as on the wire |
//!
//! ```
//! use cashflows_codec::remote_auth::Response;
//!
//! let response = Response::decode(b"D|01S00001723|400|D102|Not Authorised")?;
//! let json = serde_json::to_string(&response)?;
//! assert_eq!(
//!     json,
//!     r#"{"status":"D","transaction_id":"01S00001723","checks":{"cvv":"not_matched","address":"not_checked","postcode":"not_checked"},"code":"D102","message":"Not Authorised","extras":[]}"#,
//! );
//! assert_eq!(serde_json::from_str::<Response>(&json)?, response);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod attempt;
#[cfg(feature = "batch")]
pub mod batch;
mod credentials;
mod environment;
#[cfg(feature = "http")]
pub mod http;
mod limits;
pub(crate) mod outcome;
pub(crate) mod parameter;
pub mod request;
pub mod response;
mod return_flags;
mod transport;
mod wire;

pub use crate::media::form::{ParameterName, UnlistedName};
pub use credentials::{Credentials, HeaderCredentials, Password, ProfileId};
pub use environment::Environment;
pub use limits::Limits;
pub use outcome::{HasOutcome, NextStep, Outcome, SentAs};
pub use parameter::{OperationKind, Parameter, ParameterError, ParameterRule, Presence};
pub use request::Request;
pub use request::digest::{DigestMismatch, DigestSecret, SecurityHash};
pub use request::recurring_origin::{NotRecurring, RecurringOrigin};
pub use response::Response;
pub use return_flags::ReturnFlags;
pub use transport::{Exchange, HttpResponseError, TransportFailure};
