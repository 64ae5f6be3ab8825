//! Rules for taking an order, beyond the acquirer's own checks.

use cashflows_codec::value::{Amount, Money, MoneyError};

use super::Refusal;
use crate::store::Order;
use crate::wanted::Month;

/// The amount of a refund: the requested one, or all that is left, and never more. A refund counts from the moment at
/// which it is taken, until it is known that no money moved.
///
/// # Errors
///
/// Less is left, or no amount at all.
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

/// Checks that a month is charged only once.
///
/// # Errors
///
/// The month is charged, or may be.
pub(super) fn chargeable(charges: &[Order], month: Month) -> Result<(), Refusal> {
    let taken = |charge: &&Order| charge.month == Some(month) && charge.state.may_have_moved_money();
    match charges.iter().find(taken) {
        Some(charge) => Err(Refusal::MonthTaken { month, order: charge.id }),
        None => Ok(()),
    }
}
