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

impl SecurityHash {
    /// The digest of a credit that has these values.
    ///
    /// [`Credit::new`](crate::request::Credit::new) takes it by itself; this is for those who want
    /// to know it without a credit at hand.
    #[must_use]
    pub fn of_credit(
        money: Money,
        original: Option<&OriginalId>,
        reference: &CreditReference,
        secret: &DigestSecret,
    ) -> Self {
        let mut hash = Sha256::new();
        hash.update(beginning(money, original).as_str());
        hash.update(reference.as_str());
        hash.update(":");
        hash.update(secret.secret_str());
        Self::from_digest(lower_hexadecimal(&hash.finalize().into()))
    }

    /// Compares with the digest that is right, in constant time.
    pub(crate) fn matches(&self, right: &Self) -> Result<(), DigestMismatch> {
        if self.as_str().as_bytes().ct_eq(right.as_str().as_bytes()).into() {
            Ok(())
        } else {
            Err(DigestMismatch)
        }
    }
}

/// What stands before the reference, on the stack: feeding the hash is dear, however little it is.
fn beginning(money: Money, original: Option<&OriginalId>) -> ArrayString<72> {
    let amount = money.amount().to_text();
    let mut beginning = ArrayString::new();
    let mut section = |text: &str| {
        let fits = beginning.try_push_str(text).is_ok() && beginning.try_push(':').is_ok();
        debug_assert!(fits, "7 + 22 + 4 + 33 bytes at most");
    };
    section("credit");
    section(&amount);
    section(money.currency().as_str());
    if let Some(original) = original {
        section(original.as_str());
    }
    beginning
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
