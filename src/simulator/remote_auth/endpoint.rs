//! The endpoints at which requests arrive.

/// An endpoint of the acquirer. It decides what kind of answer a body gets, whatever the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// Payments, answered by a line.
    Payment,
    /// Batch release, answered by a batch reply.
    Batch,
}

impl Endpoint {
    /// Every path that is served, with its endpoint: those of the documentation, the doubled one to
    /// which the vendor's samples post, and the older name of the payment endpoint that most published
    /// clients use (sections 1 and 9 of the protocol page).
    pub const PATHS: &'static [(&'static str, Self)] = &[
        ("/gateway/remote_auth", Self::Payment),
        ("/gateway/remote_auth/gateway/remote_auth", Self::Payment),
        ("/gateway/remote", Self::Payment),
        ("/admin/remote_batch", Self::Batch),
    ];

    /// The endpoint of an HTTP path, without a query.
    ///
    /// ```
    /// use cashflows_codec::simulator::Endpoint;
    ///
    /// assert_eq!(Endpoint::from_path("/gateway/remote_auth"), Some(Endpoint::Payment));
    /// assert_eq!(Endpoint::from_path("/admin/remote_batch"), Some(Endpoint::Batch));
    /// assert_eq!(Endpoint::from_path("/"), None);
    /// ```
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Self::PATHS.iter().find(|(known, _)| *known == path).map(|(_, endpoint)| *endpoint)
    }
}
