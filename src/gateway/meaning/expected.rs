//! Asked against answered: what a merchant expects of a job, and what the job says.

use super::known::Known;
use super::sum::Sum;
use crate::gateway::response::{AnyCurrency, Job, OrderRecord};
use crate::gateway::{JobMeaning, Money, OrderNumber};

/// The amount and the order number that a merchant expects of a job.
///
/// ```
/// use cashflows_codec::gateway::call::{CallType, RetrieveJob};
/// use cashflows_codec::gateway::{Expected, Money, Settlement};
///
/// let expected = Expected::new(Money::gbp(10_00)?, "cart-1".parse()?);
/// let body = br#"{"data":{"reference":"1","currency":"GBP","amountToCollect":"10.00","paymentStatus":"Paid",
///     "order":{"orderNumber":"cart-1"},"payments":[{"reference":"2","status":"Paid","paidAmount":"10.00"}]}}"#;
/// let response = RetrieveJob::decode(200, body)?;
/// match response.data().settles(&expected) {
///     Settlement::Full => println!("deliver"),
///     other => panic!("do not deliver: {other}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    amount: Money,
    order: OrderNumber,
}

impl Expected {
    /// An order, and the amount that is to be paid for it.
    #[must_use]
    pub const fn new(amount: Money, order: OrderNumber) -> Self {
        Self { amount, order }
    }

    /// The amount, with its currency.
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// The number of the order.
    #[must_use]
    pub const fn order_number(&self) -> &OrderNumber {
        &self.order
    }
}

word_value! {
    /// How a job settles what a merchant [expects](Expected). Goods are delivered on [`Full`](Self::Full)
    /// alone.
    ///
    /// Amounts are compared less every reversal and every refund that is not `Failed`.
    Settlement = "settlement";
    /// `full`: the money is taken, exactly what is expected, for this order. Deliver.
    Full = "full",
    /// `full_reserved`: exactly what is expected is taken or reserved. Capture it, then deliver.
    FullReserved = "full_reserved",
    /// `short`: less is taken or reserved than is expected, or than the job asks for.
    Short = "short",
    /// `over`: more is taken or reserved than is expected. Deliver, and give the rest back.
    Over = "over",
    /// `other_order`: the job is of another order.
    OtherOrder = "other_order",
    /// `other_currency`: the job is in another currency.
    OtherCurrency = "other_currency",
    /// `not_settled`: no money is taken or reserved, or all of it went back; or it cannot be told, since
    /// the meaning of the job is unknown, or its order number, currency or amounts are not there.
    NotSettled = "not_settled",
}

stored_as_text!(Settlement);

impl Job {
    /// Compares what is expected with what the job says.
    #[must_use]
    pub fn settles(&self, expected: &Expected) -> Settlement {
        if let Some(number) = self.order.as_ref().and_then(OrderRecord::number)
            && number != expected.order.as_str()
        {
            return Settlement::OtherOrder;
        }
        let currency =
            self.currency.as_ref().map(AnyCurrency::as_str).filter(|currency| !currency.is_empty());
        if currency
            .is_some_and(|currency| !currency.eq_ignore_ascii_case(expected.amount.currency().as_str()))
        {
            return Settlement::OtherCurrency;
        }
        let is_named = self.order.as_ref().is_some_and(|order| order.number().is_some());
        if !is_named || currency.is_none() {
            return Settlement::NotSettled;
        }
        let money = self.money(&Known::new());
        let amount = Sum::from(expected.amount.to_decimal());
        let compared = |sum: Option<Sum>, full| match sum.map(|sum| sum.cmp(&amount)) {
            None => Settlement::NotSettled,
            Some(core::cmp::Ordering::Less) => Settlement::Short,
            Some(core::cmp::Ordering::Equal) => full,
            Some(core::cmp::Ordering::Greater) => Settlement::Over,
        };
        match money.meaning() {
            JobMeaning::Taken => compared(money.kept, Settlement::Full),
            JobMeaning::Reserved => compared(money.covered, Settlement::FullReserved),
            JobMeaning::PartlyTaken => Settlement::Short,
            JobMeaning::Verified
            | JobMeaning::GivenBack
            | JobMeaning::PaidOut
            | JobMeaning::Open
            | JobMeaning::NotTaken
            | JobMeaning::Unknown => Settlement::NotSettled,
        }
    }
}
