//! The merchant's own name for a transaction.

use crate::error::Rule;
use crate::value::rules;

text_value! {
    /// The merchant's own transaction reference, such as a cart id: 1 to 255 characters without
    /// control characters (`tran_ref`, section 2; the length is ours). It has to be unique for each
    /// transaction: the gateway knows a retry by it.
    open Reference(Box<str>) = "reference", |text| rules::text(text, 255);
}

text_value! {
    /// The reference of a credit: like [`Reference`], but without `:`, which separates the sections
    /// of the credit digest (`tran_ref`, section 4).
    open CreditReference(Box<str>) = "reference", |text| {
        rules::text(text, 255)?;
        rules::require(!text.contains(':'), Rule::Colon)
    };
}

stored_as_text!(Reference);
