//! What a credit is signed with, and the signature (section 4).

use arrayvec::ArrayString;

use super::rules;
use crate::error::Rule;
use crate::parameter::Parameter;

text_value! {
    /// The secret that the merchant shares with the acquirer for credits: 1 to 256 characters, no
    /// `:` (section 4). It is hashed and never sent.
    ///
    /// A `:` separates the sections of what is hashed: with one inside, two different credits could
    /// have the same digest.
    masked DigestSecret = "credit digest secret", |text| {
        rules::length(text, 256)?;
        rules::require(!text.contains(':'), Rule::Colon)
    };
}

text_value! {
    /// The digest of a credit: 64 hexadecimal digits in lower case (`security_hash`, section 4).
    #[derive(Copy)]
    open SecurityHash(ArrayString<64>) = Parameter::SecurityHash.as_str(), |text| {
        let lower_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        rules::require(text.len() == 64 && text.bytes().all(lower_hex), Rule::Sha256)
    };
}

impl SecurityHash {
    /// A digest that was just computed: right by construction.
    pub(crate) const fn from_digest(hexadecimal: ArrayString<64>) -> Self {
        Self(hexadecimal)
    }
}
