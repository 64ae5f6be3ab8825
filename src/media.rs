//! The ground that the protocols stand on: forms and bytes, which know nothing of any message.

pub(crate) mod form;
pub(crate) mod scan;
