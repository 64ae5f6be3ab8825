//! What one member of the gateway's JSON carries, where the other protocols have nothing like it.

mod decimal;
mod method;
mod order_number;
mod reference;
mod timestamp;

pub use decimal::Decimal;
pub use method::{PaymentMethod, UnlistedPaymentMethod};
pub use order_number::OrderNumber;
pub use reference::Reference;
pub use timestamp::Timestamp;
