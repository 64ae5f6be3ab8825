//! Wallets and network tokens (section 5).

use super::rules;
use crate::error::Rule;

text_value! {
    /// The cryptogram that a wallet gives for one payment: 1 to 128 visible ASCII characters
    /// without `|`, usually base64 (`acs_cavv`, section 5; the length is ours). A secret.
    masked Cryptogram = "cryptogram", |text| rules::visible_up_to(text, 128);
}

text_value! {
    /// The token authentication verification value of a network token: hexadecimal digits, two for
    /// each of 1 to 64 bytes (`card_tavv`, section 2; the length is ours). A secret.
    masked Tavv = "TAVV", |text| {
        rules::length(text, 128)?;
        let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        rules::require(hexadecimal && text.len() % 2 == 0, Rule::Hexadecimal)
    };
}
