//! The one grammar of constructors, and the three places where a value's text can live.

use core::fmt;

use arrayvec::ArrayString;
use zeroize::optimization_barrier;

use crate::error::Rule;
use crate::secret::{Secret, wipe};

/// A place in which a value keeps its text.
pub(crate) trait Store: Sized {
    fn keep(text: &str) -> Result<Self, Rule>;

    fn keep_owned(text: String) -> Result<Self, Rule> {
        Self::keep(&text)
    }

    /// Called with the text that was not kept.
    fn discard(_: String) {}

    fn text(&self) -> &str;
}

/// On the heap, for text that is long or rare.
impl Store for Box<str> {
    fn keep(text: &str) -> Result<Self, Rule> {
        Ok(text.into())
    }

    fn keep_owned(text: String) -> Result<Self, Rule> {
        Ok(text.into_boxed_str())
    }

    fn text(&self) -> &str {
        self
    }
}

/// Inline, for short text that replies are full of.
impl<const MAX: usize> Store for ArrayString<MAX> {
    fn keep(text: &str) -> Result<Self, Rule> {
        Self::from(text).map_err(|_| Rule::TooLong { max: MAX })
    }

    fn text(&self) -> &str {
        self.as_str()
    }
}

/// On the heap and wiped, for secrets.
impl Store for Secret {
    fn keep(text: &str) -> Result<Self, Rule> {
        Ok(text.into())
    }

    fn keep_owned(text: String) -> Result<Self, Rule> {
        Ok(text.into())
    }

    fn discard(text: String) {
        wipe(text);
    }

    fn text(&self) -> &str {
        self.expose()
    }
}

/// Inline while it is short, for text of replies that is short as a rule.
impl<const MAX: usize> Store for SpillingText<MAX> {
    fn keep(text: &str) -> Result<Self, Rule> {
        Ok(text.into())
    }

    fn text(&self) -> &str {
        self.as_str()
    }
}

/// Defines a value that is checked text.
///
/// `open` and `foreign` values print as their text, but for card numbers in their `Debug`, which are found as
/// [`MaskedText::reference`](crate::value::MaskedText::reference) does it in the first, and as in free text in the second.
/// `secret` and `personal` values are wiped and have no `Display`:
/// a `secret` one gives its text by `secret_str`, and `masked` is one whose `Debug` shows nothing; a
/// `personal` one gives it by `as_str`, and its `Debug` is masked by the rule of its kind.
macro_rules! text_value {
    (@constructors $Name:ident, $Store:ty, $name:expr, $check:expr) => {
        impl $Name {
            pub(crate) const NAME: &'static str = $name;

            pub(crate) fn check(text: &str) -> Result<(), crate::error::Rule> {
                let check: fn(&str) -> Result<(), crate::error::Rule> = $check;
                check(text)
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::check(text)
                    .and_then(|()| <$Store as crate::value::text::Store>::keep(text))
                    .map(Self)
                    .map_err(|rule| crate::error::InvalidValue::new(Self::NAME, rule))
            }
        }

        impl TryFrom<String> for $Name {
            type Error = crate::error::InvalidValue;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                use crate::value::text::Store;
                let kept = match Self::check(&text) {
                    Ok(()) => <$Store as Store>::keep_owned(text),
                    Err(rule) => {
                        <$Store as Store>::discard(text);
                        Err(rule)
                    }
                };
                kept.map(Self).map_err(|rule| crate::error::InvalidValue::new(Self::NAME, rule))
            }
        }

        impl core::str::FromStr for $Name {
            type Err = crate::error::InvalidValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::try_from(text)
            }
        }
    };
    (
        $(#[$doc:meta])*
        open $Name:ident($Store:ty) = $name:expr, $check:expr;
    ) => {
        text_value! {
            @open $(#[$doc])*
            $Name($Store) = $name, $check, shown: |text| crate::value::MaskedText::reference(text).to_string()
        }
    };
    (
        $(#[$doc:meta])*
        foreign $Name:ident($Store:ty) = $name:expr, $check:expr;
    ) => {
        text_value! {
            @open $(#[$doc])*
            ///
            /// `Debug` masks card numbers in it.
            $Name($Store) = $name, $check, shown: |text| crate::value::MaskedText::new(text).to_string()
        }
    };
    (
        @open $(#[$doc:meta])*
        $Name:ident($Store:ty) = $name:expr, $check:expr, shown: $shown:expr
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name($Store);

        text_value!(@constructors $Name, $Store, $name, $check);

        impl $Name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                crate::value::text::Store::text(&self.0)
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl core::fmt::Debug for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let shown = $shown;
                f.debug_tuple(stringify!($Name)).field(&shown(self.as_str())).finish()
            }
        }

        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
    (
        $(#[$doc:meta])*
        personal $Name:ident as $kind:ident = $name:expr, $check:expr;
    ) => {
        $(#[$doc])*
        ///
        #[doc = concat!(
            "It is personal, so it is wiped, and masked by the rule for [`Secrecy::", stringify!($kind),
            "`](crate::value::Secrecy::", stringify!($kind), ").",
        )]
        #[derive(Clone, PartialEq, Eq)]
        pub struct $Name(crate::secret::Secret);

        text_value!(@constructors $Name, crate::secret::Secret, $name, $check);

        impl $Name {
            /// The text itself. It is personal: every place that calls this is a place to review.
            #[must_use]
            pub fn as_str(&self) -> &str {
                crate::value::text::Store::text(&self.0)
            }
        }

        impl core::fmt::Debug for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let secrecy = crate::value::Secrecy::$kind;
                let masked = crate::value::Masked { text: self.as_str(), secrecy };
                write!(f, concat!(stringify!($Name), "({})"), masked)
            }
        }
    };
    (
        $(#[$doc:meta])*
        secret $Name:ident = $name:expr, $check:expr;
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $Name(crate::secret::Secret);

        text_value!(@constructors $Name, crate::secret::Secret, $name, $check);

        impl $Name {
            /// The secret itself. Every place that calls this is a place to review.
            #[must_use]
            pub fn secret_str(&self) -> &str {
                crate::value::text::Store::text(&self.0)
            }
        }
    };
    (
        $(#[$doc:meta])*
        masked $Name:ident = $name:expr, $check:expr;
    ) => {
        text_value! {
            $(#[$doc])*
            secret $Name = $name, $check;
        }

        impl core::fmt::Debug for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($Name)).field(&self.0).finish()
            }
        }
    };
}

/// Text that decides nothing. What a peer sent is kept, whatever its length and characters.
pub(crate) trait KeptText: Sized {
    /// Keeps the text.
    fn kept(text: &str) -> Self;

    /// The rule that the text breaks.
    fn doubt(&self) -> Option<Rule>;
}

/// Makes kept text of values.
macro_rules! kept_text {
    ($($Name:ident)+) => {$(
        impl $crate::value::text::KeptText for $Name {
            fn kept(text: &str) -> Self {
                Self(text.into())
            }

            fn doubt(&self) -> Option<$crate::error::Rule> {
                $crate::value::rules::doubt(self.as_str(), Self::check)
            }
        }
    )+};
}

/// Defines a closed list of words as an enum.
macro_rules! word_value {
    (
        $(#[$doc:meta])*
        $Name:ident = $name:expr;
        $($(#[$word_doc:meta])* $Word:ident = $wire:literal,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name {
            $($(#[$word_doc])* $Word,)+
        }

        impl $Name {
            /// Every word of the list.
            pub const ALL: &'static [Self] = &[$(Self::$Word),+];

            /// The word that stands for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Word => $wire,)+ }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = crate::error::InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                match text {
                    $($wire => Ok(Self::$Word),)+
                    _ => Err(crate::error::InvalidValue::new(
                        $name,
                        crate::error::Rule::OneOf(&[$($wire),+]),
                    )),
                }
            }
        }

        parsed_value!($Name);

        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// Completes the grammar of constructors for a type that has `TryFrom<&str>`.
macro_rules! parsed_value {
    ($Name:ident) => {
        impl TryFrom<String> for $Name {
            type Error = crate::error::InvalidValue;

            fn try_from(text: String) -> Result<Self, crate::error::InvalidValue> {
                Self::try_from(text.as_str())
            }
        }

        impl core::str::FromStr for $Name {
            type Err = crate::error::InvalidValue;

            fn from_str(text: &str) -> Result<Self, crate::error::InvalidValue> {
                Self::try_from(text)
            }
        }
    };
}

/// Text of any length, inline up to `MAX` bytes.
///
/// Replies are made of it: a documented one never allocates, an unusually long one does once.
#[derive(Clone)]
pub(crate) enum SpillingText<const MAX: usize> {
    Inline(ArrayString<MAX>),
    Heap(Secret),
}

impl<const MAX: usize> SpillingText<MAX> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Inline(text) => text.as_str(),
            Self::Heap(text) => text.expose(),
        }
    }

    /// Wipes what is inline; what is on the heap wipes itself.
    pub(crate) fn wipe(&mut self) {
        if let Self::Inline(text) = self
            && !text.is_empty()
        {
            *text = ArrayString::zero_filled();
            optimization_barrier(text);
        }
    }
}

impl<const MAX: usize> From<&str> for SpillingText<MAX> {
    #[inline(always)]
    fn from(text: &str) -> Self {
        // Filled in its place: a text that is moved afterwards is copied twice.
        let mut spilling = Self::Inline(ArrayString::new());
        if let Self::Inline(inline) = &mut spilling
            && inline.try_push_str(text).is_err()
        {
            spilling = Self::Heap(text.into());
        }
        spilling
    }
}

impl<const MAX: usize> PartialEq for SpillingText<MAX> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl<const MAX: usize> Eq for SpillingText<MAX> {}

impl<const MAX: usize> PartialOrd for SpillingText<MAX> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<const MAX: usize> Ord for SpillingText<MAX> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl<const MAX: usize> core::hash::Hash for SpillingText<MAX> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl<const MAX: usize> fmt::Debug for SpillingText<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::secret::MASK)
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, RandomState};

    use super::*;

    #[test]
    fn spilling_text_is_as_its_text_is() {
        type Short = SpillingText<4>;
        let texts = ["", "a", "b", "aaaa", "aaab", "aaaaa", "aaaab"];
        let hasher = RandomState::new();
        for one in texts {
            for other in texts {
                let [left, right] = [one, other].map(Short::from);
                assert_eq!(left == right, one == other);
                assert_eq!(left.cmp(&right), one.cmp(other));
                assert_eq!(left.partial_cmp(&right), one.partial_cmp(other));
                assert_eq!(hasher.hash_one(&left) == hasher.hash_one(&right), one == other);
            }
            let text = Short::from(one);
            assert_eq!(text.as_str(), one);
            assert_eq!(matches!(text, Short::Inline(_)), one.len() <= 4);
            assert_eq!(format!("{text:?}"), "***");
        }
    }
}
