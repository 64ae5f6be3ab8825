//! Lists that stay open: a documented value has a variant, any other of the same form is kept as it came and never
//! taken for a documented one.

use core::fmt;
use core::hash::Hash;
use core::str::FromStr;

use crate::error::InvalidValue;

mod kept;

pub(crate) use kept::Character;
#[cfg(feature = "batch")]
pub(crate) use kept::Word;
#[cfg(feature = "gateway")]
pub(crate) use kept::{AnyWord, Shown};

/// A list of the protocol that may grow, such as [`Status`](super::Status). Its values are its variants, or
/// [`Unlisted`].
///
/// Implemented by this crate's lists only.
pub trait OpenList: Sized + 'static {
    /// An unlisted value, as it came.
    #[doc(hidden)]
    type Kept: Clone + fmt::Debug + fmt::Display + Ord + Hash;

    /// Takes a text that is on no list.
    ///
    /// # Errors
    ///
    /// The text has not the form of the list, or is listed.
    #[doc(hidden)]
    fn unlisted(text: &str) -> Result<Unlisted<Self>, InvalidValue>;
}

/// A value of the list `L` that has no variant, as it came.
///
/// A listed value is refused: it has a variant.
///
/// ```
/// use cashflows_codec::value::{Status, Unlisted};
///
/// let unlisted: Unlisted<Status> = "X".parse()?;
/// assert_eq!(Status::try_from("X")?, Status::Unlisted(unlisted));
/// assert_eq!(unlisted.as_str(), "X");
///
/// let error = "A".parse::<Unlisted<Status>>().unwrap_err();
/// assert_eq!(error.to_string(), "status is listed and has a name of its own");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
pub struct Unlisted<L: OpenList>(pub(crate) L::Kept);

impl<L: OpenList> Unlisted<L> {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str
    where
        L::Kept: AsRef<str>,
    {
        self.0.as_ref()
    }
}

impl<L: OpenList> Clone for Unlisted<L> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<L: OpenList> Copy for Unlisted<L> where L::Kept: Copy {}

impl<L: OpenList> PartialEq for Unlisted<L> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<L: OpenList> Eq for Unlisted<L> {}

impl<L: OpenList> PartialOrd for Unlisted<L> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<L: OpenList> Ord for Unlisted<L> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<L: OpenList> Hash for Unlisted<L> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// Masks card numbers.
impl<L: OpenList> fmt::Debug for Unlisted<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// As on the wire.
impl<L: OpenList> fmt::Display for Unlisted<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<L: OpenList> TryFrom<&str> for Unlisted<L> {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        L::unlisted(text)
    }
}

impl<L: OpenList> FromStr for Unlisted<L> {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        L::unlisted(text)
    }
}

/// Defines an open list.
///
/// | form | a value on the wire | an unlisted value |
/// | --- | --- | --- |
/// | `character where $is, else $rule` | one ASCII character, beside a word for its meaning | [`Character`], `Copy` |
/// | `word` | 1 to 32 ASCII letters, digits, `_`, `-` and `.` | [`Word`], `Copy` |
/// | `text` | any text, read exactly | [`AnyWord`] |
macro_rules! open_list {
    (
        $(#[$doc:meta])*
        $Name:ident = $name:literal,
        character where $is:path, else $rule:ident $(, read as $read:path)?;
        $($(#[$variant_doc:meta])* $Variant:ident = $wire:literal $word:literal,)+
    ) => {
        open_list! {
            @list [Copy] $crate::value::open::Character, |text| $Name::try_from(text); $(#[$doc])*
            $Name = $name; $($(#[$variant_doc])* $Variant,)+
        }

        impl $Name {
            const fn character(self) -> char {
                match self {
                    $(Self::$Variant => $wire,)+
                    Self::Unlisted($crate::value::Unlisted(other)) => other.to_char(),
                }
            }

            /// The meaning in one lower-case word; `unlisted` for an unlisted value.
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
            type Error = $crate::error::InvalidValue;

            fn try_from(character: char) -> Result<Self, $crate::error::InvalidValue> {
                $(let character = $read(&character);)?
                match character {
                    $($wire => Ok(Self::$Variant),)+
                    other if $is(&other) => {
                        let kept = $crate::value::open::Character::of_ascii(other);
                        Ok(Self::Unlisted($crate::value::Unlisted(kept)))
                    }
                    _ => Err($crate::error::InvalidValue::new($name, $crate::error::Rule::$rule)),
                }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = $crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, $crate::error::InvalidValue> {
                let mut characters = text.chars();
                match (characters.next(), characters.next()) {
                    (Some(character), None) => character.try_into(),
                    _ => Err($crate::error::InvalidValue::new($name, $crate::error::Rule::$rule)),
                }
            }
        }

        parsed_value!($Name);

        /// As on the wire.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.character().fmt(f)
            }
        }
    };

    (
        $(#[$doc:meta])*
        $Name:ident = $name:expr, word;
        $($(#[$variant_doc:meta])* $Variant:ident = $wire:literal,)+
    ) => {
        open_list! {
            @list [Copy] $crate::value::open::Word, |text| $Name::try_from(text); $(#[$doc])*
            $Name = $name; $($(#[$variant_doc])* $Variant,)+
        }

        open_list! { @words $Name; $($Variant = $wire,)+ }

        impl $Name {
            /// The listed value of a word.
            #[inline]
            pub(crate) fn listed(word: &str) -> Option<Self> {
                match word {
                    $($wire => Some(Self::$Variant),)+
                    _ => None,
                }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = $crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, $crate::error::InvalidValue> {
                let unlisted = || {
                    let word = $crate::value::open::Word::new(text);
                    let word = word.map_err(|rule| $crate::error::InvalidValue::new($name, rule))?;
                    Ok(Self::Unlisted($crate::value::Unlisted(word)))
                };
                Self::listed(text).map_or_else(unlisted, Ok)
            }
        }

        parsed_value!($Name);
    };

    (
        $(#[$doc:meta])*
        $Name:ident = $name:literal, text;
        $($(#[$variant_doc:meta])* $Variant:ident = $wire:literal,)+
    ) => {
        open_list! {
            @list [] $crate::value::open::AnyWord, |text| Ok($Name::from(text)); $(#[$doc])*
            $Name = $name; $($(#[$variant_doc])* $Variant,)+
        }

        open_list! { @words $Name; $($Variant = $wire,)+ }

        impl $Name {
            /// Reads the word without regard to the case of ASCII letters.
            #[allow(dead_code, reason = "few lists are read in any case")]
            pub(crate) fn in_any_case(text: &str) -> Self {
                let listed = Self::ALL.iter().find(|listed| listed.as_str().eq_ignore_ascii_case(text));
                listed.cloned().unwrap_or_else(|| text.into())
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$Variant,)+
                    other => Self::Unlisted($crate::value::Unlisted(other.into())),
                }
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }

        impl core::str::FromStr for $Name {
            type Err = core::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, core::convert::Infallible> {
                Ok(text.into())
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::stored::Text(|text| Ok(text.into())).read(deserializer)
            }
        }
    };

    (@words $Name:ident; $($Variant:ident = $wire:literal,)+) => {
        impl $Name {
            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Variant => $wire,)+
                    Self::Unlisted(word) => word.as_str(),
                }
            }
        }

        /// As on the wire.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };

    (
        @list [$($Copy:ident)?] $Kept:ty, $read:expr; $(#[$doc:meta])*
        $Name:ident = $name:expr; $($(#[$variant_doc:meta])* $Variant:ident,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, $($Copy,)? Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$variant_doc])* $Variant,)+
            /// Any other value of this form.
            Unlisted($crate::value::Unlisted<$Name>),
        }

        impl $Name {
            /// Every listed value.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];
        }

        impl $crate::value::OpenList for $Name {
            type Kept = $Kept;

            fn unlisted(text: &str) -> Result<$crate::value::Unlisted<Self>, $crate::error::InvalidValue> {
                let read: fn(&str) -> Result<Self, $crate::error::InvalidValue> = $read;
                match read(text)? {
                    Self::Unlisted(unlisted) => Ok(unlisted),
                    _ => Err($crate::error::InvalidValue::new($name, $crate::error::Rule::Listed)),
                }
            }
        }
    };
}
