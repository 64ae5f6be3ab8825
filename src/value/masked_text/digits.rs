//! Finds the digits of a text that can be a card number, and those of them that may be shown.

use crate::secret::Wiped;
use crate::value::{CardNumber, rules};

/// How few and how many digits a card number has (ISO/IEC 7812).
pub(super) const MIN: usize = 12;
const MAX: usize = CardNumber::MAX_DIGITS;
/// How many of them are shown.
pub(super) const FIRST: usize = 6;
pub(super) const LAST: usize = 4;
/// How few digits an expiry date and a security code have together.
const EXPIRY_AND_CODE: usize = 7;
/// How few digits a security code has.
const CODE: usize = 3;

/// The digits of a row.
pub(super) enum Places {
    /// None of them can be of a card number.
    NoNumber,
    /// True for each of them that may be shown.
    Shown(Vec<bool>),
}

/// Finds the digits of a row, which is text without letters, that may be shown. Near a number that was found
/// before, only what is sure to be another number is.
pub(super) fn places(row: &str, is_near_number: bool) -> Places {
    let numerics = row.chars().filter(|character| character.is_numeric()).count();
    if numerics < MIN {
        return Places::NoNumber;
    }
    match Digits::of(row, numerics) {
        Some(digits) => digits.places(is_near_number),
        None => Places::Shown(vec![false; numerics]),
    }
}

/// Returns true if a row has a card number as people write it: whole groups of digits, or one with more digits
/// behind it, of the form of a brand.
pub(super) fn has_written_number(row: &str) -> bool {
    let numerics = row.chars().filter(|character| character.is_numeric()).count();
    if numerics < MIN {
        return false;
    }
    let Some(digits) = Digits::of(row, numerics) else { return true };
    let begins = (0..numerics).filter(|&place| digits.begins_group(place));
    begins.flat_map(|start| (start + MIN..=start + MAX).map(move |end| (start, end))).any(|(start, end)| {
        digits.is_of_brand(start, end) && digits.is_written(start, end) && digits.passes(start, end)
    })
}

/// The digits of a row.
struct Digits {
    digits: Wiped<Vec<u8>>,
    /// True if something that is no digit stands before each of them.
    begins_group: Vec<bool>,
}

impl Digits {
    /// `None` if there are others than those of ASCII.
    fn of(row: &str, count: usize) -> Option<Self> {
        let mut digits = Wiped::new(Vec::with_capacity(count));
        let mut begins_group = Vec::with_capacity(count);
        let mut begins = true;
        for character in row.chars() {
            if character.is_ascii_digit() {
                digits.push(character as u8);
                begins_group.push(begins);
            } else if character.is_numeric() {
                return None;
            }
            begins = !character.is_ascii_digit();
        }
        Some(Self { digits, begins_group })
    }

    fn places(&self, is_near_number: bool) -> Places {
        let count = self.digits.len();
        let mut middle = vec![false; count];
        let mut settled = vec![false; count];
        // What every reading shows some of: the digits between the two.
        let (mut from, mut to) = (0, if is_near_number { 0 } else { count });
        for (start, end) in self.settled() {
            settled.iter_mut().take(end).skip(start).for_each(|place| *place = true);
            from = from.max(start);
            to = to.min(end);
        }
        let mut whole_up_to = 0;
        let mut found = false;
        for start in 0..count {
            // The longest first, so that what lies within another one comes after it.
            for end in (start + MIN..=start + MAX).rev().filter(|&end| self.is_card_number(start, end)) {
                found = true;
                for place in middle.iter_mut().take(end - LAST).skip(start + FIRST) {
                    *place = true;
                }
                let is_whole = self.is_whole(start, end);
                if is_whole {
                    whole_up_to = whole_up_to.max(end);
                }
                let counts = || {
                    let overlaps = settled.iter().take(end).skip(start).any(|&settled| settled);
                    !overlaps && (end > whole_up_to || self.splits_well(start, end))
                };
                if is_whole || counts() {
                    from = from.max(start);
                    to = to.min(end);
                }
            }
        }
        if !found {
            return Places::NoNumber;
        }
        let of_all = (0..count).map(|place| (from..to).contains(&place));
        let shown = middle.iter().zip(settled).zip(of_all);
        Places::Shown(shown.map(|((middle, settled), of_all)| !middle && (settled || of_all)).collect())
    }

    /// The card numbers of a brand that are a group, or are one with an expiry date behind, or with that
    /// and a security code.
    fn settled(&self) -> Vec<(usize, usize)> {
        let mut settled = Vec::new();
        let mut start = 0;
        while start < self.digits.len() {
            let next = self.end_of_group(start);
            // Numbers of 19 digits are as well a shorter one and a security code.
            let ends = (start + MIN..=next.min(start + 16)).filter(|&end| match next - end {
                0 => true,
                4 | 7 | 8 => self.is_expiry(end),
                _ => false,
            });
            let found = ends.filter(|&end| self.is_of_brand(start, end) && self.passes(start, end));
            settled.extend(found.map(|end| (start, end)));
            start = next;
        }
        settled
    }

    /// Returns true if digits within a longer number can be the number as well, and the others an expiry date and a
    /// security code.
    fn splits_well(&self, start: usize, end: usize) -> bool {
        let at_an_end = self.begins_group(start) || self.begins_group(end);
        let before_both = || {
            let is_long = self.end_of_group(end) - end >= EXPIRY_AND_CODE;
            self.begins_group(start) && is_long && self.is_expiry(end)
        };
        at_an_end && self.is_of_brand(start, end) || before_both()
    }

    /// Returns true if four digits can be an expiry date, the month first or last.
    fn is_expiry(&self, start: usize) -> bool {
        let is_month = |month: [u8; 2]| matches!(month, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
        let date = self.digits.get(start..).and_then(|rest| rest.first_chunk());
        date.is_some_and(|&[a, b, c, d]| is_month([a, b]) || is_month([c, d]))
    }

    fn begins_group(&self, place: usize) -> bool {
        self.begins_group.get(place).is_none_or(|&begins| begins)
    }

    /// The end of the group that a digit is in, but for the groups before it.
    fn end_of_group(&self, place: usize) -> usize {
        let after = self.begins_group.iter().skip(place + 1).take_while(|&&begins| !begins).count();
        (place + 1 + after).min(self.digits.len())
    }

    fn is_whole(&self, start: usize, end: usize) -> bool {
        self.begins_group(start) && self.begins_group(end)
    }

    fn is_card_number(&self, start: usize, end: usize) -> bool {
        let begins_right = match self.digits.get(start..end) {
            None | Some([b'0', ..]) => false,
            Some([b'3'..=b'6', ..] | [b'2', b'2'..=b'7', ..] | [b'8', b'4' | b'5', ..]) => true,
            Some(_) => self.is_whole(start, end),
        };
        begins_right && self.passes(start, end)
    }

    fn passes(&self, start: usize, end: usize) -> bool {
        self.digits.get(start..end).is_some_and(|digits| rules::luhn(digits.iter().copied()))
    }

    /// Returns true if digits begin as those of a brand do, and are as many.
    fn is_of_brand(&self, start: usize, end: usize) -> bool {
        let Some(digits) = self.digits.get(start..end) else { return false };
        let Some(first) = digits.first_chunk::<4>() else { return false };
        let first = first.iter().fold(0, |number, digit| 10 * number + u16::from(digit - b'0'));
        match first {
            3400..=3499 | 3700..=3799 => digits.len() == 15,
            3000..=3059 | 3600..=3699 | 3800..=3999 => digits.len() == 14,
            4000..=4999 | 6200..=6299 => matches!(digits.len(), 16 | 19),
            2221..=2720 | 3528..=3589 | 5100..=5599 | 6011 | 6440..=6599 | 8400..=8599 => digits.len() == 16,
            _ => false,
        }
    }

    /// Returns true if digits stand as those of a card number are written: in one group, of which three or more may
    /// be left, or in the groups that are printed on cards.
    fn is_written(&self, start: usize, end: usize) -> bool {
        let in_group = self.end_of_group(start) - start;
        let count = end - start;
        if in_group >= count {
            return self.stands_in(start, &[count]);
        }
        let printed: &[&[usize]] = match count {
            14 => &[&[4, 6, 4], &[4, 4, 4, 2]],
            15 => &[&[4, 6, 5], &[4, 4, 4, 3]],
            16 => &[&[4, 4, 4, 4]],
            19 => &[&[4, 4, 4, 4, 3], &[6, 13]],
            _ => &[],
        };
        printed.iter().any(|groups| self.stands_in(start, groups))
    }

    /// Returns true if digits stand in groups of these lengths; more can follow the last one without a break.
    fn stands_in(&self, start: usize, groups: &[usize]) -> bool {
        let mut place = start;
        groups.iter().enumerate().all(|(index, &group)| {
            let length = self.end_of_group(place) - place;
            place += group;
            let is_last = index + 1 == groups.len();
            length == group || is_last && length > group && self.is_followed(place, length - group)
        })
    }

    /// Returns true if what stands behind a number can be an expiry date or a security code, of which `count`
    /// digits are of the number's group: of the gateway's ids, which have 18, two are not enough.
    fn is_followed(&self, start: usize, count: usize) -> bool {
        let next = start + count;
        count >= CODE || next < self.digits.len() && self.end_of_group(next) - next <= 8
    }
}
