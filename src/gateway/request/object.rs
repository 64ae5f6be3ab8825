//! Objects of requests that are declared once: the rows of [`request_object!`] are the struct, how it is read,
//! and how it is written.

mod reader;

pub(super) use super::fault::Weight;
pub(super) use reader::{Others, Reader, Word};

use super::fault::{Faults, InvalidRequest};
use crate::error::Rule;
use crate::media::json::{
    DecodedRequest, Document, JsonError, JsonLimits, Members, Object, Sink, Value, WriteJson,
};

/// A value of one piece: text, a number or a flag.
pub(super) trait Leaf: Sized {
    /// Reads the value.
    fn parse(faults: &Faults, value: Value<'_>) -> Result<Self, JsonError>;

    /// The rule that a value breaks and is kept all the same.
    fn doubt(&self) -> Option<Rule> {
        None
    }

    /// Reads the value, and calls `note` with what is doubtful about one that is kept.
    #[inline]
    fn parse_noting(
        faults: &mut Faults,
        value: Value<'_>,
        note: impl FnOnce(&mut Faults, JsonError),
    ) -> Result<Self, JsonError> {
        let read = Self::parse(faults, value)?;
        if let Some(rule) = read.doubt() {
            note(faults, value.error(rule));
        }
        Ok(read)
    }

    /// Writes the member.
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str);
}

/// An object, declared by [`request_object!`].
pub(super) trait RequestObject: WriteJson + Sized {
    /// Tells if there is a member that is mandatory.
    const HAS_REQUIRED: bool;

    /// Reads the members of the object.
    fn read_members(object: Object<'_>, faults: &mut Faults) -> Option<Self>;
}

/// A value of a member: a [`Leaf`], an object or a list.
pub(super) trait Part: Sized {
    /// Reads the value.
    fn read(value: Value<'_>, weight: Weight, faults: &mut Faults) -> Option<Self>;

    /// Writes the member.
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str);
}

impl<T: Leaf> Part for T {
    #[inline]
    fn read(value: Value<'_>, weight: Weight, faults: &mut Faults) -> Option<Self> {
        let read = T::parse_noting(faults, value, Faults::finding);
        faults.weigh(weight, read)
    }

    #[inline]
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
        Leaf::write(self, members, name);
    }
}

/// Reads an object. One with a mandatory member decides. Of another an empty list, as PHP writes an empty
/// array, is a finding.
pub(super) fn read_object<T: RequestObject>(
    value: Value<'_>,
    weight: Weight,
    faults: &mut Faults,
) -> Option<T> {
    let weight = match weight {
        _ if T::HAS_REQUIRED => Weight::Decides,
        Weight::Decides if value.is_empty_list() => Weight::Minor,
        weight => weight,
    };
    let object = faults.weigh(weight, value.object())?;
    T::read_members(object, faults)
}

/// Reads a body whose outermost value is an object.
pub(in crate::gateway) fn decode<T>(
    body: &[u8],
    limits: &JsonLimits,
    strict: bool,
    read: impl FnOnce(Object<'_>, &mut Faults) -> Option<T>,
) -> Result<DecodedRequest<T>, InvalidRequest> {
    let document = Document::read_with_duplicates(body, limits)?;
    let mut faults = Faults::strict(strict);
    let object = faults.take(document.root().object());
    let read = object.and_then(|object| read(object, &mut faults));
    faults.duplicates(&document);
    faults.result(read).map(|(request, passed)| DecodedRequest::new(request, passed))
}

/// A member, or two that belong together: `NAMES` is how many names it has on the wire.
pub(super) trait Member<const NAMES: usize>: Sized {
    /// Reads the member.
    fn read(reader: &mut Reader<'_, '_>, names: [&'static str; NAMES], weight: Weight) -> Option<Self>;

    /// Writes the member, if there is something to write.
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, names: [&'static str; NAMES]);
}

impl<T: Part> Member<1> for Option<T> {
    #[inline]
    fn read(reader: &mut Reader<'_, '_>, [name]: [&'static str; 1], weight: Weight) -> Option<Self> {
        Some(reader.get(name).and_then(|value| T::read(value, weight, reader.faults)))
    }

    #[inline]
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, [name]: [&'static str; 1]) {
        if let Some(part) = self {
            part.write(members, name);
        }
    }
}

impl<T: RequestObject> Member<1> for Vec<T> {
    fn read(reader: &mut Reader<'_, '_>, [name]: [&'static str; 1], weight: Weight) -> Option<Self> {
        Some(reader.list(name, weight, |value, faults| read_object(value, weight, faults)))
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, [name]: [&'static str; 1]) {
        if !self.is_empty() {
            members.member(name).array(|items| {
                self.iter().for_each(|object| object.write(items.item()));
            });
        }
    }
}

/// A mandatory member, or two of which one is.
pub(super) trait Mandatory<const NAMES: usize>: Sized {
    /// Reads the member, or reports that it is missing.
    fn require(reader: &mut Reader<'_, '_>, names: [&'static str; NAMES]) -> Option<Self>;

    /// Writes the member.
    fn write<S: Sink>(&self, members: &mut Members<'_, S>, names: [&'static str; NAMES]);
}

impl<T: Leaf> Mandatory<1> for T {
    fn require(reader: &mut Reader<'_, '_>, [name]: [&'static str; 1]) -> Option<Self> {
        reader.require_with(name, |faults, value| T::parse_noting(faults, value, Faults::finding))
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, [name]: [&'static str; 1]) {
        Leaf::write(self, members, name);
    }
}

/// Declares an object of a request: a struct with a public field for each member.
///
/// A row is the documentation of a field, a mark or none, the name of the member on the wire, and the field
/// with its type. `and` adds a second name, for two members that make one value.
///
/// | mark | an absent member | a malformed member |
/// | --- | --- | --- |
/// | `required` | is an error | is an error |
/// | `decides` | is read as absent | is an error |
/// | none | is read as absent | is read as absent, and a finding |
///
/// `, new` after the name of the struct adds a constructor with the mandatory members. rustfmt does not look
/// into it.
macro_rules! request_object {
    ($(#[$attribute:meta])* $vis:vis struct $Name:ident, new { $(
        $(#[doc = $doc:literal])+
        $(required $required:literal)? $(decides $decides:literal)? $($minor:literal)? $(and $second:literal)?
        => $field:ident: $Type:ty,
    )+ }) => {
        request_object! { $(#[$attribute])* $vis struct $Name { $(
            $(#[doc = $doc])+
            $(required $required)? $(decides $decides)? $($minor)? $(and $second)?
            => $field: $Type,
        )+ } }

        impl $Name {
            /// Has the members that are mandatory, and no other.
            #[must_use]
            $vis fn new($($($field: request_object!(@second $required $Type),)?)+) -> Self {
                Self { $(
                    $($field: request_object!(@second $required $field),)?
                    $($field: request_object!(@absent $decides),)?
                    $($field: request_object!(@absent $minor),)?
                )+ }
            }
        }
    };

    ($(#[$attribute:meta])* $vis:vis struct $Name:ident { $(
        $(#[doc = $doc:literal])+
        $(required $required:literal)? $(decides $decides:literal)? $($minor:literal)? $(and $second:literal)?
        => $field:ident: $Type:ty,
    )+ }) => {
        $(#[$attribute])*
        $vis struct $Name { $(
            $(#[doc = $doc])+
            #[doc = concat!(
                "\n\nOn the wire: `", $($required)? $($decides)? $($minor)?, $("` and `", $second,)? "`."
            )]
            $vis $field: $Type,
        )+ }

        impl $crate::gateway::request::object::RequestObject for $Name {
            const HAS_REQUIRED: bool = !<[&str]>::is_empty(&[$($($required,)?)+]);

            fn read_members(
                object: $crate::media::json::Object<'_>,
                faults: &mut $crate::gateway::request::Faults,
            ) -> Option<Self> {
                let names = &[$($($required)? $($decides)? $($minor)?, $($second,)?)+];
                let mut reader = $crate::gateway::request::object::Reader::new(object, names, faults);
                $(let $field: Option<$Type> = request_object!(
                    @read reader, [$($required)? $($decides)? $($minor)? $(, $second)?]
                    $(required $required)? $(decides $decides)? $(minor $minor)?
                );)+
                Some(Self { $($field: $field?,)+ })
            }
        }

        impl $crate::media::json::WriteJson for $Name {
            fn write<S: $crate::media::json::Sink>(&self, slot: $crate::media::json::Slot<'_, S>) {
                let Self { $($field,)+ } = self;
                slot.object(|members| { $(request_object!(
                    @write $field, members, [$($required)? $($decides)? $($minor)? $(, $second)?]
                    $(required $required)? $(decides $decides)? $(minor $minor)?
                );)+ });
            }
        }

        impl $crate::gateway::request::object::Part for $Name {
            fn read(
                value: $crate::media::json::Value<'_>,
                weight: $crate::gateway::request::object::Weight,
                faults: &mut $crate::gateway::request::Faults,
            ) -> Option<Self> {
                $crate::gateway::request::object::read_object(value, weight, faults)
            }

            fn write<S: $crate::media::json::Sink>(
                &self,
                members: &mut $crate::media::json::Members<'_, S>,
                name: &'static str,
            ) {
                $crate::media::json::WriteJson::write(self, members.member(name));
            }
        }
    };

    (@read $reader:ident, $names:tt required $name:literal) => {
        $crate::gateway::request::object::Mandatory::require(&mut $reader, $names)
    };
    (@read $reader:ident, $names:tt decides $name:literal) => {
        $crate::gateway::request::object::Member::read(
            &mut $reader, $names, $crate::gateway::request::object::Weight::Decides
        )
    };
    (@read $reader:ident, $names:tt minor $name:literal) => {
        $crate::gateway::request::object::Member::read(
            &mut $reader, $names, $crate::gateway::request::object::Weight::Minor
        )
    };
    (@write $field:ident, $members:ident, $names:tt required $name:literal) => {
        $crate::gateway::request::object::Mandatory::write($field, $members, $names)
    };
    (@write $field:ident, $members:ident, $names:tt $mark:ident $name:literal) => {
        $crate::gateway::request::object::Member::write($field, $members, $names)
    };
    (@second $first:literal $second:ident) => { $second };
    (@second $first:literal $second:ty) => { $second };
    (@absent $name:literal) => { Default::default() };
}

pub(super) use request_object;
