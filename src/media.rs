//! Formats of the protocols: forms, multipart bodies and JSON. Knows nothing of any message.

pub(crate) mod form;
#[cfg(any(feature = "gateway", feature = "hosted-page"))]
#[cfg_attr(
    not(all(feature = "gateway", feature = "hosted-page")),
    allow(dead_code, reason = "each of the two needs a part of it")
)]
pub(crate) mod json;
#[cfg(feature = "batch")]
pub(crate) mod multipart;
