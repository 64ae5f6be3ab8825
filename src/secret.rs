//! Text that is wiped when dropped and masked when printed.

use core::fmt;
use core::mem;
use core::ops::{Deref, DerefMut};

use subtle::ConstantTimeEq;
use zeroize::optimization_barrier;

/// The text that is printed in the place of a secret.
pub(crate) const MASK: &str = "***";

/// A heap block, as text or as bytes, that is wiped before it is freed: all of it, so that what it
/// held before it was shortened goes too.
///
/// `Zeroizing` would do the same byte by byte, which takes longer than writing a body does. Here the
/// block is filled at once, and then shown to the compiler as something that is read: on the usual
/// targets to an empty piece of assembly, which has to find what was written; on the others to
/// `black_box` and a volatile read, which is as much as they offer. `tests/secrecy/memory` looks at what the
/// optimised crate frees. What the system does with memory meanwhile (swap, core dumps) is its own.
#[derive(Clone, Default)]
pub(crate) struct Wiped<T: Default + Into<Vec<u8>>>(T);

impl<T: Default + Into<Vec<u8>>> Wiped<T> {
    pub(crate) const fn new(block: T) -> Self {
        Self(block)
    }
}

impl<T: Default + Into<Vec<u8>>> Drop for Wiped<T> {
    fn drop(&mut self) {
        let mut block = mem::take(&mut self.0).into();
        block.clear();
        block.resize(block.capacity(), 0);
        // Otherwise nobody would read what is freed, and nothing would have to be written.
        optimization_barrier(block.as_slice());
    }
}

impl<T: Default + Into<Vec<u8>>> Deref for Wiped<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Default + Into<Vec<u8>>> DerefMut for Wiped<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Default + Into<Vec<u8>> + AsRef<[u8]>> AsRef<[u8]> for Wiped<T> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref()
    }
}

/// Owned text that never leaves a copy behind: it lives in one heap block of its own, sized before
/// it is written and wiped before it is freed. Moving it moves a pointer. It compares in constant
/// time and has no `Display`.
#[derive(Clone)]
pub(crate) struct Secret(Wiped<String>);

impl Secret {
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Wiped::new(text.to_owned()))
    }
}

/// Takes the buffer over as it is, spare capacity included: shrinking it could move the text and
/// leave the old block unwiped.
impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Wiped::new(text))
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Wipes text that turned out not to be a value, so that a refused secret does not stay in memory.
pub(crate) fn wipe(text: String) {
    drop(Wiped::new(text));
}

/// Shows a card number as schemes allow it to be shown: the first six digits, the last four,
/// a star for each digit between. Anything too short for that, or not made of digits, is hidden.
pub(crate) struct MaskedNumber<'a>(pub(crate) &'a str);

impl fmt::Display for MaskedNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0;
        let hidden = number.len().saturating_sub(10);
        if hidden < 2 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return f.write_str(MASK);
        }
        let (Some(first), Some(last)) = (number.get(..6), number.get(6 + hidden..)) else {
            return f.write_str(MASK);
        };
        f.write_str(first)?;
        for _ in 0..hidden {
            f.write_str("*")?;
        }
        f.write_str(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_six_and_four() {
        for (number, shown) in [
            ("4510400400099005", "451040******9005"),
            ("340000000000009", "340000*****0009"),
            ("123456789012", "123456**9012"),
            ("12345678901", MASK),
            ("", MASK),
            ("not a card number", MASK),
            ("451040040009900é", MASK),
        ] {
            assert_eq!(MaskedNumber(number).to_string(), shown);
        }
    }

    #[test]
    fn a_secret_prints_nothing_of_itself() {
        assert_eq!(format!("{:?} {:#?}", Secret::from("hunter2"), Secret::from("hunter2")), "*** ***");
    }

    #[test]
    fn secrets_compare_by_their_text() {
        assert_eq!(Secret::from("a"), Secret::from(String::from("a")));
        assert_ne!(Secret::from("a"), Secret::from("b"));
        assert_ne!(Secret::from("a"), Secret::from("aa"));
    }
}
