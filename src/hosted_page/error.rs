//! Errors of requests, and refusals of the provider.

use thiserror::Error;

use super::value::SessionId;
use crate::error::Separated;
use crate::media::json::{
    Document, JsonError, JsonLimits, Members, Object, Reading, Rest, Sink, Text, Value, message, to_body,
    write_some,
};

/// The word for a refusal.
const INVALID: &str = "INVALID";

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
        /// The errors that the provider names.
        refusal: Refusal,
    },
    /// The body cannot be read.
    #[error("status {status}: {error}")]
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// The error of the body.
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
/// errors or the word `INVALID` instead (HP-034); an empty list of errors says nothing.
pub(super) fn answer<T>(
    status: u16,
    body: &[u8],
    limits: &JsonLimits,
    read: impl FnOnce(Value<'_>) -> Result<T, JsonError>,
) -> Result<T, PageError> {
    let unreadable = |error| PageError::Unreadable { status, error };
    let document = Document::read(body, limits).map_err(unreadable)?;
    let root = document.root();
    let member = |name| root.object().ok().and_then(|object| object.get(name));
    let errors = member("errors");
    let has_errors =
        errors.and_then(|errors| errors.list().ok()).is_some_and(|mut list| list.next().is_some());
    let is_invalid = |word: Text<'_>| word.eq_ignore_ascii_case(INVALID);
    let is_invalid = member("status").and_then(Value::as_text).is_some_and(is_invalid);
    if matches!(status, 200..=299) && !has_errors && !is_invalid {
        return read(root).map_err(unreadable);
    }
    // Both may be absent, but not together.
    if let (Ok(object), None, None) = (root.object(), member("status"), errors) {
        return Err(unreadable(object.missing("status")));
    }
    match root.read() {
        Ok(refusal) => Err(PageError::Refused { status, refusal }),
        Err(error) => Err(unreadable(error)),
    }
}

/// A session's id. A number is read as its text, and is a finding.
pub(super) fn session_id(value: Value<'_>) -> Result<SessionId, JsonError> {
    SessionId::try_from(&*value.text_or_number()?).map_err(|invalid| value.error(invalid.rule()))
}

/// The members of an answer beside those that are read. `errors` are known, and say nothing in a success
/// unless there are some.
///
/// # Errors
///
/// A listed member is there twice, in different cases.
pub(super) fn rest(object: Object<'_>, listed: &[&'static str]) -> Result<Rest, JsonError> {
    Reading::read(object, &[&["errors"], listed].concat(), |reading, name, value| {
        match name {
            "errors" => {
                let list: Result<Vec<RefusedProperty>, _> = value.optional().map(Option::unwrap_or_default);
                reading.put(&mut Vec::new(), ("errors", value), list);
            }
            "session_id" if listed.contains(&"session_id") => {
                value.text().err().into_iter().for_each(|error| reading.note(error));
            }
            name => return Ok(listed.contains(&name)),
        }
        Ok(true)
    })
}

/// Writes those members.
pub(super) fn write_rest<S: Sink>(members: &mut Members<'_, S>, rest: &Rest) {
    write_some(members, "errors", &Vec::<RefusedProperty>::new(), rest);
    rest.write_into(members);
}

message! {
    /// A refusal of the provider: `{"status": "INVALID", "errors": [{"property", "message"}]}`.
    ///
    /// Each member may be absent; an answer that has neither is none.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Error)]
    #[error("the provider refuses: {}", Separated(errors, ", "))]
    pub struct Refusal, fn bare {
        /// The word for it, `INVALID`. Empty if the provider gives none.
        unless_empty "status" => status: Box<str>,
        /// The errors.
        decides "errors" => errors: Vec<RefusedProperty>,
    }
}

impl Refusal {
    /// A refusal of the provider, with the word `INVALID`.
    #[must_use]
    pub fn new(errors: Vec<RefusedProperty>) -> Self {
        let mut refusal = Self::bare();
        (refusal.status, refusal.errors) = (INVALID.into(), errors);
        refusal
    }

    /// Writes the body of the answer.
    #[must_use]
    pub fn encode(&self) -> bytes::Bytes {
        bytes::Bytes::from_owner(to_body(self))
    }
}

message! {
    /// A property of a request that the provider does not take, and why. The message may quote what was
    /// sent, so only the property's name is printed.
    #[derive(Clone, Default, PartialEq, Eq)]
    pub struct RefusedProperty, fn bare {
        /// The name of the property, such as `tokenization`. Empty if the provider names none.
        unless_empty "property" => property: Box<str>,
        /// The reason: free text. Empty if the provider gives none.
        unless_empty "message" => message: Box<str>,
    }
}

impl RefusedProperty {
    /// An error of a property.
    #[must_use]
    pub fn new(property: &str, message: &str) -> Self {
        let mut refused = Self::bare();
        (refused.property, refused.message) = (property.into(), message.into());
        refused
    }
}

impl core::fmt::Display for RefusedProperty {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match &*self.property {
            "" => f.write_str("an error without a property"),
            property => f.write_str(&crate::media::json::shown_name(property)),
        }
    }
}

impl core::fmt::Debug for RefusedProperty {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "RefusedProperty({self})")
    }
}
