//! Classes of bytes, looked up: where text is random, a processor that had to guess what class the
//! next byte is of would often guess wrong, so nothing branches on it.

/// A set of bytes.
pub(crate) struct ByteClass([bool; 256]);

impl ByteClass {
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

/// Whether `is` holds for all bytes. It is asked of `N` at a time, whatever it says of the first of
/// them: out of that compilers make vector instructions.
#[inline(always)]
pub(crate) fn all_bytes<const N: usize>(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let all = |some: &[u8]| some.iter().fold(true, |all, &byte| all & is(byte));
    let (chunks, _) = bytes.as_chunks::<N>();
    match bytes.last_chunk::<N>() {
        // Looking twice at a few bytes is faster than looking at what is left one by one.
        Some(last) => chunks.iter().all(|chunk| all(chunk)) && all(last),
        None => all(bytes),
    }
}

/// One in each byte.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// Marks, by their highest bit, the bytes of a word that are `byte`. What is marked above the lowest
/// mark need not be one: the subtraction borrows from there.
#[inline]
pub(crate) const fn marked(word: u64, byte: u8) -> u64 {
    let zero = word ^ (byte as u64 * ONES);
    zero.wrapping_sub(ONES) & !zero & (0x80 * ONES)
}

/// Marks the bytes of a word that are less than `byte`, which is at most 128, in the same way.
#[cfg(any(test, feature = "gateway", feature = "hosted-page"))]
#[inline]
pub(crate) const fn marked_below(word: u64, byte: u8) -> u64 {
    word.wrapping_sub(byte as u64 * ONES) & !word & (0x80 * ONES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_what_they_say() {
        static CLASS: ByteClass = ByteClass::alphanumeric_and(b"*-._");
        for byte in 0..=u8::MAX {
            let alphanumeric = byte.is_ascii_alphanumeric();
            assert_eq!(CLASS.has(byte), alphanumeric || b"*-._".contains(&byte));
            assert_eq!(CLASS.has_all(&[b'a', byte, b'.']), CLASS.has(byte));
        }
        assert!(CLASS.has_all(b""));
    }

    #[test]
    fn the_lowest_mark_is_the_first_byte() {
        for byte in 0..=u8::MAX {
            for other in [0, b' ', b'x', 0x7F, 0x80, 0xFF] {
                for place in 0..8 {
                    let mut bytes = [other; 8];
                    bytes[place] = byte;
                    let word = u64::from_le_bytes(bytes);
                    let first =
                        |is: &dyn Fn(u8) -> bool| bytes.iter().position(|&byte| is(byte)).unwrap_or(8);
                    let mark = |marks: u64| marks.trailing_zeros() as usize / 8;
                    assert_eq!(mark(marked(word, byte)), first(&|found| found == byte));
                    assert_eq!(mark(marked_below(word, b' ')), first(&|found| found < b' '));
                }
            }
        }
    }

    #[test]
    fn all_bytes_are_asked_about() {
        let good = |byte| byte == b'x';
        for length in 0..70 {
            let mut bytes = vec![b'x'; length];
            assert!(all_bytes::<16>(&bytes, good));
            for place in 0..length {
                bytes[place] = b'y';
                assert!(!all_bytes::<16>(&bytes, good), "{place} of {length}");
                bytes[place] = b'x';
            }
        }
    }
}
