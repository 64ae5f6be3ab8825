//! Lists of words that stay open: a listed word has a variant, any other is kept as it came.

use core::fmt;

use crate::value::printable;

/// Defines an open list of words.
///
/// Words are read exactly as they are written here; another spelling is unlisted, and kept byte for
/// byte. What is unlisted cannot be made of a listed word.
macro_rules! open_words {
    (
        $(#[$doc:meta])*
        $Name:ident or $Unlisted:ident = $name:literal;
        $($(#[$word_doc:meta])* $Word:ident = $wire:literal,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$word_doc])* $Word,)+
            /// Any other word.
            Unlisted($Unlisted),
        }

        #[doc = concat!("An unlisted ", $name, ", as it came.")]
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $Unlisted(Box<str>);

        impl $Name {
            /// Every listed word.
            pub const ALL: &'static [Self] = &[$(Self::$Word),+];

            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Word => $wire,)+
                    Self::Unlisted($Unlisted(other)) => other,
                }
            }

            /// The word that `text` is, without regard to the case of ASCII letters.
            #[allow(dead_code, reason = "few lists are read in any case")]
            pub(crate) fn in_any_case(text: &str) -> Self {
                let listed = Self::ALL.iter().find(|listed| listed.as_str().eq_ignore_ascii_case(text));
                listed.cloned().unwrap_or_else(|| text.into())
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$Word,)+
                    other => Self::Unlisted($Unlisted(other.into())),
                }
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        /// As on the wire.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $Unlisted {
            /// The word as it came.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// Refuses what is listed: that has a name of its own.
        impl TryFrom<&str> for $Unlisted {
            type Error = crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                match $Name::from(text) {
                    $Name::Unlisted(unlisted) => Ok(unlisted),
                    _ => Err(crate::error::InvalidValue::new($name, crate::error::Rule::Listed)),
                }
            }
        }

        impl core::fmt::Debug for $Unlisted {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                crate::gateway::word::Shown(&self.0).fmt(f)
            }
        }
    };
}

/// A word that nobody listed, fit to be printed: digits where eight or more stand in a row could be
/// of a card number, so they become one `*`, as card numbers in groups are masked, and what goes beyond 64
/// characters becomes `…`.
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
            assert_eq!(format!("{:?}", Shown(word)), shown);
        }
        let long = "é".repeat(65);
        assert_eq!(format!("{:?}", Shown(&long)), format!("\"{}…\"", "é".repeat(64)));
    }
}
