//! Limits on the size of a peer's message.

use serde::{Deserialize, Serialize};

/// Finite limits of every decoder. The defaults are far above every documented message.
///
/// Stored as an object of numbers; one that is absent has its default.
///
/// ```
/// use cashflows_codec::remote_auth::{Limits, Request};
///
/// let strict = Limits { request_bytes: 4_096, ..Limits::default() };
/// assert!(Request::decode_with(&[b'&'; 5_000], &strict).is_err());
///
/// let configured: Limits = serde_json::from_str(r#"{"request_bytes":4096}"#)?;
/// assert_eq!(configured, strict);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The most bytes of a request body: 64 KiB.
    pub request_bytes: usize,
    /// The most parameters of a request body: 128.
    pub request_parameters: usize,
    /// The most bytes of a response line: 4 KiB.
    pub response_bytes: usize,
    /// The most bytes of a batch request body: 64 KiB, as many as the acquirer takes (section 7).
    pub batch_request_bytes: usize,
    /// The most bytes of a batch response body: 16 MiB.
    pub batch_response_bytes: usize,
    /// The most parameters in the form of a batch body: 128.
    pub batch_parameters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_bytes: 64 * 1_024,
            request_parameters: 128,
            response_bytes: 4 * 1_024,
            batch_request_bytes: 64 * 1_024,
            batch_response_bytes: 16 * 1_024 * 1_024,
            batch_parameters: 128,
        }
    }
}
