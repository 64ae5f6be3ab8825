//! What can be wrong with requests, and what the provider says is wrong.

use thiserror::Error;

use crate::error::Separated;
use crate::media::json::{
    Document, JsonError, JsonLimits, KeptMembers, Object, ReadJson, Sink, Slot, Value, WriteJson, to_body,
};

/// A body that is not the request that it should be: everything that is wrong with it, never empty.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", Separated(.0, "; "))]
pub struct InvalidRequest(Vec<JsonError>);

impl InvalidRequest {
    pub(super) const fn new(errors: Vec<JsonError>) -> Self {
        Self(errors)
    }

    pub(super) fn one(error: JsonError) -> Self {
        Self(vec![error])
    }

    /// Everything that is wrong.
    #[must_use]
    pub fn errors(&self) -> &[JsonError] {
        &self.0
    }
}

/// An answer without what was asked for.
///
/// Of money it says nothing: only the shopper, on the page, can pay.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PageError {
    /// The provider says what is wrong.
    #[error("status {status}: {refusal}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What is wrong.
        refusal: Refusal,
    },
    /// The body cannot be read.
    #[error("status {status}: {error}")]
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// What is wrong with the body.
        error: JsonError,
    },
}

impl PageError {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused { status, .. } | Self::Unreadable { status, .. } => *status,
        }
    }
}

/// Reads an answer: of a status of success what was asked for, else what is wrong. A success may carry
/// errors instead.
pub(super) fn answer<T>(
    status: u16,
    body: &[u8],
    limits: &JsonLimits,
    read: impl FnOnce(Value<'_>) -> Result<T, JsonError>,
) -> Result<T, PageError> {
    let unreadable = |error| PageError::Unreadable { status, error };
    let document = Document::read(body, limits).map_err(unreadable)?;
    let errors = document.root().object().ok().and_then(|object| object.get("errors"));
    match (status, errors) {
        (200..=299, None) => read(document.root()).map_err(unreadable),
        _ => Err(match document.root().read() {
            Ok(refusal) => PageError::Refused { status, refusal },
            Err(error) => unreadable(error),
        }),
    }
}

/// What the provider says is wrong: `{"status": "INVALID", "errors": [{"property", "message"}]}`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the provider refuses: {}", Separated(errors, ", "))]
#[non_exhaustive]
pub struct Refusal {
    /// The word for it, `INVALID`.
    pub status: Box<str>,
    /// What is wrong.
    pub errors: Vec<RefusedProperty>,
    unlisted: KeptMembers,
}

impl Refusal {
    /// A refusal of the provider, with the word `INVALID`.
    #[must_use]
    pub fn new(errors: Vec<RefusedProperty>) -> Self {
        Self { status: "INVALID".into(), errors, unlisted: KeptMembers::new() }
    }

    /// Members that nobody listed.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }

    /// Writes the body of the answer.
    #[must_use]
    pub fn encode(&self) -> bytes::Bytes {
        bytes::Bytes::from_owner(to_body(self))
    }
}

impl ReadJson for Refusal {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object: Object<'_> = value.object()?;
        let (status, errors) = (object.required("status")?, object.required("errors")?);
        let unlisted = KeptMembers::others(object, |name| ["status", "errors"].contains(&name));
        Ok(Self { status, errors, unlisted })
    }
}

impl WriteJson for Refusal {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("status", &self.status);
            members.member("errors").array(|items| {
                self.errors.iter().for_each(|error| error.write(items.item()));
            });
            self.unlisted.write_into(members);
        });
    }
}

/// A property of a request that the provider does not take, and why. The message may quote what was
/// sent, so only the property's name is printed.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedProperty {
    /// The name of the property, such as `tokenization`.
    pub property: Box<str>,
    /// Why: free text.
    pub message: Box<str>,
    unlisted: KeptMembers,
}

impl RefusedProperty {
    /// What is wrong with a property.
    #[must_use]
    pub fn new(property: &str, message: &str) -> Self {
        Self { property: property.into(), message: message.into(), unlisted: KeptMembers::new() }
    }
}

impl core::fmt::Display for RefusedProperty {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&crate::media::json::shown_name(&self.property))
    }
}

impl core::fmt::Debug for RefusedProperty {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "RefusedProperty({self})")
    }
}

impl ReadJson for RefusedProperty {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let (property, message) = (object.required("property")?, object.required("message")?);
        let unlisted = KeptMembers::others(object, |name| ["property", "message"].contains(&name));
        Ok(Self { property, message, unlisted })
    }
}

impl WriteJson for RefusedProperty {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("property", &self.property);
            members.text("message", &self.message);
            self.unlisted.write_into(members);
        });
    }
}
