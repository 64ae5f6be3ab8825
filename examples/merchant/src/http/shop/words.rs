//! Texts about an order for shoppers.

use cashflows_codec::value::Money;
use maud::{Markup, PreEscaped, Render};

use crate::shop::order::{Order, State};
use crate::shop::refund::RefundState;

/// A heading and an explanation. Only where payment is impossible, it says that no money was taken, and offers the same
/// order again.
pub(super) const fn of(order: &Order) -> (&'static str, &'static str) {
    match order.state {
        State::Creating => ("One moment, please", "Your payment page is being prepared."),
        State::Open if order.is_in_doubt => (
            "One moment, please",
            "We are checking whether your payment has arrived. Please do not pay again, and look again in a moment.",
        ),
        State::Open => (
            "Not paid yet",
            "We know of no payment for this order yet. You can pay it on the payment page. If you have just paid, \
             please look again in a moment first.",
        ),
        State::Review => (
            "We are looking at your payment",
            "Please do not pay again. A colleague is checking your payment.",
        ),
        State::Reserved => ("Thank you", "Your payment is authorised, and your order is being prepared."),
        State::Paid => ("Thank you", "Your order is paid and on its way to you."),
        State::Returned => ("Cancelled", "Your payment is cancelled, and your money goes back to you."),
        State::Closing => (
            "This order is being closed",
            "We are checking whether it was paid, and closing it for payment. Please do not pay again, and look again in \
             a moment.",
        ),
        // The gateway has confirmed that the job is over.
        State::Closed => ("Not paid", "Nothing has been taken, and this order can no longer be paid."),
        // There was no payment page, or no shopper ever had its link.
        State::NotCreated | State::Lost => {
            ("We could not reach the payment page", "Nothing has been taken. You can safely try again.")
        }
    }
}

/// The same for an order that was paid and fully refunded.
pub(super) const REFUNDED: (&str, &str) = ("Refunded", "Your money goes back to you.");

/// The same while it is unknown whether the refund is complete.
pub(super) const REFUNDING: (&str, &str) =
    ("A refund is under way", "We have requested your refund, and this page will say when it is done.");

/// State of a refund, for the back office.
pub(super) const fn of_refund(state: RefundState) -> &'static str {
    match state {
        RefundState::Sending => "being requested",
        RefundState::Unknown => "unknown: being searched for",
        RefundState::Pending => "on its way",
        RefundState::Completed => "completed",
        RefundState::Failed => "failed: no money moved",
        RefundState::Refused => "refused: no money moved",
        RefundState::NotArrived => "never arrived: no money moved",
    }
}

/// Class of the state, for colours: `good`, `wait` or `ended`.
pub(super) const fn mood(state: State) -> &'static str {
    match state {
        State::Paid | State::Reserved => "good",
        State::Creating | State::Open | State::Review | State::Closing => "wait",
        State::Returned | State::Closed | State::NotCreated | State::Lost => "ended",
    }
}

/// Formats an amount for people.
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
