//! Void and refund: both reverse an original transaction.

use super::{Descriptor, OriginalClass, RetryNumber};
use crate::value::{Money, OriginalId};

/// What a void and a refund say: which transaction is reversed, of which class, and how much of it.
///
/// A void takes a transaction back before it is settled and is for the amount that it had; a refund
/// gives money back after settlement, all of it or a part (`tran_type=void`, `tran_type=refund`).
/// Neither has a reference of its own, so that of two equal ones within five minutes the gateway
/// cannot tell a retry from a new one (section 6).
///
/// ```
/// use cashflows_codec::remote_auth::Response;
/// use cashflows_codec::remote_auth::request::{OriginalClass, Request, Reversal};
/// use cashflows_codec::value::Money;
///
/// let sale = Response::decode(b"A|01S0135F74D|200|AUTHOK|Authorised")?;
/// let original = sale.transaction_id().ok_or("no id")?.try_into()?;
/// let void = Request::Void(Reversal::new(original, OriginalClass::Ecom, Money::gbp(20_15)));
///
/// let returned = Reversal::new("01S0135F71A".parse()?, OriginalClass::Moto, Money::gbp(11_11))
///     .with_descriptor("Returned".parse()?);
/// let refund = Request::Refund(returned);
/// # assert_ne!(void, refund);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "void")]
#[doc(alias = "refund")]
#[doc(alias = "cancel")]
pub struct Reversal {
    pub(crate) original: OriginalId,
    pub(crate) class: OriginalClass,
    pub(crate) money: Money,
    pub(crate) retry_number: Option<RetryNumber>,
    pub(crate) descriptor: Option<Descriptor>,
}

impl Reversal {
    /// Reverses `original`, of class `class`, by `money`.
    #[must_use]
    pub const fn new(original: OriginalId, class: OriginalClass, money: Money) -> Self {
        Self { original, class, money, retry_number: None, descriptor: None }
    }

    /// Numbers the attempt (`retry_number`); without it, it is the first.
    /// [`Request::retry`](super::Request::retry) counts by itself.
    #[must_use]
    pub const fn with_retry_number(mut self, number: RetryNumber) -> Self {
        self.retry_number = Some(number);
        self
    }

    /// Adds to the company's name on the cardholder's statement (`descriptor`).
    #[must_use]
    pub fn with_descriptor(mut self, descriptor: Descriptor) -> Self {
        self.descriptor = Some(descriptor);
        self
    }

    /// The original transaction (`tran_orig_id`).
    #[must_use]
    pub const fn original(&self) -> &OriginalId {
        &self.original
    }

    /// The original's class (`tran_class`).
    #[must_use]
    pub const fn class(&self) -> OriginalClass {
        self.class
    }

    /// How much (`tran_amount`, `tran_currency`).
    #[must_use]
    pub const fn money(&self) -> Money {
        self.money
    }

    /// The number of the attempt (`retry_number`), where it is given.
    #[must_use]
    pub const fn retry_number(&self) -> Option<RetryNumber> {
        self.retry_number
    }

    /// The addition to the company's name (`descriptor`).
    #[must_use]
    pub const fn descriptor(&self) -> Option<&Descriptor> {
        self.descriptor.as_ref()
    }
}
