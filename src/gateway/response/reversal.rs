//! Reversals: money that went back without the merchant's doing, a chargeback say.

use super::currency::AnyCurrency;
use crate::gateway::{Decimal, PaymentReference, Reference};
use crate::media::json::message;

open_list! {
    /// How much of a job or payment is reversed. The list is open, and no page has a word of it.
    ReversalStatus = "status of a reversal", text;
    /// `FullyReversed`: all of it.
    FullyReversed = "FullyReversed",
    /// `PartiallyReversed`: a part of it.
    PartiallyReversed = "PartiallyReversed",
}

message! {
    /// A reversal: money of a payment that went back without the merchant's doing, a chargeback say.
    ///
    /// The names are those of a public client of the gateway (section 5). The vendor's pages have none.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Reversal {
        /// The gateway's reference of the reversal.
        "reference" => reference: Option<Reference>,
        /// The amount that went back.
        "reversedAmount" => reversed_amount: Option<Decimal>,
        /// The currency of the amount.
        "currency" => currency: Option<AnyCurrency>,
        /// The payment that was reversed.
        "paymentReference" => payment_reference: Option<PaymentReference>,
        /// The reason in words, such as `Chargeback`.
        "description" => description: Option<Box<str>>,
    }
}
