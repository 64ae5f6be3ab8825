//! The fields of a response line, and the one scan that every line goes through.

/// A field of a line: there is no `|` in it.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    line: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Field<'a> {
    #[inline]
    pub(crate) fn as_bytes(self) -> &'a [u8] {
        self.line.as_bytes().get(self.start..self.end).unwrap_or_default()
    }

    /// Slower than [`as_bytes`](Self::as_bytes): whoever cuts text has to look whether a character
    /// is cut.
    #[inline]
    pub(crate) fn as_str(self) -> &'a str {
        self.line.get(self.start..self.end).unwrap_or_default()
    }
}

/// What is left of a line, and where the separators in it are.
#[derive(Clone, Copy)]
pub(crate) struct Rest<'a> {
    line: &'a str,
    /// Where the next field begins: one beyond the end, after the last one.
    start: usize,
    separators: &'a [usize],
}

impl<'a> Rest<'a> {
    /// All of a line.
    #[inline]
    pub(crate) const fn of(line: &'a str, separators: &'a [usize]) -> Self {
        Self { line, start: 0, separators }
    }

    /// The next field, and what is left after it.
    #[inline]
    pub(crate) fn next(self) -> Option<(Field<'a>, Self)> {
        let Self { line, start, separators } = self;
        let (end, separators) = match separators {
            &[end, ref separators @ ..] => (end, separators),
            none => (line.len(), none),
        };
        (start <= end).then_some((Field { line, start, end }, Self { line, start: end + 1, separators }))
    }

    /// The text, with the separator before it.
    #[inline]
    pub(crate) fn as_str(self) -> &'a str {
        self.line.get(self.start.saturating_sub(1)..).unwrap_or_default()
    }
}

/// Room for the places of a response's separators: four, and one before each of three extras.
#[derive(Default)]
pub(crate) struct Separators([usize; Self::MAX]);

impl Separators {
    const MAX: usize = 7;

    /// The places of the separators in a line, unless there are too many.
    #[inline]
    pub(crate) fn find(&mut self, line: &str) -> Option<&[usize]> {
        let mut places = self.0.iter_mut();
        let mut find_in = |word, start| {
            let mut marks = separators(word);
            while marks != 0 {
                *places.next()? = start + marks.trailing_zeros() as usize / 8;
                marks &= marks - 1;
            }
            Some(())
        };
        let (words, tail) = line.as_bytes().as_chunks();
        let mut start = 0;
        for &word in words {
            find_in(u64::from_le_bytes(word), start)?;
            start += 8;
        }
        find_in(last_word(line.as_bytes(), tail.len()), start)?;
        let found = Self::MAX - places.len();
        self.0.get(..found)
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
/// The highest bit of every byte.
const HIGHEST: u64 = 0x80 * ONES;

/// Marks the separators among eight bytes of UTF-8, by their highest bit.
#[inline]
const fn separators(word: u64) -> u64 {
    // Zero where there is a separator, and at most 0x7F, so that no subtraction borrows. Without its
    // highest bit nothing else in UTF-8 is like `|`: there is no 0xFC in it.
    let others = (word ^ (b'|' as u64 * ONES)) & !HIGHEST;
    (HIGHEST - others) & HIGHEST
}

/// The last `length` bytes, fewer than eight of them, and zeros after them.
#[inline]
fn last_word(bytes: &[u8], length: usize) -> u64 {
    match bytes.last_chunk() {
        Some(&last) => u64::from_le_bytes(last).checked_shr(64 - 8 * length as u32).unwrap_or(0),
        None => bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The obvious way to say what [`Separators::find`] says.
    fn obvious(line: &str) -> Option<Vec<usize>> {
        let places: Vec<_> = line.match_indices('|').map(|(place, _)| place).collect();
        (places.len() <= Separators::MAX).then_some(places)
    }

    proptest! {
        #[test]
        fn the_scan_finds_what_the_obvious_way_finds(
            line in prop_oneof!["[ -~|]{0,60}", "[a|{}é\u{7fc}\u{fc}\u{10fffc}]{0,20}", any::<String>()],
        ) {
            prop_assert_eq!(Separators::default().find(&line).map(<[_]>::to_vec), obvious(&line));
        }

        #[test]
        fn fields_are_what_a_split_gives(line in "[^|]{0,9}(\\|[^|]{0,20}){0,7}") {
            let mut separators = Separators::default();
            let mut rest = Rest::of(&line, separators.find(&line).unwrap());
            let mut taken = 0;
            for expected in line.split('|') {
                prop_assert_eq!(rest.as_str(), line.get(usize::saturating_sub(taken, 1)..).unwrap());
                let (field, left) = rest.next().unwrap();
                prop_assert_eq!(field.as_str(), expected);
                prop_assert_eq!(field.as_bytes(), expected.as_bytes());
                taken += expected.len() + 1;
                rest = left;
            }
            prop_assert_eq!(rest.as_str(), "");
            prop_assert!(rest.next().is_none());
        }
    }

    #[test]
    fn a_separator_is_found_in_every_place_beside_every_character() {
        for character in (0..=0x800).filter_map(char::from_u32) {
            for before in 0..18 {
                for after in [0, 5, 9] {
                    let text = format!("{}{character}|{character}{}", "x".repeat(before), "x".repeat(after));
                    let found = Separators::default().find(&text).map(<[_]>::to_vec);
                    assert_eq!(found, obvious(&text), "{text:?}");
                }
            }
        }
    }
}
