//! The ground that the protocols stand on: forms and bytes, which know nothing of any message.

pub(crate) mod form;
#[cfg(any(feature = "gateway", feature = "hosted-page"))]
#[cfg_attr(not(feature = "gateway"), allow(dead_code, reason = "the small protocol needs less of it"))]
pub(crate) mod json;
pub(crate) mod scan;
