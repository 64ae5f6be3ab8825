//! JSON (RFC 8259), read strictly and exactly, written into one block, without leaving copies of what
//! it holds behind.
//!
//! A body is read once, into a [`Document`]: a list of places in the body, no copy of it. Types are
//! then read out of its [`Value`]s. So all of a body is known to be JSON, within the limits and without
//! duplicate members, before anybody asks what it says; an error can name the path of the member that
//! it is about (`data.payments[0].status`); and a number is the text that stands there, never a float.
//!
//! Text that is written with escapes is decoded into memory that is wiped.

mod decoded;
mod document;
mod error;
mod finding;
mod kept;
mod limits;
mod message;
mod parse;
#[cfg(feature = "gateway")]
mod record;
mod rest;
mod text;
mod value;
mod write;

pub use decoded::DecodedRequest;
pub use error::{JsonError, JsonProblem, JsonShape, MemberPath};
pub use finding::Finding;
pub use kept::{KeptMembers, KeptValue};
pub use limits::JsonLimits;

pub(crate) use decoded::Passed;
pub(crate) use document::Document;
#[cfg(feature = "gateway")]
pub(crate) use document::ObjectPlace;
#[cfg(feature = "hosted-page")]
pub(crate) use error::shown_name;
pub(crate) use finding::Findings;
#[cfg(feature = "gateway")]
pub(crate) use message::always_there;
#[cfg(any(feature = "gateway", test))]
pub(crate) use message::text_or_number;
pub(crate) use message::{Member, Part, message, write_member, write_some};
#[cfg(feature = "gateway")]
pub(crate) use record::{ReadKept, record};
pub(crate) use rest::{Reading, Rest};
pub(crate) use text::Text;
pub(crate) use value::{Object, ReadJson, Value};
#[cfg(feature = "gateway")]
pub(crate) use write::write_text;
pub(crate) use write::{Members, Sink, Slot, WriteJson, to_body};

#[cfg(test)]
mod tests;
