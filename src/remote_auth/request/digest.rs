//! The digest of a credit (section 4 of the protocol page).
//!
//! SHA-256 over `tran_type:tran_amount:tran_currency:tran_orig_id:tran_ref:secret`, as 64
//! hexadecimal digits in lower case; without an original id its section and its colon are left out.
//! The sections go one by one to the hash, which wipes them, so that no copy of them is made.

use arrayvec::ArrayString;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use thiserror::Error;

use super::CreditReference;
use crate::error::{InvalidValue, Rule};
use crate::scan;
use crate::value::{Money, OriginalId, rules};

/// A credit with another digest than its values and the shared secret give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("the credit digest does not match")]
pub struct DigestMismatch;

text_value! {
    /// The secret that the merchant shares with the acquirer for credits: 1 to 256 characters of any
    /// kind (section 4). It is hashed and never sent. It is the last section of the digest's input, so that a
    /// `:` in it is no separator.
    masked DigestSecret = "credit digest secret", |text| rules::length(text, 256);
}

text_value! {
    /// The digest of a credit: 64 hexadecimal digits in lower case (`security_hash`, section 4).
    #[derive(Copy)]
    open SecurityHash(ArrayString<64>) = "credit digest", |text| {
        let lower_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        rules::require(text.len() == 64 && text.bytes().all(lower_hex), Rule::Sha256)
    };
}

impl SecurityHash {
    /// A digest of a request that another party wrote. Its digits may be in upper case.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        let lower = |mut digits: ArrayString<64>| {
            digits.make_ascii_lowercase();
            Self::try_from(digits.as_str())
        };
        ArrayString::from(text).map_or_else(|_| Self::try_from(text), lower)
    }

    /// The digest of a credit that has these values.
    ///
    /// [`Credit::new`](crate::remote_auth::request::Credit::new) makes its own. This function is for digests
    /// without a credit.
    #[must_use]
    pub fn of_credit(
        money: Money,
        original: Option<&OriginalId>,
        reference: &CreditReference,
        secret: &DigestSecret,
    ) -> Self {
        Self(scan::lower_hexadecimal(digest(money, original, reference, secret)))
    }

    /// Compares with the digest of a credit that has these values, in constant time.
    pub(crate) fn verify(
        &self,
        money: Money,
        original: Option<&OriginalId>,
        reference: &CreditReference,
        secret: &DigestSecret,
    ) -> Result<(), DigestMismatch> {
        let mut sent = [0; 32];
        hex::decode_to_slice(self.as_str(), &mut sent).map_err(|_| DigestMismatch)?;
        let right = digest(money, original, reference, secret);
        if sent.ct_eq(&right).into() { Ok(()) } else { Err(DigestMismatch) }
    }
}

fn digest(
    money: Money,
    original: Option<&OriginalId>,
    reference: &CreditReference,
    secret: &DigestSecret,
) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut section = |bytes: &[u8]| {
        hash.update(bytes);
        hash.update(b":");
    };
    section(b"credit");
    section(money.amount().to_bytes().as_ref());
    section(money.currency().as_str().as_bytes());
    if let Some(original) = original {
        section(original.as_str().as_bytes());
    }
    section(reference.as_str().as_bytes());
    hash.update(secret.secret_str());
    // Not `finalize`, which moves the hash and leaves what it had collected where it was.
    hash.finalize_reset().into()
}

// The hash is wiped only if its crate is built to do so.
const _: () = {
    const fn is_wiped<T: zeroize::ZeroizeOnDrop>() {}
    is_wiped::<Sha256>();
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_greatest_length_are_hashed() {
        let (reference, secret) = ("\u{10348}".repeat(255), "\u{10348}".repeat(256));
        let original = "x".repeat(32).parse().unwrap();
        let money = Money::gbp(u64::MAX);
        let text = format!("credit:{}:GBP:{original}:{reference}:{secret}", money.amount());
        let (reference, secret) = (reference.parse().unwrap(), secret.parse().unwrap());
        let hash = SecurityHash::of_credit(money, Some(&original), &reference, &secret);
        let mut digits = [0; 64];
        hex::encode_to_slice(Sha256::digest(text), &mut digits).unwrap();
        assert_eq!(hash.as_str().as_bytes(), digits);
        assert_eq!(hash.verify(money, Some(&original), &reference, &secret), Ok(()));
    }
}
