//! Questions that are not about a job.

use crate::gateway::{CustomerReference, Decimal, Money, OrderNumber};
use crate::value::Currency;

/// Asks by what one can pay: `GET /api/gateway/supported-payment-methods`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPaymentMethods {
    pub(in crate::gateway) amount: Option<Decimal>,
    pub(in crate::gateway) currency: Option<Currency>,
    pub(in crate::gateway) all: Option<bool>,
    pub(in crate::gateway) customer: Option<CustomerReference>,
}

impl ListPaymentMethods {
    /// Of the configuration, whatever the amount.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for those that take this much of its currency (query `collectAmount`, `currency`).
    #[must_use]
    pub fn with_money(mut self, money: Money) -> Self {
        self.amount = Some(money.to_decimal());
        self.currency = Some(money.currency());
        self
    }

    /// Asks for those that take this currency (query `currency`), whatever the amount.
    #[must_use]
    pub fn with_currency(mut self, currency: Currency) -> Self {
        self.amount = None;
        self.currency = Some(currency);
        self
    }

    /// Asks for all or not (query `all`; the pages do not say what of).
    #[must_use]
    pub fn with_all(mut self, all: bool) -> Self {
        self.all = Some(all);
        self
    }

    /// Asks for the tokens of this customer too (query `customerReference`).
    #[must_use]
    pub fn with_customer(mut self, customer: CustomerReference) -> Self {
        self.customer = Some(customer);
        self
    }

    /// The amount, if one is given.
    #[must_use]
    pub const fn amount(&self) -> Option<Decimal> {
        self.amount
    }

    /// The currency, if one is given.
    #[must_use]
    pub const fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// Whether all are asked for, if that is said.
    #[must_use]
    pub const fn all(&self) -> Option<bool> {
        self.all
    }

    /// The customer, if one is given.
    #[must_use]
    pub const fn customer(&self) -> Option<&CustomerReference> {
        self.customer.as_ref()
    }
}

/// Asks whether there is an order of this number: `HEAD /api/gateway/orders/{orderNumber}`. A status
/// of success says yes. 404 says no only where the configuration is known to be good, because 404 is
/// said of that too; and there are gateways that lack this call.
///
/// It is what there is to do after a created job whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindOrder {
    pub(in crate::gateway) number: OrderNumber,
}

impl FindOrder {
    /// Of this number.
    #[must_use]
    pub const fn new(number: OrderNumber) -> Self {
        Self { number }
    }

    /// The number.
    #[must_use]
    pub const fn number(&self) -> &OrderNumber {
        &self.number
    }
}
