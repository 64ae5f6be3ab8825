//! Works on bytes faster than byte by byte. Each function has an obvious twin, which a
//! property test holds against it; `benches/README.md` says what each is worth.
//!
//! Two things make them fast: several bytes at a time, and no branch that depends on a byte, because
//! where text is random a processor guesses wrong what the next one is.

use arrayvec::ArrayString;

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

    /// Returns true if a byte is of the class.
    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).is_some_and(|&has| has)
    }

    /// Returns true if all bytes are; none of them decides what is done next.
    #[inline]
    pub(crate) fn has_all(&self, bytes: &[u8]) -> bool {
        bytes.iter().fold(true, |all, &byte| all & self.has(byte))
    }
}

/// Returns true if `is` holds for all bytes. It is asked of `N` at a time, whatever it says of the first of them:
/// out of that compilers make vector instructions.
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

/// Returns true if a body is plain text: no control characters but tabs and line ends. A compressed body, and one in
/// UTF-16, is none.
pub(crate) fn is_plain_text(body: &[u8]) -> bool {
    all_bytes::<16>(body, |byte| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\r' | b'\n'))
}

/// Returns true if a text stands in a body, in any case of its ASCII letters.
pub(crate) fn contains_in_any_case(body: &[u8], text: &str) -> bool {
    body.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text.as_bytes()))
}

/// How many bytes there are before the first of some others: all, where there is none. Eight are looked
/// at together. It is for text as short as a field or a parameter, of which a call of `memchr` would
/// take longer: with that, to read a response takes a fifth longer.
#[inline]
pub(crate) fn before<const N: usize>(bytes: &[u8], stops: [u8; N]) -> usize {
    let (words, tail) = bytes.as_chunks();
    for (index, &word) in words.iter().enumerate() {
        let found = stops.iter().fold(0, |found, &stop| found | marked(u64::from_le_bytes(word), stop));
        if found != 0 {
            return 8 * index + found.trailing_zeros() as usize / 8;
        }
    }
    8 * words.len() + tail.iter().position(|byte| stops.contains(byte)).unwrap_or(tail.len())
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

/// Hexadecimal digits in lower case. They are computed, not looked up in a table as `hex` does, so that
/// the compiler makes many of them at once.
pub(crate) fn lower_hexadecimal(bytes: [u8; 32]) -> ArrayString<64> {
    let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'a' - 10 };
    let mut digits = [0; 64];
    for (two, byte) in digits.as_chunks_mut().0.iter_mut().zip(bytes) {
        *two = [digit(byte >> 4), digit(byte & 15)];
    }
    // Digits are text: the conversion cannot fail.
    ArrayString::from_byte_string(&digits).unwrap_or_else(|_| ArrayString::zero_filled())
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_before_a_stop_are_those_that_the_obvious_way_counts(
            bytes in prop_oneof![vec(any::<u8>(), 0..40), "[ab&=%é\u{fc}]{0,40}".prop_map(String::into_bytes)],
            other: u8,
        ) {
            let stops = [b'=', b'&', other];
            let obvious = bytes.iter().take_while(|byte| !stops.contains(byte)).count();
            prop_assert_eq!(before(&bytes, stops), obvious);
        }

        #[test]
        fn hexadecimal_digits_are_those_of_hex(bytes: [u8; 32]) {
            let mut digits = [0; 64];
            hex::encode_to_slice(bytes, &mut digits).unwrap();
            let digits = str::from_utf8(&digits).unwrap();
            let ours = lower_hexadecimal(bytes);
            prop_assert_eq!(ours.as_str(), digits);
        }
    }

    #[test]
    fn every_byte_is_found_in_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = [b'x' ^ u8::from(byte == b'x'); 20];
                bytes[place] = byte;
                assert_eq!(before(&bytes, [byte]), place);
                assert_eq!(before(&bytes, [b'\xFE', byte]), place);
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
