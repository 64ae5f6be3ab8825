//! Void and refund: both reverse an original transaction.

use super::options::with_options;
use super::{MerchantReference, Options, OriginalClass};
use crate::value::{Money, OriginalId};

/// A [`Void`] or a [`Refund`]: the transaction to reverse, its class, and the amount to give back.
///
/// It may have a reference of its own (RA-201), never the one of its original. An acquirer that keys
/// reversals by it tells the retry of one from another, equal one. Without a reference, or where the
/// acquirer does not look at it, two equal ones within five minutes cannot be told apart (section 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal<const IS_REFUND: bool> {
    /// The original transaction (`tran_orig_id`).
    pub original: OriginalId,
    /// The class of the original (`tran_class`).
    pub class: OriginalClass,
    /// The amount (`tran_amount`, `tran_currency`).
    pub money: Money,
    /// The reference of the reversal itself (`tran_ref`).
    pub reference: Option<MerchantReference>,
    pub(crate) options: Options,
}

/// Cancels a transaction before it is settled (`tran_type=void`). The amount is that of the transaction.
///
/// The id of a response is checked first, since a refused transaction may have none:
///
/// ```
/// use cashflows_codec::remote_auth::{Request, Response};
/// use cashflows_codec::remote_auth::request::{OriginalClass, Void};
/// use cashflows_codec::value::Money;
///
/// let sale = Response::decode(b"A|01S0135F74D|200|AUTHOK|Authorised")?;
/// let original = sale.transaction_id().ok_or("no id")?.try_into()?;
/// let void = Request::from(Void::new(original, OriginalClass::Ecom, Money::gbp(20_15)));
/// assert_eq!(void.kind().as_str(), "void");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "cancel")]
pub type Void = Reversal<false>;

/// Gives money back after settlement, all of it or a part (`tran_type=refund`).
///
/// ```
/// use cashflows_codec::remote_auth::request::{OriginalClass, Refund};
/// use cashflows_codec::value::Money;
///
/// let refund = Refund::new("01S0135F71A".parse()?, OriginalClass::Moto, Money::gbp(11_11))
///     .with_reference("return-1".parse()?)
///     .with_descriptor("Returned".parse()?);
/// assert_eq!(refund.money, Money::gbp(11_11));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
pub type Refund = Reversal<true>;

impl<const IS_REFUND: bool> Reversal<IS_REFUND> {
    /// Reverses `original`, of class `class`, by `money`.
    #[must_use]
    pub fn new(original: OriginalId, class: OriginalClass, money: Money) -> Self {
        Self { original, class, money, reference: None, options: Options::default() }
    }

    /// Gives the reversal a reference of its own (`tran_ref`). With the reference of its original the
    /// acquirer would take it for a retry of the original (RA-203).
    #[must_use]
    pub fn with_reference(mut self, reference: MerchantReference) -> Self {
        self.reference = Some(reference);
        self
    }
}

with_options!([const IS_REFUND: bool] Reversal<IS_REFUND>);
