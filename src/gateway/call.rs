//! The calls of the Gateway (section 1).
//!
//! | call | method and path below `/api/gateway` | response | moves money |
//! | --- | --- | --- | --- |
//! | [`CreateJob`] | `POST /payment-jobs` | [`Job`] | yes |
//! | [`RetrieveJob`] | `GET /payment-jobs/{job}` | [`Job`] | no |
//! | [`RetrievePayment`] | `GET /payment-jobs/{job}/payments/{payment}` | [`Payment`] | no |
//! | [`CancelPayment`] | `PATCH /payment-jobs/{job}/payments/{payment}/cancel` | [`Payment`] | yes |
//! | [`CancelJob`] | `PATCH /payment-jobs/{job}/cancel` | [`Job`] | yes |
//! | [`RefundPayment`] | `POST /payment-jobs/{job}/payments/{payment}/refunds` | [`Refund`](response::Refund) | yes |
//! | [`CapturePayment`] | `POST /payment-jobs/{job}/payments/{payment}/captures` | [`Capture`](response::Capture) | yes |
//! | [`TokeniseCard`] | `POST /card-tokenisation` | [`TokenisedCard`] | no |
//! | [`ListPaymentMethods`] | `GET /supported-payment-methods` | list of [`SupportedPaymentMethod`] | no |
//! | [`FindOrder`] | `HEAD /orders/{orderNumber}` | [`OrderPresence`](response::OrderPresence), without a body | no |
//!
//! A call reads its own response: [`CallType::decode`] gives the data of that call, and knows the operation by
//! which an error is judged.
//!
//! ```
//! use cashflows_codec::gateway::call::{CallType, RefundPayment};
//! use cashflows_codec::gateway::{CallOutcome, NextStep};
//!
//! let error = RefundPayment::decode(502, b"<html>Bad Gateway</html>").unwrap_err();
//! assert_eq!(error.outcome(), CallOutcome::Unknown);
//! assert_eq!(error.next_step(), NextStep::LookForRefund);
//! ```
//!
//! The response to another call is another type:
//!
//! ```compile_fail
//! use cashflows_codec::gateway::call::{CallType, RefundPayment};
//! use cashflows_codec::gateway::response::Job;
//!
//! let response = RefundPayment::decode(201, b"{}").unwrap();
//! let job: &Job = response.data();
//! ```
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

#[cfg(feature = "http")]
mod http;
mod method;
pub(crate) mod path;
mod signed;

pub use method::Method;
pub use signed::{Origin, SignedCall};

use crate::gateway::request::{CaptureRequest, PaymentJob, RefundRequest, Tokenisation};
use crate::gateway::response::{
    self, Job, Payment, Response, ResponseData, ResponseError, SupportedPaymentMethod, TokenisedCard,
};
use crate::gateway::{
    CustomerReference, Decimal, JobReference, JsonLimits, Money, Operation, OrderNumber, PaymentReference,
};
use crate::value::Currency;

/// Defines the calls: structs of public fields, and the enum of all of them. A call whose fields are `optional`
/// has no `new`.
macro_rules! calls {
    ($(
        $(#[$doc:meta])*
        $Name:ident $($optional:ident)? { $($(#[$field_doc:meta])* $field:ident: $Type:ty,)+ } $(=> $Data:ty)?;
    )+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $Name {
                $($(#[$field_doc])* pub $field: $Type,)+
            }

            calls! { @new $($optional)? $Name { $($field: $Type,)+ } }

            impl From<$Name> for Call {
                fn from(call: $Name) -> Self {
                    Self::$Name(call)
                }
            }

            $(impl CallType for $Name {
                type Data = $Data;
                const OPERATION: Operation = Operation::$Name;
            })?
        )+

        /// Any of the calls.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(clippy::large_enum_variant, reason = "a call is made, signed and dropped")]
        pub enum Call {
            $(#[doc = concat!("[`", stringify!($Name), "`]")] $Name($Name),)+
        }

        impl Call {
            /// The operation of the call.
            #[must_use]
            pub const fn operation(&self) -> Operation {
                match self {
                    $(Self::$Name(_) => Operation::$Name,)+
                }
            }
        }
    };

    (@new optional $Name:ident $fields:tt) => {};
    (@new $Name:ident { $($field:ident: $Type:ty,)+ }) => {
        impl $Name {
            /// Makes the call.
            #[must_use]
            pub const fn new($($field: $Type),+) -> Self {
                Self { $($field),+ }
            }
        }
    };
}

/// A call that has a response with a body: all but [`FindOrder`].
pub trait CallType: Into<Call> + sealed::Sealed {
    /// The data of the response.
    type Data: ResponseData;

    /// The operation, by which errors are judged.
    const OPERATION: Operation;

    /// Reads the status and body of the response, with the default [limits](JsonLimits).
    ///
    /// Unlisted members, words and statuses are kept. They never count as a success or as a failure.
    ///
    /// # Errors
    ///
    /// The status is not 200 to 299, or the body cannot be read. [`ResponseError::outcome`] says what the
    /// error tells about the call.
    fn decode(status: u16, body: &[u8]) -> Result<Response<Self::Data>, ResponseError> {
        Self::decode_with(status, body, &JsonLimits::default())
    }

    /// Reads the status and body of the response with other limits.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    fn decode_with(
        status: u16,
        body: &[u8],
        limits: &JsonLimits,
    ) -> Result<Response<Self::Data>, ResponseError> {
        Response::decode_as(Self::OPERATION, status, body, limits)
    }

    /// Makes the response of a gateway to this call, with a status of 200 to 299.
    fn respond(status: u16, data: Self::Data) -> Response<Self::Data> {
        Response::made(Self::OPERATION, status, data)
    }

    /// Reads the response of an HTTP client, with the default limits. The client has to limit the size of
    /// the body that it collects.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    #[cfg(feature = "http")]
    fn from_http(
        response: &::http::Response<impl AsRef<[u8]>>,
    ) -> Result<Response<Self::Data>, ResponseError> {
        Self::decode(response.status().as_u16(), response.body().as_ref())
    }
}

mod sealed {
    /// Keeps the calls of the Gateway the only ones.
    pub trait Sealed {}

    impl<T: Into<super::Call>> Sealed for T {}
}

calls! {
    /// Creates a payment job: `POST /api/gateway/payment-jobs`.
    ///
    /// Never send it twice because its response was lost: there is no idempotency key. Look for the order
    /// with [`FindOrder`] first.
    CreateJob {
        /// The job.
        job: PaymentJob,
    } => Job;

    /// Retrieves a job with its payments: `GET /api/gateway/payment-jobs/{job}`.
    RetrieveJob {
        /// The job.
        job: JobReference,
    } => Job;

    /// Retrieves one payment of a job: `GET /api/gateway/payment-jobs/{job}/payments/{payment}`.
    RetrievePayment {
        /// The job of the payment.
        job: JobReference,
        /// The payment.
        payment: PaymentReference,
    } => Payment;

    /// Cancels a payment, all of it: `PATCH /api/gateway/payment-jobs/{job}/payments/{payment}/cancel`.
    ///
    /// A payment can be cancelled until midnight of the day on which it was paid, and refunded afterwards.
    CancelPayment {
        /// The job of the payment.
        job: JobReference,
        /// The payment.
        payment: PaymentReference,
    } => Payment;

    /// Cancels a job: `PATCH /api/gateway/payment-jobs/{job}/cancel`.
    ///
    /// Complete payments stay; no payment can be added.
    CancelJob {
        /// The job.
        job: JobReference,
    } => Job;

    /// Refunds a payment: `POST /api/gateway/payment-jobs/{job}/payments/{payment}/refunds`.
    ///
    /// Never send it twice because its response was lost: there is no idempotency key. Retrieve the payment
    /// and look for the refund's number first.
    RefundPayment {
        /// The job of the payment.
        job: JobReference,
        /// The payment.
        payment: PaymentReference,
        /// The amount to refund, and its number.
        refund: RefundRequest,
    } => response::Refund;

    /// Captures a reserved payment: `POST /api/gateway/payment-jobs/{job}/payments/{payment}/captures`.
    ///
    /// If its response was lost, retrieve the payment and look among its captures first.
    CapturePayment {
        /// The job of the payment.
        job: JobReference,
        /// The payment.
        payment: PaymentReference,
        /// The amount to capture.
        capture: CaptureRequest,
    } => response::Capture;

    /// Stores a card and returns a token for it: `POST /api/gateway/card-tokenisation`.
    TokeniseCard {
        /// The card.
        card: Tokenisation,
    } => TokenisedCard;

    /// Lists the payment methods of the configuration: `GET /api/gateway/supported-payment-methods`.
    #[derive(Default)]
    ListPaymentMethods optional {
        /// Only methods that take this amount (query `collectAmount`).
        amount: Option<Decimal>,
        /// Only methods that take this currency (query `currency`).
        currency: Option<Currency>,
        /// All or not (query `all`; the pages do not say all of what).
        all: Option<bool>,
        /// The tokens of this customer, too (query `customerReference`).
        customer: Option<CustomerReference>,
    } => Vec<SupportedPaymentMethod>;

    /// Asks for an order by its number: `HEAD /api/gateway/orders/{orderNumber}`.
    ///
    /// A status of success says that the order exists. 404 says that it does not only if the configuration is
    /// known to be good: an unknown configuration gets 404, too. Some gateways lack this call.
    ///
    /// It is the step after a lost response to [`CreateJob`].
    FindOrder {
        /// The order number.
        number: OrderNumber,
    };
}

impl ListPaymentMethods {
    /// Lists the methods that take this amount of this currency.
    #[must_use]
    pub fn taking(money: Money) -> Self {
        Self { amount: Some(money.to_decimal()), currency: Some(money.currency()), ..Self::default() }
    }
}
