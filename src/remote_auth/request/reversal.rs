//! Void and refund: both reverse an original transaction.

use super::{Descriptor, MpgId, OriginalClass, Reference, RetryNumber};
use crate::remote_auth::ReturnFlags;
use crate::value::{Money, OriginalId};

/// What a void and a refund say: which transaction is reversed, of which class, and how much of it.
///
/// A void takes a transaction back before it is settled and is for the amount that it had; a refund
/// gives money back after settlement, all of it or a part (`tran_type=void`, `tran_type=refund`).
///
/// It may have a reference of its own (RA-201), never the one of its original. An acquirer that keys
/// reversals by it tells the retry of one from another, equal one. Without a reference, or where the
/// acquirer does not look at it, two equal ones within five minutes cannot be told apart (section 6).
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
    pub(crate) reference: Option<Reference>,
    pub(crate) mpg_id: Option<MpgId>,
    pub(crate) return_flags: ReturnFlags,
    pub(crate) retry_number: Option<RetryNumber>,
    pub(crate) descriptor: Option<Descriptor>,
}

impl Reversal {
    /// Reverses `original`, of class `class`, by `money`.
    #[must_use]
    pub const fn new(original: OriginalId, class: OriginalClass, money: Money) -> Self {
        Self {
            original,
            class,
            money,
            reference: None,
            mpg_id: None,
            return_flags: ReturnFlags::none(),
            retry_number: None,
            descriptor: None,
        }
    }

    /// Gives the reversal a reference of its own (`tran_ref`). The reference of its original is wrong
    /// here: the acquirer would take the reversal for a retry of the original (RA-203).
    #[must_use]
    pub fn with_reference(mut self, reference: Reference) -> Self {
        self.reference = Some(reference);
        self
    }

    /// Names the merchant payment gateway to Mastercard (`gateway_id_mc`); mandatory on Mastercard
    /// transactions of such gateways (RA-038).
    #[must_use]
    pub const fn with_mpg_id(mut self, mpg_id: MpgId) -> Self {
        self.mpg_id = Some(mpg_id);
        self
    }

    /// Asks for the acquirer reference number in the response (`return_acq_ref`).
    #[must_use]
    #[doc(alias = "arn")]
    pub const fn returning_acquirer_reference(mut self) -> Self {
        self.return_flags = self.return_flags.with_acquirer_reference();
        self
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

    /// The reversal's own reference (`tran_ref`), where it has one.
    #[must_use]
    pub const fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }

    /// The merchant payment gateway's id (`gateway_id_mc`).
    #[must_use]
    pub const fn mpg_id(&self) -> Option<&MpgId> {
        self.mpg_id.as_ref()
    }

    /// Which extras the response is asked to carry: the acquirer reference number or nothing.
    #[must_use]
    pub const fn return_flags(&self) -> ReturnFlags {
        self.return_flags
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
