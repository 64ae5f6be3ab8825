//! Classes of bytes, looked up: where text is random, a processor that had to guess what class the
//! next byte is of would often guess wrong, so nothing branches on it.

/// A set of bytes.
pub(crate) struct ByteClass([bool; 256]);

impl ByteClass {
    /// ASCII letters and digits.
    pub(crate) const ALPHANUMERIC: Self = Self::alphanumeric_and(b"");

    /// ASCII letters and digits, and some more.
    #[expect(clippy::indexing_slicing, reason = "the compiler runs it, and says so if it panics")]
    pub(crate) const fn alphanumeric_and(more: &[u8]) -> Self {
        let mut class = [false; 256];
        let mut byte = 0;
        while byte < class.len() {
            class[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        let mut index = 0;
        while index < more.len() {
            class[more[index] as usize] = true;
            index += 1;
        }
        Self(class)
    }

    /// Whether a byte is of the class.
    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).is_some_and(|&has| has)
    }

    /// Whether all bytes are; none of them decides what is done next.
    #[inline]
    pub(crate) fn has_all(&self, bytes: &[u8]) -> bool {
        bytes.iter().fold(true, |all, &byte| all & self.has(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_what_they_say() {
        static CLASS: ByteClass = ByteClass::alphanumeric_and(b"*-._");
        for byte in 0..=u8::MAX {
            let alphanumeric = byte.is_ascii_alphanumeric();
            assert_eq!(ByteClass::ALPHANUMERIC.has(byte), alphanumeric);
            assert_eq!(CLASS.has(byte), alphanumeric || b"*-._".contains(&byte));
            assert_eq!(CLASS.has_all(&[b'a', byte, b'.']), CLASS.has(byte));
        }
        assert!(CLASS.has_all(b""));
    }
}
