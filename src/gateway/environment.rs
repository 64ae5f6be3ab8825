//! Addresses of the gateway. The crate sends nothing; it names the places (section 1).

/// The gateway's environments.
///
/// Both names of the integration environment live, and a configuration belongs to one of them: one
/// that was asked for at the other gives 404, "Configuration not found". So does one of production.
///
/// ```
/// use cashflows_codec::gateway::Environment;
///
/// assert_eq!(Environment::Integration.base_url(), "https://gateway-int.cashflows.com");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// For tests: no money moves.
    Integration,
    /// For tests, as the vendor's code samples call it.
    IntegrationA,
    /// The real one.
    Production,
}

impl Environment {
    /// The base of all paths: scheme and host, without a slash at the end.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Integration => "https://gateway-int.cashflows.com",
            Self::IntegrationA => "https://gateway-inta.cashflows.com",
            Self::Production => "https://gateway.cashflows.com",
        }
    }
}
