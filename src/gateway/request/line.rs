//! The lines of an order.

use super::FreeText;
use super::object::{Leaf, Mandatory, Reader, request_object};
use crate::gateway::{Decimal, SignedDecimal, Url};
use crate::media::json::{JsonProblem, Members, Sink, Value};

request_object! {
    /// A line of an order (section 4, `orderLines`).
    ///
    /// ```
    /// use cashflows_codec::gateway::request::{LineKind, OrderLine, UnitPrice};
    ///
    /// let hats = OrderLine {
    ///     kind: Some(LineKind::PhysicalItem),
    ///     quantity: Some("2".parse()?),
    ///     total: Some("25.00".parse()?),
    ///     ..OrderLine::new("Hat".parse()?, UnitPrice::WithVat("12.50".parse()?))
    /// };
    /// assert_eq!(hats.name.as_str(), "Hat");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OrderLine, new {
        /// The place among the lines; each line has its own.
        "lineNumber" => number: Option<u32>,
        /// The kind of the line.
        "type" => kind: Option<LineKind>,
        /// The code of the stock keeping unit.
        "skuCode" => sku_code: Option<FreeText>,
        /// The name.
        required "name" => name: FreeText,
        /// A description.
        "description" => description: Option<FreeText>,
        /// The number of pieces, or the quantity.
        "quantity" => quantity: Option<SignedDecimal>,
        /// The price of one piece.
        required "unitPriceExclVat" and "unitPriceInclVat" => unit_price: UnitPrice,
        /// The percentage of value-added tax.
        "vatPercentage" => vat_percentage: Option<Decimal>,
        /// The percentage of value-added tax as it is shown.
        "vatPercentageLabel" => vat_percentage_label: Option<FreeText>,
        /// The percentage of the discount as it is shown.
        "discountPercentageLabel" => discount_percentage_label: Option<FreeText>,
        /// The amount of the whole line.
        "totalLineAmount" => total: Option<SignedDecimal>,
        /// A page that the portal links to.
        "url" => url: Option<Url>,
    }
}

word_value! {
    /// The kind of a line of an order (section 4).
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

/// The price of one piece: without value-added tax, with it, or both.
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

/// One price has to be there, and one well-formed price is enough.
impl Mandatory<2> for UnitPrice {
    fn require(reader: &mut Reader<'_, '_>, [without, with]: [&'static str; 2]) -> Option<Self> {
        if !reader.has(without) && !reader.has(with) {
            reader.faults.inside(reader.object, with, JsonProblem::Missing);
        }
        let prices = [without, with].map(|name| reader.get(name).map(Value::parse_number::<SignedDecimal>));
        let one_is_good = prices.iter().flatten().any(Result::is_ok);
        let [without, with] = prices.map(|price| match price? {
            Ok(price) => Some(price),
            Err(error) if one_is_good => {
                reader.faults.finding(error);
                None
            }
            Err(error) => reader.faults.take(Err(error)),
        });
        match (without, with) {
            (Some(without_vat), Some(with_vat)) => Some(Self::Both { without_vat, with_vat }),
            (Some(price), None) => Some(Self::WithoutVat(price)),
            (None, Some(price)) => Some(Self::WithVat(price)),
            (None, None) => None,
        }
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, [without, with]: [&'static str; 2]) {
        for (name, price) in [(without, self.without_vat()), (with, self.with_vat())] {
            if let Some(price) = price {
                Leaf::write(&price, members, name);
            }
        }
    }
}
