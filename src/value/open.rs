//! Lists that stay open: what the protocol page names has a variant, anything else of the same form
//! is kept as it came and never taken for something named.

/// Defines an open list of values that are one character on the wire.
macro_rules! open_list {
    (
        $(#[$doc:meta])*
        $Name:ident or $Unlisted:ident = $name:literal, $character:ident where $is:path, else $rule:ident;
        $($(#[$variant_doc:meta])* $Variant:ident = $wire:literal $word:literal,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$variant_doc])* $Variant,)+
            /// Anything else.
            Unlisted($Unlisted),
        }

        #[doc = concat!("The ", stringify!($character), " of an unlisted ", $name, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $Unlisted(u8);

        impl $Name {
            /// Every listed value.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            #[doc = concat!("The ", stringify!($character), " on the wire.")]
            #[must_use]
            pub const fn $character(self) -> char {
                match self {
                    $(Self::$Variant => $wire,)+
                    Self::Unlisted($Unlisted(other)) => other as char,
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
                match character {
                    $($wire => Ok(Self::$Variant),)+
                    // ASCII, as every form of a value is.
                    other if $is(&other) => Ok(Self::Unlisted($Unlisted(other as u8))),
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

        parsed_value!($Name);

        /// As on the wire.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.$character().fmt(f)
            }
        }

        /// Refuses what is listed: that has a name of its own.
        impl TryFrom<char> for $Unlisted {
            type Error = crate::error::InvalidValue;

            fn try_from(character: char) -> Result<Self, crate::error::InvalidValue> {
                match $Name::try_from(character)? {
                    $Name::Unlisted(unlisted) => Ok(unlisted),
                    _ => Err(crate::error::InvalidValue::new($name, crate::error::Rule::Listed)),
                }
            }
        }
    };
}
