//! JSON (RFC 8259), without leaving copies of what it holds behind.

mod write;

pub(crate) use write::{Members, Sink, Slot, WriteJson, to_body};
