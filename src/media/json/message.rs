//! Messages that are declared once: the rows of [`message!`] are the struct, how it is read, how it is
//! written, and what it reports.

use super::error::JsonError;
use super::finding::Findings;
use super::rest::Rest;
use super::value::{ReadJson, Value};
use super::write::{Members, Sink, WriteJson};

/// A value of a message.
pub(crate) trait Part: ReadJson + WriteJson {
    /// Collects the findings inside of it.
    fn collect(&self, _findings: &mut Findings) {}
}

/// A member of a message that may be absent.
pub(crate) trait Member: Sized {
    /// The value that stands for an absent member.
    fn absent() -> Self;

    /// Whether the value is that of an absent member.
    fn is_absent(&self) -> bool;

    /// Reads the member. Null says that it is absent.
    fn read(value: Value<'_>) -> Result<Self, JsonError>;

    /// Writes the member, if it is one that is written.
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str);

    /// Collects the findings inside of it.
    fn collect(&self, findings: &mut Findings);
}

impl<T: Part> Member for Option<T> {
    fn absent() -> Self {
        None
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[inline]
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.optional()
    }

    #[inline]
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
        if let Some(part) = self {
            part.write_member(members, name);
        }
    }

    fn collect(&self, findings: &mut Findings) {
        if let Some(part) = self {
            part.collect(findings);
        }
    }
}

/// Parts that are there even where the member is absent: lists, and objects that may be empty.
macro_rules! always_there {
    ($([$($generics:tt)*] $Type:ty),+ $(,)?) => {$(
        impl $($generics)* $crate::media::json::Member for $Type {
            fn absent() -> Self {
                Self::default()
            }

            fn is_absent(&self) -> bool {
                self.is_empty()
            }

            #[inline]
            fn read(
                value: $crate::media::json::Value<'_>,
            ) -> Result<Self, $crate::media::json::JsonError> {
                value.optional().map(Option::unwrap_or_default)
            }

            #[inline]
            fn write<S: $crate::media::json::Sink>(
                &self,
                members: &mut $crate::media::json::Members<'_, S>,
                name: &'static str,
            ) {
                $crate::media::json::WriteJson::write_member(self, members, name);
            }

            fn collect(&self, findings: &mut $crate::media::json::Findings) {
                $crate::media::json::Part::collect(self, findings);
            }
        }
    )+};
}

pub(crate) use always_there;

always_there! { [<T: Part>] Vec<T> }

impl<T: Part> Part for Vec<T> {
    fn collect(&self, findings: &mut Findings) {
        for (index, part) in self.iter().enumerate() {
            findings.element(index, |findings| part.collect(findings));
        }
    }
}

impl<T: Part> Part for Box<T> {
    fn collect(&self, findings: &mut Findings) {
        T::collect(self, findings);
    }
}

impl Part for Box<str> {}
impl Part for bool {}

/// Reads text, or a number as its text.
pub(crate) fn text_or_number<T: for<'t> From<&'t str>>(value: Value<'_>) -> Result<Option<T>, JsonError> {
    if value.is_null() { Ok(None) } else { value.text_or_number().map(|text| Some(T::from(&text))) }
}

/// Writes a member, or what was kept in its place because it is malformed.
#[inline]
pub(crate) fn write_member<S: Sink>(
    members: &mut Members<'_, S>,
    name: &'static str,
    member: &impl Member,
    rest: &Rest,
) {
    match rest.malformed(name) {
        Some(kept) if member.is_absent() => kept.write(members.member(name)),
        _ => member.write(members, name),
    }
}

/// The same of a member that is only written with something in it.
#[inline]
pub(crate) fn write_some<S: Sink>(
    members: &mut Members<'_, S>,
    name: &'static str,
    member: &impl Member,
    rest: &Rest,
) {
    if !member.is_absent() || rest.malformed(name).is_some() {
        write_member(members, name, member, rest);
    }
}

/// Declares a message: a struct with a public field for each member.
///
/// A row is the documentation of a field, a mark or none, the name of the member on the wire, and the
/// field with its type:
///
/// | mark | an absent member | a malformed member | written |
/// | --- | --- | --- | --- |
/// | `required` | is an error | is an error | always; an argument of `new` |
/// | `decides` | is read as absent | is an error | as its type is |
/// | `decides_unless_empty` | is read as absent | is an error | only with something in it |
/// | none | is read as absent | is read as absent, kept as it came, and a finding | as its type is |
/// | `number_too` | the same | the same; a number is read as its text | as its type is |
/// | `unless_empty` | the same | the same | only with something in it |
///
/// After the name of the struct, `, fn bare` gives `new` another name, and makes it private.
///
/// From the rows: the struct, `new`, `unlisted`, `findings`, `is_malformed`, [`ReadJson`], [`WriteJson`]
/// and [`Part`]. rustfmt does not look into it.
macro_rules! message {
    ($(#[$attribute:meta])* pub struct $Name:ident { $($rows:tt)+ }) => {
        message! { @declare $(#[$attribute])* $Name, pub fn new; $($rows)+ }
    };

    ($(#[$attribute:meta])* pub struct $Name:ident, fn $new:ident { $($rows:tt)+ }) => {
        message! { @declare $(#[$attribute])* $Name, fn $new; $($rows)+ }
    };

    (
        @declare $(#[$attribute:meta])* $Name:ident, $new_vis:vis fn $new:ident;
        $(
            $(#[doc = $doc:literal])+
            $(required $required:literal)?
            $(decides $decides:literal)?
            $(decides_unless_empty $heavy:literal)?
            $(number_too $number:literal)?
            $(unless_empty $sparse:literal)?
            $($plain:literal)?
            => $field:ident: $Type:ty,
        )+
    ) => {
        $(#[$attribute])*
        #[non_exhaustive]
        pub struct $Name {
            $(
                $(#[doc = $doc])+
                #[doc = concat!(
                    "\n\nOn the wire: `",
                    $($required)? $($decides)? $($heavy)? $($number)? $($sparse)? $($plain)?,
                    "`."
                )]
                pub $field: $Type,
            )+
            rest: $crate::media::json::Rest,
        }

        impl $Name {
            /// Has the members that are mandatory, and no other.
            #[must_use]
            $new_vis fn $new($($($field: message!(@second $required $Type),)?)+) -> Self {
                Self {
                    $(
                        $($field: message!(@second $required $field),)?
                        $($field: message!(@absent $decides $Type),)?
                        $($field: message!(@absent $heavy $Type),)?
                        $($field: message!(@absent $number $Type),)?
                        $($field: message!(@absent $sparse $Type),)?
                        $($field: message!(@absent $plain $Type),)?
                    )+
                    rest: Default::default(),
                }
            }

            /// The members that the crate does not list, as they came.
            #[must_use]
            pub const fn unlisted(&self) -> &$crate::media::json::KeptMembers {
                self.rest.unlisted()
            }

            /// The malformed members that decide nothing, with their places inside of this.
            #[must_use]
            pub fn findings(&self) -> Vec<$crate::media::json::Finding> {
                $crate::media::json::Findings::of(|findings| {
                    $crate::media::json::Part::collect(self, findings);
                })
            }

            /// Whether a member was there and malformed, by its name on the wire, so that its field says
            /// nothing.
            #[allow(dead_code, reason = "asked of members that are counted")]
            pub(crate) fn is_malformed(&self, name: &str) -> bool {
                self.rest.malformed(name).is_some()
            }
        }

        impl $crate::media::json::ReadJson for $Name {
            fn read(
                value: $crate::media::json::Value<'_>,
            ) -> Result<Self, $crate::media::json::JsonError> {
                let object = value.object()?;
                let mut message = Self::$new($($(object.required($required)?,)?)+);
                let mut reading = $crate::media::json::Reading::new(object);
                for (name, value) in object.members() {
                    match &*name {
                        $(
                            $($required => {})?
                            $($decides => {
                                message.$field = <$Type as $crate::media::json::Member>::read(value)?;
                            })?
                            $($heavy => {
                                message.$field = <$Type as $crate::media::json::Member>::read(value)?;
                            })?
                            $($number => {
                                let read = $crate::media::json::text_or_number(value);
                                reading.put(&mut message.$field, (name, value), read);
                            })?
                            $($sparse => {
                                let read = <$Type as $crate::media::json::Member>::read(value);
                                reading.put(&mut message.$field, (name, value), read);
                            })?
                            $($plain => {
                                let read = <$Type as $crate::media::json::Member>::read(value);
                                reading.put(&mut message.$field, (name, value), read);
                            })?
                        )+
                        _ => reading.unlisted(name, value),
                    }
                }
                message.rest = reading.finish();
                Ok(message)
            }
        }

        impl $crate::media::json::WriteJson for $Name {
            fn write<S: $crate::media::json::Sink>(&self, slot: $crate::media::json::Slot<'_, S>) {
                slot.object(|members| {
                    let rest = &self.rest;
                    $(
                        $($crate::media::json::WriteJson::write_member(&self.$field, members, $required);)?
                        $(message!(@write self.$field, members, $decides, rest);)?
                        $(message!(@write_some self.$field, members, $heavy, rest);)?
                        $(message!(@write self.$field, members, $number, rest);)?
                        $(message!(@write_some self.$field, members, $sparse, rest);)?
                        $(message!(@write self.$field, members, $plain, rest);)?
                    )+
                    rest.write_into(members);
                });
            }
        }

        impl $crate::media::json::Part for $Name {
            fn collect(&self, findings: &mut $crate::media::json::Findings) {
                findings.rest(&self.rest);
                $(
                    $(message!(@collect self.$field, findings, $decides);)?
                    $(message!(@collect self.$field, findings, $heavy);)?
                    $(message!(@collect self.$field, findings, $sparse);)?
                    $(message!(@collect self.$field, findings, $plain);)?
                )+
            }
        }
    };

    (@write $member:expr, $members:ident, $name:literal, $rest:ident) => {
        $crate::media::json::write_member($members, $name, &$member, $rest)
    };
    (@write_some $member:expr, $members:ident, $name:literal, $rest:ident) => {
        $crate::media::json::write_some($members, $name, &$member, $rest)
    };
    (@collect $member:expr, $findings:ident, $name:literal) => {
        $findings.member($name, |inside| $crate::media::json::Member::collect(&$member, inside))
    };
    (@second $first:literal $second:ident) => { $second };
    (@second $first:literal $second:ty) => { $second };
    (@absent $name:literal $Type:ty) => { <$Type as $crate::media::json::Member>::absent() };
}

pub(crate) use message;
