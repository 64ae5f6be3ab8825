//! Text between two separators of a response, and the one scan that every line goes through.

/// Text that can stand between two separators: there is no `|` and no control character in it.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a>(&'a str);

impl<'a> Field<'a> {
    /// The longest field at the beginning of `line`, and what follows it: nothing, a separator, or a
    /// character that no field can have.
    #[inline]
    pub(crate) fn split(line: &'a str) -> (Self, &'a str) {
        let Run { length, ascii } = plain_run(line.as_bytes());
        let (field, rest) = split_at(line, length);
        // Text is ASCII as a rule, and beyond it there are a few control characters more.
        if ascii { (Self(field), rest) } else { Self::split_before_control(line, field) }
    }

    /// The part of `field`, with which `line` begins, that is before any control character.
    #[cold]
    fn split_before_control(line: &'a str, field: &str) -> (Self, &'a str) {
        let (field, rest) = split_at(line, field.find(char::is_control).unwrap_or(field.len()));
        (Self(field), rest)
    }

    /// The text.
    pub(crate) const fn as_str(self) -> &'a str {
        self.0
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
/// The highest bit of every byte.
const HIGHEST: u64 = 0x80 * ONES;

/// Splits where a character begins; anywhere else, and beyond the end, nothing is left.
fn split_at(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// The bytes before the first `|` or ASCII control character.
struct Run {
    length: usize,
    /// Whether they are ASCII; `false` also where only bytes shortly after them are not.
    ascii: bool,
}

/// Eight bytes at a time.
#[inline]
fn plain_run(bytes: &[u8]) -> Run {
    let (words, tail) = bytes.as_chunks();
    let mut seen = 0;
    for (index, &word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(word);
        seen |= word;
        let stops = stops(word);
        if stops != 0 {
            return Run { length: 8 * index + first(stops), ascii: seen & HIGHEST == 0 };
        }
    }
    let word = last_word(bytes, tail.len());
    Run { length: 8 * words.len() + first(stops(word)), ascii: (seen | word) & HIGHEST == 0 }
}

/// The last `length` bytes, fewer than eight of them, and zeros after them: control characters, at
/// which the scan stops.
#[inline]
fn last_word(bytes: &[u8], length: usize) -> u64 {
    match bytes.last_chunk() {
        Some(&last) => u64::from_le_bytes(last).checked_shr(64 - 8 * length as u32).unwrap_or(0),
        None => bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// Marks, by their highest bit, the bytes of a word that end a plain run. What is marked above the
/// lowest mark need not be one: the subtraction borrows from there.
#[inline]
fn stops(word: u64) -> u64 {
    let separator = word ^ (b'|' as u64 * ONES);
    let delete = word ^ (0x7F * ONES);
    let below = |word: u64, bound: u64| word.wrapping_sub(bound * ONES) & !word;
    (below(word, 0x20) | below(separator, 1) | below(delete, 1)) & HIGHEST
}

/// The place of the first marked byte.
#[inline]
const fn first(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The obvious way to say what [`Field::split`] says.
    fn obvious(line: &str) -> (&str, &str) {
        let ends = |character: char| character == '|' || character.is_control();
        line.split_at(line.find(ends).unwrap_or(line.len()))
    }

    proptest! {
        #[test]
        fn the_scan_finds_what_the_obvious_way_finds(
            line in prop_oneof![
                "[ -~]{0,40}",
                "[ -{}~]{0,40}[|\\x00-\\x1f\\x7f-\\xa0é]?[ -~é]{0,20}",
                any::<String>(),
            ],
        ) {
            let (field, rest) = Field::split(&line);
            prop_assert_eq!((field.as_str(), rest), obvious(&line));
        }
    }

    #[test]
    fn every_character_is_found_in_every_place() {
        for character in (0..=0x100).filter_map(char::from_u32) {
            for before in 0..20 {
                for after in 0..10 {
                    let line = "x".repeat(before) + &character.to_string() + &"x".repeat(after);
                    let (field, rest) = Field::split(&line);
                    assert_eq!((field.as_str(), rest), obvious(&line), "{line:?}");
                }
            }
        }
    }
}
