//! Bodies of calls: payment jobs of every kind, refunds, captures, tokens (section 4).
//!
//! The types rule out contradictions: a child has no card, a wallet no security code, and only the first of
//! several payments may charge an amount of zero. Values are checked when they are made, so writing a request
//! cannot fail. A [call](crate::gateway::call)
//! carries it.
//!
//! Requests are written strictly and read easily (section 4): a [`DecodedRequest`] has the
//! request, and the places of members that were passed over.
//!
//! ```
//! use cashflows_codec::gateway::request::PaymentJob;
//!
//! let body = br#"{"amountToCollect":"10.00","currency":"GBP","metadata":{},"displayUrl":"","locale":true,
//!     "order":{"billingIdentity":{"emailAddress":"nobody"}},"parameters":{"ThreeDSecureXid":""}}"#;
//! let decoded = PaymentJob::decode(body)?;
//! assert_eq!(decoded.request().kind().as_str(), "hosted_page");
//! assert_eq!(decoded.unlisted()[0].as_str(), "metadata");
//! assert!(decoded.ignored().is_empty());
//! let finding = &decoded.findings()[0];
//! assert_eq!(finding.to_string(), "order.billingIdentity.emailAddress must be an e-mail address");
//! # Ok::<(), cashflows_codec::gateway::request::InvalidRequest>(())
//! ```

mod address;
mod browser;
mod card;
mod fault;
mod hosted_page;
mod identity;
mod job;
mod leaf;
mod line;
mod means;
mod object;
mod options;
mod order;
mod other_parameter;
mod parameter;
mod read;
mod recipient;
mod recurrence;
mod refund;
mod three_ds;
mod tokenisation;
mod write;

pub use address::{OrderAddress, OrderTelephone, TelephoneKind};
pub use browser::Browser;
pub use card::{CardWay, JobCard, JobCredit, JobWalletKind, Wallet};
pub use fault::{InvalidRequest, MemberError, MemberProblem};
pub use hosted_page::{HostedPage, ReturnUrls};
pub use identity::{Gender, Identity};
pub use job::{JobKind, JobType, PaymentJob};
pub use line::{LineKind, OrderLine, UnitPrice};
pub use means::JobMeans;
pub use options::JobOption;
pub use order::Order;
pub use other_parameter::{OtherParameter, OtherParameterName};
pub use recipient::{Mcc, OtherBirth, RecipientBirth, RecipientDetails};
pub use recurrence::{Child, Parent, RecurrenceCriteria, RecurrenceKind, RecurringExpiry};
pub use refund::{CaptureRequest, RefundNumber, RefundRequest};
pub use three_ds::{JobEci, ThreeDsResult};
pub use tokenisation::Tokenisation;

pub use crate::media::json::DecodedRequest;
pub use crate::value::{FreeText, PrivateText};

pub(in crate::gateway) use fault::Faults;
pub(in crate::gateway) use object::decode;
pub(in crate::gateway) use read::Body;
