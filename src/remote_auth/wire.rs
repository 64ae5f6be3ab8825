//! Encoding and decoding, one file for each shape on the wire. The methods are those of the messages.
//!
//! `Request::encode` and `Request::decode` are in `form`, `Response::decode` and `Response::encode`
//! in `line`, those of the batch messages in `multipart`.

mod form;
mod line;
#[cfg(feature = "batch")]
mod multipart;

pub(crate) use line::may_hide_a_line;
