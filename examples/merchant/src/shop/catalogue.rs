//! The items that the shop sells.

use cashflows_codec::value::Money;

/// An item for sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name in forms.
    pub id: &'static str,
    pub name: &'static str,
    pub about: &'static str,
    pub price: Money,
}

/// All items. Prices come from here, never from a form.
pub const ITEMS: [Item; 3] = [
    Item {
        id: "notebook",
        name: "Notebook",
        about: "A hundred and sixty pages that lie flat, and a ribbon to find yours.",
        price: Money::gbp(12_50),
    },
    Item {
        id: "fountain-pen",
        name: "Fountain pen",
        about: "A steel nib and a converter, for ink of any colour.",
        price: Money::gbp(34_00),
    },
    Item {
        id: "ink",
        name: "Bottle of ink",
        about: "Fifty millilitres of blue-black, which does not mind the rain.",
        price: Money::gbp(8_99),
    },
];

/// The item with an id.
#[must_use]
pub fn item(id: &str) -> Option<Item> {
    ITEMS.into_iter().find(|item| item.id == id)
}

/// The item with a name.
#[must_use]
pub fn item_named(name: &str) -> Option<Item> {
    ITEMS.into_iter().find(|item| item.name == name)
}
