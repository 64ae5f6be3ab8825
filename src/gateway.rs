//! The **Cashflows Gateway**: signed JSON calls, payment jobs, webhooks (feature `gateway`).
//!
//! **No call of this protocol may be repeated blindly.** It has no idempotency key: a job that is
//! created twice can be paid twice, a refund that is asked for twice is paid out twice. A call whose
//! answer is lost is *unknown*: look first (by order number, by refund number), then decide.
//!
//! The sections that the comments cite are those of `docs/protocol/gateway.md`.

#[macro_use]
mod word;

pub mod answer;
pub mod call;
mod credentials;
mod environment;
pub mod incoming;
mod notification;
mod operation;
mod outcome;
pub mod request;
mod shopper_return;
mod signature;
mod status;
mod value;

pub use answer::{Answer, AnswerError};
pub use credentials::{ApiKey, ConfigurationId, Credentials};
pub use environment::Environment;
pub use notification::{Acknowledgement, Notification, NotifyType, UnlistedNotifyType};
pub use operation::Operation;
pub use outcome::{CallOutcome, NextStep};
pub use shopper_return::{ShopperReturn, ShopperReturnError};
pub use signature::{Signature, SignatureMismatch};
pub use status::{JobMeaning, PaymentMeaning, PaymentStatus, UnlistedPaymentStatus};
pub use value::{
    Decimal, Locale, Money, OrderNumber, PaymentMethod, Reference, Timestamp, UnlistedLocale,
    UnlistedPaymentMethod, Url,
};

pub use crate::media::json::{
    JsonError, JsonLimits, JsonProblem, JsonShape, KeptMembers, KeptValue, MemberPath,
};
