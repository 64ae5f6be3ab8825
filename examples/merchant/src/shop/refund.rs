//! Money that is given back through the gateway.

use std::time::SystemTime;

use cashflows_codec::gateway::response;
use cashflows_codec::gateway::{Money as GatewayMoney, RefundMeaning, request};
use cashflows_codec::value::Money;

use super::order::{Order, State};
use crate::orders::Refusal;
use crate::orders::rules::refundable;
use crate::wanted::{Key, OrderId};

/// How far a refund is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundState {
    /// It is being asked for, or was when the service died.
    Sending,
    /// Nobody knows whether it was asked for: it is looked for by its number.
    Unknown,
    /// The gateway has it, and has not paid it back yet.
    Pending,
    /// The money is given back.
    Completed,
    /// The gateway had it, and no money moves.
    Failed,
    /// The gateway has refused it, and no money moves.
    Refused,
    /// The gateway has never heard of it, for so long that it never will.
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

    /// Whether money may have moved, or may yet.
    #[must_use]
    pub const fn may_have_moved_money(self) -> bool {
        !matches!(self, Self::Failed | Self::Refused | Self::NotArrived)
    }

    /// Whether the gateway is to be asked for it again.
    #[must_use]
    pub const fn is_unfinished(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown | Self::Pending)
    }
}

/// What the gateway says of a refund that it has. What it has not told the end of is asked for again.
impl From<RefundMeaning> for RefundState {
    fn from(meaning: RefundMeaning) -> Self {
        match meaning {
            RefundMeaning::Completed => Self::Completed,
            RefundMeaning::Failed => Self::Failed,
            _ => Self::Pending,
        }
    }
}

/// A refund that is wanted.
#[derive(Clone, Debug)]
pub struct NewRefund {
    pub key: Key,
    pub order: OrderId,
    /// Without it, all that is left.
    pub money: Option<Money>,
}

impl NewRefund {
    /// How much it comes to, beside the refunds that there are.
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

    /// What tells two refunds of an order with one key apart.
    pub(super) fn asked(&self) -> String {
        self.money.map_or("all".to_owned(), |money| money.amount().hundredths().to_string())
    }

    /// A number that no refund has had.
    pub(super) fn number(&self, others: &[Refund]) -> String {
        format!("{}-{}", self.order, others.len() + 1)
    }
}

/// A refund as it is stored.
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

/// How much is given back, or may be, if anything is.
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

    /// What is asked for.
    pub(super) fn request(&self) -> Option<request::RefundRequest> {
        let money = GatewayMoney::try_from(self.money).ok()?;
        Some(request::RefundRequest::new(money, self.number.parse().ok()?))
    }

    /// What the gateway has of it, among the refunds of its payment. Numbers may be repeated by others, so
    /// the amount has to be the same too.
    pub(super) fn find(&self, payment: &response::Payment) -> Option<RefundState> {
        let amount = GatewayMoney::try_from(self.money).ok()?.to_decimal();
        let mut found = payment.refunds_numbered(&self.number);
        found
            .find(|refund| refund.amount.is_none_or(|found| found == amount))
            .map(|found| found.meaning().into())
    }
}
