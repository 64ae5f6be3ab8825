//! Refunds through the gateway.

use std::time::SystemTime;

use cashflows_codec::gateway::response;
use cashflows_codec::gateway::{Money as GatewayMoney, RefundMeaning, request};
use cashflows_codec::value::Money;

use super::order::{Order, State};
use crate::orders::Refusal;
use crate::orders::rules::refundable;
use crate::wanted::{Key, OrderId};

/// State of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundState {
    /// It is being sent, or was when the service died.
    Sending,
    /// It is unknown whether it arrived: it is searched for by its number.
    Unknown,
    /// The gateway has it, but has not paid it out yet.
    Pending,
    /// The money is refunded.
    Completed,
    /// The gateway accepted it, but no money moves.
    Failed,
    /// The gateway refused it, and no money moves.
    Refused,
    /// The gateway has not had it for so long that it will never arrive.
    NotArrived,
}

impl RefundState {
    const ALL: [Self; 7] = [
        Self::Sending,
        Self::Unknown,
        Self::Pending,
        Self::Completed,
        Self::Failed,
        Self::Refused,
        Self::NotArrived,
    ];

    /// Its word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::NotArrived => "not_arrived",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Tells whether money has moved, or may still move.
    #[must_use]
    pub const fn may_have_moved_money(self) -> bool {
        !matches!(self, Self::Failed | Self::Refused | Self::NotArrived)
    }

    /// Tells whether the gateway is to be asked for it again.
    #[must_use]
    pub const fn is_unfinished(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown | Self::Pending)
    }
}

/// The state of a refund at the gateway. Refunds that have not ended are searched for again.
impl From<RefundMeaning> for RefundState {
    fn from(meaning: RefundMeaning) -> Self {
        match meaning {
            RefundMeaning::Completed => Self::Completed,
            RefundMeaning::Failed => Self::Failed,
            _ => Self::Pending,
        }
    }
}

/// A requested refund.
#[derive(Clone, Debug)]
pub struct NewRefund {
    pub key: Key,
    pub order: OrderId,
    /// Without it, all that is left.
    pub money: Option<Money>,
}

impl NewRefund {
    /// The amount of the refund, given the order's other refunds.
    ///
    /// # Errors
    ///
    /// The order is not paid, or less is left of it.
    pub(super) fn money(&self, order: &Order, others: &[Refund]) -> Result<Money, Refusal> {
        if order.state != State::Paid {
            return Err(Refusal::NothingPaid { state: order.state.as_str() });
        }
        let given = others.iter().filter(|refund| refund.state.may_have_moved_money());
        refundable(order.money, given.map(|refund| refund.money), self.money)
    }

    /// Compares two refunds of an order with one key.
    pub(super) fn asked(&self) -> String {
        self.money.map_or("all".to_owned(), |money| money.amount().hundredths().to_string())
    }

    /// A number that no refund has had.
    pub(super) fn number(&self, others: &[Refund]) -> String {
        format!("{}-{}", self.order, others.len() + 1)
    }
}

/// A stored refund.
#[derive(Clone, Debug)]
pub struct Refund {
    /// Also its number at the gateway.
    pub number: String,
    pub order: OrderId,
    pub money: Money,
    pub state: RefundState,
    pub look_at: Option<SystemTime>,
    pub made: SystemTime,
}

/// The amount that is refunded or may be, if any.
#[must_use]
pub fn given_back(refunds: &[Refund]) -> Option<Money> {
    sum(refunds, RefundState::may_have_moved_money)
}

/// The sum of the refunds in some states, if there are any.
#[must_use]
pub fn sum(refunds: &[Refund], is_one: impl Fn(RefundState) -> bool) -> Option<Money> {
    let some = refunds.iter().filter(|refund| is_one(refund.state)).map(|refund| refund.money);
    some.reduce(|sum, more| sum.checked_add(more).unwrap_or(sum))
}

impl Refund {
    pub(super) const fn new(number: String, order: OrderId, money: Money, now: SystemTime) -> Self {
        Self { number, order, money, state: RefundState::Sending, look_at: Some(now), made: now }
    }

    /// The request to the gateway.
    pub(super) fn request(&self) -> Option<request::RefundRequest> {
        let money = GatewayMoney::try_from(self.money).ok()?;
        Some(request::RefundRequest::new(money, self.number.parse().ok()?))
    }

    /// The state of this refund among the refunds of its payment. Others may repeat its number, so the amount has to
    /// match too.
    pub(super) fn find(&self, payment: &response::Payment) -> Option<RefundState> {
        let amount = GatewayMoney::try_from(self.money).ok()?.to_decimal();
        let mut found = payment.refunds_numbered(&self.number);
        found
            .find(|refund| refund.amount.is_none_or(|found| found == amount))
            .map(|found| found.meaning().into())
    }
}
