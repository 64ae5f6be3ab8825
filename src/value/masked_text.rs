//! Card numbers in text that should have none.

use core::fmt::{self, Write as _};

use super::rules;
use crate::secret::Wiped;

/// Any text, fit for a log: a reference, a message, what a customer wrote. Card numbers in it are
/// masked, wherever they stand.
///
/// A card number is 12 to 19 digits that pass the Luhn check, the first of them not 0. Anything but
/// letters may stand between its digits: spaces of every kind, hyphens, dots, slashes, line ends. Where
/// more digits stand right before or after it, it is found if it begins as payment cards do: with 3 to
/// 6, or 22 to 27 (ISO/IEC 7812). Its first six and last four digits are shown, and a star for each
/// other digit up to the next letter on either side, since an expiry date or a security code may stand
/// beside it. Where digits can be read as several numbers, the longest counts, and what is in the middle
/// of any is a star.
///
/// Digits that are not ASCII (full-width, Arabic-Indic, superscript …) are stars wherever twelve digits
/// stand together, whatever the check says.
///
/// ```
/// use cashflows_codec::value::MaskedText;
///
/// for (text, shown) in [
///     ("paid with 4000 0000 0000 0002", "paid with 4000 00** **** 0002"),
///     ("4000.0000.0000.0002, 11/30", "4000.00**.****.0002, **/**"),
///     ("40000000000000021130", "400000******0002****"),
///     ("order 2026-11-26/17", "order 2026-11-26/17"),
/// ] {
///     assert_eq!(MaskedText::new(text).to_string(), shown);
/// }
/// ```
#[derive(Clone, Copy)]
pub struct MaskedText<'a>(&'a str);

impl<'a> MaskedText<'a> {
    /// Shows `text`.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }
}

impl fmt::Display for MaskedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.split_inclusive(char::is_alphabetic).try_for_each(|row| write_row(row, f))
    }
}

impl fmt::Debug for MaskedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaskedText({self})")
    }
}

/// A name or word that nobody listed, fit to be printed. In a broken body anything can stand in its place, so it
/// is shown up to the first character that is not `allowed`, and no further than `max` characters, with `…` for
/// what is left out; eight or more digits in a row become one `*`, and card numbers in groups are masked as
/// [`MaskedText`] does it.
pub(crate) fn printable(
    characters: impl Iterator<Item = char>,
    max: usize,
    allowed: impl Fn(char) -> bool,
) -> String {
    const DIGITS: usize = 7;
    let longest = char::MAX.len_utf8() * max + '…'.len_utf8();
    let mut shown = Wiped::new(String::with_capacity(longest));
    let mut digits = 0;
    for (count, character) in characters.enumerate() {
        if count == max || !allowed(character) {
            shown.push('…');
            break;
        }
        digits = if character.is_numeric() { digits + 1 } else { 0 };
        if digits <= DIGITS {
            shown.push(character);
        } else if digits == DIGITS + 1 {
            for _ in 0..DIGITS {
                shown.pop();
            }
            shown.push('*');
        }
    }
    MaskedText::new(&shown).to_string()
}

/// How few and how many digits a card number has (ISO/IEC 7812).
const MIN: usize = 12;
const MAX: usize = super::CardNumber::MAX_DIGITS;
/// How many of them are shown.
const FIRST: usize = 6;
const LAST: usize = 4;

/// Writes text without a letter, but for its last character.
fn write_row(row: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // Digits are at least a byte each, so that most rows need not be looked at.
    if row.len() < MIN || row.chars().filter(|character| character.is_numeric()).count() < MIN {
        return f.write_str(row);
    }
    let mut places = places(row).into_iter();
    row.chars().try_for_each(|character| match character {
        digit if digit.is_numeric() && places.next() != Some(Place::Shown) => f.write_char('*'),
        other => f.write_char(other),
    })
}

/// Where a digit stands. Of two places that it has, the greater one counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Outside of every card number.
    Beside,
    /// Among the digits that may be shown.
    Shown,
    /// In the middle of a card number.
    Middle,
}

/// The place of each digit of a row.
fn places(row: &str) -> Vec<Place> {
    let numerics = row.chars().filter(|character| character.is_numeric()).count();
    let Some(digits) = Digits::of(row, numerics) else {
        return vec![Place::Middle; numerics];
    };
    let mut places = vec![Place::Beside; numerics];
    let mut found_up_to = 0;
    for start in 0..numerics {
        // What lies within a longer number hides nothing that this one does not hide.
        let Some(end) = digits.longest_card_number(start).filter(|&end| end > found_up_to) else {
            continue;
        };
        found_up_to = end;
        for (index, place) in (start..end).zip(places.iter_mut().skip(start)) {
            let shown = index < start + FIRST || index >= end - LAST;
            *place = (*place).max(if shown { Place::Shown } else { Place::Middle });
        }
    }
    if found_up_to == 0 { vec![Place::Shown; numerics] } else { places }
}

/// The digits of a row.
struct Digits {
    digits: Wiped<Vec<u8>>,
    /// Whether something that is no digit stands before each of them.
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

    /// Where the longest card number that begins at a digit ends.
    fn longest_card_number(&self, start: usize) -> Option<usize> {
        (start + MIN..=start + MAX).rev().find(|&end| self.is_card_number(start, end))
    }

    fn is_card_number(&self, start: usize, end: usize) -> bool {
        let Some(digits) = self.digits.get(start..end) else { return false };
        let alone = |place| self.begins_group.get(place).is_none_or(|&begins| begins);
        let is_alone = alone(start) && alone(end);
        let begins_right = match digits {
            [b'3'..=b'6', ..] | [b'2', b'2'..=b'7', ..] => true,
            [b'0', ..] => false,
            _ => is_alone,
        };
        begins_right && rules::luhn(digits.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn masked(text: &str) -> String {
        MaskedText::new(text).to_string()
    }

    #[test]
    fn card_numbers_are_masked_wherever_they_stand() {
        for (text, shown) in [
            ("", ""),
            ("no number", "no number"),
            // Alone, in groups, within a sentence.
            ("4000000000000002", "400000******0002"),
            ("my 4000000000000002!", "my 400000******0002!"),
            ("x4000000000000002x", "x400000******0002x"),
            ("4000 0000 0000 0002", "4000 00** **** 0002"),
            ("4000-0000-0000-0002", "4000-00**-****-0002"),
            ("4000.0000.0000.0002", "4000.00**.****.0002"),
            ("4000/0000/0000/0002", "4000/00**/****/0002"),
            ("4000 - 0000 -- 0000_0002", "4000 - 00** -- ****_0002"),
            ("4 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2", "4 0 0 0 0 0 * * * * * * 0 0 0 2"),
            ("4000\n0000\r\n0000\t0002", "4000\n00**\r\n****\t0002"),
            ("4000\u{a0}0000\u{202f}0000\u{2007}0002", "4000\u{a0}00**\u{202f}****\u{2007}0002"),
            ("4000\u{200b}0000\u{ad}0000\u{2011}0002", "4000\u{200b}00**\u{ad}****\u{2011}0002"),
            // Of every length that a card number has.
            ("400000000002", "400000**0002"),
            ("340000000000009", "340000*****0009"),
            ("6304000000000000018", "630400*********0018"),
            // With an expiry date and a security code.
            ("40000000000000021130", "400000******0002****"),
            ("4000000000000002 1130 123", "400000******0002 **** ***"),
            ("4000 0000 0000 0002 11/30", "4000 00** **** 0002 **/**"),
            ("11304000000000000002", "****400000******0002"),
            ("129 4000000000000002", "*** 400000******0002"),
            // As well a number that begins with the 3.
            ("123 4000000000000002", "**3 40000*******0002"),
            ("4000 0000 0000 00021130", "4000 00** **** 0002****"),
            ("40000000000000021130123", "400000******0002*******"),
            // Twice.
            ("4000000000000002 and 5555555555554444", "400000******0002 and 555555******4444"),
            // The end of the first and the beginning of the second are a number too.
            ("4000000000000002, 5555555555554444", "400000******0002, 55555*******4444"),
            // As nobody writes other numbers.
            ("４０００００００００００００００２", "*****************"),
            ("４000000000000003", "****************"),
            ("٤٠٠٠ ٠٠٠٠ ٠٠٠٠ ٠٠٠٢", "**** **** **** ****"),
            ("12 m²", "12 m²"),
            // Too short, too long, or no card number.
            ("40000000006", "40000000006"),
            ("4000000000000003", "4000000000000003"),
            ("12345678901234", "12345678901234"),
            ("00000000-0000-0000a", "00000000-0000-0000a"),
            ("4000 0000 x 0000 0002", "4000 0000 x 0000 0002"),
            ("+44 20 7946 0958 -", "+44 20 7946 0958 -"),
        ] {
            assert_eq!(masked(text), shown, "{text}");
        }
        assert_eq!(format!("{:?}", MaskedText::new("4000000000000002")), "MaskedText(400000******0002)");
    }

    /// Twelve to nineteen digits that pass the Luhn check.
    fn number(first: &'static str) -> impl Strategy<Value = String> {
        proptest::string::string_regex(first).unwrap().prop_map(|digits| {
            let passes = |digit: &char| rules::luhn(format!("{digits}{digit}").bytes());
            let last = ('0'..='9').find(passes).unwrap();
            format!("{digits}{last}")
        })
    }

    /// Each digit of a number, with something after it that is no letter.
    fn spaced(number: String) -> impl Strategy<Value = String> {
        prop::collection::vec("[ ./\u{a0}\u{2007}\u{202f}\u{2060}-]{0,2}", number.len()).prop_map(
            move |between| {
                number.chars().zip(between).map(|(digit, more)| format!("{digit}{more}")).collect()
            },
        )
    }

    proptest! {
        /// Whatever stands around a card number, its first six and last four digits are the most that
        /// is shown of it.
        #[test]
        fn no_middle_of_a_card_number_is_shown(
            before in "[a-z]?[0-9 ]{0,30}",
            number in number("([3-6][0-9]|2[2-7])[0-9]{9,16}").prop_flat_map(spaced),
            after in "[0-9/ ]{0,30}[a-z]?",
        ) {
            let shown: Vec<char> = masked(&format!("{before}{number}{after}")).chars().collect();
            let number: Vec<(usize, char)> = number.chars().enumerate().filter(|(_, c)| c.is_ascii_digit()).collect();
            for (place, _) in &number[FIRST..number.len() - LAST] {
                prop_assert_eq!(shown[before.chars().count() + place], '*');
            }
        }

        /// One that stands alone may begin with any digit but 0.
        #[test]
        fn a_number_that_stands_alone_is_shown_as_cards_are(
            before in "[a-z ]{0,9}",
            number in number("[1-9][0-9]{10,17}"),
            after in "[a-z ]{0,9}",
        ) {
            let middle = "*".repeat(number.len() - FIRST - LAST);
            let shown = format!("{before}{}{middle}{}{after}", &number[..FIRST], &number[number.len() - LAST..]);
            prop_assert_eq!(masked(&format!("{before}{number}{after}")), shown);
        }

        /// Nothing but digits is changed, and each becomes itself or a star.
        #[test]
        fn only_digits_become_stars(text in prop_oneof!["[0-9 a]{0,60}", "[0-9٣４]{0,30}", any::<String>()]) {
            let shown = masked(&text);
            prop_assert_eq!(shown.chars().count(), text.chars().count());
            for (shown, character) in shown.chars().zip(text.chars()) {
                prop_assert!(shown == character || (shown == '*' && character.is_numeric()));
            }
        }
    }
}
