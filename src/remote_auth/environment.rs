//! The addresses to send requests to (section 1).

word_value! {
    /// One of the acquirer's two environments.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::Environment;
    ///
    /// let environment: Environment = "integration".parse()?;
    /// assert_eq!(environment.payment_url(), "https://secure-int.cashflows.com/gateway/remote_auth");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    Environment = "environment";
    /// `integration`: for tests. No money moves.
    Integration = "integration",
    /// `production`: real payments.
    Production = "production",
}

stored_as_text!(Environment);

impl Environment {
    /// The URL to POST payment requests to.
    #[must_use]
    pub const fn payment_url(self) -> &'static str {
        match self {
            Self::Integration => "https://secure-int.cashflows.com/gateway/remote_auth",
            Self::Production => "https://secure.cashflows.com/gateway/remote_auth",
        }
    }

    /// The URL to POST batch requests to. Its path is that of the only documented example (section 1).
    #[must_use]
    pub const fn batch_url(self) -> &'static str {
        match self {
            Self::Integration => "https://secure-int.cashflows.com/admin/remote_batch",
            Self::Production => "https://secure.cashflows.com/admin/remote_batch",
        }
    }
}
