//! What is asked of the gateway: a type for each row of the table in section 1.
//!
//! A call is signed before it is sent:
//!
//! ```
//! use cashflows_codec::gateway::call::{Call, CreateJob};
//! use cashflows_codec::gateway::request::{HostedPage, PaymentJob};
//! use cashflows_codec::gateway::{Credentials, Environment, Money, OrderNumber};
//!
//! let credentials = Credentials::new(
//!     "200426117314086912".parse()?,
//!     "845c51f6-1cd5-4338-a586-df752e65d690".parse()?,
//! );
//! let order: OrderNumber = "cart-1".parse()?;
//! let job = PaymentJob::new(Money::gbp(10_00)?, order, HostedPage::new());
//! let call = Call::from(CreateJob::new(job)).sign(&credentials);
//! assert_eq!(call.method().as_str(), "POST");
//! assert_eq!(
//!     call.url(Environment::Integration),
//!     "https://gateway-int.cashflows.com/api/gateway/payment-jobs",
//! );
//! assert_eq!(
//!     call.body().as_ref(),
//!     br#"{"amountToCollect":"10.00","currency":"GBP","order":{"orderNumber":"cart-1"}}"#,
//! );
//! # Ok::<(), cashflows_codec::InvalidValue>(())
//! ```

mod ask;
mod cancel;
mod change;
mod create;
#[cfg(feature = "http")]
mod http;
mod method;
pub(crate) mod path;
mod retrieve;
mod signed;

pub use ask::{FindOrder, ListPaymentMethods};
pub use cancel::{CancelJob, CancelPayment};
pub use change::{CapturePayment, RefundPayment};
pub use create::{CreateJob, TokeniseCard};
pub use method::Method;
pub use retrieve::{RetrieveJob, RetrievePayment};
pub use signed::{Origin, SignedCall};

use crate::gateway::Operation;

/// Any of the calls.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a call is made, signed and dropped")]
pub enum Call {
    /// Creates a payment job.
    CreateJob(CreateJob),
    /// Retrieves a job.
    RetrieveJob(RetrieveJob),
    /// Retrieves a payment.
    RetrievePayment(RetrievePayment),
    /// Cancels a payment.
    CancelPayment(CancelPayment),
    /// Cancels a job.
    CancelJob(CancelJob),
    /// Pays money back.
    RefundPayment(RefundPayment),
    /// Captures what was reserved.
    CapturePayment(CapturePayment),
    /// Asks for a token.
    TokeniseCard(TokeniseCard),
    /// Asks for payment methods.
    ListPaymentMethods(ListPaymentMethods),
    /// Asks for an order.
    FindOrder(FindOrder),
}

impl Call {
    /// Which of the calls it is.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        match self {
            Self::CreateJob(_) => Operation::CreateJob,
            Self::RetrieveJob(_) => Operation::RetrieveJob,
            Self::RetrievePayment(_) => Operation::RetrievePayment,
            Self::CancelPayment(_) => Operation::CancelPayment,
            Self::CancelJob(_) => Operation::CancelJob,
            Self::RefundPayment(_) => Operation::Refund,
            Self::CapturePayment(_) => Operation::Capture,
            Self::TokeniseCard(_) => Operation::Tokenise,
            Self::ListPaymentMethods(_) => Operation::PaymentMethods,
            Self::FindOrder(_) => Operation::OrderExists,
        }
    }
}

impl From<CreateJob> for Call {
    fn from(call: CreateJob) -> Self {
        Self::CreateJob(call)
    }
}

impl From<RetrieveJob> for Call {
    fn from(call: RetrieveJob) -> Self {
        Self::RetrieveJob(call)
    }
}

impl From<RetrievePayment> for Call {
    fn from(call: RetrievePayment) -> Self {
        Self::RetrievePayment(call)
    }
}

impl From<CancelPayment> for Call {
    fn from(call: CancelPayment) -> Self {
        Self::CancelPayment(call)
    }
}

impl From<CancelJob> for Call {
    fn from(call: CancelJob) -> Self {
        Self::CancelJob(call)
    }
}

impl From<RefundPayment> for Call {
    fn from(call: RefundPayment) -> Self {
        Self::RefundPayment(call)
    }
}

impl From<CapturePayment> for Call {
    fn from(call: CapturePayment) -> Self {
        Self::CapturePayment(call)
    }
}

impl From<TokeniseCard> for Call {
    fn from(call: TokeniseCard) -> Self {
        Self::TokeniseCard(call)
    }
}

impl From<ListPaymentMethods> for Call {
    fn from(call: ListPaymentMethods) -> Self {
        Self::ListPaymentMethods(call)
    }
}

impl From<FindOrder> for Call {
    fn from(call: FindOrder) -> Self {
        Self::FindOrder(call)
    }
}
