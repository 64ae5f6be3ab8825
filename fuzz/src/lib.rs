//! Code shared by the targets: values built from the bytes of an input.

#[path = "../../tests/support/gateway_calls.rs"]
pub mod gateway_calls;
#[cfg(test)]
mod reach;
#[path = "../../tests/support/requests.rs"]
pub mod requests;
pub mod responses;
#[path = "../../tests/support/source.rs"]
mod source;

pub use source::Source;

/// The bytes before and after the first line end.
pub fn halves(data: &[u8]) -> (&str, &[u8]) {
    let end = data.iter().position(|&byte| byte == b'\n').unwrap_or(data.len());
    let first = core::str::from_utf8(&data[..end]).unwrap_or_default();
    (first, data.get(end + 1..).unwrap_or_default())
}
