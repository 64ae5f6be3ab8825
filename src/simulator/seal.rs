//! Names that cannot be guessed: each begins with a place, and ends in what only who knows a secret can
//! make.

use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;

/// The name of what stands at a place: 16 hexadecimal digits of that, and 80 of a hash.
pub(super) fn sealed(secret: &str, what: &str, place: usize) -> String {
    let mut hash = Sha512::new();
    hash.update(secret);
    hash.update(what);
    hash.update(place.to_string());
    let seal = hash.finalize();
    seal.iter().take(40).fold(format!("{place:016x}"), |name, byte| name + &format!("{byte:02x}"))
}

/// The place that a name begins with, if all of it is right. It may be one at which nothing stands.
pub(super) fn opened(secret: &str, what: &str, name: &str) -> Option<usize> {
    let place = usize::from_str_radix(name.get(..16)?, 16).ok()?;
    let right = sealed(secret, what, place);
    bool::from(right.as_bytes().ct_eq(name.as_bytes())).then_some(place)
}
