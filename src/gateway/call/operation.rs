//! Which call it is, and what that decides.

use core::fmt;

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `POST`
    Post,
}

impl Method {
    /// The word of HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Post => "POST",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Which of the calls it is: a row of the table in section 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `POST /api/gateway/payment-jobs`
    CreatePaymentJob,
    /// `GET /api/gateway/payment-jobs/{job}`
    RetrievePaymentJob,
    /// `GET /api/gateway/payment-jobs/{job}/payments/{payment}`
    RetrievePayment,
    /// `PATCH …/payments/{payment}/cancel`
    CancelPayment,
    /// `PATCH /api/gateway/payment-jobs/{job}/cancel`
    CancelPaymentJob,
    /// `POST …/payments/{payment}/refunds`
    RefundPayment,
    /// `POST …/payments/{payment}/captures`
    CapturePayment,
    /// `POST /api/gateway/card-tokenisation`
    TokeniseCard,
    /// `GET /api/gateway/supported-payment-methods`
    ListPaymentMethods,
    /// `HEAD /api/gateway/orders/{orderNumber}`
    FindOrder,
}

impl Operation {
    /// All of them, in the order of the table.
    pub const ALL: &'static [Self] = &[
        Self::CreatePaymentJob,
        Self::RetrievePaymentJob,
        Self::RetrievePayment,
        Self::CancelPayment,
        Self::CancelPaymentJob,
        Self::RefundPayment,
        Self::CapturePayment,
        Self::TokeniseCard,
        Self::ListPaymentMethods,
        Self::FindOrder,
    ];

    /// The operation in lower-case words, such as `create_payment_job`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatePaymentJob => "create_payment_job",
            Self::RetrievePaymentJob => "retrieve_payment_job",
            Self::RetrievePayment => "retrieve_payment",
            Self::CancelPayment => "cancel_payment",
            Self::CancelPaymentJob => "cancel_payment_job",
            Self::RefundPayment => "refund_payment",
            Self::CapturePayment => "capture_payment",
            Self::TokeniseCard => "tokenise_card",
            Self::ListPaymentMethods => "list_payment_methods",
            Self::FindOrder => "find_order",
        }
    }

    /// The method of HTTP.
    #[must_use]
    pub const fn method(self) -> Method {
        match self {
            Self::CreatePaymentJob | Self::RefundPayment | Self::CapturePayment | Self::TokeniseCard => {
                Method::Post
            }
            Self::CancelPayment | Self::CancelPaymentJob => Method::Patch,
            Self::RetrievePaymentJob | Self::RetrievePayment | Self::ListPaymentMethods => Method::Get,
            Self::FindOrder => Method::Head,
        }
    }

    /// Whether the call has a body: those that are posted.
    #[must_use]
    pub const fn has_body(self) -> bool {
        matches!(self.method(), Method::Post)
    }

    /// Whether money may move because of the call, now or later, in either direction. Such a call must
    /// not be repeated because its answer was lost.
    #[must_use]
    pub const fn moves_money(self) -> bool {
        match self {
            Self::CreatePaymentJob
            | Self::CancelPayment
            | Self::CancelPaymentJob
            | Self::RefundPayment
            | Self::CapturePayment => true,
            Self::RetrievePaymentJob
            | Self::RetrievePayment
            | Self::TokeniseCard
            | Self::ListPaymentMethods
            | Self::FindOrder => false,
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
