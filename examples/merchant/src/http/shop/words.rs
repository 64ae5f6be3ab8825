//! What a shopper is told of an order.

use cashflows_codec::value::Money;
use maud::{Markup, PreEscaped, Render};

use crate::shop::order::State;
use crate::shop::refund::RefundState;

/// A heading, and what it means for whoever reads it.
pub(super) const fn of(state: State) -> (&'static str, &'static str) {
    match state {
        State::Creating => ("One moment, please", "Your payment page is being prepared."),
        State::Open => {
            ("Not paid yet", "Nothing has been taken. You can pay this order on the payment page.")
        }
        State::Review => (
            "We are looking at your payment",
            "Please do not pay again. Somebody is finding out what became of it.",
        ),
        State::Reserved => ("Thank you", "Your payment is authorised, and your order is being prepared."),
        State::Paid => ("Thank you", "Your order is paid and on its way to you."),
        State::Returned => ("Cancelled", "Your payment is cancelled, and your money goes back to you."),
        State::Closing => {
            ("This order is being closed", "It was not paid, and soon nobody can pay it any more.")
        }
        State::Closed => ("Not paid", "Nothing has been taken, and this order can no longer be paid."),
        State::NotCreated | State::Lost => {
            ("We could not reach the payment page", "Nothing has been taken. You can safely try again.")
        }
    }
}

/// The same of an order that was paid, and all of it given back.
pub(super) const REFUNDED: (&str, &str) = ("Refunded", "Your money goes back to you.");

/// How far a refund is, for the back office.
pub(super) const fn of_refund(state: RefundState) -> &'static str {
    match state {
        RefundState::Sending => "being asked for",
        RefundState::Unknown => "not known: being looked for",
        RefundState::Pending => "on its way",
        RefundState::Completed => "completed",
        RefundState::Failed => "failed: no money moved",
        RefundState::Refused => "refused: no money moved",
        RefundState::NotArrived => "never arrived: no money moved",
    }
}

/// What is going on with it, for colours: `good`, `wait` or `ended`.
pub(super) const fn mood(state: State) -> &'static str {
    match state {
        State::Paid | State::Reserved => "good",
        State::Creating | State::Open | State::Review | State::Closing => "wait",
        State::Returned | State::Closed | State::NotCreated | State::Lost => "ended",
    }
}

/// An amount as it is read.
pub(super) struct Price(pub(super) Money);

impl Render for Price {
    fn render(&self) -> Markup {
        let amount = self.0.amount();
        PreEscaped(match self.0.currency().as_str() {
            "GBP" => format!("£{amount}"),
            "EUR" => format!("€{amount}"),
            other => format!("{amount} {other}"),
        })
    }
}
