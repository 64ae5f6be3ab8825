//! Card numbers in text that should have none.

mod digits;

use core::fmt::{self, Write as _};

use digits::{Places, has_written_number, places};

use super::three_ds::is_uuid;
use crate::secret::Wiped;

/// Any text, fit for a log: a message, a description, what a customer wrote. Card numbers in it are
/// masked, wherever they stand.
///
/// A card number is 12 to 19 digits that pass the Luhn check, the first of them not 0. Anything but
/// letters may stand between its digits: spaces of every kind, hyphens, dots, slashes, line ends. Where
/// more digits stand right before or after it, it is found if it begins as payment cards do, with 3 to
/// 6 or 22 to 27 (ISO/IEC 7812), or as the acquirer's test cards do, with 84 or 85.
///
/// The first six and the last four digits of a card number are shown. Every other digit up to the next
/// letter on either side is a star, because it can belong to an expiry date or a security code. So are
/// the digits that begin within 32 characters after it, with letters between (`exp 11/30 cvv 739`).
/// Where digits can be read as more than one card number, a digit is shown only if each reading shows
/// it. Digits without a break that begin as those of a brand and are as many, such as 16 that begin with
/// 4, are not taken for a shorter number with something behind it.
///
/// A UUID (8, 4, 4, 4 and 12 hexadecimal digits with hyphens between) is no card number and is shown
/// whole. Digits that are not ASCII (full-width, Arabic-Indic, superscript …) are stars wherever twelve
/// digits stand together, whatever the check says.
///
/// ```
/// use cashflows_codec::value::MaskedText;
///
/// for (text, shown) in [
///     ("paid with 4000 0000 0000 0002", "paid with 4000 00** **** 0002"),
///     ("4000.0000.0000.0002, 11/30", "4000.00**.****.0002, **/**"),
///     ("40000000000000021130739", "400000******0002*******"),
///     ("order 2026-11-26/17", "order 2026-11-26/17"),
///     ("01a22e0d-1328-7029-8123-45876b723d67", "01a22e0d-1328-7029-8123-45876b723d67"),
/// ] {
///     assert_eq!(MaskedText::new(text).to_string(), shown);
/// }
/// ```
#[derive(Clone, Copy)]
pub struct MaskedText<'a> {
    text: &'a str,
    is_reference: bool,
}

impl<'a> MaskedText<'a> {
    /// Shows free text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text, is_reference: false }
    }

    /// Shows a reference, an order number or another id.
    ///
    /// By chance one in ten of long numbers passes the Luhn check, so only a card number as people write
    /// it counts here: digits that begin and are as many as one of the big brands has it (16 that begin
    /// with 4, 51 to 55, 2221 to 2720, 3528 to 3589, 6011, 644 to 649, 65 or
    /// 62, or 84 or 85 as the acquirer's test cards; 15 that begin with 34 or
    /// 37; 14 that begin with 300 to 305, 36, 38 or 39; 19 that begin with 4 or 62), without a break or in
    /// the groups that are printed on a card (`4000 0000 0000 0002`). An expiry date and a security code may
    /// follow it, without a break too. Around one that is found, all is masked as in free text.
    ///
    /// ```
    /// use cashflows_codec::value::MaskedText;
    ///
    /// for (reference, shown) in [
    ///     ("190924100045236672", "190924100045236672"),
    ///     ("INV-2026-11-30/000123", "INV-2026-11-30/000123"),
    ///     ("4000000000000002", "400000******0002"),
    ///     ("4000-0000-0000-0002/1130", "4000-00**-****-0002/****"),
    /// ] {
    ///     assert_eq!(MaskedText::reference(reference).to_string(), shown);
    /// }
    /// ```
    #[must_use]
    pub const fn reference(text: &'a str) -> Self {
        Self { text, is_reference: true }
    }
}

impl fmt::Display for MaskedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut writer = Writer { f, is_reference: self.is_reference, nearby: 0 };
        let mut rest = self.text;
        while let Some((before, uuid, after)) = split_at_uuid(rest) {
            writer.write(before)?;
            writer.f.write_str(uuid)?;
            rest = after;
        }
        writer.write(rest)
    }
}

impl fmt::Debug for MaskedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaskedText({self})")
    }
}

/// How many characters has a UUID, and how many of them are before its first hyphen.
const UUID: usize = 36;
const BEFORE_HYPHEN: usize = 8;

/// The text before the first UUID, the UUID, and the text after it.
fn split_at_uuid(text: &str) -> Option<(&str, &str, &str)> {
    let alone = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    text.match_indices('-').find_map(|(hyphen, _)| {
        let start = hyphen.checked_sub(BEFORE_HYPHEN)?;
        let end = start + UUID;
        let (before, uuid, after) = (text.get(..start)?, text.get(start..end)?, text.get(end..)?);
        let is_alone = alone(before.as_bytes().last()) && alone(after.as_bytes().first());
        (is_alone && is_uuid(uuid)).then_some((before, uuid, after))
    })
}

/// How near after a card number digits can be its expiry date or security code, in characters.
const NEARBY: usize = 32;

/// Writes text row by row: a row has no letter, but for its last character.
struct Writer<'w, 'f> {
    f: &'w mut fmt::Formatter<'f>,
    is_reference: bool,
    /// How many of the characters that come next are near a card number.
    nearby: usize,
}

impl Writer<'_, '_> {
    fn write(&mut self, text: &str) -> fmt::Result {
        text.split_inclusive(char::is_alphabetic).try_for_each(|row| self.write_row(row))
    }

    fn write_row(&mut self, row: &str) -> fmt::Result {
        // Digits are at least a byte each, so that most rows need not be looked at.
        let long = row.len() >= digits::MIN;
        let is_searched = long && (!self.is_reference || has_written_number(row));
        match if is_searched { places(row, self.nearby > 0) } else { Places::NoNumber } {
            Places::Shown(mut shown) => {
                self.nearby = NEARBY;
                let mut shown = shown.drain(..);
                self.write_digits(row, || shown.next().unwrap_or(false))
            }
            Places::NoNumber if self.nearby > 0 => {
                self.nearby = self.nearby.saturating_sub(row.chars().count());
                self.write_digits(row, || false)
            }
            Places::NoNumber => self.f.write_str(row),
        }
    }

    /// Writes a row, with a star for each digit that is not to be shown.
    fn write_digits(&mut self, row: &str, mut is_shown: impl FnMut() -> bool) -> fmt::Result {
        row.chars().try_for_each(|character| match character {
            digit if digit.is_numeric() && !is_shown() => self.f.write_char('*'),
            other => self.f.write_char(other),
        })
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::digits::{FIRST, LAST};
    use super::*;
    use crate::value::rules;

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
            ("123 4000000000000002", "*** 40000*******0002"),
            ("4000 0000 0000 00021130", "4000 00** **** 0002****"),
            ("40000000000000021130123", "400000******0002*******"),
            // Other numbers end within it by chance.
            ("45104004000990051130739", "451040******9**********"),
            ("4510400400099005 11/30 739", "451040******9*** **/** ***"),
            ("4510400400099005|1130|739", "451040******9***|****|***"),
            ("4510400400099005;1130;739", "451040******9***;****;***"),
            ("4510400400099005=30112010000007390000", "451040**********=********************"),
            (
                "%B4510400400099005^SKYWALKER/LUKE^3011201739?",
                "%B451040******9005^SKYWALKER/LUKE^**********?",
            ),
            ("4510400400099005 exp 11/30 cvv 739", "451040******9005 exp **/** cvv ***"),
            (
                "4000000000000002, which is the card that paid for the order 17",
                "400000******0002, which is the card that paid for the order 17",
            ),
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
            number in number("([3-6][0-9]|2[2-7]|8[45])[0-9]{9,16}").prop_flat_map(spaced),
            after in "[0-9/ ]{0,30}[a-z]?",
        ) {
            let shown: Vec<char> = masked(&format!("{before}{number}{after}")).chars().collect();
            let number: Vec<(usize, char)> = number.chars().enumerate().filter(|(_, c)| c.is_ascii_digit()).collect();
            for (place, _) in &number[FIRST..number.len() - LAST] {
                prop_assert_eq!(shown[before.chars().count() + place], '*');
            }
        }

        /// One that stands alone may begin with any digit but 0. If it is long, it can be a shorter number
        /// with a security code as well, and less of it is shown.
        #[test]
        fn a_number_that_stands_alone_is_shown_as_cards_are(
            before in "[a-z ]{0,9}",
            number in number("[1-9][0-9]{10,17}"),
            after in "[a-z ]{0,9}",
        ) {
            let middle = "*".repeat(number.len() - FIRST - LAST);
            let shown = format!("{before}{}{middle}{}{after}", &number[..FIRST], &number[number.len() - LAST..]);
            let masked = masked(&format!("{before}{number}{after}"));
            if number.len() < 15 {
                prop_assert_eq!(masked, shown);
            } else {
                let is_less = |(masked, shown)| masked == shown || masked == '*';
                prop_assert!(masked.chars().zip(shown.chars()).all(is_less), "{}", masked);
            }
        }

        /// The numbers of the big brands show their ends, whatever else they can be read as.
        #[test]
        fn a_number_of_a_brand_that_stands_alone_shows_its_ends(
            number in number("((4[0-9]|5[1-5]|62|65|8[45])[0-9]{13}|3[47][0-9]{12}|3[68][0-9]{11})"),
        ) {
            let ends = format!(
                "{}{}{}", &number[..FIRST], "*".repeat(number.len() - FIRST - LAST), &number[number.len() - LAST..],
            );
            for text in [number.clone(), format!("card {number}"), format!("{number}, please")] {
                prop_assert_eq!(masked(&text), text.replace(&number, &ends));
            }
        }

        /// However a number, its expiry date and its security code are written, no digit of the code is
        /// shown, in free text or in a reference.
        #[test]
        fn no_digit_of_a_security_code_is_shown(
            number in number("(4[0-9]{14}|5[1-5][0-9]{13}|222[1-9][0-9]{11}|6011[0-9]{11}|8[45][0-9]{13}|3[47][0-9]{12}|3[68][0-9]{11})"),
            grouped in any::<bool>(),
            month in 1..=12_u8,
            year in 20..=39_u8,
            date_form in 0..5,
            between in prop::array::uniform2("(|[ |;,/:=.\t\n-]{1,2}| exp | cvv:)"),
            code in "[0-9]{3,4}",
            before in "(|order [0-9]{1,3} |[|;=/])",
            after in "(|[|;=/ ][0-9]{0,9}| Luke)",
        ) {
            let expiry = match date_form {
                0 => format!("{month:02}{year}"),
                1 => format!("{month:02}/{year}"),
                2 => format!("{month:02}/20{year}"),
                3 => format!("{year}{month:02}"),
                _ => format!("{month:02}{}20{year}", between[0]),
            };
            let number = if grouped {
                number.as_bytes().chunks(4).map(|four| core::str::from_utf8(four).unwrap()).collect::<Vec<_>>().join(" ")
            } else {
                number
            };
            let start = format!("{before}{number}{}{expiry}{}", between[0], between[1]);
            for masked in [
                masked(&format!("{start}{code}{after}")),
                MaskedText::reference(&format!("{start}{code}{after}")).to_string(),
            ] {
                let shown: String = masked.chars().skip(start.chars().count()).take(code.len()).collect();
                prop_assert_eq!(shown, "*".repeat(code.len()), "{}{}{}", start, code, after);
            }
        }

        /// A UUID is shown, and all that stands around it is masked as before.
        #[test]
        fn uuids_are_shown(uuid in "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", around in "(|[ /:.,-])") {
            for uuid in [uuid.clone(), uuid.to_uppercase()] {
                let text = format!("{around}{uuid}{around}");
                prop_assert_eq!(masked(&text), text.as_str());
                prop_assert_eq!(MaskedText::reference(&text).to_string(), text.as_str());
                let text = format!("order {uuid}, 4000000000000002");
                prop_assert_eq!(masked(&text), format!("order {uuid}, 400000******0002"));
            }
        }

        /// The gateway's ids begin with the year and have 18 digits; others have a counter behind a date.
        #[test]
        fn references_are_shown(
            job in "(1[89]|2[0-9])(0[1-9]|1[0-2])[0-9]{14}",
            order in "(INV|order |)20(2[0-9]|3[0-9])-?(0[1-9]|1[0-2])-?[0-3][0-9][/ -][0-9]{1,8}",
        ) {
            for reference in [job, order] {
                prop_assert_eq!(MaskedText::reference(&reference).to_string(), reference);
            }
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
