//! The forms in which open lists keep an unlisted value.

use core::fmt;

#[cfg(feature = "gateway")]
pub(crate) use any_word::{AnyWord, Shown};
#[cfg(feature = "batch")]
pub(crate) use word::Word;

/// An ASCII character that is on no list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Character([u8; 1]);

impl Character {
    pub(crate) fn of_ascii(character: char) -> Self {
        debug_assert!(character.is_ascii(), "every form of a character is ASCII");
        Self([character as u8])
    }

    pub(crate) const fn to_char(self) -> char {
        self.0[0] as char
    }
}

impl AsRef<str> for Character {
    fn as_ref(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Character {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_char(), f)
    }
}

impl fmt::Display for Character {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_char(), f)
    }
}

#[cfg(feature = "batch")]
mod word {
    use core::fmt;

    use arrayvec::ArrayString;

    use crate::error::Rule;
    use crate::value::MaskedText;

    /// A word that is on no list: 1 to 32 ASCII letters, digits, `_`, `-` and `.`.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Word(ArrayString<32>);

    impl Word {
        pub(crate) fn new(text: &str) -> Result<Self, Rule> {
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
            match ArrayString::from(text) {
                Ok(word) if !text.is_empty() && text.bytes().all(is_word) => Ok(Self(word)),
                _ => Err(Rule::Word),
            }
        }
    }

    impl AsRef<str> for Word {
        fn as_ref(&self) -> &str {
            &self.0
        }
    }

    impl fmt::Debug for Word {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt::Debug::fmt(&MaskedText::new(&self.0).to_string(), f)
        }
    }

    impl fmt::Display for Word {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.pad(&self.0)
        }
    }
}

#[cfg(feature = "gateway")]
mod any_word {
    use core::fmt;

    use crate::value::printable;

    /// A word of any length that is on no list.
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct AnyWord(Box<str>);

    impl From<&str> for AnyWord {
        fn from(text: &str) -> Self {
            Self(text.into())
        }
    }

    impl AsRef<str> for AnyWord {
        fn as_ref(&self) -> &str {
            &self.0
        }
    }

    impl fmt::Debug for AnyWord {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            Shown(&self.0).fmt(f)
        }
    }

    impl fmt::Display for AnyWord {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.pad(&self.0)
        }
    }

    /// Prints an unlisted word. Digits in rows of eight or more could be of a card number: they become one `*`, as card
    /// numbers in groups are masked. The text beyond 64 characters becomes `…`.
    pub(crate) struct Shown<'a>(pub(crate) &'a str);

    impl fmt::Debug for Shown<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt::Debug::fmt(&printable(self.0.chars(), 64, |_| true), f)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn unlisted_words_are_shown_without_long_numbers() {
            for (word, shown) in [
                ("Chargeback", r#""Chargeback""#),
                ("a1234567", r#""a1234567""#),
                ("4000000000000002", r#""*""#),
                ("x4000000000000002 y", r#""x* y""#),
                ("4510 4004 0009 9005", r#""4510 40** **** 9005""#),
                ("\n", r#""\n""#),
            ] {
                assert_eq!(format!("{:?}", AnyWord::from(word)), shown);
            }
            let long = "é".repeat(65);
            assert_eq!(format!("{:?}", Shown(&long)), format!("\"{}…\"", "é".repeat(64)));
        }
    }
}
