//! Lists that stay open: what the protocol page names has a variant, anything else of the same form
//! is kept as it came and never taken for something named.

use core::fmt;

/// Defines an open list of values, each one character or one word on the wire.
///
/// A character says nothing by itself: beside it stands a word for its meaning. The name of the
/// public method that gives the character is the type's own, by way of `character`.
macro_rules! open_list {
    (
        $(#[$doc:meta])*
        $Name:ident or $Unlisted:ident = $name:literal,
        character where $is:path, else $rule:ident $(, read as $read:path)?;
        $($(#[$variant_doc:meta])* $Variant:ident = $wire:literal $word:literal,)+
    ) => {
        open_list! {
            @list $(#[$doc])*
            $Name or $Unlisted($crate::value::open::Character) = $name;
            $($(#[$variant_doc])* $Variant,)+
        }

        impl $Name {
            const fn character(self) -> char {
                match self {
                    $(Self::$Variant => $wire,)+
                    Self::Unlisted($Unlisted(other)) => other.to_char(),
                }
            }

            /// The meaning in one lower-case word; `unlisted` for anything that is not listed.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Variant => $word,)+
                    Self::Unlisted(_) => "unlisted",
                }
            }

            /// The listed value with this [word](Self::as_str).
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|listed| listed.as_str() == word)
            }
        }

        impl TryFrom<char> for $Name {
            type Error = crate::error::InvalidValue;

            fn try_from(character: char) -> Result<Self, crate::error::InvalidValue> {
                $(let character = $read(&character);)?
                match character {
                    $($wire => Ok(Self::$Variant),)+
                    other if $is(&other) => {
                        Ok(Self::Unlisted($Unlisted($crate::value::open::Character::of_ascii(other))))
                    }
                    _ => Err(crate::error::InvalidValue::new($name, crate::error::Rule::$rule)),
                }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, crate::error::InvalidValue> {
                let mut characters = text.chars();
                match (characters.next(), characters.next()) {
                    (Some(character), None) => character.try_into(),
                    _ => Err(crate::error::InvalidValue::new($name, crate::error::Rule::$rule)),
                }
            }
        }

        /// As on the wire.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.character().fmt(f)
            }
        }

        /// Refuses what is listed: that has a name of its own.
        impl TryFrom<char> for $Unlisted {
            type Error = crate::error::InvalidValue;

            fn try_from(character: char) -> Result<Self, crate::error::InvalidValue> {
                $Name::try_from(character)?.unlisted()
            }
        }
    };

    (
        $(#[$doc:meta])*
        $Name:ident or $Unlisted:ident = $name:expr, word;
        $($(#[$variant_doc:meta])* $Variant:ident = $wire:literal,)+
    ) => {
        open_list! {
            @list $(#[$doc])*
            $Name or $Unlisted($crate::value::open::Word) = $name;
            $($(#[$variant_doc])* $Variant,)+
        }

        impl $Name {
            /// The listed value that a word is.
            #[inline]
            pub(crate) fn listed(word: &str) -> Option<Self> {
                match word {
                    $($wire => Some(Self::$Variant),)+
                    _ => None,
                }
            }

            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Variant => $wire,)+
                    Self::Unlisted(word) => word.as_str(),
                }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, crate::error::InvalidValue> {
                let unlisted = || {
                    let word = $crate::value::open::Word::new(text);
                    let word = word.map_err(|rule| crate::error::InvalidValue::new($name, rule))?;
                    Ok(Self::Unlisted($Unlisted(word)))
                };
                Self::listed(text).map_or_else(unlisted, Ok)
            }
        }

        /// As on the wire.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $Unlisted {
            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }
    };

    (
        @list $(#[$doc:meta])*
        $Name:ident or $Unlisted:ident($Kept:ty) = $name:expr;
        $($(#[$variant_doc:meta])* $Variant:ident,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$variant_doc])* $Variant,)+
            /// Anything else.
            Unlisted($Unlisted),
        }

        #[doc = concat!("What an unlisted [`", stringify!($Name), "`] is on the wire.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $Unlisted($Kept);

        impl $Name {
            /// Every listed value.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            fn unlisted(self) -> Result<$Unlisted, crate::error::InvalidValue> {
                match self {
                    Self::Unlisted(unlisted) => Ok(unlisted),
                    _ => Err(crate::error::InvalidValue::new($name, crate::error::Rule::Listed)),
                }
            }
        }

        parsed_value!($Name);

        /// Refuses what is listed: that has a name of its own.
        impl TryFrom<&str> for $Unlisted {
            type Error = crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, crate::error::InvalidValue> {
                $Name::try_from(text)?.unlisted()
            }
        }

        parsed_value!($Unlisted);

        /// As on the wire.
        impl core::fmt::Display for $Unlisted {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

/// An ASCII character that is on no list.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Character(u8);

impl Character {
    pub(crate) fn of_ascii(character: char) -> Self {
        debug_assert!(character.is_ascii(), "every form of a character is ASCII");
        Self(character as u8)
    }

    pub(crate) const fn to_char(self) -> char {
        self.0 as char
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
pub(crate) use word::Word;

#[cfg(feature = "batch")]
mod word {
    use core::fmt;

    use arrayvec::ArrayString;

    use crate::error::Rule;
    use crate::value::MaskedText;

    /// A word that is on no list: 1 to 32 ASCII letters, digits, `_`, `-` and `.`.
    #[derive(Clone, Copy, PartialEq, Eq, Hash)]
    pub(crate) struct Word(ArrayString<32>);

    impl Word {
        pub(crate) fn new(text: &str) -> Result<Self, Rule> {
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
            match ArrayString::from(text) {
                Ok(word) if !text.is_empty() && text.bytes().all(is_word) => Ok(Self(word)),
                _ => Err(Rule::Word),
            }
        }

        pub(crate) fn as_str(&self) -> &str {
            &self.0
        }
    }

    impl fmt::Debug for Word {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt::Debug::fmt(&MaskedText::new(self.as_str()).to_string(), f)
        }
    }

    impl fmt::Display for Word {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.pad(self.as_str())
        }
    }
}
