//! The merchant's own name for a transaction.

use crate::error::Rule;
use crate::value::rules;

text_value! {
    /// The merchant's own reference of a transaction, such as a cart id: 1 to 255 characters without
    /// control characters (`tran_ref`, section 2; the length is ours). It has to be unique for each
    /// transaction: the acquirer knows a retry by it.
    open MerchantReference(Box<str>) = "reference", |text| rules::text(text, 255);
}

text_value! {
    /// The reference of a credit: a [`MerchantReference`] without `:`, which separates the sections
    /// of the credit digest (`tran_ref`, section 4).
    open CreditReference(Box<str>) = "reference", |text| {
        rules::text(text, 255)?;
        rules::require(!text.contains(':'), Rule::Colon)
    };
}

stored_as_text!(MerchantReference, CreditReference);
