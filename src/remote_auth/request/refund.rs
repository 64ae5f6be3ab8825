//! Refund: gives money back after settlement.

use super::{Attempt, OriginalClass};
use crate::value::{Money, OriginalId};

/// Gives money back after settlement, all of it or a part (`tran_type=refund`).
///
/// ```
/// use cashflows_codec::remote_auth::request::{OriginalClass, Refund};
/// use cashflows_codec::value::Money;
///
/// let refund = Refund::new("01S0135F71A".parse()?, OriginalClass::Moto, Money::gbp(11_11))
///     .with_descriptor("Returned".parse()?);
/// assert_eq!(refund.money().to_string(), "11.11 GBP");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    pub(crate) original: OriginalId,
    pub(crate) class: OriginalClass,
    pub(crate) money: Money,
    pub(crate) attempt: Attempt,
}

reversal_methods!(Refund, "Gives `money` back from `original`, of class `class`.");
