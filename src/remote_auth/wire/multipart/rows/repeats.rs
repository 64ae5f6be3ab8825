//! Rows of one transaction.

use memchr::memchr_iter;

use super::line::{Line, Lines, USUAL};
use crate::remote_auth::batch::{Row, RowError, RowErrorKind, RowResult};
use crate::value::TransactionId;

/// The rows of transactions that a report names more than once.
#[derive(Clone, Default)]
pub(super) struct Repeats {
    /// The lines of readable rows of which another one has another result, by their numbers, which ascend.
    contradicted: Vec<usize>,
    /// The lines that repeat an earlier one, by their numbers, which ascend.
    pub(super) repeated: Vec<usize>,
}

impl Repeats {
    /// Finds them.
    pub(super) fn of(file: &[u8]) -> Self {
        if are_all_different(file) {
            Self::default()
        } else {
            Self::of_unsorted(Lines::rows_of(file).filter_map(Line::named))
        }
    }

    #[cold]
    fn of_unsorted(named: impl Iterator<Item = (TransactionId, usize, Option<RowResult>)>) -> Self {
        let mut repeats = Self::default();
        let mut named: Vec<_> = named.collect();
        named.sort_unstable_by_key(|&(reference, line, _)| (reference, line));
        for rows in named.chunk_by(|(one, ..), (other, ..)| one == other) {
            let Some(((_, _, first), others)) = rows.split_first() else { continue };
            if others.iter().any(|(_, _, other)| other != first) {
                let readable = rows.iter().filter(|(_, _, result)| result.is_some());
                repeats.contradicted.extend(readable.map(|(_, line, _)| line));
            } else if first.is_some() {
                repeats.repeated.extend(others.iter().map(|(_, line, _)| line));
            }
        }
        repeats.contradicted.sort_unstable();
        repeats.repeated.sort_unstable();
        repeats
    }

    /// Reads the rows of the report that they were found in.
    #[inline]
    pub(super) fn rows(self, file: &[u8]) -> impl Iterator<Item = Result<Row, RowError>> + Clone + use<'_> {
        let Self { contradicted, repeated } = self;
        let lines = Lines::rows_of(file).filter(move |line| repeated.binary_search(&line.number).is_err());
        lines.map(move |line| match contradicted.binary_search(&line.number) {
            Ok(_) => Err(line.error(RowErrorKind::Contradicted)),
            Err(_) => line.row(),
        })
    }
}

/// Returns true if no two rows of a report can name the same transaction: a quick look, which may be wrong in saying
/// no. References of the usual length that ascend do not repeat. Others are told apart by their [`Marks`].
fn are_all_different(file: &[u8]) -> bool {
    let references = || Lines::of(file).map(Line::usual_reference);
    if references().is_sorted_by(|one, next| one.is_some() && one < next) {
        return true;
    }
    let mut marks = Marks::of(memchr_iter(b'\n', file).count() + 1);
    references().all(|reference| reference.is_some_and(|reference| marks.is_new(reference)))
}

/// A table with 31 bits of each reference that was seen, in open addressing.
struct Marks {
    /// A power of two of places, of which at most two in three are taken. An empty one is 0.
    places: Vec<u32>,
}

impl Marks {
    /// The places that are looked at for one reference. More are needed only where references were chosen for that.
    const MOST_PLACES: usize = 64;

    /// A table for at most so many references.
    fn of(count: usize) -> Self {
        Self { places: vec![0; (count + count / 2).next_power_of_two()] }
    }

    /// Takes a reference. False if it may have been taken before.
    fn is_new(&mut self, reference: &[u8; USUAL]) -> bool {
        let (Some(first), Some(last)) = (reference.first_chunk(), reference.last_chunk()) else {
            return false;
        };
        let mixed = u64::from_le_bytes(*first).rotate_left(23) ^ u64::from_le_bytes(*last);
        let mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (mark, mask) = ((mixed >> 32) as u32 | 1, self.places.len() - 1);
        let start = (mixed >> 20) as usize & mask;
        for place in start..start + Self::MOST_PLACES {
            match self.places.get_mut(place & mask) {
                Some(empty @ 0) => {
                    *empty = mark;
                    return true;
                }
                Some(found) if *found != mark => {}
                _ => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_all_different_knows_usual_references_in_any_order() {
        for (file, different) in [
            ("", true),
            ("01S00000001,ok\n01S00000002,ok", true),
            ("01S00000002,ok\r\n01S00000001,ok\r\n", true),
            ("01S00000002,ok\n01S00000001,ok\n01S00000002,ok", false),
            ("01S00000001,ok\n01S00000001,ok", false),
            // Others are compared in full.
            ("A2,ok\nA1,ok", false),
            ("01S00000002,ok\n\"01S00000001\",ok", false),
        ] {
            assert_eq!(are_all_different(file.as_bytes()), different, "{file}");
        }
        let many: String =
            (0..5_000_u32).map(|n| format!("01S{:08X},ok\n", n.wrapping_mul(0x9e37_79b1))).collect();
        assert!(are_all_different(many.as_bytes()));
        let repeated = format!("{many}{}", many.split_at(15).0);
        assert!(!are_all_different(repeated.as_bytes()));
    }
}
