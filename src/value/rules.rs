//! The rules that several values share. Each takes the text and says which rule it breaks.

use arrayvec::ArrayString;

use crate::error::Rule;
use crate::scan::all_bytes;

/// Passes where `holds`, else names the rule.
pub(crate) const fn require(holds: bool, rule: Rule) -> Result<(), Rule> {
    if holds { Ok(()) } else { Err(rule) }
}

/// `min` to `max` ASCII digits.
pub(crate) fn digits(text: &str, min: usize, max: usize) -> Result<(), Rule> {
    let right = (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    require(right, Rule::Digits { min, max })
}

/// At least one character, at most `max`: characters, not bytes.
pub(crate) fn length(text: &str, max: usize) -> Result<(), Rule> {
    require(!text.is_empty(), Rule::Empty)?;
    // There are never more characters than bytes.
    require(text.len() <= max || text.chars().count() <= max, Rule::TooLong { max })
}

/// 1 to `max` characters of any script, none of them a control character.
pub(crate) fn text(text: &str, max: usize) -> Result<(), Rule> {
    length(text, max)?;
    require(!has_control(text), Rule::ControlCharacter)
}

/// Returns true if there is a control character. Text is printable ASCII as a rule.
pub(crate) fn has_control(text: &str) -> bool {
    !all_bytes::<16>(text.as_bytes(), |byte| matches!(byte, b' '..=b'~')) && has_unusual_control(text)
}

#[cold]
fn has_unusual_control(text: &str) -> bool {
    // Control characters beyond ASCII begin with 0xC2, as few others do.
    let harmless = |byte: u8| !byte.is_ascii_control() && byte != 0xC2;
    !all_bytes::<16>(text.as_bytes(), harmless) && text.contains(char::is_control)
}

/// Returns true for a character that changes the lines or the order in which text is shown.
pub(crate) const fn is_layout(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The rule that kept text breaks: that of `check`, or the one of its characters, if some change how it is shown.
pub(crate) fn doubt(text: &str, check: impl FnOnce(&str) -> Result<(), Rule>) -> Option<Rule> {
    let is_reordered = || !text.is_ascii() && text.contains(is_layout);
    check(text).err().or_else(|| is_reordered().then_some(Rule::ControlCharacter))
}

/// The rule that the characters of text without line ends break.
pub(crate) fn doubtful_characters(text: &str) -> Option<Rule> {
    doubt(text, |text| require(!has_control(text), Rule::ControlCharacter))
}

/// Like [`text`], with LF between lines.
pub(crate) fn lines(text: &str, max: usize) -> Result<(), Rule> {
    length(text, max)?;
    let control = |character: char| character.is_control() && character != '\n';
    require(!text.chars().any(control), Rule::ControlCharacter)
}

/// 1 to `max` ASCII letters and digits.
pub(crate) fn alphanumeric(text: &str, max: usize) -> Result<(), Rule> {
    length(text, max)?;
    require(is_alphanumeric(text), Rule::Alphanumeric)
}

/// Returns true for an id that names nothing: zeros alone, or a word that programs write for no value.
#[cold]
pub(crate) fn names_nothing(text: &str) -> bool {
    const WORDS: [&str; 6] = ["null", "nil", "none", "undefined", "nan", "na"];
    text.bytes().all(|byte| byte == b'0') || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns true if there is nothing but ASCII letters and digits.
#[inline]
pub(crate) fn is_alphanumeric(text: &str) -> bool {
    all_bytes::<8>(text.as_bytes(), |byte| byte.is_ascii_alphanumeric())
}

/// Visible ASCII characters, except the field separator of responses.
pub(crate) fn visible(text: &str) -> Result<(), Rule> {
    require(text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'|'), Rule::VisibleAscii)
}

/// 1 to `max` visible ASCII characters, except the field separator of responses.
pub(crate) fn visible_up_to(text: &str, max: usize) -> Result<(), Rule> {
    length(text, max)?;
    visible(text)
}

/// 0 to `max` bytes that can stand between two separators of a response.
pub(crate) fn field(text: &str, max: usize) -> Result<(), Rule> {
    require(text.len() <= max, Rule::TooLong { max })?;
    require(!text.contains('|') && !has_control(text), Rule::Separator)
}

/// Exactly `short` or `long` visible ASCII characters.
pub(crate) fn visible_either(text: &str, short: usize, long: usize) -> Result<(), Rule> {
    require(text.len() == short || text.len() == long, Rule::EitherLength { short, long })?;
    visible(text)
}

/// The text with ASCII letters in upper case, if it is short enough.
pub(crate) fn upper_case<const MAX: usize>(text: &str) -> Option<ArrayString<MAX>> {
    let mut upper = ArrayString::from(text).ok()?;
    upper.make_ascii_uppercase();
    Some(upper)
}

/// Returns true if digits pass the Luhn check (ISO/IEC 7812-1 annex B). Anything else does not.
pub(crate) fn luhn(digits: impl DoubleEndedIterator<Item = u8>) -> bool {
    let mut sum = 0_u32;
    for (index, byte) in digits.rev().enumerate() {
        let Some(digit) = char::from(byte).to_digit(10) else {
            return false;
        };
        sum += match (index % 2 == 1, digit) {
            (false, digit) => digit,
            (true, digit @ 0..=4) => digit * 2,
            (true, digit) => digit * 2 - 9,
        };
    }
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn control_characters_are_what_the_obvious_way_finds(
            text in prop_oneof!["[ -~]{0,40}[\\x00-\\xff]?[ -~é]{0,40}", any::<String>()],
        ) {
            prop_assert_eq!(has_control(&text), text.chars().any(char::is_control));
        }
    }

    #[test]
    fn every_control_character_is_found_in_every_place() {
        for character in (0..=0x100).filter_map(char::from_u32) {
            for before in 0..20 {
                for after in [0, 5, 30] {
                    let text = "x".repeat(before) + &character.to_string() + &"é".repeat(after);
                    assert_eq!(has_control(&text), character.is_control(), "{text:?}");
                }
            }
        }
    }
}
