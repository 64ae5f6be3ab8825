//! The order that a payment is for.

use super::object::request_object;
use super::{FreeText, Identity, OrderAddress, OrderLine};
use crate::gateway::{CustomerReference, OrderNumber};

request_object! {
    /// The order that a payment is for (section 4).
    ///
    /// An order is looked for by its number when the response to a created job was lost, so a new order has
    /// one. A received order may have none.
    ///
    /// ```
    /// use cashflows_codec::gateway::request::{Identity, Order};
    ///
    /// let order = Order::new("cart-1".parse()?)
    ///     .with_billing_identity(Identity::default().with_email("alex@test.com".parse()?));
    /// assert_eq!(order.number, Some("cart-1".parse()?));
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Order {
        /// The number.
        decides "orderNumber" => number: Option<OrderNumber>,
        /// Comments or wishes.
        "note" => note: Option<FreeText>,
        /// The customer whose addresses are taken where none are given.
        decides "customerReference" => customer: Option<CustomerReference>,
        /// The address that is billed.
        "billingAddress" => billing_address: Option<OrderAddress>,
        /// The address that is delivered to.
        "shippingAddress" => shipping_address: Option<OrderAddress>,
        /// The person or company that is billed.
        "billingIdentity" => billing_identity: Option<Identity>,
        /// The lines.
        "orderLines" => lines: Vec<OrderLine>,
    }
}

impl Order {
    /// An order with this number.
    #[must_use]
    pub const fn new(number: OrderNumber) -> Self {
        Self {
            number: Some(number),
            note: None,
            customer: None,
            billing_address: None,
            shipping_address: None,
            billing_identity: None,
            lines: Vec::new(),
        }
    }

    /// Sets the customer whose addresses are taken where none are given.
    #[must_use]
    pub fn with_customer(mut self, customer: CustomerReference) -> Self {
        self.customer = Some(customer);
        self
    }

    /// Sets the address that is billed.
    #[must_use]
    pub fn with_billing_address(mut self, billing_address: OrderAddress) -> Self {
        self.billing_address = Some(billing_address);
        self
    }

    /// Sets the person or company that is billed.
    #[must_use]
    pub fn with_billing_identity(mut self, billing_identity: Identity) -> Self {
        self.billing_identity = Some(billing_identity);
        self
    }

    /// Adds a line.
    #[must_use]
    pub fn with_line(mut self, line: OrderLine) -> Self {
        self.lines.push(line);
        self
    }
}

impl From<OrderNumber> for Order {
    fn from(number: OrderNumber) -> Self {
        Self::new(number)
    }
}
