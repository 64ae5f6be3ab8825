//! The ground that the protocols stand on: forms and bytes, which know nothing of any message.

pub(crate) mod form;
#[cfg(feature = "gateway")]
pub(crate) mod json;
pub(crate) mod scan;
