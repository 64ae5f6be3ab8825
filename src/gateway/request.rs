//! What is asked for: payment jobs of every kind, refunds, captures, tokens (section 4).
//!
//! What a kind of job takes is in its type, and what contradicts it has no spelling: a child has no
//! card, a wallet no security code, and only the first of several payments may be of nothing. Values
//! are checked when they are made, so writing a request cannot fail. A [call](crate::gateway::call)
//! carries it.

mod address;
mod browser;
mod card;
mod fault;
mod hosted_page;
mod identity;
mod job;
mod line;
mod options;
mod order;
mod parameter;
mod read;
mod recipient;
mod recurrence;
mod refund;
mod three_ds;
mod tokenisation;
mod write;

pub use address::{Address, TelephoneKind};
pub use browser::Browser;
pub use card::{Card, CardSource, Credit, ExternalThreeDs, Moto, StoredCard, Wallet, WalletKind};
pub use fault::{InvalidRequest, MemberError, MemberProblem};
pub use hosted_page::{HostedPage, ReturnUrls};
pub use identity::{Gender, Identity};
pub use job::{JobKind, JobType, PaymentJob};
pub use line::{LineKind, OrderLine, UnitPrice};
pub use options::{JobOption, UnlistedJobOption};
pub use order::Order;
pub use parameter::{OtherParameter, OtherParameterName};
pub use recipient::{Mcc, OtherBirth, RecipientBirth, RecipientDetails};
pub use recurrence::{Child, Parent, ParentMeans, RecurrenceCriteria, RecurrenceKind, RecurringExpiry};
pub use refund::{Capture, Refund, RefundNumber};
pub use three_ds::{Eci, ThreeDsResult};
pub use tokenisation::Tokenisation;

pub use crate::value::{FreeText, PrivateText};

pub(in crate::gateway) use fault::Faults;
