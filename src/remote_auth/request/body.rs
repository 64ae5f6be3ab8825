//! An encoded request.

use core::fmt;

use bytes::Bytes;

use super::MaskedForm;
use crate::remote_auth::environment::Environment;
use crate::secret::Wiped;

/// An encoded request, to be sent by POST.
///
/// Its memory is wiped when the last clone of the bytes is dropped, and `Debug` shows it as a
/// [`MaskedForm`].
#[derive(Clone, PartialEq, Eq)]
pub struct Body(Bytes);

impl Body {
    /// The media type of every payment request (section 1).
    pub const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";

    /// Returns true if a content type, without its parameters, is that of a payment request.
    #[cfg(any(feature = "http", feature = "simulator"))]
    pub(crate) fn is_content_type(content_type: &str) -> bool {
        let essence = content_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case(Self::CONTENT_TYPE)
    }

    pub(crate) fn new(form: Wiped<Vec<u8>>) -> Self {
        Self(Bytes::from_owner(form))
    }

    /// The form. It holds card data: pass it to a transport only.
    #[must_use]
    pub const fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// The form, for a transport. It shares the memory, which is wiped with the last clone.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// The `Content-Type`: [`Body::CONTENT_TYPE`].
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        Self::CONTENT_TYPE
    }

    /// The URL to POST it to.
    #[must_use]
    pub const fn endpoint(&self, environment: Environment) -> &'static str {
        environment.payment_url()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({})", MaskedForm::new(&self.0))
    }
}
