//! Reads an input as choices and texts, from which values are built.

use core::ops::RangeInclusive;

use cashflows_codec::InvalidValue;

/// The first bytes of an input, up to 0xFF, are choices, a byte each; each text after them ends at the next 0xFF. UTF-8
/// has no such byte, so a text can be any text. Changing a choice leaves the texts unchanged, and the other way round,
/// so that a small change of the input is a small change of the value.
///
/// Every input is valid: characters that a value refuses are replaced. At the end of the input, choices are the first
/// one and texts are empty.
pub struct Source<'d> {
    choices: &'d [u8],
    texts: core::slice::Split<'d, u8, fn(&u8) -> bool>,
}

impl<'d> Source<'d> {
    pub const END: u8 = 0xFF;
    pub const DIGITS: &'static [u8] = b"0123456789";
    pub const HEXADECIMAL: &'static [u8] = b"0123456789abcdefABCDEF";
    pub const CAPITALS: &'static [u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    pub const ALPHANUMERIC: &'static [u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /// Visible ASCII, but for `|`.
    pub const VISIBLE: &'static [u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
        !\"#$%&'()*+,-./:;<=>?@[\\]^_`{}~";

    pub fn new(data: &'d [u8]) -> Self {
        let mut texts = data.split((|&byte| byte == Self::END) as fn(&u8) -> bool);
        Self { choices: texts.next().unwrap_or_default(), texts }
    }

    /// The number of the next choice: seeds have it as a digit `0`, `1`, …
    pub fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.choices.split_first() else { return 0 };
        self.choices = rest;
        first.wrapping_sub(b'0')
    }

    /// One of `count` choices.
    pub fn choice(&mut self, count: u8) -> u8 {
        self.byte() % count
    }

    pub fn yes(&mut self) -> bool {
        self.choice(2) == 1
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let count = u8::try_from(all.len()).expect("a short list");
        all[usize::from(self.choice(count))]
    }

    pub fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| value(self))
    }

    fn next_text(&mut self) -> &'d [u8] {
        self.texts.next().unwrap_or_default()
    }

    /// The next text in an alphabet, cut or filled up to a length. A byte outside the alphabet stands for one inside.
    pub fn spelled(&mut self, alphabet: &[u8], lengths: RangeInclusive<usize>) -> String {
        let text = self.next_text();
        let length = text.len().clamp(*lengths.start(), *lengths.end());
        let letter = |&byte: &u8| match alphabet.contains(&byte) {
            true => byte,
            false => alphabet[usize::from(byte) % alphabet.len()],
        };
        let filling = core::iter::repeat(alphabet[0]);
        text.iter().map(letter).chain(filling).take(length).map(char::from).collect()
    }

    /// The next text, without characters that are not allowed, cut to the longest that fits. It may be empty.
    pub fn written(&mut self, max: Max, allowed: impl Fn(char) -> bool) -> String {
        let mut written = String::new();
        let mut room = max.count();
        for character in String::from_utf8_lossy(self.next_text()).chars().filter(|&it| allowed(it)) {
            let Some(left) = room.checked_sub(max.of(character)) else { break };
            room = left;
            written.push(character);
        }
        written
    }
}

/// The longest length of a text.
#[derive(Clone, Copy)]
pub enum Max {
    Characters(usize),
    Bytes(usize),
}

impl Max {
    fn count(self) -> usize {
        let (Self::Characters(count) | Self::Bytes(count)) = self;
        count
    }

    fn of(self, character: char) -> usize {
        match self {
            Self::Characters(_) => 1,
            Self::Bytes(_) => character.len_utf8(),
        }
    }
}

/// The value of a text that fits it.
pub fn value<T: TryFrom<String, Error = InvalidValue>>(text: String) -> T {
    T::try_from(text).unwrap_or_else(|error| panic!("the source does not know the rule: {error}"))
}

/// The empty text is the letter `x`.
pub fn some(text: String) -> String {
    if text.is_empty() { "x".into() } else { text }
}
