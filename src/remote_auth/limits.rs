//! How much a peer may send.

/// Finite limits of every decoder. The defaults are far above anything documented.
///
/// ```
/// use cashflows_codec::remote_auth::{Limits, Request};
///
/// let strict = Limits::default().with_request_bytes(4_096);
/// assert!(Request::decode_with(&[b'&'; 5_000], &strict).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    request_bytes: usize,
    request_parameters: usize,
    response_bytes: usize,
    batch_request_bytes: usize,
    batch_reply_bytes: usize,
    batch_parameters: usize,
}

impl Limits {
    /// Bytes of a request body: 64 KiB, unless set.
    #[must_use]
    pub const fn request_bytes(&self) -> usize {
        self.request_bytes
    }

    /// Sets the most bytes of a request body.
    #[must_use]
    pub const fn with_request_bytes(mut self, max: usize) -> Self {
        self.request_bytes = max;
        self
    }

    /// Parameters of a request body: 128, unless set.
    #[must_use]
    pub const fn request_parameters(&self) -> usize {
        self.request_parameters
    }

    /// Sets the most parameters of a request body.
    #[must_use]
    pub const fn with_request_parameters(mut self, max: usize) -> Self {
        self.request_parameters = max;
        self
    }

    /// Bytes of a response line: 4 KiB, unless set.
    #[must_use]
    pub const fn response_bytes(&self) -> usize {
        self.response_bytes
    }

    /// Sets the most bytes of a response line.
    #[must_use]
    pub const fn with_response_bytes(mut self, max: usize) -> Self {
        self.response_bytes = max;
        self
    }

    /// Bytes of a batch request body: 64 KiB, as the gateway has it (section 7), unless set.
    #[must_use]
    pub const fn batch_request_bytes(&self) -> usize {
        self.batch_request_bytes
    }

    /// Sets the most bytes of a batch request body.
    #[must_use]
    pub const fn with_batch_request_bytes(mut self, max: usize) -> Self {
        self.batch_request_bytes = max;
        self
    }

    /// Bytes of a batch reply body: 16 MiB, unless set.
    #[must_use]
    pub const fn batch_reply_bytes(&self) -> usize {
        self.batch_reply_bytes
    }

    /// Sets the most bytes of a batch reply body.
    #[must_use]
    pub const fn with_batch_reply_bytes(mut self, max: usize) -> Self {
        self.batch_reply_bytes = max;
        self
    }

    /// Parameters in the form of a batch body: 128, unless set.
    #[must_use]
    pub const fn batch_parameters(&self) -> usize {
        self.batch_parameters
    }

    /// Sets the most parameters in the form of a batch body.
    #[must_use]
    pub const fn with_batch_parameters(mut self, max: usize) -> Self {
        self.batch_parameters = max;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_bytes: 64 * 1_024,
            request_parameters: 128,
            response_bytes: 4 * 1_024,
            batch_request_bytes: 64 * 1_024,
            batch_reply_bytes: 16 * 1_024 * 1_024,
            batch_parameters: 128,
        }
    }
}
