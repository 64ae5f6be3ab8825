//! An encoded body with its content type.

use core::fmt;
use std::borrow::Cow;

use bytes::Bytes;

use crate::secret::{MASK, Wiped};

/// The body of a batch message, ready to be sent.
///
/// A request holds the password: the body is masked when printed, and its memory is wiped when the
/// last clone of its [`Bytes`] is dropped.
#[derive(Clone)]
pub struct BatchBody {
    content_type: Cow<'static, str>,
    bytes: Bytes,
}

impl BatchBody {
    pub(crate) fn new(content_type: Cow<'static, str>, body: Wiped<Vec<u8>>) -> Self {
        Self { content_type, bytes: Bytes::from_owner(body) }
    }

    /// The `Content-Type`, with the boundary where the body has parts.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The `Content-Length`.
    #[must_use]
    pub const fn content_length(&self) -> usize {
        self.bytes.len()
    }

    /// The body. A request holds the password: pass it to a transport, and to nothing else.
    #[must_use]
    pub const fn as_bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The body, to be given to a transport; shares the memory, which is wiped with the last clone.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl fmt::Debug for BatchBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchBody")
            .field("content_type", &self.content_type())
            .field("content_length", &self.content_length())
            .field("body", &format_args!("{MASK}"))
            .finish()
    }
}
