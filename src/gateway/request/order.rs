//! What a payment is for.

use super::{Address, FreeText, Identity, OrderLine};
use crate::gateway::{CustomerReference, OrderNumber};

/// The order that a payment is for (section 4).
///
/// Its number is what an order is looked for by when the answer to a created job was lost, so a new
/// order has one. What is read from elsewhere may have none.
///
/// ```
/// use cashflows_codec::gateway::request::{Identity, Order};
///
/// let order = Order::new("cart-1".parse()?)
///     .with_billing_identity(Identity::default().with_email("alex@test.com".parse()?));
/// assert_eq!(order.number().map(|number| number.as_str()), Some("cart-1"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub(super) number: Option<OrderNumber>,
    pub(super) note: Option<FreeText>,
    pub(super) customer: Option<CustomerReference>,
    pub(super) billing_address: Option<Address>,
    pub(super) shipping_address: Option<Address>,
    pub(super) billing_identity: Option<Identity>,
    pub(super) lines: Vec<OrderLine>,
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

    /// The number (`orderNumber`), if it has one.
    #[must_use]
    pub const fn number(&self) -> Option<&OrderNumber> {
        self.number.as_ref()
    }

    /// Sets comments or wishes (`note`).
    #[must_use]
    pub fn with_note(mut self, note: FreeText) -> Self {
        self.note = Some(note);
        self
    }

    /// Comments or wishes, if there is one.
    #[must_use]
    pub const fn note(&self) -> Option<&FreeText> {
        self.note.as_ref()
    }

    /// Sets the customer whose addresses are taken where none are given (`customerReference`).
    #[must_use]
    pub fn with_customer(mut self, customer: CustomerReference) -> Self {
        self.customer = Some(customer);
        self
    }

    /// The customer whose addresses are taken where none are given, if there is one.
    #[must_use]
    pub const fn customer(&self) -> Option<&CustomerReference> {
        self.customer.as_ref()
    }

    /// Sets the address that is billed (`billingAddress`).
    #[must_use]
    pub fn with_billing_address(mut self, billing_address: Address) -> Self {
        self.billing_address = Some(billing_address);
        self
    }

    /// The address that is billed, if there is one.
    #[must_use]
    pub const fn billing_address(&self) -> Option<&Address> {
        self.billing_address.as_ref()
    }

    /// Sets the address that is delivered to (`shippingAddress`).
    #[must_use]
    pub fn with_shipping_address(mut self, shipping_address: Address) -> Self {
        self.shipping_address = Some(shipping_address);
        self
    }

    /// The address that is delivered to, if there is one.
    #[must_use]
    pub const fn shipping_address(&self) -> Option<&Address> {
        self.shipping_address.as_ref()
    }

    /// Sets who is billed (`billingIdentity`).
    #[must_use]
    pub fn with_billing_identity(mut self, billing_identity: Identity) -> Self {
        self.billing_identity = Some(billing_identity);
        self
    }

    /// Who is billed, if there is one.
    #[must_use]
    pub const fn billing_identity(&self) -> Option<&Identity> {
        self.billing_identity.as_ref()
    }

    /// Adds a line (`orderLines`).
    #[must_use]
    pub fn with_line(mut self, line: OrderLine) -> Self {
        self.lines.push(line);
        self
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[OrderLine] {
        &self.lines
    }
}

impl From<OrderNumber> for Order {
    fn from(number: OrderNumber) -> Self {
        Self::new(number)
    }
}
