//! Requests about an existing payment: refund and capture.

use super::leaf::{leaves, no_doubt};
use super::{Faults, OtherParameter};
use crate::error::InvalidValue;
use crate::gateway::{Decimal, Money};
use crate::value::{Currency, rules};

text_value! {
    /// The merchant's own number of a refund (`refundNumber`, section 4): 1 to 255 characters without
    /// control characters (the length is ours). A refund whose answer was lost is looked for by it, so
    /// each has one of its own.
    open RefundNumber(Box<str>) = "refund number", |text| rules::text(text, 255);
}

leaves! {
    RefundNumber: Faults::parse, as_str, no_doubt;
}

/// A request to pay money back (section 4).
///
/// On the day of the sale the acquirer refunds all of a payment or nothing; a part is refused ("Refund has
/// been refused.") until the day after.
///
/// There is no idempotency key: a refund that is asked for twice is paid out twice. If the answer is
/// lost, retrieve the payment, and look for the number among its refunds.
///
/// ```
/// use cashflows_codec::gateway::Money;
/// use cashflows_codec::gateway::request::RefundRequest;
///
/// let refund = RefundRequest::new(Money::gbp(10_00)?, "refund-1".parse()?);
/// assert_eq!(refund.amount.map(|amount| amount.to_string()).as_deref(), Some("10.00"));
/// assert_eq!(RefundRequest::all("refund-2".parse()?).amount, None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefundRequest {
    /// The amount (`amountToRefund`), in the currency of the payment; none for all that is left of it.
    pub amount: Option<Decimal>,
    /// The merchant's own number of the refund (`refundNumber`). A received refund may have none.
    pub number: Option<RefundNumber>,
    /// The parameters (`parameters`).
    pub(super) other_parameters: Vec<OtherParameter>,
}

impl RefundRequest {
    /// A refund of `money`, in the currency of the payment, with a number of its own.
    #[must_use]
    pub fn new(money: Money, number: RefundNumber) -> Self {
        Self { amount: Some(money.to_decimal()), number: Some(number), other_parameters: Vec::new() }
    }

    /// A refund of all that is left of the payment, with a number of its own.
    #[must_use]
    pub const fn all(number: RefundNumber) -> Self {
        Self { amount: None, number: Some(number), other_parameters: Vec::new() }
    }

    /// Adds a parameter (`parameters`), in the place of one of the same name.
    #[must_use]
    pub fn with_other_parameter(mut self, parameter: OtherParameter) -> Self {
        parameter.put_into(&mut self.other_parameters);
        self
    }

    /// The amount, in the currency of the payment; none for all that is left of it.
    ///
    /// # Errors
    ///
    /// It has more decimals than the currency.
    pub fn money(&self, currency: Currency) -> Result<Option<Money>, InvalidValue> {
        self.amount.map(|amount| Money::from_decimal(amount, currency)).transpose()
    }

    /// The parameters.
    #[must_use]
    pub fn other_parameters(&self) -> &[OtherParameter] {
        &self.other_parameters
    }
}

/// A request to capture a reserved amount (section 4).
///
/// There is no idempotency key here either: if the answer is lost, retrieve the payment, and look
/// among its captures.
///
/// ```
/// use cashflows_codec::gateway::Money;
/// use cashflows_codec::gateway::request::CaptureRequest;
///
/// let part = CaptureRequest::part(Money::gbp(4_00)?).with_final(false);
/// assert_eq!(part.amount.map(|amount| amount.to_string()).as_deref(), Some("4.00"));
/// assert_eq!(CaptureRequest::all().amount, None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaptureRequest {
    /// The amount (`amountToCapture`), in the currency of the payment; none for all that is reserved.
    pub amount: Option<Decimal>,
    /// True if it is the last capture of the payment (`isFinalCapture`).
    pub is_final: Option<bool>,
}

impl CaptureRequest {
    /// A capture of all that is reserved.
    #[must_use]
    pub const fn all() -> Self {
        Self { amount: None, is_final: None }
    }

    /// A capture of `money`, in the currency of the payment.
    #[must_use]
    pub fn part(money: Money) -> Self {
        Self { amount: Some(money.to_decimal()), is_final: None }
    }

    /// Tells the gateway if it is the last capture of the payment (`isFinalCapture`).
    #[must_use]
    pub const fn with_final(mut self, is_final: bool) -> Self {
        self.is_final = Some(is_final);
        self
    }
}
