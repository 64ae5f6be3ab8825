//! What must hold before an order is taken, besides what the acquirer checks.

use cashflows_codec::value::{Amount, Money, MoneyError};

use super::Refusal;
use crate::store::Order;
use crate::wanted::Month;

/// How much is given back of what was paid: what was asked for, or all that is left, but never more than
/// that. A refund counts from the moment it is taken, and until it is known that no money moved.
///
/// # Errors
///
/// Less is left, or nothing.
pub(crate) fn refundable(
    paid: Money,
    given: impl IntoIterator<Item = Money>,
    asked: Option<Money>,
) -> Result<Money, Refusal> {
    let currency = paid.currency();
    let left = given.into_iter().try_fold(paid, Money::checked_sub);
    let left = left.unwrap_or(Money::new(Amount::from_hundredths(0), currency));
    let money = asked.unwrap_or(left);
    match left.checked_sub(money) {
        Ok(_) if money.amount().hundredths() > 0 => Ok(money),
        Err(MoneyError::CurrenciesDiffer) => Err(Refusal::OtherCurrency(currency)),
        _ => Err(Refusal::TooMuch { left }),
    }
}

/// A month is charged once.
///
/// # Errors
///
/// It is, or may be.
pub(super) fn chargeable(charges: &[Order], month: Month) -> Result<(), Refusal> {
    let taken = |charge: &&Order| charge.month == Some(month) && charge.state.may_have_moved_money();
    match charges.iter().find(taken) {
        Some(charge) => Err(Refusal::MonthTaken { month, order: charge.id }),
        None => Ok(()),
    }
}
