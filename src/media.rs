//! What the protocols are written in: forms, multipart bodies and bytes. Knows nothing of any message.

pub(crate) mod form;
#[cfg(feature = "batch")]
pub(crate) mod multipart;
