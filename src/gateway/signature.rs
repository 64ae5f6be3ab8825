//! The signature of a call: the `Hash` header (section 2).

use core::fmt;

use arrayvec::ArrayString;
use sha2::{Digest, Sha512};
use subtle::{Choice, ConstantTimeEq};
use thiserror::Error;
use zeroize::optimization_barrier;

use super::ApiKey;
use crate::error::{InvalidValue, Rule};
use crate::secret::MASK;

/// The signature of a call: SHA-512 over the API key and the exact bytes of the body (section 2). On
/// the wire it is 128 hexadecimal digits, written in upper case and read in any.
///
/// A call without a body is signed by the key alone, so all calls of one key that have none share one
/// signature: whoever sees it can read and cancel payments with it. It is a secret, masked when
/// printed and wiped. That the key stands first has another effect that is known of such hashes: from
/// one signature, that of a longer body can be computed, without the key. The longer body has bytes in
/// it that no JSON has, so a receiver has to refuse what is not JSON, to the last byte; the decoder
/// here does.
///
/// ```
/// use cashflows_codec::gateway::{ApiKey, Signature};
///
/// let key: ApiKey = "845c51f6-1cd5-4338-a586-df752e65d690".parse()?;
/// let body = br#"{"amountToCollect": "10.00", "currency": "GBP", "locale": "en_GB" }"#;
/// let signature = Signature::of(&key, body);
/// assert!(signature.secret_str().starts_with("3CDF192F6AC67E3A"));
///
/// let received: Signature = signature.secret_str().to_lowercase().parse()?;
/// assert!(received.verify(&[key.clone()], body).is_ok());
/// assert!(received.verify(&[key], b"{}").is_err());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone)]
pub struct Signature(ArrayString<128>);

impl Signature {
    const NAME: &'static str = "signature";

    /// The signature of a call with this body; of one without a body, the body is empty.
    #[must_use]
    pub fn of(key: &ApiKey, body: &[u8]) -> Self {
        // With its feature `zeroize` the hash wipes what it buffers of the key.
        let mut hash = Sha512::new();
        hash.update(key.secret_str().as_bytes());
        hash.update(body);
        Self(upper_hexadecimal(hash.finalize().into()))
    }

    /// Checks that one of `keys` signed this body. Two keys are good at a time while one is being changed.
    ///
    /// Every key is tried and compared in constant time, so the time taken tells nothing of which key
    /// it was nor how much of it was right.
    ///
    /// # Errors
    ///
    /// None of the keys did; so it is if there are none.
    pub fn verify(&self, keys: &[ApiKey], body: &[u8]) -> Result<(), SignatureMismatch> {
        let signed = |key| self.ct_eq(&Self::of(key, body));
        let any = keys.iter().map(signed).fold(Choice::from(0), |any, this| any | this);
        if any.into() { Ok(()) } else { Err(SignatureMismatch) }
    }

    /// The 128 digits in upper case, as the `Hash` header has them. See the type for what they give
    /// away.
    #[must_use]
    pub fn secret_str(&self) -> &str {
        &self.0
    }

    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.as_bytes().ct_eq(other.0.as_bytes())
    }
}

fn upper_hexadecimal(digest: [u8; 64]) -> ArrayString<128> {
    let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'A' - 10 };
    let mut digits = [0; 128];
    for (two, byte) in digits.as_chunks_mut().0.iter_mut().zip(digest) {
        *two = [digit(byte >> 4), digit(byte & 15)];
    }
    // Digits are text: the conversion cannot fail.
    ArrayString::from_byte_string(&digits).unwrap_or_else(|_| ArrayString::zero_filled())
}

impl TryFrom<&str> for Signature {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let mut digest = [0; 64];
        hex::decode_to_slice(text, &mut digest).map_err(|_| InvalidValue::new(Self::NAME, Rule::Sha512))?;
        Ok(Self(upper_hexadecimal(digest)))
    }
}

parsed_value!(Signature);

impl PartialEq for Signature {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for Signature {}

impl Drop for Signature {
    fn drop(&mut self) {
        self.0 = ArrayString::zero_filled();
        optimization_barrier(&self.0);
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({MASK})")
    }
}

/// A call that none of the keys signed. To be answered with 401; a caller that gets it must not try
/// again, because wrong signatures lock an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("the signature does not match")]
pub struct SignatureMismatch;
