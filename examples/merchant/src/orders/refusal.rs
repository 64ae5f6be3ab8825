//! Reasons for not taking an order.

use std::time::Duration;

use cashflows_codec::remote_auth::attempt::{PlanError, SettleError};
use cashflows_codec::value::Money;
use thiserror::Error;

use crate::store::StoreError;
use crate::wanted::{Month, OrderId};

/// A reason for not taking an order. Its text tells the client what to do.
#[derive(Debug, Error)]
pub enum Refusal {
    #[error("this Idempotency-Key was used for another request: choose a new key for a new order")]
    OtherBody,
    #[error("order: there is no such order")]
    NoSuchOrder,
    #[error("subscription: there is no such subscription")]
    NoSuchSubscription,
    #[error("order: it is {state}, so it cannot be refunded")]
    NothingPaid { state: &'static str },
    #[error("order: a {operation} takes no money, so it cannot be refunded")]
    NotAPayment { operation: &'static str },
    #[error("money: {left} of the order is left, less open refunds")]
    TooMuch { left: Money },
    #[error("money: the order is in {0}")]
    OtherCurrency(cashflows_codec::value::Currency),
    #[error(
        "an equal refund of this order is open or younger than five minutes, and the acquirer could not tell the \
         two apart: wait, and repeat the request if both are wanted"
    )]
    EqualRefund { left: Duration },
    #[error("subscription: it is {state}; only an authorised one can be charged")]
    NotSubscribed { state: &'static str },
    #[error(
        "subscription: the card's security code was not a full match, so it must not be charged without its \
         cardholder: let the buyer subscribe again"
    )]
    NotRecurring,
    #[error("month: {month} is charged already, or is being charged: GET /orders/{order}")]
    MonthTaken { month: Month, order: OrderId },
    #[error("order: {0}")]
    NotPlanned(PlanError),
    #[error("order: {0}")]
    NotSettled(SettleError),
    #[error("the service is stopping; send the same request with the same key again in a moment")]
    Stopping,
    #[error(
        "the order could not be written, and nothing was sent; the same request with the same key is safe"
    )]
    Failed(#[from] StoreError),
}

impl Refusal {
    /// The code for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherBody => "other_body",
            Self::NoSuchOrder => "no_such_order",
            Self::NoSuchSubscription => "no_such_subscription",
            Self::NothingPaid { .. } => "nothing_paid",
            Self::NotAPayment { .. } => "not_a_payment",
            Self::TooMuch { .. } => "too_much",
            Self::OtherCurrency(_) => "other_currency",
            Self::EqualRefund { .. } => "equal_refund",
            Self::NotSubscribed { .. } => "not_subscribed",
            Self::NotRecurring => "not_recurring",
            Self::MonthTaken { .. } => "month_taken",
            Self::NotPlanned(_) => "not_planned",
            Self::NotSettled(_) => "not_settled",
            Self::Stopping => "stopping",
            Self::Failed(_) => "database",
        }
    }
}
