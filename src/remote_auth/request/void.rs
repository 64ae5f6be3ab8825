//! Void: takes a transaction back before it is settled.

use super::{Attempt, OriginalClass};
use crate::value::{Money, OriginalId};

/// Takes a transaction back before it is settled (`tran_type=void`).
///
/// ```
/// use cashflows_codec::remote_auth::request::{OriginalClass, Void};
/// use cashflows_codec::value::Money;
/// use cashflows_codec::remote_auth::Response;
///
/// let sale = Response::decode(b"A|01S0135F74D|200|AUTHOK|Authorised")?;
/// let original = sale.transaction_id().to_owned().try_into()?;
/// let void = Void::new(original, OriginalClass::Ecom, Money::gbp(20_15));
/// assert_eq!(void.original().as_str(), "01S0135F74D");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    pub(crate) original: OriginalId,
    pub(crate) class: OriginalClass,
    pub(crate) money: Money,
    pub(crate) attempt: Attempt,
}

reversal_methods!(Void, "Takes back `original`, of class `class`, for the amount that it had.");
