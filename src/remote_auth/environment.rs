//! Where requests go. The crate sends nothing; it names the places (section 1).

/// One of the gateway's two environments.
///
/// ```
/// use cashflows_codec::remote_auth::Environment;
///
/// let url = Environment::Integration.payment_url();
/// assert_eq!(url, "https://secure-int.cashflows.com/gateway/remote_auth");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Environment {
    /// For tests: no money moves.
    Integration,
    /// The real one.
    Production,
}

impl Environment {
    /// Where payment requests are posted.
    #[must_use]
    pub const fn payment_url(self) -> &'static str {
        match self {
            Self::Integration => "https://secure-int.cashflows.com/gateway/remote_auth",
            Self::Production => "https://secure.cashflows.com/gateway/remote_auth",
        }
    }

    /// Where batch requests are posted: the path of the only documented example (section 1).
    #[must_use]
    pub const fn batch_url(self) -> &'static str {
        match self {
            Self::Integration => "https://secure-int.cashflows.com/admin/remote_batch",
            Self::Production => "https://secure.cashflows.com/admin/remote_batch",
        }
    }
}
