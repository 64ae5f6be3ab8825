//! The digest that a credit is signed with (section 4 of the protocol page).
//!
//! SHA-256 over `tran_type:tran_amount:tran_currency:tran_orig_id:tran_ref:secret`, as 64
//! hexadecimal digits in lower case; without an original id its section and its colon are left out.
//! The sections are streamed into the hash: nothing is allocated and no copy of the secret is made.

use arrayvec::ArrayString;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::error::DigestMismatch;
use crate::value::{CreditReference, DigestSecret, Money, OriginalId, SecurityHash};

/// What the digest of a credit is taken over, besides the secret.
pub(crate) struct Signed<'a> {
    pub(crate) money: Money,
    pub(crate) original: Option<&'a OriginalId>,
    pub(crate) reference: &'a CreditReference,
}

impl Signed<'_> {
    /// The digest that is sent.
    pub(crate) fn sign(&self, secret: &DigestSecret) -> SecurityHash {
        SecurityHash::from_digest(self.hexadecimal(secret))
    }

    /// Compares in constant time the digest that was received with the one that is right.
    pub(crate) fn verify(
        &self,
        received: &SecurityHash,
        secret: &DigestSecret,
    ) -> Result<(), DigestMismatch> {
        let right = self.hexadecimal(secret);
        if received.as_str().as_bytes().ct_eq(right.as_bytes()).into() { Ok(()) } else { Err(DigestMismatch) }
    }

    fn hexadecimal(&self, secret: &DigestSecret) -> ArrayString<64> {
        let mut hash = Sha256::new();
        hash.update("credit:");
        hash.update(self.money.amount().to_text().as_str());
        hash.update(":");
        hash.update(self.money.currency().as_str());
        if let Some(original) = self.original {
            hash.update(":");
            hash.update(original.as_str());
        }
        hash.update(":");
        hash.update(self.reference.as_str());
        hash.update(":");
        hash.update(secret.secret_str());
        lower_hexadecimal(&hash.finalize().into())
    }
}

fn lower_hexadecimal(digest: &[u8; 32]) -> ArrayString<64> {
    let mut text = ArrayString::zero_filled();
    let mut digits = [0; 64];
    // 32 bytes are 64 digits, and digits are text: neither conversion can fail.
    if hex::encode_to_slice(digest, &mut digits).is_ok() {
        text = ArrayString::from_byte_string(&digits).unwrap_or(text);
    }
    text
}
