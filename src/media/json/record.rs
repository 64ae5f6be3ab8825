//! Objects that are kept as they came, with a method for each listed member.

use core::convert::Infallible;

use super::error::{JsonProblem, JsonShape};
use super::kept::{KeptMembers, KeptValue};
use crate::error::{InvalidValue, Rule};

/// A value that is read out of a kept one.
pub(crate) trait ReadKept<'m>: Sized {
    /// Reads it. Null and empty text are none.
    fn read_kept(value: KeptValue<'m>) -> Result<Option<Self>, JsonProblem>;
}

/// The rule that text breaks.
pub(crate) trait BrokenRule {
    fn broken_rule(self) -> Rule;
}

impl BrokenRule for InvalidValue {
    fn broken_rule(self) -> Rule {
        self.rule()
    }
}

impl BrokenRule for Infallible {
    fn broken_rule(self) -> Rule {
        match self {}
    }
}

impl<'m, T: TryFrom<&'m str, Error: BrokenRule>> ReadKept<'m> for T {
    fn read_kept(value: KeptValue<'m>) -> Result<Option<Self>, JsonProblem> {
        match value {
            KeptValue::Text("") | KeptValue::Json("null") => Ok(None),
            KeptValue::Text(text) => T::try_from(text).map(Some).map_err(|error| error.broken_rule().into()),
            KeptValue::Json(_) => Err(JsonProblem::Not(JsonShape::Text)),
        }
    }
}

impl ReadKept<'_> for KeptMembers {
    fn read_kept(value: KeptValue<'_>) -> Result<Option<Self>, JsonProblem> {
        match value {
            KeptValue::Json("null") => Ok(None),
            KeptValue::Json(json) => {
                Self::from_json(json).map(Some).map_err(|_| JsonProblem::Not(JsonShape::Object))
            }
            KeptValue::Text(_) => Err(JsonProblem::Not(JsonShape::Object)),
        }
    }
}

/// Declares a message that keeps its members as they came, since most are secret and few are asked for.
///
/// A row is the documentation of a method, the name of the member on the wire, and the method with the
/// type that it gives. What is absent, empty or malformed reads as none; the last is a finding. After
/// `number_too`, a number is read as its text. The name after `also` is listed too, and has a method that
/// collects findings. rustfmt does not look into it.
macro_rules! record {
    (
        $(#[$attribute:meta])*
        $vis:vis struct $Name:ident {
            $(
                $(#[doc = $doc:literal])+
                $(number_too $number:literal)? $($wire:literal)? => $method:ident: $Type:ty,
            )+
        }
        $(also $also:literal => $collect:ident)?
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        $vis struct $Name($crate::media::json::KeptMembers);

        impl $Name {
            /// Adds a member by its name on the wire, in the place of the same.
            #[must_use]
            $vis fn with(self, name: &str, text: &str) -> Self {
                Self(self.0.with_text(name, text))
            }

            /// All members, as they came.
            #[must_use]
            $vis const fn members(&self) -> &$crate::media::json::KeptMembers {
                &self.0
            }

            $(
                $(#[doc = $doc])+
                #[doc = concat!("\n\nOn the wire: `", $($number)? $($wire)?, "`.")]
                #[must_use]
                $vis fn $method(&self) -> Option<$Type> {
                    let value = self.0.get($($number)? $($wire)?)?;
                    $(let value = record!(@second $number value).number_as_text();)?
                    $crate::media::json::ReadKept::read_kept(value).ok().flatten()
                }
            )+

            /// The malformed members, with their places inside of this.
            #[must_use]
            #[allow(dead_code, reason = "a part is asked by the message that it is a part of")]
            $vis fn findings(&self) -> Vec<$crate::media::json::Finding> {
                $crate::media::json::Findings::of(|findings| {
                    $crate::media::json::Part::collect(self, findings);
                })
            }

            /// Returns true if there are no members.
            pub(crate) const fn is_empty(&self) -> bool {
                self.0.is_empty()
            }

        }

        impl $crate::media::json::Part for $Name {
            fn collect(&self, findings: &mut $crate::media::json::Findings) {
                for (name, value) in self.0.iter() {
                    match name {
                        $(
                            $($number)? $($wire)? => {
                                $(let value = record!(@second $number value).number_as_text();)?
                                let read: Result<Option<$Type>, _> =
                                    $crate::media::json::ReadKept::read_kept(value);
                                if let Err(problem) = read {
                                    findings.malformed(name, problem);
                                }
                            }
                        )+
                        $($also => self.$collect(value, findings),)?
                        name => findings.unlisted(name),
                    }
                }
            }
        }

        impl $crate::media::json::ReadJson for $Name {
            fn read(
                value: $crate::media::json::Value<'_>,
            ) -> Result<Self, $crate::media::json::JsonError> {
                value.read().map(Self)
            }
        }

        impl $crate::media::json::WriteJson for $Name {
            fn write<S: $crate::media::json::Sink>(&self, slot: $crate::media::json::Slot<'_, S>) {
                self.0.write(slot);
            }
        }

        $crate::media::json::always_there! { [] $Name }
    };

    (@second $first:literal $second:ident) => { $second };
}

pub(crate) use record;
