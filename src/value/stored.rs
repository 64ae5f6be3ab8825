//! How values are stored as JSON and the like (serde): by these readers, each type beside itself.
//!
//! Reading checks every rule again. No error quotes what was read: where serde and its formats
//! would, which is where the type is not the expected one, the visitors here answer instead.

use core::fmt;
use core::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, Expected, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::InvalidValue;
use crate::secret::Secret;

/// Refuses values of the wrong type without the quotation that serde's own methods make.
macro_rules! refuse {
    ($($visit:ident($Type:ty))+) => {
        $(fn $visit<E: Error>(self, _value: $Type) -> Result<Self::Value, E> {
            Err(E::custom(format_args!("must be {}", &self as &dyn Expected)))
        })+
    };
}

/// Refuses everything that is a single value but not text.
macro_rules! refuse_numbers {
    () => {
        refuse! {
            visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_i128(i128) visit_u128(u128)
            visit_f64(f64) visit_bytes(&[u8])
        }
    };
}

/// Reads text.
pub(crate) struct Text<T>(pub(crate) fn(&str) -> Result<T, InvalidValue>);

impl<T> Text<T> {
    pub(crate) fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        // Formats that describe themselves say what is there only if they are asked for anything.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(self)
        } else {
            deserializer.deserialize_str(self)
        }
    }
}

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }

    refuse_numbers!();
}

/// Reads an object.
pub(crate) struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Object<T> {
    pub(crate) fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Self(PhantomData))
        } else {
            T::deserialize(deserializer)
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }

    refuse_numbers!();
    refuse!(visit_str(&str));
}

/// Text that is checked together with other parts; wiped, since it may be a card token.
pub(crate) struct AnyText(Secret);

impl From<&str> for AnyText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl AnyText {
    pub(crate) fn as_str(&self) -> &str {
        self.0.expose()
    }
}

impl Serialize for AnyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl<'de> Deserialize<'de> for AnyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text(|text| Ok(Self(text.into()))).read(deserializer)
    }
}

/// Reads a list of texts.
#[derive(Default)]
pub(crate) struct List(Vec<AnyText>);

impl List {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(AnyText::as_str)
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Self::default())
        } else {
            deserializer.deserialize_seq(Self::default())
        }
    }
}

impl<'de> Visitor<'de> for List {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self, A::Error> {
        while let Some(text) = list.next_element()? {
            self.0.push(text);
        }
        Ok(self)
    }

    refuse_numbers!();
    refuse!(visit_str(&str));
}

/// Types whose `Display` and `TryFrom<&str>` are their stored form.
macro_rules! stored_as_text {
    ($($Type:ty),+) => {$(
        impl serde::Serialize for $Type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::stored::Text(|text| Self::try_from(text)).read(deserializer)
            }
        }
    )+};
}
