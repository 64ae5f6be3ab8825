//! The digest that a credit is signed with (section 4 of the protocol page).
//!
//! SHA-256 over `tran_type:tran_amount:tran_currency:tran_orig_id:tran_ref:secret`, as 64
//! hexadecimal digits in lower case; without an original id its section and its colon are left out.
//! What is hashed is put together on the stack, in the very blocks that the hash takes: nothing is
//! allocated, and the secret is copied to one place, which is wiped.

use arrayvec::{ArrayString, ArrayVec};
use sha2::block_api::compress256;
use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::optimization_barrier;

use crate::error::Rule;
use crate::value::rules;

use crate::remote_auth::request::CreditReference;
use crate::value::{Money, OriginalId};

/// A credit whose digest is not the one that its values and the shared secret give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("the credit digest does not match")]
pub struct DigestMismatch;

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
    open SecurityHash(ArrayString<64>) = "credit digest", |text| {
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

impl SecurityHash {
    /// The digest of a credit that has these values.
    ///
    /// [`Credit::new`](crate::remote_auth::request::Credit::new) takes it by itself; this is for those who want
    /// to know it without a credit at hand.
    #[must_use]
    pub fn of_credit(
        money: Money,
        original: Option<&OriginalId>,
        reference: &CreditReference,
        secret: &DigestSecret,
    ) -> Self {
        Self::from_digest(lower_hexadecimal(digest(money, original, reference, secret)))
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
    let mut message = Message(ArrayVec::new_const());
    message.section(b"credit");
    message.section(money.amount().to_bytes().as_ref());
    message.section(money.currency().as_str().as_bytes());
    if let Some(original) = original {
        message.section(original.as_str().as_bytes());
    }
    message.section(reference.as_str().as_bytes());
    message.push(secret.secret_str().as_bytes());
    message.sha256()
}

/// What is hashed, in blocks of 64 bytes. The longest is 7 + 22 + 4 + 33 + 1,021 + 1,024 bytes, and 9
/// of padding. It is wiped.
struct Message(ArrayVec<u8, { 34 * 64 }>);

impl Message {
    #[inline]
    fn section(&mut self, bytes: &[u8]) {
        self.push(bytes);
        self.push(b":");
    }

    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        let fits = self.0.try_extend_from_slice(bytes);
        debug_assert!(fits.is_ok(), "every value has its greatest length");
    }

    /// What `Sha256::digest` says, which copies what it hashes, the secret too, into a buffer of its own
    /// that nobody wipes.
    fn sha256(&mut self) -> [u8; 32] {
        let bits = 8 * self.0.len() as u64;
        self.push(&[0x80]);
        let end = self.0.len() + size_of_val(&bits);
        self.push([0; 64].get(..end.next_multiple_of(64) - end).unwrap_or_default());
        self.push(&bits.to_be_bytes());
        let mut state = FIRST_STATE;
        compress256(&mut state, self.0.as_chunks().0);
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(state) {
            *bytes = word.to_be_bytes();
        }
        digest
    }
}

impl Drop for Message {
    fn drop(&mut self) {
        self.0.fill(0);
        optimization_barrier(self.0.as_slice());
    }
}

/// FIPS 180-4, section 5.3.3.
const FIRST_STATE: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// What `hex::encode` writes, without a table, so that the compiler makes many digits at once.
fn lower_hexadecimal(digest: [u8; 32]) -> ArrayString<64> {
    let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'a' - 10 };
    let mut digits = [0; 64];
    for (two, byte) in digits.as_chunks_mut().0.iter_mut().zip(digest) {
        *two = [digit(byte >> 4), digit(byte & 15)];
    }
    // Digits are text: the conversion cannot fail.
    ArrayString::from_byte_string(&digits).unwrap_or_else(|_| ArrayString::zero_filled())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;

    fn by_hex(digest: &[u8; 32]) -> String {
        let mut digits = [0; 64];
        hex::encode_to_slice(digest, &mut digits).unwrap();
        String::from_utf8(digits.to_vec()).unwrap()
    }

    proptest! {
        #[test]
        fn digits_are_those_of_hex(digest: [u8; 32]) {
            prop_assert_eq!(lower_hexadecimal(digest).to_string(), by_hex(&digest));
        }
    }

    #[test]
    fn messages_are_padded_as_the_hash_pads_them() {
        let bytes: Vec<u8> = (0..34 * 64 - 9).map(|place| (place % 251) as u8).collect();
        for length in 0..=bytes.len() {
            let mut message = Message(ArrayVec::new());
            message.push(&bytes[..length]);
            assert_eq!(message.sha256(), <[u8; 32]>::from(Sha256::digest(&bytes[..length])), "{length}");
        }
    }

    #[test]
    fn the_longest_message_fits() {
        let (reference, secret) = ("\u{10348}".repeat(255), "\u{10348}".repeat(256));
        let original = "x".repeat(32).parse().unwrap();
        let money = Money::gbp(u64::MAX);
        let text = format!("credit:{}:GBP:{original}:{reference}:{secret}", money.amount());
        let (reference, secret) = (reference.parse().unwrap(), secret.parse().unwrap());
        let hash = SecurityHash::of_credit(money, Some(&original), &reference, &secret);
        assert_eq!(hash.as_str(), by_hex(&Sha256::digest(text).into()));
        assert_eq!(hash.verify(money, Some(&original), &reference, &secret), Ok(()));
    }
}
