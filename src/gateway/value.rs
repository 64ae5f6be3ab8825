//! Values of members of the gateway's JSON that the other protocols do not have.

mod customer_reference;
mod decimal;
mod locale;
mod method;
mod money;
mod order_number;
mod reference;
mod signed_decimal;
mod timestamp;

pub use crate::value::Url;
pub use customer_reference::CustomerReference;
pub use decimal::Decimal;
pub(in crate::gateway) use decimal::decimals_of;
pub use locale::Locale;
pub use method::PaymentMethod;
pub use money::Money;
pub(in crate::gateway) use money::minor_units;
pub use order_number::OrderNumber;
pub use reference::{JobReference, PaymentReference, Reference};
pub use signed_decimal::SignedDecimal;
pub use timestamp::Timestamp;
