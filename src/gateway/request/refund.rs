//! What is asked of a payment that was made: money back, or the capture of what was reserved.

use super::OtherParameter;
use crate::error::InvalidValue;
use crate::gateway::{Decimal, Money};
use crate::value::{Currency, rules};

text_value! {
    /// The merchant's own number of a refund (`refundNumber`, section 4): 1 to 255 characters without
    /// control characters (the length is ours). A refund whose answer was lost is looked for by it, so
    /// each has one of its own.
    open RefundNumber(Box<str>) = "refund number", |text| rules::text(text, 255);
}

/// What is asked for to pay money back (section 4).
///
/// On the day of the sale the acquirer refunds all of a payment or nothing; a part is refused ("Refund has
/// been refused.") until the day after.
///
/// There is no idempotency key: a refund that is asked for twice is paid out twice. If the answer is
/// lost, retrieve the payment, and look for the number among its refunds.
///
/// ```
/// use cashflows_codec::gateway::Money;
/// use cashflows_codec::gateway::request::Refund;
///
/// let refund = Refund::new(Money::gbp(10_00)?, "refund-1".parse()?);
/// assert_eq!(refund.amount().map(|amount| amount.to_string()).as_deref(), Some("10.00"));
/// assert_eq!(Refund::all("refund-2".parse()?).amount(), None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    pub(super) amount: Option<Decimal>,
    pub(super) number: Option<RefundNumber>,
    pub(super) other_parameters: Vec<OtherParameter>,
}

impl Refund {
    /// So much, which is in the currency of the payment, with a number of its own.
    #[must_use]
    pub fn new(money: Money, number: RefundNumber) -> Self {
        Self { amount: Some(money.to_decimal()), number: Some(number), other_parameters: Vec::new() }
    }

    /// All that is left of the payment, with a number of its own.
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

    /// The amount (`amountToRefund`), in the currency of the payment; none for all that is left of it.
    #[must_use]
    pub const fn amount(&self) -> Option<Decimal> {
        self.amount
    }

    /// The amount, in the currency of the payment; none for all that is left of it.
    ///
    /// # Errors
    ///
    /// It has more decimals than the currency.
    pub fn money(&self, currency: Currency) -> Result<Option<Money>, InvalidValue> {
        self.amount.map(|amount| Money::from_decimal(amount, currency)).transpose()
    }

    /// Its number (`refundNumber`). What is received may have none.
    #[must_use]
    pub const fn number(&self) -> Option<&RefundNumber> {
        self.number.as_ref()
    }

    /// Its parameters.
    #[must_use]
    pub fn other_parameters(&self) -> &[OtherParameter] {
        &self.other_parameters
    }
}

/// What is asked for to capture what was reserved (section 4).
///
/// There is no idempotency key here either: if the answer is lost, retrieve the payment, and look
/// among its captures.
///
/// ```
/// use cashflows_codec::gateway::Money;
/// use cashflows_codec::gateway::request::Capture;
///
/// let part = Capture::part(Money::gbp(4_00)?).with_final(false);
/// assert_eq!(part.amount().map(|amount| amount.to_string()).as_deref(), Some("4.00"));
/// assert_eq!(Capture::all().amount(), None);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    pub(super) amount: Option<Decimal>,
    pub(super) is_final: Option<bool>,
}

impl Capture {
    /// All that is reserved.
    #[must_use]
    pub const fn all() -> Self {
        Self { amount: None, is_final: None }
    }

    /// So much of it, in the currency of the payment.
    #[must_use]
    pub fn part(money: Money) -> Self {
        Self { amount: Some(money.to_decimal()), is_final: None }
    }

    /// Says whether it is the last capture of the payment (`isFinalCapture`).
    #[must_use]
    pub const fn with_final(mut self, is_final: bool) -> Self {
        self.is_final = Some(is_final);
        self
    }

    /// How much (`amountToCapture`), if it is not all. The wire does not say in which currency.
    #[must_use]
    pub const fn amount(&self) -> Option<Decimal> {
        self.amount
    }

    /// Whether it is the last capture of the payment, if that is said.
    #[must_use]
    pub const fn is_final(&self) -> Option<bool> {
        self.is_final
    }
}
