//! What is ordered.

use super::FreeText;
use crate::gateway::{Decimal, SignedDecimal, Url};

/// The price of one piece: without value-added tax, with it, or both. One of them there has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitPrice {
    /// Without value-added tax (`unitPriceExclVat`).
    WithoutVat(SignedDecimal),
    /// With value-added tax (`unitPriceInclVat`).
    WithVat(SignedDecimal),
    /// Both.
    Both {
        /// Without value-added tax.
        without_vat: SignedDecimal,
        /// With value-added tax.
        with_vat: SignedDecimal,
    },
}

impl UnitPrice {
    /// The price without value-added tax, if it is there.
    #[must_use]
    pub const fn without_vat(self) -> Option<SignedDecimal> {
        match self {
            Self::WithoutVat(price) | Self::Both { without_vat: price, .. } => Some(price),
            Self::WithVat(_) => None,
        }
    }

    /// The price with value-added tax, if it is there.
    #[must_use]
    pub const fn with_vat(self) -> Option<SignedDecimal> {
        match self {
            Self::WithVat(price) | Self::Both { with_vat: price, .. } => Some(price),
            Self::WithoutVat(_) => None,
        }
    }
}

word_value! {
    /// What a line of an order is of (section 4).
    LineKind = "order line type";
    /// `PhysicalItem`
    PhysicalItem = "PhysicalItem",
    /// `DigitalItem`
    DigitalItem = "DigitalItem",
    /// `ShippingCost`
    ShippingCost = "ShippingCost",
    /// `PaymentCost`
    PaymentCost = "PaymentCost",
    /// `Discount`
    Discount = "Discount",
    /// `GiftCard`
    GiftCard = "GiftCard",
    /// `ShopCredit`
    ShopCredit = "ShopCredit",
}

/// One line of an order (section 4, `orderLines`).
///
/// ```
/// use cashflows_codec::gateway::request::{LineKind, OrderLine, UnitPrice};
///
/// let line = OrderLine::new("Hat".parse()?, UnitPrice::WithVat("12.50".parse()?))
///     .with_kind(LineKind::PhysicalItem)
///     .with_quantity("2".parse()?)
///     .with_total("25.00".parse()?);
/// assert_eq!(line.name().as_str(), "Hat");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    pub(super) name: FreeText,
    pub(super) unit_price: UnitPrice,
    pub(super) number: Option<u32>,
    pub(super) kind: Option<LineKind>,
    pub(super) sku_code: Option<FreeText>,
    pub(super) description: Option<FreeText>,
    pub(super) quantity: Option<SignedDecimal>,
    pub(super) vat_percentage: Option<Decimal>,
    pub(super) vat_percentage_label: Option<FreeText>,
    pub(super) discount_percentage_label: Option<FreeText>,
    pub(super) total: Option<SignedDecimal>,
    pub(super) url: Option<Url>,
}

impl OrderLine {
    /// A line for what is called `name`, at this price a piece.
    #[must_use]
    pub const fn new(name: FreeText, unit_price: UnitPrice) -> Self {
        Self {
            name,
            unit_price,
            number: None,
            kind: None,
            sku_code: None,
            description: None,
            quantity: None,
            vat_percentage: None,
            vat_percentage_label: None,
            discount_percentage_label: None,
            total: None,
            url: None,
        }
    }

    /// What it is called (`name`).
    #[must_use]
    pub const fn name(&self) -> &FreeText {
        &self.name
    }

    /// The price of one piece.
    #[must_use]
    pub const fn unit_price(&self) -> UnitPrice {
        self.unit_price
    }

    /// Sets the place among the lines, which each has for itself (`lineNumber`).
    #[must_use]
    pub fn with_number(mut self, number: u32) -> Self {
        self.number = Some(number);
        self
    }

    /// The place among the lines, which each has for itself, if there is one.
    #[must_use]
    pub const fn number(&self) -> Option<u32> {
        self.number
    }

    /// Sets what it is of (`type`).
    #[must_use]
    pub fn with_kind(mut self, kind: LineKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// What it is of, if there is one.
    #[must_use]
    pub const fn kind(&self) -> Option<LineKind> {
        self.kind
    }

    /// Sets the code of the stock keeping unit (`skuCode`).
    #[must_use]
    pub fn with_sku_code(mut self, sku_code: FreeText) -> Self {
        self.sku_code = Some(sku_code);
        self
    }

    /// The code of the stock keeping unit, if there is one.
    #[must_use]
    pub const fn sku_code(&self) -> Option<&FreeText> {
        self.sku_code.as_ref()
    }

    /// Sets a description (`description`).
    #[must_use]
    pub fn with_description(mut self, description: FreeText) -> Self {
        self.description = Some(description);
        self
    }

    /// A description, if there is one.
    #[must_use]
    pub const fn description(&self) -> Option<&FreeText> {
        self.description.as_ref()
    }

    /// Sets how many or how much (`quantity`).
    #[must_use]
    pub fn with_quantity(mut self, quantity: SignedDecimal) -> Self {
        self.quantity = Some(quantity);
        self
    }

    /// How many or how much, if there is one.
    #[must_use]
    pub const fn quantity(&self) -> Option<SignedDecimal> {
        self.quantity
    }

    /// Sets the percentage of value-added tax (`vatPercentage`).
    #[must_use]
    pub fn with_vat_percentage(mut self, vat_percentage: Decimal) -> Self {
        self.vat_percentage = Some(vat_percentage);
        self
    }

    /// The percentage of value-added tax, if there is one.
    #[must_use]
    pub const fn vat_percentage(&self) -> Option<Decimal> {
        self.vat_percentage
    }

    /// Sets the percentage of value-added tax as it is shown (`vatPercentageLabel`).
    #[must_use]
    pub fn with_vat_percentage_label(mut self, vat_percentage_label: FreeText) -> Self {
        self.vat_percentage_label = Some(vat_percentage_label);
        self
    }

    /// The percentage of value-added tax as it is shown, if there is one.
    #[must_use]
    pub const fn vat_percentage_label(&self) -> Option<&FreeText> {
        self.vat_percentage_label.as_ref()
    }

    /// Sets the percentage of the discount as it is shown (`discountPercentageLabel`).
    #[must_use]
    pub fn with_discount_percentage_label(mut self, discount_percentage_label: FreeText) -> Self {
        self.discount_percentage_label = Some(discount_percentage_label);
        self
    }

    /// The percentage of the discount as it is shown, if there is one.
    #[must_use]
    pub const fn discount_percentage_label(&self) -> Option<&FreeText> {
        self.discount_percentage_label.as_ref()
    }

    /// Sets the amount of the whole line (`totalLineAmount`).
    #[must_use]
    pub fn with_total(mut self, total: SignedDecimal) -> Self {
        self.total = Some(total);
        self
    }

    /// The amount of the whole line, if there is one.
    #[must_use]
    pub const fn total(&self) -> Option<SignedDecimal> {
        self.total
    }

    /// Sets a page that is linked in the portal (`url`).
    #[must_use]
    pub fn with_url(mut self, url: Url) -> Self {
        self.url = Some(url);
        self
    }

    /// A page that is linked in the portal, if there is one.
    #[must_use]
    pub const fn url(&self) -> Option<&Url> {
        self.url.as_ref()
    }
}
