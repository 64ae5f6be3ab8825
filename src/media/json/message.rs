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

    /// Returns true if the value is that of an absent member.
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

#[cfg(feature = "gateway")]
pub(crate) use always_there;

always_there! { [<T: Part>] Vec<T>, [] Box<str> }

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
#[cfg(any(feature = "gateway", test))]
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
/// A name in another case of ASCII letters is read as the listed one, and is a finding. Both spellings in one object are
/// the member twice, which is an error.
///
/// After the name of the struct, `, fn bare` gives `new` another name, and makes it private.
///
/// From the rows: the struct, `new`, `unlisted`, `findings`, `is_malformed`, [`ReadJson`], [`WriteJson`]
/// and [`Part`]. rustfmt does not look into it.
macro_rules! message {
    ($(#[$attribute:meta])* $vis:vis struct $Name:ident { $($rows:tt)+ }) => {
        message! { @declare $(#[$attribute])* $vis $Name, $vis fn new; $($rows)+ }
    };

    ($(#[$attribute:meta])* $vis:vis struct $Name:ident, fn $new:ident { $($rows:tt)+ }) => {
        message! { @declare $(#[$attribute])* $vis $Name, fn $new; $($rows)+ }
    };

    (
        @declare $(#[$attribute:meta])* $vis:vis $Name:ident, $new_vis:vis fn $new:ident;
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
        $vis struct $Name {
            $(
                $(#[doc = $doc])+
                #[doc = concat!(
                    "\n\nOn the wire: `",
                    $($required)? $($decides)? $($heavy)? $($number)? $($sparse)? $($plain)?,
                    "`."
                )]
                $vis $field: $Type,
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

            const NAMES: &'static [&'static str] = &[
                $($($required)? $($decides)? $($heavy)? $($number)? $($sparse)? $($plain)?,)+
            ];

            /// Puts a listed member into its field; false if the name is not listed.
            #[inline(always)]
            fn put<'d>(
                &mut self,
                reading: &mut $crate::media::json::Reading<'d>,
                name: &str,
                value: $crate::media::json::Value<'d>,
            ) -> Result<bool, $crate::media::json::JsonError> {
                match name {
                    $(
                        $($required => {})?
                        $($decides => {
                            self.$field = <$Type as $crate::media::json::Member>::read(value)?;
                        })?
                        $($heavy => {
                            self.$field = <$Type as $crate::media::json::Member>::read(value)?;
                        })?
                        $($number => {
                            let read = $crate::media::json::text_or_number(value);
                            reading.put(&mut self.$field, ($number, value), read);
                        })?
                        $($sparse => {
                            let read = <$Type as $crate::media::json::Member>::read(value);
                            reading.put(&mut self.$field, ($sparse, value), read);
                        })?
                        $($plain => {
                            let read = <$Type as $crate::media::json::Member>::read(value);
                            reading.put(&mut self.$field, ($plain, value), read);
                        })?
                    )+
                    _ => return Ok(false),
                }
                Ok(true)
            }

            /// The members that the crate does not list, as they came.
            #[must_use]
            $vis const fn unlisted(&self) -> &$crate::media::json::KeptMembers {
                self.rest.unlisted()
            }

            /// The malformed members that decide nothing, with their places inside of this.
            #[must_use]
            $vis fn findings(&self) -> Vec<$crate::media::json::Finding> {
                $crate::media::json::Findings::of(|findings| {
                    $crate::media::json::Part::collect(self, findings);
                })
            }

            /// Returns true if a member was there and malformed, by its name on the wire, so that its field says
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
                message.rest = $crate::media::json::Reading::read(object, Self::NAMES, |reading, name, value| {
                    message.put(reading, name, value)
                })?;
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

#[cfg(test)]
mod tests {
    use crate::media::json::{Document, JsonError, JsonLimits, ReadJson, to_body};

    message! {
        /// A message with each mark.
        #[derive(Clone, Debug, PartialEq, Eq)]
        struct Marked {
            /// Mandatory.
            required "name" => name: Box<str>,
            /// Decides.
            decides "decides" => decides: Vec<Box<str>>,
            /// Decides, and is not written without anything in it.
            decides_unless_empty "heavy" => heavy: Vec<Marked>,
            /// Neither.
            "plain" => plain: Option<bool>,
            /// Always there.
            "list" => list: Vec<Box<str>>,
            /// A number, too.
            number_too "number" => number: Option<Box<str>>,
            /// Not written without anything in it.
            unless_empty "sparse" => sparse: Vec<bool>,
        }
    }

    fn read(json: &str) -> Result<Marked, JsonError> {
        let document = Document::read(json.as_bytes(), &JsonLimits::default())?;
        Marked::read(document.root())
    }

    fn written(message: &Marked) -> String {
        String::from_utf8(to_body(message).to_vec()).unwrap()
    }

    #[test]
    fn a_message_is_written_as_it_was_read() {
        for json in [
            r#"{"name":"a","decides":[],"list":[]}"#,
            r#"{"name":"a","decides":["b"],"heavy":[{"name":"c","decides":[],"list":[]}],"plain":true,"list":["d"],"number":"7","sparse":[false]}"#,
            r#"{"name":"a","decides":[],"list":[],"odd":null,"more":{"a":[1.50]}}"#,
            r#"{"name":"a","decides":[],"plain":"x","list":{},"number":[7],"sparse":"","odd":1}"#,
        ] {
            let message = read(json).unwrap();
            assert_eq!(written(&message), json);
            assert_eq!(message.unlisted().get("odd").is_some(), json.contains("odd"));
            assert_eq!(read(&written(&message)), Ok(message));
        }
    }

    #[test]
    fn marks_say_what_is_read() {
        for (json, expected) in [
            (r#"{}"#, Err("name is missing")),
            (r#"{"name":null}"#, Err("name is missing")),
            (r#"{"name":1}"#, Err("name must be text")),
            (r#"{"name":"a","decides":1}"#, Err("decides must be a list")),
            (r#"{"name":"a","decides":["b",1]}"#, Err("decides[1] must be text")),
            (r#"{"name":"a","heavy":[{"name":"b","decides":""}]}"#, Err("heavy[0].decides must be a list")),
            (r#"{"name":"a","plain":[]}"#, Ok("plain must be true or false")),
            (r#"{"name":"a","plain":"TRUE","number":7}"#, Ok("")),
            (r#"{"name":"a","number":true}"#, Ok("number must be text or a number")),
            (
                r#"{"name":"a","sparse":[1],"list":"","odd":1}"#,
                Ok("list must be a list, sparse[0] must be true or false"),
            ),
            (
                r#"{"name":"a","heavy":[{"name":"b"},{"name":"c","plain":7}]}"#,
                Ok("heavy[1].plain must be true or false"),
            ),
        ] {
            let found = read(json).map(|message| {
                message.findings().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            });
            let found = found.map_err(|error| error.to_string());
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{json}");
        }
    }

    /// A member is written once: the field, if it is set, else what was kept.
    #[test]
    fn what_is_set_takes_the_place_of_what_was_kept() {
        let mut message = read(r#"{"name":"a","sparse":1,"plain":2,"list":3}"#).unwrap();
        assert!(
            message.is_malformed("sparse") && message.is_malformed("plain") && !message.is_malformed("name")
        );
        message.plain = Some(true);
        message.sparse = vec![true];
        assert_eq!(written(&message), r#"{"name":"a","decides":[],"plain":true,"list":3,"sparse":[true]}"#);
    }
}
