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

/// How many bytes there are before the first `byte`: all, where there is none. Eight are looked at
/// together. For text as short as a field, of which a call of `memchr` would take longer: with that,
/// to read a response takes a fifth longer.
#[inline]
pub(crate) fn length_before(byte: u8, bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks();
    for (index, &word) in words.iter().enumerate() {
        let marks = marks(byte, u64::from_le_bytes(word));
        if marks != 0 {
            return 8 * index + marks.trailing_zeros() as usize / 8;
        }
    }
    let rest = tail.iter().position(|&other| other == byte).unwrap_or(tail.len());
    8 * words.len() + rest
}

/// Marks the first of eight bytes that is `byte`, by its highest bit. Marks of later ones may be
/// wrong: the subtraction borrows from them.
#[inline]
const fn marks(byte: u8, word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    // Zero where there is such a byte. Below zero is where the highest bit was not set and is now.
    let differences = word ^ (byte as u64 * ONES);
    differences.wrapping_sub(ONES) & !differences & (0x80 * ONES)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_byte_is_found_where_the_obvious_way_finds_it(
            bytes in prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..40),
                proptest::collection::vec(prop_oneof![Just(b'{'), Just(b'|'), Just(b'}'), Just(0xFC)], 0..20),
            ],
            byte in prop_oneof![Just(b'|'), any::<u8>()],
        ) {
            let obvious = bytes.iter().position(|&other| other == byte).unwrap_or(bytes.len());
            prop_assert_eq!(length_before(byte, &bytes), obvious);
        }
    }

    #[test]
    fn the_first_byte_is_found_in_every_place_beside_every_byte() {
        for other in (0..=u8::MAX).filter(|&other| other != b'|') {
            for before in 0..18 {
                for after in [0, 5, 9] {
                    let bytes = [vec![other; before], vec![b'|', other, b'|'], vec![other; after]].concat();
                    assert_eq!(length_before(b'|', &bytes), before, "{bytes:?}");
                    assert_eq!(length_before(b'|', &bytes[..before]), before, "{bytes:?}");
                }
            }
        }
    }

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
