//! A payment of a job.

use super::attributes::Attributes;
use super::capture::Capture;
use super::currency::AnyCurrency;
use super::flags::Flags;
use super::link::Links;
use super::refund::Refund;
use super::report::ErrorReport;
use super::reversal::{Reversal, ReversalStatus};
use super::step::Step;
use super::text::{NumberText, TimeText};
use crate::gateway::{Decimal, PaymentMeaning, PaymentMethod, PaymentReference, PaymentStatus};
use crate::media::json::{KeptMembers, message};

message! {
    /// A payment: one attempt to pay a job (section 5).
    ///
    /// **An amount alone is no sign of money**: a cancelled payment keeps its paid amount.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Payment {
        /// The gateway's reference of the payment.
        required "reference" => reference: PaymentReference,
        /// When the payment began.
        "createDateTimeUtc" => created: Option<TimeText>,
        /// The payment methods: several while the shopper may choose, then one.
        "paymentMethods" => payment_methods: Vec<PaymentMethod>,
        /// The status of the payment, whose sense is its [`meaning`](Self::meaning).
        required "status" => status: PaymentStatus,
        /// The amount that is to be paid, in the currency of the job.
        "amountToCollect" => amount_to_collect: Option<Decimal>,
        /// The amount that is added to it.
        "surchargeAmount" => surcharge_amount: Option<NumberText>,
        /// The amount that was paid, surcharge included. A cancelled payment keeps it.
        "paidAmount" => paid_amount: Option<Decimal>,
        /// The total in the shopper's currency.
        "convertedTotalAmount" => converted_total_amount: Option<NumberText>,
        /// The shopper's currency.
        "convertedCurrency" => converted_currency: Option<AnyCurrency>,
        /// The rate of the conversion.
        "conversionRate" => conversion_rate: Option<NumberText>,
        /// The steps of the payment, in their order.
        "steps" => steps: Vec<Step>,
        /// The flags of the payment.
        "flags" => flags: Flags,
        /// Transaction id, acquiring details, token.
        "attributes" => attributes: Attributes,
        /// The refunds of the payment.
        decides "refunds" => refunds: Vec<Refund>,
        /// The captures of the payment.
        decides "captures" => captures: Vec<Capture>,
        /// The reversals of the payment, chargebacks say. Jobs list them, too.
        decides_unless_empty "reversals" => reversals: Vec<Reversal>,
        /// How much of the payment is reversed.
        "reversalStatus" => reversal_status: Option<ReversalStatus>,
        /// The last error of the payment.
        "lastErrorReport" => last_error_report: Option<ErrorReport>,
        /// The gateway's suspicions, of which no page says what they look like.
        "abuseReport" => abuse_report: Option<KeptMembers>,
        /// Links that some gateways write here, not beside the data.
        "links" => links: Option<Box<Links>>,
    }
}

impl Payment {
    /// The meaning of the payment's status for its money.
    #[must_use]
    pub const fn meaning(&self) -> PaymentMeaning {
        self.status.meaning()
    }

    /// The refunds with a number. Shops repeat refund numbers, so look at amount and time too.
    pub fn refunds_numbered<'p>(&'p self, number: &'p str) -> impl Iterator<Item = &'p Refund> {
        self.refunds.iter().filter(move |refund| refund.number.as_deref() == Some(number))
    }
}
